import type { SpaceTimeBaseline } from '../domain/emerging-hot-spot.ts'
import { binomialLowerTail, binomialUpperTail } from './binomial.ts'
import { permutationP, permuteConditionally } from './conditional-permutations.ts'
import { localG } from './local-g.ts'
import { areaCount, type Neighbours } from './neighbours.ts'
import { binaryWeights, spatialLag, type Weights } from './weights.ts'

export type SpaceTimeNeighbourhood = {
  baseline: SpaceTimeBaseline
  /** Steps before its own that a neighbourhood spans; the first steps have fewer before them. 0 for `single-step`. */
  stepsBefore: number
}

/**
 * Gi* of each unit in each step, by a neighbourhood in space and time: the unit itself and its neighbours, in the step
 * and in `stepsBefore` steps before it, all of weight 1 (`localG`, Ord & Getis 1995).
 *
 * @param values units × steps, a unit's steps together: counts or rates
 * @returns z in the same order; NaN where all values that are compared are equal
 * @throws RangeError when lengths do not fit or `stepsBefore` is no whole number below the number of steps
 *
 * O(units × steps × neighbours × stepsBefore).
 */
export function spaceTimeLocalG(
  values: Float64Array,
  neighbours: Neighbours,
  neighbourhood: SpaceTimeNeighbourhood,
): Float64Array<ArrayBuffer> {
  return compare(values, neighbours, neighbourhood, ({ values, weights, from }) =>
    localG(values, weights).subarray(from),
  )
}

/**
 * p of each Gi*, two-sided, by conditional permutations of the values that are compared (`permuteConditionally`): true
 * for counts that are few and skewed, of which the normal distribution makes hot spots where there are none.
 * @returns p in the order of `values`; NaN for a unit without neighbours compared with its own step alone
 * @throws RangeError as `spaceTimeLocalG` and `permuteConditionally` do
 */
export function spaceTimePermutationP(
  values: Float64Array,
  neighbours: Neighbours,
  neighbourhood: SpaceTimeNeighbourhood,
  permutations: { permutations: number; enough?: number; seed: number },
): Float64Array<ArrayBuffer> {
  return compare(values, neighbours, neighbourhood, ({ values, weights, from }) =>
    permutationP(permuteConditionally(values, weights, { figure: 'lag', ...permutations, from }), 'two-sided'),
  )
}

/** Counts with what is expected of each, as `poissonModel` has it: units × steps, a unit's steps together. */
export type ExpectedCounts = { cases: Float64Array; expected: Float64Array }

/**
 * p of each neighbourhood's cases, two-sided: of the cases of all units and steps that are compared they are binomial,
 * with the share of what is expected there. Exact where populations differ from unit to unit, which permutations suppose
 * not to matter.
 * @returns in the order of the cases: p, 1 where nothing is expected, and how many cases more than expected there are
 * @throws RangeError as `spaceTimeLocalG` does
 */
export function spaceTimeBinomialP(
  { cases, expected }: ExpectedCounts,
  neighbours: Neighbours,
  neighbourhood: SpaceTimeNeighbourhood,
): { p: Float64Array; excess: Float64Array } {
  const near = (values: Float64Array) =>
    compare(values, neighbours, neighbourhood, ({ values, weights, from }) =>
      spatialLag(values, weights).subarray(from),
    )
  const all = (values: Float64Array) =>
    compare(values, neighbours, neighbourhood, ({ values, from }) => {
      const sum = values.reduce((sum, value) => sum + value, 0)
      return new Float64Array(values.length - from).fill(sum)
    })
  const [nearCases, nearExpected, allCases, allExpected] = [near(cases), near(expected), all(cases), all(expected)]
  const [p, excess] = [new Float64Array(cases.length).fill(1), new Float64Array(cases.length)]
  for (const [cell, count] of nearCases.entries()) {
    const [total, whole] = [allCases[cell]!, allExpected[cell]!]
    if (total === 0 || whole === 0) continue
    const share = Math.min(1, nearExpected[cell]! / whole)
    p[cell] = Math.min(1, 2 * binomialUpperTail(count, total, share), 2 * binomialLowerTail(count, total, share))
    excess[cell] = count - total * share
  }
  return { p, excess }
}

