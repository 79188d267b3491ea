/**
 * Local times of a time zone to instants. Where a clock change skips a local time, the clock is taken as not yet
 * changed; where it repeats one, the first is meant (as in java.time and Temporal's “compatible”).
 */
export class LocalTime {
  readonly zone: string
  readonly #format: Intl.DateTimeFormat
  /** UTC day number → its offset in milliseconds, null on a day on which the clocks change. */
  readonly #days = new Map<number, number | null>()
  /** The same for a day together with the ones around it: what a local time can be answered from at once. */
  readonly #quietDays = new Map<number, number | null>()

  /** @throws RangeError when the zone is unknown. */
  constructor(zone: string) {
    this.zone = zone
    this.#format = new Intl.DateTimeFormat('en-US-u-ca-iso8601', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  }

  /** @param wallClock the local time as if it were UTC, in milliseconds since 1970 */
  toInstant(wallClock: number): number {
    const quiet = this.#quietOffset(Math.floor(wallClock / day))
    if (quiet !== null) return wallClock - quiet
    // No zone is 24 hours away from UTC: the days around hold every offset that can matter.
    const before = this.#offset(wallClock - day)
    const after = this.#offset(wallClock + day)
    const early = wallClock - before
    if (this.#offset(early) === before) return early
    const late = wallClock - after
    // In a gap neither holds: the clock that has not changed yet gives an instant just after the change.
    return this.#offset(late) === after ? late : early
  }

  /** Offset from UTC at an instant, in milliseconds, east positive. */
  #offset(instant: number): number {
    const number = Math.floor(instant / day)
    let steady = this.#days.get(number)
    if (steady === undefined) {
      const first = this.#measure(number * day)
      steady = first === this.#measure((number + 1) * day) ? first : null
      this.#days.set(number, steady)
    }
    return steady ?? this.#measure(instant)
  }

  #quietOffset(number: number): number | null {
    let quiet = this.#quietDays.get(number)
    if (quiet === undefined) {
      const offset = this.#offset((number - 1) * day)
      const steady = [-1, 0, 1].every((step) => this.#isSteady(number + step, offset))
      quiet = steady ? offset : null
      this.#quietDays.set(number, quiet)
    }
    return quiet
  }

  #isSteady(number: number, offset: number): boolean {
    this.#offset(number * day)
    return this.#days.get(number) === offset
  }

  #measure(instant: number): number {
    const parts: Record<string, number> = {}
    for (const { type, value } of this.#format.formatToParts(instant)) parts[type] = Number(value)
    const { year = 0, month = 1, day: date = 1, hour = 0, minute = 0, second = 0 } = parts
    return Date.UTC(year, month - 1, date, hour, minute, second) - Math.floor(instant / 1000) * 1000
  }
}

const day = 86_400_000
