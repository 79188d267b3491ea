import { abramsonBandwidths } from './adaptive-bandwidths.ts'
import { binnedAdaptiveDensity, binnedDensity, type EdgeCorrection } from './binned-density.ts'
import { kernelStamp, supportOf, type Kernel } from './density-kernel.ts'
import { exactDensity, exactDensityAtPoints, shareInside } from './exact-density.ts'
import { FourierConvolution } from './fourier-convolution.ts'
import { interpolate, squareMetresPerHectare, type RasterFrame, type WeightedPoints } from './raster-frame.ts'
import { isInside, type StudyArea } from './study-area.ts'

export type DensityOptions = {
  kernel: Kernel
  /** Metres; with `adaptive` the geometric mean of the bandwidths. */
  bandwidth: number
  edge: EdgeCorrection
  /**
   * A bandwidth for each case by the density around it (Abramson 1982), from a quarter of the given one to four times as
   * much, binned at least two cells; with the corrections jones and none.
   */
  adaptive: boolean
  /**
   * `binned` gives each case to the four nodes around it. A case then counts as if it lay up to half a cell away: the
   * values differ from the exact ones by at most (cell / s)² / 4 of the density's peak, with the kernel's standard
   * deviation s (0.25 % at ten cells). `exact` sums the kernels themselves, which takes points × nodes in their reach.
   */
  method: 'binned' | 'exact'
}

export type KernelDensity = {
  frame: RasterFrame
  /** Cases per hectare at the nodes of the frame, row by row; NaN outside of the study area. */
  values: Float64Array
  peak: number
  /** Sum of the weights in the study area: with the correction jones the sum of the values × the cell's area. */
  cases: number
  /** Sum of the weights outside of it, which are not counted. */
  outside: number
  /** Metres, one a point: which were used. Null where all are the one that was asked for. */
  bandwidths: Float64Array | null
}

/** Cells in the narrowest bandwidth: nodes of fewer no longer look like the kernel. */
const fewestCells = 2

/**
 * Kernel estimate of the density of cases in a study area: f(u) = Σ wᵢ k((u − xᵢ)/hᵢ)/hᵢ², corrected at the edge.
 *
 * Binned and with one bandwidth it costs O(points + nodes log nodes); adaptive as much for each of about 30 classes of
 * bandwidths (Davies & Baddeley 2018, Fast computation of spatially adaptive kernel estimates, Statistics and Computing 28).
 *
 * @param points metres in the frame of the area
 * @param progress called with the share that is done, where it takes long: adaptive and binned
 * @throws RangeError when the bandwidth is no positive number, or less than two cells and binned; for an adaptive one
 * with the correction diggle, which needs one bandwidth at each place
 */
export function kernelDensity(
  points: WeightedPoints,
  area: StudyArea,
  options: DensityOptions,
  progress?: (share: number) => void,
): KernelDensity {
  const { kernel, bandwidth, edge, adaptive, method } = options
  const { frame, inside } = area
  if (!(bandwidth > 0) || !Number.isFinite(bandwidth))
    throw new RangeError(`a bandwidth is a positive number of metres, not ${bandwidth}`)
  if (method === 'binned' && bandwidth < fewestCells * frame.cell)
    throw new RangeError(`a bandwidth of ${bandwidth} m is less than two cells of ${frame.cell} m: use smaller cells`)
  if (adaptive && edge === 'diggle') throw new RangeError('adaptive bandwidths are corrected by jones, or not at all')
  const { counted, cases, outside } = pointsInside(points, area)
  const bandwidths = adaptive ? abramsonBandwidths(counted.weights, pilotAt(counted, area, options), bandwidth) : null
  if (method === 'binned' && bandwidths !== null)
    for (let i = 0; i < bandwidths.length; i++) bandwidths[i] = Math.max(bandwidths[i]!, fewestCells * frame.cell)
  const values =
    method === 'exact'
      ? exactValues(counted, area, options, bandwidths ?? new Float64Array(points.x.length).fill(bandwidth))
      : bandwidths === null
        ? binnedDensity(counted, area, kernel, bandwidth, edge)
        : binnedAdaptiveDensity(counted, area, kernel, bandwidths, edge !== 'none', progress)
  let peak = 0
  for (let node = 0; node < values.length; node++) {
    // The transform leaves rounding errors around zero where no case is near.
    const value = inside[node] === 1 ? Math.max(0, values[node]!) * squareMetresPerHectare : Number.NaN
    values[node] = value
    if (value > peak) peak = value
  }
  return { frame, values, peak, cases, outside, bandwidths }
}

/** The same as cases in each cell, as many as are expected there; NaN outside of the study area. */
export function casesPerCell({ frame, values }: KernelDensity): Float64Array {
  const hectares = (frame.cell * frame.cell) / squareMetresPerHectare
  return values.map((value) => value * hectares)
}

/** The points with the weight 0 for those outside of the area. */
function pointsInside({ x, y, weights }: WeightedPoints, area: StudyArea) {
  const counted = new Float64Array(x.length)
  let cases = 0
  let outside = 0
  for (let i = 0; i < x.length; i++) {
    const weight = weights === null ? 1 : weights[i]!
    if (isInside(area, x[i]!, y[i]!)) {
      counted[i] = weight
      cases += weight
    } else outside += weight
  }
  return { counted: { x, y, weights: counted }, cases, outside }
}

/** Cases per square metre as the formula has it. */
function exactValues(
  points: WeightedPoints,
  area: StudyArea,
  { kernel, bandwidth, edge }: DensityOptions,
  bandwidths: Float64Array,
): Float64Array {
  const { frame, inside } = area
  switch (edge) {
    case 'none':
      return exactDensity(points, bandwidths, frame, kernel)
    case 'jones':
      return exactDensity(overShare(points, bandwidths, area, kernel), bandwidths, frame, kernel)
    case 'diggle': {
      const values = exactDensity(points, bandwidths, frame, kernel)
      const radius = bandwidth / frame.cell
      const support = Math.ceil(supportOf(kernel) * radius)
      const convolution = new FourierConvolution(frame.columns, frame.rows, support)
      const share = Float64Array.from(inside)
      convolution.convolve(share, null, convolution.transformOf(kernel, radius))
      // The transform's weights add up to 1; those of the formula to this.
      const { sum } = kernelStamp(kernel, radius, support)
      for (let node = 0; node < values.length; node++) if (inside[node] === 1) values[node]! /= share[node]! * sum
      return values
    }
  }
}

/** Each case counts the inverse of the share of its kernel that lies inside. */
function overShare(points: WeightedPoints, bandwidths: Float64Array, area: StudyArea, kernel: Kernel): WeightedPoints {
  const share = shareInside(points, bandwidths, area, kernel)
  const weights = share.map((value, i) => {
    const weight = points.weights === null ? 1 : points.weights[i]!
    return weight === 0 ? 0 : weight / value
  })
  return { ...points, weights }
}

/** The density with one bandwidth at each point, the point itself included, from which its own bandwidth follows. */
function pilotAt(points: WeightedPoints, area: StudyArea, options: DensityOptions): Float64Array {
  const { kernel, bandwidth, edge, method } = options
  if (method === 'exact') {
    const same = new Float64Array(points.x.length).fill(bandwidth)
    const corrected = edge === 'none' ? points : overShare(points, same, area, kernel)
    return exactDensityAtPoints(corrected, kernel, bandwidth)
  }
  const values = binnedDensity(points, area, kernel, bandwidth, edge)
  return Float64Array.from(points.x, (x, i) => interpolate(area.frame, values, x, points.y[i]!))
}