/** What is compared with each other: steps of units, step by step; asked for are the entries from `from` on. */
type Comparison = { values: Float64Array; weights: Weights; from: number }

/** Puts the figures of one comparison after the other into the order of the values. */
function compare(
  values: Float64Array,
  neighbours: Neighbours,
  { baseline, stepsBefore }: SpaceTimeNeighbourhood,
  figuresOf: (comparison: Comparison) => Float64Array,
): Float64Array<ArrayBuffer> {
  const units = areaCount(neighbours)
  const steps = units === 0 ? 0 : values.length / units
  if (!Number.isInteger(steps)) throw new RangeError(`${values.length} values for ${units} units`)
  if (!(Number.isInteger(stepsBefore) && stepsBefore >= 0 && stepsBefore < Math.max(1, steps)))
    throw new RangeError(`neighbourhoods of ${stepsBefore} steps before each of ${steps}`)
  if (baseline === 'single-step' && stepsBefore > 0)
    throw new RangeError('compared with a single step, a neighbourhood has no steps before it')

  const byStep = new Float64Array(values.length)
  for (let cell = 0; cell < values.length; cell++)
    byStep[(cell % steps) * units + Math.floor(cell / steps)] = values[cell]!
  const result = new Float64Array(values.length)
  const put = (step: number, figures: Float64Array) => {
    for (let unit = 0; unit < units; unit++) result[unit * steps + step] = figures[unit]!
  }
  if (baseline === 'whole-cube') {
    const figures = figuresOf({ values: byStep, weights: spaceTimeWeights(neighbours, steps, stepsBefore, 0), from: 0 })
    for (let step = 0; step < steps; step++) put(step, figures.subarray(step * units, (step + 1) * units))
    return result
  }
  const weightsOf = new Map<number, Weights>()
  for (let step = 0; step < steps; step++) {
    const before = Math.min(step, stepsBefore)
    const weights = weightsOf.get(before) ?? spaceTimeWeights(neighbours, before + 1, before, before)
    weightsOf.set(before, weights)
    const compared = byStep.subarray((step - before) * units, (step + 1) * units)
    put(step, figuresOf({ values: compared, weights, from: before * units }))
  }
  return result
}

/** Weights between units × steps, step by step; rows of steps before `firstStep` hold nothing but themselves. */
function spaceTimeWeights(neighbours: Neighbours, steps: number, stepsBefore: number, firstStep: number): Weights {
  const units = areaCount(neighbours)
  const offsets = new Uint32Array(units * steps + 1)
  for (let step = 0; step < steps; step++)
    for (let unit = 0; unit < units; unit++) {
      const near = neighbours.offsets[unit + 1]! - neighbours.offsets[unit]!
      const span = step < firstStep ? 0 : near + Math.min(step, stepsBefore) * (near + 1)
      offsets[step * units + unit + 1] = offsets[step * units + unit]! + span
    }
  const indices = new Uint32Array(offsets[units * steps]!)
  let next = 0
  for (let step = firstStep; step < steps; step++)
    for (let unit = 0; unit < units; unit++) {
      const row = neighbours.indices.subarray(neighbours.offsets[unit], neighbours.offsets[unit + 1])
      for (let at = Math.max(0, step - stepsBefore); at <= step; at++) {
        // Ascending, with the unit itself among its neighbours in the steps before.
        let isPlaced = at === step
        for (const neighbour of row) {
          if (!isPlaced && neighbour > unit) {
            indices[next++] = at * units + unit
            isPlaced = true
          }
          indices[next++] = at * units + neighbour
        }
        if (!isPlaced) indices[next++] = at * units + unit
      }
    }
  return binaryWeights({ offsets, indices }, { self: true })
}
