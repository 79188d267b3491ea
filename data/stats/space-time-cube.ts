/**
 * Counts of incidents in units and steps of time: `units × steps` numbers, a unit's steps together. Both the scan
 * statistic and the emerging hot spots read this form.
 */
export type SpaceTimeCube = {
  units: number
  steps: number
  counts: Uint32Array
  /** Incidents that are in no unit, and those of a unit that are before the first step or after the last. */
  outside: { units: number; steps: number }
}

/**
 * @param unitOf unit of each incident; any number that is no unit (−1) leaves it out
 * @param times of each incident
 * @param edges ascending, in the units of `times`: step s is [edges[s], edges[s + 1]). Steps may differ in length, as
 *   months do; counts then need `rateCube` with person-days.
 * @throws RangeError when the edges do not ascend, are fewer than two, or times and units are not of the same incidents
 *
 * O(incidents · log steps).
 */
export function countCube(unitOf: Int32Array, times: Float64Array, units: number, edges: Float64Array): SpaceTimeCube {
  const steps = edges.length - 1
  if (steps < 1 || edges.some((edge, i) => i > 0 && !(edge > edges[i - 1]!)))
    throw new RangeError('a cube needs two ascending edges of steps or more')
  if (unitOf.length !== times.length) throw new RangeError(`${unitOf.length} units of ${times.length} incidents`)
  const counts = new Uint32Array(units * steps)
  const outside = { units: 0, steps: 0 }
  for (let i = 0; i < times.length; i++) {
    const [unit, time] = [unitOf[i]!, times[i]!]
    if (!(unit >= 0 && unit < units)) {
      outside.units++
      continue
    }
    if (!(time >= edges[0]! && time < edges[steps]!)) {
      outside.steps++
      continue
    }
    let [low, high] = [0, steps]
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (edges[middle]! <= time) low = middle
      else high = middle
    }
    counts[unit * steps + low]!++
  }
  return { units, steps, counts, outside }
}

/**
 * Counts by what was at risk, in cases per unit of exposure.
 * @param exposure of each unit and step, as `counts`
 * @throws RangeError when an exposure is not positive: what has none belongs into no cube of rates
 */
export function rateCube({ counts, steps }: SpaceTimeCube, exposure: Float64Array): Float64Array {
  if (exposure.length !== counts.length)
    throw new RangeError(`${exposure.length} exposures for ${counts.length} units and steps`)
  return Float64Array.from(counts, (count, cell) => {
    const at = exposure[cell]!
    if (!(at > 0 && at < Infinity)) throw new RangeError(`an exposure of ${at} in unit ${Math.floor(cell / steps)}`)
    return count / at
  })
}
