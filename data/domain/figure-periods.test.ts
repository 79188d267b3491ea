import { describe, expect, test } from 'vitest'
import { addMonths, calendarPeriod, comparedPeriods, daysOf, instantsOf } from './figure-periods.ts'

const at = (text: string) => new Date(`${text}+08:00`)
const compare = (from: string, to: string, asOf: string) => {
  const periods = comparedPeriods({ from, to }, at(asOf))
  return periods === null ? null : Object.values(periods).map((one) => `${one.from} ${one.to}`)
}

describe('compared with', () => {
  test.each([
    // A month that is over: the whole month before, and the whole month a year ago.
    ['2026-03-01', '2026-03-31', '2026-05-01T00:00', '2026-02-01 2026-02-28', '2025-03-01 2025-03-31'],
    ['2025-02-01', '2025-02-28', '2026-05-01T00:00', '2025-01-01 2025-01-31', '2024-02-01 2024-02-29'],
    // A quarter and a year.
    ['2026-04-01', '2026-06-30', '2026-08-01T00:00', '2026-01-01 2026-03-31', '2025-04-01 2025-06-30'],
    ['2025-01-01', '2025-12-31', '2026-08-01T00:00', '2024-01-01 2024-12-31', '2024-01-01 2024-12-31'],
    // Any days: as many before.
    ['2026-03-10', '2026-03-16', '2026-05-01T00:00', '2026-03-03 2026-03-09', '2025-03-10 2025-03-16'],
    ['2024-02-29', '2024-02-29', '2026-05-01T00:00', '2024-02-28 2024-02-28', '2023-02-28 2023-02-28'],
  ])('%s to %s', (from, to, asOf, previous, lastYear) => {
    expect(compare(from, to, asOf)).toEqual([`${from} ${to}`, previous, lastYear])
  })

  test('each as known equally long after its end', () => {
    const known = (asOf: string) =>
      Object.values(comparedPeriods({ from: '2026-03-01', to: '2026-03-31' }, at(asOf)) ?? {}).map((one) => one.asOf)
    expect(known('2026-04-02T12:00')).toEqual([
      '2026-04-02T04:00:00.000Z',
      '2026-03-02T04:00:00.000Z',
      '2025-04-02T04:00:00.000Z',
    ])
    expect(known('2026-03-10T12:00')[1]).toBe('2026-02-10T04:00:00.000Z')
  })

  test('as far as a period that runs has come', () => {
    expect(compare('2026-03-01', '2026-03-31', '2026-03-10T12:00')).toEqual([
      '2026-03-01 2026-03-10',
      '2026-02-01 2026-02-10',
      '2025-03-01 2025-03-10',
    ])
    // February has no 30th.
    expect(compare('2026-03-01', '2026-03-31', '2026-03-30T12:00')?.[1]).toBe('2026-02-01 2026-02-28')
    expect(compare('2026-03-09', '2026-03-15', '2026-03-11T00:00')).toEqual([
      '2026-03-09 2026-03-11',
      '2026-03-02 2026-03-04',
      '2025-03-09 2025-03-11',
    ])
    expect(compare('2026-03-01', '2026-03-31', '2026-02-28T23:59')).toBeNull()
    expect(compare('2026-03-01', '2026-03-31', '2026-03-01T00:00')?.[0]).toBe('2026-03-01 2026-03-01')
  })
})

test('a period of the calendar holds its day', () => {
  expect(calendarPeriod('month', '2024-02-10')).toEqual({ from: '2024-02-01', to: '2024-02-29' })
  expect(calendarPeriod('quarter', '2026-12-31')).toEqual({ from: '2026-10-01', to: '2026-12-31' })
  expect(calendarPeriod('year', '2026-05-05')).toEqual({ from: '2026-01-01', to: '2026-12-31' })
})

test('days are local, and both ends are in the period', () => {
  const { from, until } = instantsOf({ from: '2026-03-01', to: '2026-03-31' })
  expect([from.toISOString(), until.toISOString()]).toEqual(['2026-02-28T16:00:00.000Z', '2026-03-31T16:00:00.000Z'])
  expect(daysOf({ from: '2026-03-01', to: '2026-03-31' })).toBe(31)
  expect(addMonths('2026-01-31', -11)).toBe('2025-02-28')
})
