import { dateOf, dayOf, dayOfDate, startOf } from './day.ts'

/** Seconds since 1970-01-01T00:00Z, [from, to); null is open. */
export type TimeWindow = { from: number | null; to: number | null }

export const wholeTime: TimeWindow = { from: null, to: null }

function parseEnd(text: string): number | null | undefined {
  if (text === '..' || text === '') return null
  const day = dayOfDate(text)
  if (day !== null) return startOf(day)
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/i.test(text)) return undefined
  const milliseconds = Date.parse(text)
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000)
}

/** `<from>/<to>`, each a date in Shanghai, an instant with offset, or `..`; null when it is neither or empty. */
export function parseTimeWindow(text: string): TimeWindow | null {
  const ends = text.split('/')
  if (ends.length !== 2) return null
  const from = parseEnd(ends[0]!)
  const to = parseEnd(ends[1]!)
  if (from === undefined || to === undefined) return null
  if (from === null && to === null) return null
  return from !== null && to !== null && from >= to ? null : { from, to }
}

function serialiseEnd(seconds: number | null): string {
  if (seconds === null) return '..'
  const day = dayOf(seconds)
  // Whole days, which is what the brush makes, read as dates; `to` is the first day that is no longer meant.
  return startOf(day) === seconds ? dateOf(day) : new Date(seconds * 1000).toISOString().replace('.000', '')
}

export function serialiseTimeWindow(window: TimeWindow): string {
  return `${serialiseEnd(window.from)}/${serialiseEnd(window.to)}`
}

export function sameTimeWindow(a: TimeWindow, b: TimeWindow): boolean {
  return a.from === b.from && a.to === b.to
}

/** The last `days` whole days up to and with the day of `now`. */
export function lastDays(days: number, now: number): TimeWindow {
  const today = dayOf(now)
  return { from: startOf(today - days + 1), to: startOf(today + 1) }
}
