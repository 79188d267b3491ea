import { canonicalFactor, supportOf, type Kernel } from './density-kernel.ts'
import { FourierConvolution } from './fourier-convolution.ts'
import type { WeightedPoints } from './raster-frame.ts'
import { isInside, type StudyArea } from './study-area.ts'

/** A bandwidth that was computed from the cases, with what a reader needs to judge it. */
export type BandwidthChoice = {
  /** Metres. */
  bandwidth: number
  rule: 'scott' | 'likelihood'
  reason: { zh: string; en: string }
}

/**
 * Scott's rule in two dimensions (Scott 1992, Multivariate Density Estimation, eq. 6.42; Silverman's is the same there):
 * σ = s · n^(−1/6) for the Gaussian kernel, with s along each axis the smaller of the standard deviation and the
 * interquartile range / 1.349, so that a few far cases do not widen it, and the geometric mean of both axes. For the
 * quartic kernel times the ratio of the canonical bandwidths (`canonicalFactor`). It is right for one bell-shaped heap of
 * cases and too wide for several. O(n log n).
 *
 * @throws RangeError when the cases lie on one place, or there are none
 */
export function scottBandwidth({ x, y, weights }: WeightedPoints, kernel: Kernel): BandwidthChoice {
  const east = spreadOf(x, weights)
  const north = spreadOf(y, weights)
  // Cases along a line still have a spread; a street that runs east to west has no other one.
  const spread = east > 0 && north > 0 ? Math.sqrt(east * north) : Math.max(east, north)
  if (!(spread > 0)) throw new RangeError('cases on one place have no spread from which a bandwidth could follow')
  const cases = effectiveNumber(x.length, weights)
  const bandwidth = spread * cases ** (-1 / 6) * canonicalFactor(kernel)
  const [n, s, h] = [Math.round(cases), Math.round(spread), Math.round(bandwidth)]
  return {
    bandwidth,
    rule: 'scott',
    reason: {
      zh: `按 Scott 规则：${n} 件事件的分散程度为 ${s} 米，带宽取 ${h} 米`,
      en: `Scott's rule: ${n} cases with a spread of ${s} m give a bandwidth of ${h} m`,
    },
  }
}

/** Kish's effective number: as many cases of the same weight would be as certain. */
function effectiveNumber(count: number, weights: WeightedPoints['weights']): number {
  if (weights === null) return count
  let [sum, squares] = [0, 0]
  for (const weight of weights) {
    sum += weight
    squares += weight * weight
  }
  return (sum * sum) / squares
}

/** The smaller of standard deviation and interquartile range / 1.349, metres; the first where the quartiles are equal. */
function spreadOf(values: Float32Array | Float64Array, weights: WeightedPoints['weights']): number {
  let [sum, mean, squares] = [0, 0, 0]
  for (let i = 0; i < values.length; i++) {
    // West 1979: digits are not lost where coordinates are large.
    const weight = weights === null ? 1 : weights[i]!
    if (weight === 0) continue
    sum += weight
    const step = (values[i]! - mean) * (weight / sum)
    squares += weight * (values[i]! - mean) * (values[i]! - mean - step)
    mean += step
  }
  const deviation = Math.sqrt(squares / (sum - 1))
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!)
  const quantile = (share: number) => {
    let before = 0
    for (const i of order) {
      before += weights === null ? 1 : weights[i]!
      if (before >= share * sum) return values[i]!
    }
    return Number.NaN
  }
  const robust = (quantile(0.75) - quantile(0.25)) / 1.349
  return robust > 0 ? Math.min(deviation, robust) : deviation
}

/** Bandwidths that are tried, as factors of Scott's: from an eighth of it to four times as much. */
const factors = Array.from({ length: 16 }, (_, step) => 2 ** ((step - 9) / 3))

/**
 * The bandwidth by which the cases at other places predict best where a case is: it maximises Σ log λ₋ᵢ(xᵢ), the density
 * at each case from all cases that are not at its place, corrected at the edge as `jones` does (likelihood
 * cross-validation; Habbema, Hermans & van den Broek 1974; Loader 1999, Local Regression and Likelihood, §5.3; `bw.ppl` of
 * R spatstat). Left out are all cases at the same node of the raster: many cases have the address of one building, and
 * leaving out only one of them would make the best bandwidth zero. It is computed with the Gaussian kernel, because the
 * quartic one knows no density where no other case is near, and converted.
 *
 * O(candidates × nodes log nodes).
 * @throws RangeError as `scottBandwidth`; when all cases lie at one node
 */
