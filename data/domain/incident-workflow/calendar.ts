import { z } from 'zod'
import { dayLength, homeDayNumber, startOfHomeDay } from '../local-time.ts'

/** `HH:MM` of the local day. */
const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** When offices open and close, and the breaks between. */
export const WorkHours = z.strictObject({
  opens: TimeOfDay,
  closes: TimeOfDay,
  breaks: z.array(z.strictObject({ from: TimeOfDay, until: TimeOfDay })).max(4),
})
export type WorkHours = z.output<typeof WorkHours>

/** Without control characters and halves of characters. */
export function plainName(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cs}]/gu, '')
}

/** A day that is not what its weekday says: free, or a day of the weekend that is worked (调休). */
export const SpecialDay = z.strictObject({
  date: z.iso.date(),
  kind: z.enum(['holiday', 'workday']),
  /** Of what the day is part, without what no database holds. */
  name: z
    .string()
    .trim()
    .max(20)
    .refine((name) => name === plainName(name)),
})
export type SpecialDay = z.output<typeof SpecialDay>

/** All special days of a year. */
export const CalendarYear = z.strictObject({
  year: z.int().min(2000).max(2099),
  days: z.array(SpecialDay).max(366),
})
export type CalendarYear = z.output<typeof CalendarYear>

/** Minutes of the local day from which until which offices are open, ascending and apart: breaks lie between. */
export type OfficeHours = readonly (readonly [from: number, until: number])[]

/** Until a centre sets its own. */
export const usualHours: WorkHours = { opens: '08:30', closes: '17:30', breaks: [{ from: '12:00', until: '14:00' }] }

/** Minutes since midnight. */
export function minuteOfDay(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}

/** @param hours whose breaks are ascending and apart */
export function officeHours({ opens, closes, breaks }: WorkHours): OfficeHours {
  const begins = [opens, ...breaks.map(({ until }) => until)]
  const ends = [...breaks.map(({ from }) => from), closes]
  return begins.map((from, index) => [minuteOfDay(from), minuteOfDay(ends[index]!)] as const)
}

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
  constructor(exceptions: ReadonlyMap<string, boolean>, hours: OfficeHours) {
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
