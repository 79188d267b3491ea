import { effectiveArea, type Kernel } from './density-kernel.ts'
import { kernelDensity } from './kernel-density.ts'
import { squareMetresPerHectare, type RasterFrame, type WeightedPoints } from './raster-frame.ts'
import type { StudyArea } from './study-area.ts'

export type RiskOptions = {
  kernel: Kernel
  /** Metres, the same for cases and population. */
  bandwidth: number
  /** Of the rates: cases per so many households or residents. */
  per: number
  /**
   * Households or residents: where the kernel averages over fewer, the rate is computed as if it were so many, or a single
   * case beside an empty lot would be the highest rate of the town.
   */
  leastPopulation: number
}

export type RiskSurface = {
  frame: RasterFrame
  /** Cases per `per` households or residents at the nodes, row by row; NaN outside of the study area. */
  values: Float64Array
  /** One byte a node: 1 where the population is below the least, and the rate therefore too low. */
  isThin: Uint8Array
  peak: number
  /** The rate of the whole study area; a node with twice the value has twice the risk. NaN without population. */
  overall: number
  cases: number
  population: number
}

/**
 * Relative risk in the plane: the density of cases over the density of the population at risk, both with one kernel and
 * one bandwidth (Bithell 1990; Kelsall & Diggle 1995, Kernel estimation of relative risk, Bernoulli 1; with different
 * bandwidths the ratio shows the difference of the bandwidths). Both are divided by the same share of the kernel inside the
 * study area (Diggle 1985), so that the edge leaves the ratio unbiased. The denominator has a floor:
 * leastPopulation / (1/∫k²).
 *
 * @param population points with the households or residents of each, as buildings or middles of grids
 * @throws RangeError as `kernelDensity`; when `per` or `leastPopulation` is not positive
 */
export function riskSurface(
  cases: WeightedPoints,
  population: WeightedPoints,
  area: StudyArea,
  { kernel, bandwidth, per, leastPopulation }: RiskOptions,
): RiskSurface {
  if (!(per > 0)) throw new RangeError(`rates are per a positive number, not ${per}`)
  if (!(leastPopulation > 0)) throw new RangeError(`the least population is a positive number, not ${leastPopulation}`)
  const options = { kernel, bandwidth, edge: 'diggle', adaptive: false, method: 'binned' } as const
  const above = kernelDensity(cases, area, options)
  const below = kernelDensity(population, area, options)
  const floor = (leastPopulation / effectiveArea(kernel, bandwidth)) * squareMetresPerHectare
  const isThin = new Uint8Array(above.values.length)
  const values = new Float64Array(above.values.length)
  let peak = 0
  for (let node = 0; node < values.length; node++) {
    const people = below.values[node]!
    if (people < floor) isThin[node] = 1
    values[node] = (above.values[node]! / Math.max(people, floor)) * per
    if (values[node]! > peak) peak = values[node]!
  }
  const overall = below.cases > 0 ? (above.cases / below.cases) * per : Number.NaN
  return { frame: area.frame, values, isThin, peak, overall, cases: above.cases, population: below.cases }
}
