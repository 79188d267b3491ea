import { effectiveArea, supportOf } from './density-kernel.ts'
import { FourierConvolution, type KernelTransform } from './fourier-convolution.ts'
import { Random } from './random.ts'
import { RandomLabelling, type Labellings } from './random-labelling.ts'
import { binLinear, type RasterFrame, type WeightedPoints } from './raster-frame.ts'
import type { StudyArea } from './study-area.ts'

export type ExcessOptions = {
  /** Metres: standard deviation of the Gaussian kernel, at least two cells. */
  bandwidth: number
  /** Nodes are tested where at least so many cases are expected within the kernel's effective area. */
  leastExpected: number
}

export type DensityExcess = {
  frame: RasterFrame
  /** Standard deviations by which the density of cases exceeds what random labelling leads to expect; NaN: not tested. */
  z: Float64Array
  /** The largest; 0 where nothing exceeds. */
  maximum: number
}

/**
 * Where are cases denser than the population leads to expect (Kelsall & Diggle 1995, on the scale of a standard score)?
 *
 * With m cases drawn from N of the population, f(u) = Σ k(u − xᵢ) over the cases has the mean m·k̄(u) and the variance
 * m·(1 − m/N)·(mean of k² − k̄²), the means over the population; z = (f − m·k̄)/√variance. The scores of neighbouring nodes
 * depend on each other and have a long tail where few are expected, so their level follows from `excessMaxima` and
 * `thresholdOf`, and not from the normal distribution. The kernel falls outside of the area by the same share for both,
 * and no correction is needed.
 *
 * O(points + nodes log nodes).
 * @param cases among the population where that has no weights
 * @throws RangeError when the bandwidth is less than two cells, or the least expected number not positive
 */
export function densityExcess(
  cases: WeightedPoints,
  population: WeightedPoints,
  area: StudyArea,
  options: ExcessOptions,
): DensityExcess {
  const test = new ExcessTest(population, cases.x.length, area, options)
  const z = new Float64Array(area.inside.length)
  binLinear(cases, area.frame, z)
  test.convolve(z, null)
  const maximum = test.standardise(z)
  return { frame: area.frame, z, maximum }
}

/**
 * The largest z of each drawing of as many cases.
 * @returns one a drawing of the range; O(drawings × nodes log nodes)
 */
export function excessMaxima(
  count: number,
  population: WeightedPoints,
  area: StudyArea,
  options: ExcessOptions,
  { seed, from, to, progress }: Labellings,
): Float64Array {
  const test = new ExcessTest(population, count, area, options)
  const maxima = new Float64Array(to - from)
  const drawn = (at: number) => {
    const nodes = new Float64Array(area.inside.length)
    const points = test.labelling.draw(new Random(seed, 'density excess', at))
    binLinear({ ...points, weights: null }, area.frame, nodes)
    return nodes
  }
  // Two at the cost of one. Pairs begin at even numbers, so that ranges do not change how they are rounded.
  for (let first = from - (from % 2); first < to; first += 2) {
    const pair = [drawn(first), drawn(first + 1)] as const
    test.convolve(...pair)
    for (const [second, nodes] of pair.entries()) {
      const at = first + second
      if (at >= from && at < to) maxima[at - from] = test.standardise(nodes)
    }
    progress?.(Math.min(1, (first + 2 - from) / (to - from)))
  }
  return maxima
}

class ExcessTest {
  readonly labelling: RandomLabelling
  readonly #convolution: FourierConvolution
  readonly #transform: KernelTransform
  /** Mean and standard deviation of the convolved cases at each node; the second NaN where it is not tested. */
  readonly #mean: Float64Array
  readonly #deviation: Float64Array

  constructor(population: WeightedPoints, count: number, area: StudyArea, { bandwidth, leastExpected }: ExcessOptions) {
    const { frame, inside } = area
    const radius = bandwidth / frame.cell
    if (!(radius >= 2)) throw new RangeError(`a bandwidth of ${bandwidth} m is less than two cells of ${frame.cell} m`)
    if (!(leastExpected > 0)) throw new RangeError(`the least expected number is positive, not ${leastExpected}`)
    this.labelling = new RandomLabelling(population, count)
    this.#convolution = new FourierConvolution(frame.columns, frame.rows, supportOf('gaussian') * radius)
    this.#transform = this.#convolution.transformOf('gaussian', radius)
    const mean = new Float64Array(inside.length)
    const whole = binLinear(population, frame, mean)
    const squares = Float64Array.from(mean)
    this.#convolution.convolve(mean, null, this.#transform)
    // k² of a Gaussian is one of σ/√2, over 4πσ².
    this.#convolution.convolve(squares, null, this.#convolution.transformOf('gaussian', radius / Math.SQRT2))
    const effective = effectiveArea('gaussian', radius)
    this.#mean = mean.map((sum) => (count * Math.max(0, sum)) / whole)
    this.#deviation = squares.map((sum, node) => {
      if (inside[node] !== 1 || this.#mean[node]! * effective < leastExpected) return Number.NaN
      const variance = Math.max(0, sum) / whole / effective - (this.#mean[node]! / count) ** 2
      return Math.sqrt(count * this.labelling.remainder * variance)
    })
  }

  convolve(nodes: Float64Array, others: Float64Array | null): void {
    this.#convolution.convolve(nodes, others, this.#transform)
  }

  /** Makes z of convolved cases. */
  standardise(nodes: Float64Array): number {
    let maximum = 0
    for (let node = 0; node < nodes.length; node++) {
      const z = (nodes[node]! - this.#mean[node]!) / this.#deviation[node]!
      nodes[node] = z
      if (z > maximum) maximum = z
    }
    return maximum
  }
}
