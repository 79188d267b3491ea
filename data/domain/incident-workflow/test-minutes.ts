import type { OfficeHours } from './calendar.ts'

/** Midnight in China at which the minutes of the slow reference begin. */
const beginning = Date.parse('2020-01-01T00:00:00+08:00')
export const minutesPerDay = 1440
/** Ten years in which cases begin, and three in which their time may end. */
const days = 13 * 366

export const instantOf = (minute: number) => beginning + minute * 60_000
export const minuteOf = (instant: number) => (instant - beginning) / 60_000
/** `YYYY-MM-DD` of the n-th local day of the reference. */
export const dayOf = (n: number) => new Date(Date.UTC(2020, 0, 1 + n)).toISOString().slice(0, 10)

/**
 * What `WorkCalendar` answers, found by looking at each minute in turn. Times are minutes since 2020 began in China.
 *
 * @throws RangeError for minutes outside the years that it knows
 */
export class MinuteCalendar {
  readonly #open = new Uint8Array(days * minutesPerDay)

  constructor(exceptions: ReadonlyMap<string, boolean>, hours: OfficeHours) {
    for (let day = 0; day < days; day++) {
      const weekday = new Date(Date.UTC(2020, 0, 1 + day)).getUTCDay()
      const isWorked = exceptions.get(dayOf(day)) ?? (weekday >= 1 && weekday <= 5)
      if (!isWorked) continue
      for (const [opens, closes] of hours)
        for (let minute = opens; minute < closes; minute++) this.#open[day * minutesPerDay + minute] = 1
    }
  }

  isOpen(minute: number): boolean {
    const open = this.#open[minute]
    if (open === undefined) throw new RangeError(`minute ${minute} is outside the calendar`)
    return open === 1
  }

  openMinutes(from: number, until: number): number {
    let sum = 0
    for (let minute = from; minute < until; minute++) if (this.isOpen(minute)) sum++
    return sum
  }

  /** The end of the minute with which so many open minutes have passed. */
  afterOpenMinutes(from: number, amount: number): number {
    let minute = from
    for (let passed = 0; passed < amount; minute++) if (this.isOpen(minute)) passed++
    return minute
  }

  /** The end of the last open minute of the n-th day with open minutes after the day of `from`. */
  afterOpenDays(from: number, amount: number): number {
    let day = Math.floor(from / minutesPerDay)
    for (let passed = 0; passed < amount;) {
      day++
      if (this.openMinutes(day * minutesPerDay, (day + 1) * minutesPerDay) > 0) passed++
    }
    let end = (day + 1) * minutesPerDay
    while (!this.isOpen(end - 1)) end--
    return end
  }
}
