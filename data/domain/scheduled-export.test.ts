import { expect, it } from 'vitest'
import { lastInterval, nextRun } from './scheduled-export.ts'

const at = (text: string) => new Date(`${text}+08:00`)

it('is due at its local time on the first day of an interval', () => {
  const next = (every: 'day' | 'week' | 'month', after: string) => nextRun({ every, atTime: '02:30' }, at(after))
  expect(next('day', '2026-03-10T02:29:59')).toEqual(at('2026-03-10T02:30:00'))
  expect(next('day', '2026-03-10T02:30:00')).toEqual(at('2026-03-11T02:30:00'))
  // The 10th is a Tuesday.
  expect(next('week', '2026-03-10T12:00:00')).toEqual(at('2026-03-16T02:30:00'))
  expect(next('month', '2026-12-31T23:00:00')).toEqual(at('2027-01-01T02:30:00'))
  expect(next('month', '2026-01-01T01:00:00')).toEqual(at('2026-01-01T02:30:00'))
})

it('the last interval is the one that has ended', () => {
  const last = (every: 'day' | 'week' | 'month') => {
    const { from, to } = lastInterval(every, at('2026-03-10T12:00:00'))
    return [new Date(from), new Date(to)]
  }
  expect(last('day')).toEqual([at('2026-03-09T00:00:00'), at('2026-03-10T00:00:00')])
  expect(last('week')).toEqual([at('2026-03-02T00:00:00'), at('2026-03-09T00:00:00')])
  expect(last('month')).toEqual([at('2026-02-01T00:00:00'), at('2026-03-01T00:00:00')])
})
