import { dayLength, dayText, homeDayNumber, startOfHomeDay } from './local-time.ts'

/** Local days `YYYY-MM-DD`, both in the period. */
export type DayPeriod = { from: string; to: string }

/** With the instant (ISO 8601) as of which it was known. */
export type KnownPeriod = DayPeriod & { asOf: string }

/** A period as far as it has come, with those that it is compared with. */
export type ComparedPeriods = { current: KnownPeriod; previous: KnownPeriod; lastYear: KnownPeriod }

/**
 * The period as far as it has come at an instant, the one of equal length before it, and the same one a year ago. Whole
 * months are followed back by months, everything else by days. Of a period that still runs the others end at the same
 * day of theirs, so that equal parts are compared, and each is as it was known equally long after its end: cases of a
 * month ago have had a month more to be closed.
 *
 * @returns null where the period has not begun
 */
export function comparedPeriods({ from, to }: DayPeriod, asOf: Date): ComparedPeriods | null {
  const today = dayText(homeDayNumber(asOf.getTime()))
  if (from > today) return null
  const isOver = to <= today
  const current = { from, to: isOver ? to : today }
  const months = wholeMonths({ from, to })
  const lastYear = {
    from: addMonths(from, -12),
    to: isOver && months > 0 ? addDays(addMonths(addDays(to, 1), -12), -1) : addMonths(current.to, -12),
  }
  const known = (period: DayPeriod): KnownPeriod => {
    const earlier = (numberOf(current.to) - numberOf(period.to)) * dayLength
    return { ...period, asOf: new Date(asOf.getTime() - earlier).toISOString() }
  }
  return {
    current: known(current),
    previous: known(before({ from, to }, current.to, months)),
    lastYear: known(lastYear),
  }
}

/** @param until how far the period itself has come */
function before({ from, to }: DayPeriod, until: string, months: number): DayPeriod {
  const days = daysOf({ from, to })
  if (months === 0) return { from: addDays(from, -days), to: addDays(until, -days) }
  const last = addDays(from, -1)
  const shifted = addMonths(until, -months)
  return { from: addMonths(from, -months), to: until === to || shifted > last ? last : shifted }
}

/** Its instants, the end not included. */
export function instantsOf({ from, to }: DayPeriod): { from: Date; until: Date } {
  return { from: new Date(startOfHomeDay(numberOf(from))), until: new Date(startOfHomeDay(numberOf(to) + 1)) }
}

/** How many days it has. */
export function daysOf({ from, to }: DayPeriod): number {
  return numberOf(to) - numberOf(from) + 1
}

/** The month of a day, the quarter or the year: all of it. */
export function calendarPeriod(kind: 'month' | 'quarter' | 'year', day: string): DayPeriod {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))]
  const length = { month: 1, quarter: 3, year: 12 }[kind]
  const first = Math.floor((month - 1) / length) * length + 1
  const from = textOf(year, first, 1)
  return { from, to: addDays(addMonths(from, length), -1) }
}

/** How many calendar months a period is, 0 where it is none. */
function wholeMonths({ from, to }: DayPeriod): number {
  const next = addDays(to, 1)
  if (!from.endsWith('-01') || !next.endsWith('-01')) return 0
  return monthNumber(next) - monthNumber(from)
}

/** The same day of another month; its last day where it has none of that number. */
export function addMonths(day: string, months: number): string {
  const number = monthNumber(day) + months
  const [year, month] = [Math.floor(number / 12), (((number % 12) + 12) % 12) + 1]
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return textOf(year, month, Math.min(Number(day.slice(8, 10)), lastDay))
}

export function addDays(day: string, days: number): string {
  return dayText(numberOf(day) + days)
}

function monthNumber(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
}

function numberOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / dayLength
}

function textOf(year: number, month: number, day: number): string {
  return dayText(Date.UTC(year, month - 1, day) / dayLength)
}
