import { areaCount, type Neighbours } from './neighbours.ts'

/**
 * Rates of small populations jump: one case among ten households is a rate of 10 %, and says little. These draw each
 * rate towards a mean, the more so the smaller the population (Marshall 1991, Applied Statistics 40(2)).
 *
 * In all of them: `cases` is a count of each area and `population` what can have a case (households, residents,
 * household-years), not negative; rates are cases per unit of population. Where the population is 0, nothing is known
 * but the mean.
 */

/** Mean b = Σ cases / Σ population, and the method-of-moments variance of the true rates a = s² − b / mean population. */
function priorOf(cases: Float64Array, population: Float64Array): { a: number; b: number } {
  let [allCases, all] = [0, 0]
  for (let area = 0; area < cases.length; area++) {
    allCases += cases[area]!
    all += population[area]!
  }
  const b = all > 0 ? allCases / all : Number.NaN
  let squares = 0
  let areas = 0
  for (let area = 0; area < cases.length; area++) {
    if (population[area] === 0) continue
    squares += population[area]! * (cases[area]! / population[area]! - b) ** 2
    areas++
  }
  return { a: squares / all - b / (all / areas), b }
}

/**
 * Rates drawn towards the mean of all areas (Marshall's global estimator; `EBest` of spdep, Poisson):
 *
 *   b + (a / (a + b / populationᵢ)) (rateᵢ − b), with a of 0 where the rates vary less than by chance
 *
 * @throws RangeError when counts are negative, lengths differ, or nobody lives anywhere. O(areas).
 */
export function empiricalBayesRates(cases: Float64Array, population: Float64Array): Float64Array<ArrayBuffer> {
  expectCounts(cases, population)
  const { a, b } = priorOf(cases, population)
  return Float64Array.from(cases, (count, area) => drawn(count, population[area]!, Math.max(0, a), b))
}

/**
 * Rates drawn towards the mean of the area and its neighbours, with the variance among these (Marshall's local
 * estimator; `EBlocal` of spdep with `geoda = TRUE`, and GeoDa: spdep's default takes each neighbour's deviation from
 * the neighbour's own local mean, which Marshall does not). An island keeps its rate.
 *
 * NaN where nobody lives in the whole neighbourhood.
 * @throws RangeError as `empiricalBayesRates`. O(areas + neighbours).
 */
export function localEmpiricalBayesRates(
  cases: Float64Array,
  population: Float64Array,
  neighbours: Neighbours,
): Float64Array<ArrayBuffer> {
  expectCounts(cases, population)
  if (cases.length !== areaCount(neighbours))
    throw new RangeError(`${cases.length} counts for ${areaCount(neighbours)} areas`)
  const { offsets, indices } = neighbours
  return Float64Array.from(cases, (count, area) => {
    const near = [area, ...indices.subarray(offsets[area], offsets[area + 1])]
    const { a, b } = priorOf(
      Float64Array.from(near, (other) => cases[other]!),
      Float64Array.from(near, (other) => population[other]!),
    )
    return drawn(count, population[area]!, Math.max(0, a), b)
  })
}

/**
 * Deviates of rates by their own variance, for Moran's I and other statistics that suppose equal variances
 * (Assunção & Reis 1999, Statistics in Medicine 18(16); `EBImoran.mc` of spdep):
 *
 *   (rateᵢ − b) / √(a + b / populationᵢ), with b / populationᵢ alone where a + b / populationᵢ is negative
 *
 * Their Moran's I is judged by permutation (`permuteMoranI`). 0 where the population is 0.
 * @throws RangeError as `empiricalBayesRates`. O(areas).
 */
export function empiricalBayesDeviates(cases: Float64Array, population: Float64Array): Float64Array<ArrayBuffer> {
  expectCounts(cases, population)
  const { a, b } = priorOf(cases, population)
  return Float64Array.from(cases, (count, area) => {
    const households = population[area]!
    if (households === 0 || b === 0) return 0
    const variance = a + b / households
    return (count / households - b) / Math.sqrt(variance < 0 ? b / households : variance)
  })
}

function drawn(cases: number, population: number, a: number, b: number): number {
  if (population === 0 || b === 0) return b
  return b + (a / (a + b / population)) * (cases / population - b)
}

function expectCounts(cases: Float64Array, population: Float64Array): void {
  if (cases.length !== population.length)
    throw new RangeError(`${cases.length} counts of cases and ${population.length} populations`)
  let all = 0
  for (let area = 0; area < cases.length; area++) {
    if (!(cases[area]! >= 0 && population[area]! >= 0 && cases[area]! < Infinity && population[area]! < Infinity))
      throw new RangeError(`area ${area} has ${cases[area]} cases among ${population[area]}`)
    all += population[area]!
  }
  if (!(all > 0)) throw new RangeError('there is no population that could have a rate')
}
