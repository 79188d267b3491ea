import type { Random } from './random.ts'
import { AliasTable } from './alias-table.ts'

/**
 * What a scan compares: cases in areas and steps of time, with what is expected there under the hypothesis that nothing
 * clusters, and how cases are drawn under it.
 */
export type ScanModel = {
  /**
   * `poisson`: the cases fall on areas and steps in proportion to `expected` (Kulldorff 1997; 2001 for space-time),
   * conditional on their number.
   * `permutation`: each area keeps its cases and each step keeps its cases, only which case has which time is chance
   * (Kulldorff et al. 2005, PLoS Medicine 2(3): e59). For when no population is known; finds interaction of space and
   * time, and nothing that is there all the time.
   */
  kind: 'poisson' | 'permutation'
  areas: number
  /** 1 for a purely spatial scan. */
  steps: number
  /** Row by row, an area's steps together. */
  cases: Uint32Array
  /** As `cases`; adds up to the number of cases. */
  expected: Float64Array
  total: number
}

/**
 * Expected in proportion to the population at risk: C · n(area, step) / N.
 * @param cases areas × steps, an area's steps together
 * @param population of each area, the same in all steps; or areas × steps, for populations that change and for steps of
 *   different length (person-days)
 * @throws RangeError when lengths do not fit, a population is negative or no number, or cases are where nobody lives
 *
 * Expected counts adjusted for covariates are a population in this sense: only their ratios count.
 */
export function poissonModel(cases: Uint32Array, population: Float64Array, steps = 1): ScanModel {
  const areas = areasOf(cases, steps)
  if (population.length !== areas && population.length !== cases.length)
    throw new RangeError(`${population.length} populations for ${areas} areas and ${steps} steps`)
  const at = population.length === cases.length ? (cell: number) => cell : (cell: number) => Math.floor(cell / steps)
  const [expected, total] = [new Float64Array(cases.length), sumOf(cases)]
  let whole = 0
  for (let cell = 0; cell < cases.length; cell++) {
    const people = population[at(cell)]!
    if (!(people >= 0 && people < Infinity)) throw new RangeError(`a population of ${people} in area ${areaOf(cell)}`)
    if (people === 0 && cases[cell]! > 0)
      throw new RangeError(`area ${areaOf(cell)} has ${cases[cell]} cases and no population`)
    whole += people
  }
  if (whole > 0)
    for (let cell = 0; cell < cases.length; cell++) expected[cell] = (total * population[at(cell)]!) / whole
  return { kind: 'poisson', areas, steps, cases, expected, total }

  function areaOf(cell: number): number {
    return Math.floor(cell / steps)
  }
}

/**
 * Expected by the sums of areas and steps: C(area) · C(step) / C.
 * @throws RangeError when the cases are no whole number of steps, or there are fewer than two steps
 */
export function permutationModel(cases: Uint32Array, steps: number): ScanModel {
  const areas = areasOf(cases, steps)
  if (steps < 2) throw new RangeError('times can be permuted between two steps or more')
  const [byArea, byStep] = [new Float64Array(areas), new Float64Array(steps)]
  for (let cell = 0; cell < cases.length; cell++) {
    byArea[Math.floor(cell / steps)]! += cases[cell]!
    byStep[cell % steps]! += cases[cell]!
  }
  const total = sumOf(cases)
  const expected = new Float64Array(cases.length)
  for (let cell = 0; cell < cases.length; cell++)
    expected[cell] = (byArea[Math.floor(cell / steps)]! * byStep[cell % steps]!) / Math.max(1, total)
  return { kind: 'permutation', areas, steps, cases, expected, total }
}

/** What a window's share is a share of: the population, averaged over the steps (here in expected cases). */
export function expectedOfAreas({ areas, steps, expected }: ScanModel): Float64Array {
  const sums = new Float64Array(areas)
  for (let cell = 0; cell < expected.length; cell++) sums[Math.floor(cell / steps)]! += expected[cell]!
  return sums
}

/** Draws the cases of a model where nothing clusters; `drawInto` overwrites an array like `cases`. */
export function caseDrawer(model: ScanModel): (random: Random, drawn: Uint32Array) => void {
  const { cases, expected, total, steps } = model
  if (model.kind === 'poisson') {
    if (total === 0) return (_, drawn) => drawn.fill(0)
    const cells = new AliasTable(expected)
    return (random, drawn) => {
      drawn.fill(0)
      for (let i = 0; i < total; i++) drawn[cells.draw(random)]!++
    }
  }
  const [areas, times] = [new Uint32Array(total), new Uint32Array(total)]
  let next = 0
  for (let cell = 0; cell < cases.length; cell++)
    for (let i = 0; i < cases[cell]!; i++) {
      areas[next] = Math.floor(cell / steps)
      times[next++] = cell % steps
    }
  const shuffled = new Uint32Array(total)
  return (random, drawn) => {
    drawn.fill(0)
    // Always from the same order, so that a replication does not depend on the one before it.
    shuffled.set(times)
    for (let i = total - 1; i >= 0; i--) {
      const j = random.whole(0, i)
      const time = shuffled[j]!
      shuffled[j] = shuffled[i]!
      drawn[areas[i]! * steps + time]!++
    }
  }
}

function areasOf(cases: Uint32Array, steps: number): number {
  const areas = cases.length / steps
  if (!(Number.isInteger(steps) && steps >= 1 && Number.isInteger(areas)))
    throw new RangeError(`${cases.length} counts are no whole number of areas with ${steps} steps`)
  return areas
}

function sumOf(values: Uint32Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum
}
