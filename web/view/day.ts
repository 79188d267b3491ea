/**
 * Calendar days in Asia/Shanghai, counted from 1970-01-01. China has kept UTC+8 without daylight saving since 1992,
 * so a day there is plain arithmetic: no time-zone table in the loop over a million cases.
 */
const offset = 8 * 3600
const secondsPerDay = 86_400

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
