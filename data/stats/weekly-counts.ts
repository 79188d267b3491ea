/** Incidents of each area, type and week: `counts[(week * areas + area) * types + type]`, weeks in order of time. */
export type WeeklyCounts = {
  areas: number
  types: number
  weeks: number
  counts: ArrayLike<number>
}

/** Incidents one by one: area and type as indices, and the day as a day number. */
export type DatedIncidents = {
  area: ArrayLike<number>
  type: ArrayLike<number>
  day: ArrayLike<number>
}

type Shape = Omit<WeeklyCounts, 'counts'> & {
  /** First day of the first week: a Monday, where weeks are to be those of the calendar. */
  firstDay: number
}

/**
 * Counts incidents by area, type and week. Those of no area (−1), and those before the first or after the last week, are
 * left out.
 *
 * @throws RangeError for an area or a type that does not exist
 * O(incidents + areas · types · weeks).
 */
export function countWeeks(
  { area, type, day }: DatedIncidents,
  { areas, types, weeks, firstDay }: Shape,
): WeeklyCounts {
  const counts = new Uint16Array(areas * types * weeks)
  for (let i = 0; i < day.length; i++) {
    const week = Math.floor((day[i]! - firstDay) / 7)
    if (area[i] === -1 || week < 0 || week >= weeks) continue
    if (!(area[i]! >= 0 && area[i]! < areas && type[i]! >= 0 && type[i]! < types))
      throw new RangeError(`incident ${i} is of area ${area[i]} and type ${type[i]}: there are ${areas} and ${types}`)
    counts[(week * areas + area[i]!) * types + type[i]!]!++
  }
  return { areas, types, weeks, counts }
}

/** Incidents of all types: `[week * areas + area]`. */
export function totalsOf({ areas, types, weeks, counts }: WeeklyCounts): Float64Array {
  const totals = new Float64Array(weeks * areas)
  for (let i = 0; i < counts.length; i++) totals[Math.floor(i / types)]! += counts[i]!
  return totals
}
