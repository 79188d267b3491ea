/** Days and hours in China, which has one zone and no summer time: UTC+8, all year. */
export const dayLength = 86_400_000
const offset = 8 * 3_600_000

/** Days since 1970-01-01, by the clock on the wall in Shanghai. */
export function dayOf(instant: number): number {
  return Math.floor((instant + offset) / dayLength)
}

export function startOfDay(day: number): number {
  return day * dayLength - offset
}

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
  return Math.floor(((instant + offset) % dayLength) / 3_600_000)
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

/** The given moment if offices are open then, else the next opening (08:30). */
export function nextOfficeHour(instant: number): number {
  for (let day = dayOf(instant); ; day++) {
    if (!isWorkday(day)) continue
    const opening = startOfDay(day) + 8.5 * 3_600_000
    const closing = startOfDay(day) + 17.5 * 3_600_000
    if (instant < opening) return opening
    if (instant < closing) return instant
  }
}

/** The end of the n-th workday after the day of an instant. */
export function afterWorkdays(instant: number, days: number): number {
  let day = dayOf(instant)
  for (let left = days; left > 0;) if (isWorkday(++day)) left--
  return startOfDay(day) + 17.5 * 3_600_000
}
