import type { EmergingClass } from '../domain/emerging-hot-spot.ts'
import { thorough } from './conditional-permutations.ts'
import { type FalseDiscoveryControl, falseDiscoveryRates } from './false-discovery.ts'
import { mannKendall } from './mann-kendall.ts'
import { areaCount, type Neighbours } from './neighbours.ts'
import { twoSidedP } from './normal.ts'
import {
  type ExpectedCounts,
  type SpaceTimeNeighbourhood,
  spaceTimeBinomialP,
  spaceTimeLocalG,
  spaceTimePermutationP,
} from './space-time-local-g.ts'

/** Fewer steps say nothing about a trend: its p is from a normal distribution, and 90 % of them are all. */
export const fewestEmergingSteps = 10
const nearlyAll = 0.9

export type EmergingOptions = SpaceTimeNeighbourhood & {
  /** Level of false discovery, 0.05 by default, for hot and cold spots and for trends. */
  level?: number
  /** Over all units and steps for hot and cold spots, over all units for trends. */
  control?: FalseDiscoveryControl
  /**
   * Where p of hot and cold spots is from; trends are of Gi* in any case.
   * - conditional permutations, by default `thorough` ones with seed 1: for counts of units that could have the same
   * - `binomial`: for counts whose expected numbers differ with the population, which must be given as well
   * - `normal`: for values that are many and not skewed
   */
  significance?: 'normal' | 'binomial' | { permutations: number; enough?: number; seed: number }
}

/** Arrays of units × steps have a unit's steps together. */
export type EmergingHotSpots = {
  units: number
  steps: number
  /** As they were used, for whoever reads the result. */
  options: Required<EmergingOptions>
  /** Gi* of each unit and step, and its q. */
  z: Float64Array
  q: Float64Array
  /** 1 significantly hot, −1 significantly cold, else 0; of each unit and step. */
  states: Int8Array
  /** Trend of Gi* of each unit: Kendall's τ-b, z, and q. */
  tau: Float64Array
  trendZ: Float64Array
  trendQ: Float64Array
  classes: EmergingClass[]
}

/**
 * @param values counts or rates, units × steps, a unit's steps together
 * @param counts cases and expected cases, for `binomial`; `values` are then what is made of them, rates or deviates
 * @throws RangeError with fewer than ten steps, without counts for `binomial`, and as `spaceTimeLocalG` does
 *
 * O(units × steps × (neighbours × stepsBefore + steps)), and the permutations.
 */
export function emergingHotSpots(
  values: Float64Array,
  neighbours: Neighbours,
  options: EmergingOptions,
  counts?: ExpectedCounts,
): EmergingHotSpots {
  const units = areaCount(neighbours)
  const steps = units === 0 ? 0 : values.length / units
  if (units > 0 && steps < fewestEmergingSteps)
    throw new RangeError(`${steps} steps: emerging hot spots need ${fewestEmergingSteps}`)
  const chosen: Required<EmergingOptions> = {
    level: 0.05,
    control: 'benjamini-hochberg',
    significance: { ...thorough, seed: 1 },
    ...options,
  }
  const { level, control, significance } = chosen
  const z = spaceTimeLocalG(values, neighbours, chosen)
  const { p, excess } = significanceOf()
  const q = falseDiscoveryRates(p, control)
  const states = Int8Array.from(z, (_, cell) => (q[cell]! <= level ? Math.sign(excess[cell]!) : 0))
  const trends = Array.from({ length: units }, (_, unit) => mannKendall(z.subarray(unit * steps, (unit + 1) * steps)))
  const trendQ = falseDiscoveryRates(
    Float64Array.from(trends, ({ p }) => p),
    control,
  )
  const classes = trends.map(({ s }, unit) =>
    emergingClass(states.subarray(unit * steps, (unit + 1) * steps), trendQ[unit]! <= level ? Math.sign(s) : 0),
  )
  return {
    units,
    steps,
    options: chosen,
    z,
    q,
    states,
    tau: Float64Array.from(trends, ({ tau }) => tau),
    trendZ: Float64Array.from(trends, (trend) => trend.z),
    trendQ,
    classes,
  }

  function significanceOf(): { p: Float64Array; excess: Float64Array } {
    if (significance === 'normal') return { p: z.map(twoSidedP), excess: z }
    if (significance !== 'binomial')
      return { p: spaceTimePermutationP(values, neighbours, chosen, significance), excess: z }
    if (counts === undefined) throw new RangeError('binomial significance needs cases and expected cases')
    return spaceTimeBinomialP(counts, neighbours, chosen)
  }
}

/**
 * How hot and cold spots developed (“How Emerging Hot Spot Analysis works”, ArcGIS Pro), by the steps in which a unit was
 * significantly hot; cold ones likewise with both words exchanged:
 * - new: in the last step, and never before
 * - consecutive: in two or more last steps without a gap, never before, and in less than 90 % of all
 * - intensifying, persistent, diminishing: in at least 90 % of the steps and in the last; Gi* rises, has no significant
 *   trend, or falls (of cold spots: Gi* falls further, or rises)
 * - sporadic: in the last step, with gaps before it, in less than 90 %, and never cold
 * - oscillating: as sporadic, but cold in some step before
 * - historical: in at least 90 % of the steps, and neither hot nor cold in the last
 *
 * Several may apply by their wording; the one whose condition stands first here is taken, but 90 % before all others.
 *
 * @param states 1 hot, −1 cold, 0 neither, in the order of time
 * @param trend 1 where Gi* rises significantly, −1 where it falls, else 0
 */
export function emergingClass(states: Int8Array, trend: number): EmergingClass {
  const steps = states.length
  const last = states[steps - 1] ?? 0
  const count = (state: number) => states.reduce((sum, value) => sum + (value === state ? 1 : 0), 0)
  if (last === 0) {
    if (steps > 0 && count(1) >= nearlyAll * steps) return 'historical-hot'
    if (steps > 0 && count(-1) >= nearlyAll * steps) return 'historical-cold'
    return 'none'
  }
  const kind = last === 1 ? 'hot' : 'cold'
  if (count(last) >= nearlyAll * steps) {
    const strength = trend * last
    return strength > 0 ? `intensifying-${kind}` : strength < 0 ? `diminishing-${kind}` : `persistent-${kind}`
  }
  let run = 1
  while (states[steps - 1 - run] === last) run++
  if (count(last) === run) return run === 1 ? `new-${kind}` : `consecutive-${kind}`
  return states.includes(-last) ? `oscillating-${kind}` : `sporadic-${kind}`
}
