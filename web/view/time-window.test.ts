import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { dateOf, dayOf } from './day.ts'
import { lastDays, parseTimeWindow, serialiseTimeWindow } from './time-window.ts'

const end = fc.option(fc.integer({ min: 800_000_000, max: 4_000_000_000 }), { nil: null })

test('what is written is read again, to the second', () => {
  fc.assert(
    fc.property(end, end, (from, to) => {
      fc.pre(from !== null || to !== null)
      fc.pre(from === null || to === null || from < to)
      expect(parseTimeWindow(serialiseTimeWindow({ from, to }))).toEqual({ from, to })
    }),
  )
})

test('whole days are written as dates', () => {
  const now = Date.parse('2026-11-21T14:05:00+08:00') / 1000
  expect(serialiseTimeWindow(lastDays(7, now))).toBe('2026-11-15/2026-11-22')
  expect(serialiseTimeWindow({ from: null, to: now })).toBe('../2026-11-21T06:05:00Z')
  expect(dateOf(dayOf(lastDays(1, now).from!))).toBe('2026-11-21')
})

test('nonsense, an empty window and an instant without an offset are refused', () => {
  for (const text of ['', '/', '../..', 'a/b', '2026-01-01', '2026-02-01/2026-01-01', '2026-01-01T10:00:00/..']) {
    expect(parseTimeWindow(text)).toBeNull()
  }
})
