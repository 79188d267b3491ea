/** Milliseconds. */
export const dayLength = 86_400_000

/**
 * Milliseconds by which local time in China is ahead of UTC. Without daylight saving since 1992, its days are plain
 * arithmetic, for loops over a million incidents; other zones need `LocalTime`.
 */
export const homeOffset = 8 * 3_600_000

/** Local days in China since 1970-01-01, of milliseconds since then in UTC. */
export function homeDayNumber(instant: number): number {
  return Math.floor((instant + homeOffset) / dayLength)
}

/** `YYYY-MM-DD` of such a day. */
export function dayText(day: number): string {
  return new Date(day * dayLength).toISOString().slice(0, 10)
}

/** The instant at which such a day begins. */
export function startOfHomeDay(day: number): number {
  return day * dayLength - homeOffset
}

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
    const quiet = this.#quietOffset(Math.floor(wallClock / dayLength))
    if (quiet !== null) return wallClock - quiet
    // No zone is 24 hours away from UTC: the days around hold every offset that can matter.
    const before = this.#offset(wallClock - dayLength)
    const after = this.#offset(wallClock + dayLength)
    const early = wallClock - before
    if (this.#offset(early) === before) return early
    const late = wallClock - after
    // In a gap neither holds: the clock that has not changed yet gives an instant just after the change.
    return this.#offset(late) === after ? late : early
  }

  /** Offset from UTC at an instant, in milliseconds, east positive. */
  #offset(instant: number): number {
    const number = Math.floor(instant / dayLength)
    let steady = this.#days.get(number)
    if (steady === undefined) {
      const first = this.#measure(number * dayLength)
      steady = first === this.#measure((number + 1) * dayLength) ? first : null
      this.#days.set(number, steady)
    }
    return steady ?? this.#measure(instant)
  }

  #quietOffset(number: number): number | null {
    let quiet = this.#quietDays.get(number)
    if (quiet === undefined) {
      const offset = this.#offset((number - 1) * dayLength)
      const steady = [-1, 0, 1].every((step) => this.#isSteady(number + step, offset))
      quiet = steady ? offset : null
      this.#quietDays.set(number, quiet)
    }
    return quiet
  }

  #isSteady(number: number, offset: number): boolean {
    this.#offset(number * dayLength)
    return this.#days.get(number) === offset
  }

  #measure(instant: number): number {
    const parts = this.#format.formatToParts(instant).map(({ type, value }) => [type, Number(value)])
    const {
      year = 0,
      month = 1,
      day: date = 1,
      hour = 0,
      minute = 0,
      second = 0,
    } = Object.fromEntries(parts) as Partial<Record<string, number>>
    return Date.UTC(year, month - 1, date, hour, minute, second) - Math.floor(instant / 1000) * 1000
  }
}
