import { dayLength, homeDayNumber, startOfHomeDay } from '../local-time.ts'

/** Minutes of the local day from which until which offices are open, ascending and apart: breaks lie between. */
export type OfficeHours = readonly (readonly [from: number, until: number])[]

/** 8:30–12:00 and 14:00–17:30. */
export const usualHours: OfficeHours = [
  [510, 720],
  [840, 1050],
]

const minute = 60_000
/** No calendar closes offices for longer. */
const longestClosure = 400

/**
 * When offices work, in local time of China. Saturdays and Sundays are free unless an exception says that they are worked
 * (调休), other days are worked unless one says that they are free.
 */
export class WorkCalendar {
  readonly #exceptions: ReadonlyMap<number, boolean>
  readonly #hours: OfficeHours

  /** @param exceptions local day `YYYY-MM-DD` → whether it is worked */
  constructor(exceptions: ReadonlyMap<string, boolean>, hours: OfficeHours = usualHours) {
    this.#exceptions = new Map(
      [...exceptions].map(([day, works]) => [Date.parse(`${day}T00:00:00Z`) / dayLength, works]),
    )
    this.#hours = hours
  }

  /** @param day local days since 1970-01-01, a Thursday */
  isWorkday(day: number): boolean {
    const weekday = (((day + 4) % 7) + 7) % 7
    return this.#exceptions.get(day) ?? (weekday !== 0 && weekday !== 6)
  }

  /** Milliseconds of office hours between two instants; 0 where the second is not later. */
  workingTime(from: number, until: number): number {
    let sum = 0
    for (let day = homeDayNumber(from); startOfHomeDay(day) < until; day++)
      for (const [opens, closes] of this.#openings(day))
        sum += Math.max(0, Math.min(until, closes) - Math.max(from, opens))
    return sum
  }

  /**
   * The earliest instant by which so many milliseconds of office hours have passed.
   *
   * @throws RangeError where the calendar has no office hours for more than a year
   */
  afterWorkingTime(from: number, duration: number): number {
    if (duration <= 0) return from
    let left = duration
    for (let day = homeDayNumber(from), closed = 0; closed < longestClosure; day++, closed++)
      for (const [opens, closes] of this.#openings(day)) {
        const begins = Math.max(from, opens)
        if (closes <= begins) continue
        if (closes - begins >= left) return begins + left
        left -= closes - begins
        closed = 0
      }
    throw new RangeError('the calendar has no working days')
  }

  /**
   * The close of the n-th working day after the day of an instant, which itself does not count (Civil Code, article 201).
   *
   * @throws RangeError where the calendar has no working days for more than a year
   */
  afterWorkdays(from: number, days: number): number {
    let day = homeDayNumber(from)
    for (let left = days, closed = 0; left > 0; closed++) {
      if (closed > longestClosure) throw new RangeError('the calendar has no working days')
      if (!this.isWorkday(++day)) continue
      left--
      closed = 0
    }
    return startOfHomeDay(day) + (this.#hours.at(-1)?.[1] ?? 24 * 60) * minute
  }

  #openings(day: number): [number, number][] {
    if (!this.isWorkday(day)) return []
    const midnight = startOfHomeDay(day)
    return this.#hours.map(([from, until]) => [midnight + from * minute, midnight + until * minute])
  }
}

/** Each year: free days, and weekend days that are worked instead; of the State Council's notices for 2025 and 2026. */
const notices: readonly { free: readonly (readonly [from: string, until: string])[]; worked: readonly string[] }[] = [
  {
    free: [
      ['2025-01-01', '2025-01-01'],
      ['2025-01-28', '2025-02-04'],
      ['2025-04-04', '2025-04-06'],
      ['2025-05-01', '2025-05-05'],
      ['2025-05-31', '2025-06-02'],
      ['2025-10-01', '2025-10-08'],
    ],
    worked: ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
  },
  {
    free: [
      ['2026-01-01', '2026-01-03'],
      ['2026-02-15', '2026-02-23'],
      ['2026-04-04', '2026-04-06'],
      ['2026-05-01', '2026-05-05'],
      ['2026-06-19', '2026-06-21'],
      ['2026-09-25', '2026-09-27'],
      ['2026-10-01', '2026-10-07'],
    ],
    worked: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
  },
]

/** National holidays as far as they are announced; a centre's own table adds to them. */
export const nationalHolidays: ReadonlyMap<string, boolean> = new Map(
  notices.flatMap(({ free, worked }) => [
    ...free.flatMap(([from, until]) => daysBetween(from, until).map((day) => [day, false] as const)),
    ...worked.map((day) => [day, true] as const),
  ]),
)

function daysBetween(from: string, until: string): string[] {
  const first = Date.parse(`${from}T00:00:00Z`)
  const days = (Date.parse(`${until}T00:00:00Z`) - first) / dayLength + 1
  return Array.from({ length: days }, (_, day) => new Date(first + day * dayLength).toISOString().slice(0, 10))
}
