import { dayLength, homeDayNumber, homeOffset, startOfHomeDay } from '../../domain/local-time.ts'

/** 0 Sunday … 6 Saturday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7
}

/** `YYYYMMDD` of a day. */
export function stampOf(day: number): string {
  const date = new Date(day * dayLength)
  return String(date.getUTCFullYear() * 10_000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate())
}

export function monthOf(day: number): number {
  return new Date(day * dayLength).getUTCMonth() + 1
}

export function hourOf(instant: number): number {
  return Math.floor(((instant + homeOffset) % dayLength) / 3_600_000)
}

/** Midnight in China, so many calendar months before an instant. */
export function midnightMonthsBefore(instant: number, months: number): number {
  const local = new Date(instant + homeOffset)
  local.setUTCMonth(local.getUTCMonth() - months)
  local.setUTCHours(0, 0, 0, 0)
  return local.getTime() - homeOffset
}

/** First days of the lunar year. */
const springFestivals =
  '2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-03 2031-01-23 2032-02-11 2033-01-31 2034-02-19 2035-02-08'
    .split(' ')
    .map((date) => Date.parse(`${date}T00:00:00Z`) / dayLength)

/** Days from the nearest Spring Festival: negative before it. Far from any known one: 999. */
export function fromSpringFestival(day: number): number {
  let best = 999
  for (const festival of springFestivals) if (Math.abs(day - festival) < Math.abs(best)) best = day - festival
  return best
}

/** Weekends, the week of the Spring Festival, and the national holidays that fall on the same date each year. */
export function isWorkday(day: number): boolean {
  let known = workdays.get(day)
  if (known === undefined) workdays.set(day, (known = findWorkday(day)))
  return known
}

const workdays = new Map<number, boolean>()

function findWorkday(day: number): boolean {
  const weekday = weekdayOf(day)
  if (weekday === 0 || weekday === 6) return false
  const festival = fromSpringFestival(day)
  if (festival >= -1 && festival <= 5) return false
  const date = stampOf(day).slice(4)
  return date !== '0101' && !(date >= '0501' && date <= '0503') && !(date >= '1001' && date <= '1007')
}

/** The given instant if offices are open then, else the next opening (08:30). */
export function nextOfficeHour(instant: number): number {
  for (let day = homeDayNumber(instant); ; day++) {
    if (!isWorkday(day)) continue
    const opening = startOfHomeDay(day) + 8.5 * 3_600_000
    const closing = startOfHomeDay(day) + 17.5 * 3_600_000
    if (instant < opening) return opening
    if (instant < closing) return instant
  }
}

/** The end of the n-th workday after the day of an instant. */
export function afterWorkdays(instant: number, days: number): number {
  let day = homeDayNumber(instant)
  for (let left = days; left > 0;) if (isWorkday(++day)) left--
  return startOfHomeDay(day) + 17.5 * 3_600_000
}

/** Hours of the day at which a kind of incident comes up. */
export type Daily = 'office' | 'evening' | 'night' | 'meals' | 'morning' | 'commute' | 'flat'

const hours: Record<Daily, string> = {
  office: '1 1 0 0 0 1 3 8 26 38 36 22 10 14 30 36 32 22 12 10 9 7 4 2',
  evening: '4 2 1 1 1 2 5 9 14 16 15 13 12 12 13 14 16 20 28 36 38 32 20 9',
  night: '26 18 11 7 5 4 4 6 8 9 9 9 10 9 9 9 10 12 16 22 30 38 42 36',
  meals: '3 1 1 0 0 3 8 10 9 9 14 28 32 16 9 9 11 24 36 34 26 18 12 6',
  morning: '1 1 1 1 3 10 26 36 34 28 22 16 10 9 12 16 20 22 16 12 9 6 3 2',
  commute: '2 1 1 1 1 4 12 34 36 20 12 12 13 12 12 14 20 36 34 20 14 10 6 4',
  flat: '10 8 7 7 7 8 10 12 13 14 14 14 14 13 13 13 14 15 16 17 17 16 14 12',
}

/** Relative weight of each hour, summing to 1. */
export const hourWeights = Object.fromEntries(
  Object.entries(hours).map(([name, text]) => {
    const values = text.split(' ').map(Number)
    const sum = values.reduce((total, value) => total + value, 0)
    return [name, values.map((value) => value / sum)]
  }),
) as Record<Daily, number[]>

/** Sunday to Saturday; each sums to 7. */
export const weekdayWeights = {
  weekdays: [0.62, 1.22, 1.14, 1.1, 1.1, 1.08, 0.74],
  weekend: [1.22, 0.92, 0.9, 0.9, 0.92, 1, 1.14],
  even: [0.94, 1.04, 1.02, 1.01, 1.01, 1.02, 0.96],
} as const
