import { dayLength, homeOffset } from '@minqing/data/domain/local-time'

/**
 * Calendar days in Asia/Shanghai, counted from 1970-01-01. China has kept UTC+8 without daylight saving since 1992,
 * so a day there is plain arithmetic: no time-zone table in the loop over a million cases.
 */
const offset = homeOffset / 1000
const secondsPerDay = dayLength / 1000

/** `seconds` since 1970-01-01T00:00Z. */
export function dayOf(seconds: number): number {
  return Math.floor((seconds + offset) / secondsPerDay)
}

/** Seconds at which the day begins in Asia/Shanghai. */
export function startOf(day: number): number {
  return day * secondsPerDay - offset
}

/** `YYYY-MM-DD` */
export function dateOf(day: number): string {
  return new Date(day * secondsPerDay * 1000).toISOString().slice(0, 10)
}

/** The day of `YYYY-MM-DD`, or null where there is no such date. */
export function dayOfDate(date: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null
  const milliseconds = Date.parse(`${date}T00:00:00Z`)
  if (Number.isNaN(milliseconds)) return null
  const day = milliseconds / 1000 / secondsPerDay
  return dateOf(day) === date ? day : null
}

/** `YYYY-MM` of a day. */
export function monthOf(day: number): string {
  return dateOf(day).slice(0, 7)
}

/** First day of the month and of the one after it. */
export function daysOfMonth(month: string): { from: number; to: number } {
  const year = Number(month.slice(0, 4))
  const index = Number(month.slice(5, 7)) - 1
  return { from: Date.UTC(year, index, 1) / 86_400_000, to: Date.UTC(year, index + 1, 1) / 86_400_000 }
}

/** Monday is 0, as weeks are counted in China. 1970-01-01 was a Thursday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7
}

/** Counts of consecutive stretches of days; `from` and `to` are days, [from, to). */
export type Bin = { from: number; to: number; count: number }

function group(firstDay: number, byDay: Uint32Array, startsBin: (day: number) => boolean): Bin[] {
  const bins: Bin[] = []
  for (let index = 0; index < byDay.length; index++) {
    const day = firstDay + index
    const last = bins.at(-1)
    if (last === undefined || startsBin(day)) bins.push({ from: day, to: day + 1, count: byDay[index]! })
    else {
      last.to = day + 1
      last.count += byDay[index]!
    }
  }
  return bins
}

/** Days, weeks from Monday, or months, whichever keeps the bars at least about 4 px wide on a wide screen. */
export function histogram(firstDay: number, byDay: Uint32Array): Bin[] {
  if (byDay.length <= 180) return group(firstDay, byDay, () => true)
  if (byDay.length <= 180 * 7) return group(firstDay, byDay, (day) => weekdayOf(day) === 0)
  return byMonth(firstDay, byDay)
}

/** Calendar months; the first and last may be cut by the data's own span. */
export function byMonth(firstDay: number, byDay: Uint32Array): Bin[] {
  return group(firstDay, byDay, (day) => dateOf(day).endsWith('-01'))
}

/** Label of the calendar month that a bin of `byMonth` lies in. */
export function monthOfBin(bin: Bin): string {
  return monthOf(bin.from)
}