export function likelihoodBandwidth(
  points: WeightedPoints,
  area: StudyArea,
  kernel: Kernel,
  progress?: (share: number) => void,
): BandwidthChoice & { candidates: { bandwidth: number; score: number }[] } {
  const scott = scottBandwidth(points, 'gaussian').bandwidth
  const { cell } = area.frame
  // Narrower ones are not those of the kernel any more.
  const candidates = factors.map((factor) => factor * scott).filter((sigma) => sigma >= cell)
  if (candidates.length === 0) candidates.push(cell)
  const scores = likelihoodScores(points, area, candidates, progress)
  const best = scores.reduce((best, score, i) => (score > scores[best]! ? i : best), 0)
  const bandwidth = candidates[best]! * canonicalFactor(kernel)
  return {
    bandwidth,
    rule: 'likelihood',
    reason: {
      zh: `按似然交叉验证：试了 ${candidates.length} 个带宽，${Math.round(bandwidth)} 米时由其他地点的事件推算每件事件的位置最准`,
      en: `Likelihood cross-validation: of ${candidates.length} bandwidths, with ${Math.round(bandwidth)} m cases elsewhere predict best where each case is`,
    },
    candidates: candidates.map((sigma, i) => ({ bandwidth: sigma * canonicalFactor(kernel), score: scores[i]! })),
  }
}

/**
 * Mean over the cases of log λ₋ᵢ(xᵢ), λ in cases per square metre, for each standard deviation in metres of the Gaussian
 * kernel.
 * @throws RangeError when the cases lie at fewer than two nodes
 */
export function likelihoodScores(
  points: WeightedPoints,
  area: StudyArea,
  deviations: number[],
  progress?: (share: number) => void,
): number[] {
  const { frame, inside } = area
  const { nodes, cases } = nearestNodes(points, area)
  const occupied = [...nodes.keys()].filter((node) => nodes[node]! > 0)
  if (occupied.length < 2) throw new RangeError('cases at one node of the raster cannot predict each other')
  const cellArea = frame.cell * frame.cell
  // Far below any density of cases: the logarithm of what rounding leaves of zero would mean nothing.
  const least = cases * 1e-15
  return deviations.map((sigma, candidate) => {
    const radius = sigma / frame.cell
    const convolution = new FourierConvolution(frame.columns, frame.rows, supportOf('gaussian') * radius)
    const transform = convolution.transformOf('gaussian', radius)
    const share = Float64Array.from(inside)
    convolution.convolve(share, null, transform)
    const density = nodes.map((weight, node) => (weight === 0 ? 0 : weight / share[node]!))
    convolution.convolve(density, null, transform)
    // What one case adds at its own node.
    const own = new Float64Array(nodes.length)
    const middle = Math.floor(frame.rows / 2) * frame.columns + Math.floor(frame.columns / 2)
    own[middle] = 1
    convolution.convolve(own, null, transform)
    let score = 0
    for (const node of occupied) {
      const others = density[node]! - (own[middle] * nodes[node]!) / share[node]!
      score += nodes[node]! * Math.log(Math.max(others, least) / cellArea)
    }
    progress?.((candidate + 1) / deviations.length)
    return score / cases
  })
}

/** Cases inside the study area at the nodes nearest to them. */
function nearestNodes({ x, y, weights }: WeightedPoints, area: StudyArea): { nodes: Float64Array; cases: number } {
  const { frame } = area
  const nodes = new Float64Array(frame.columns * frame.rows)
  let cases = 0
  for (let i = 0; i < x.length; i++) {
    if (!isInside(area, x[i]!, y[i]!)) continue
    const column = Math.min(frame.columns - 1, Math.max(0, Math.round((x[i]! - frame.x) / frame.cell)))
    const row = Math.min(frame.rows - 1, Math.max(0, Math.round((y[i]! - frame.y) / frame.cell)))
    const weight = weights === null ? 1 : weights[i]!
    nodes[row * frame.columns + column]! += weight
    cases += weight
  }
  return { nodes, cases }
}
