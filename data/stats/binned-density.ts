import { supportOf, type Kernel } from './density-kernel.ts'
import { FourierConvolution } from './fourier-convolution.ts'
import { binLinear, type WeightedPoints } from './raster-frame.ts'
import type { StudyArea } from './study-area.ts'

export const edgeCorrections = ['jones', 'diggle', 'none'] as const
/**
 * What is done about the part of a kernel that falls outside of the study area W, where no case could be seen, with
 * e(u) = ∫_W k(u − v) dv:
 * - jones: each case counts 1/e(xᵢ), so that the integral over the area is the number of cases (Jones 1993, Simple
 *   boundary correction for kernel density estimation, Statistics and Computing 3; `diggle=TRUE` in R spatstat)
 * - diggle: the density at u is divided by e(u), which is right on average where cases are spread evenly (Diggle 1985, A
 *   kernel method for smoothing point process data, Applied Statistics 34; spatstat's default)
 * - none: what falls outside is lost, and the density is too low within a bandwidth of the border
 */
export type EdgeCorrection = (typeof edgeCorrections)[number]

/**
 * Cases per square metre at every node, the points spread over their nodes first; what is outside of the area is left to
 * the caller. O(points + nodes log nodes).
 * @param bandwidth metres
 */
export function binnedDensity(
  points: WeightedPoints,
  area: StudyArea,
  kernel: Kernel,
  bandwidth: number,
  edge: EdgeCorrection,
): Float64Array {
  const { frame, inside } = withMargin(area)
  const radius = bandwidth / frame.cell
  const convolution = new FourierConvolution(frame.columns, frame.rows, supportOf(kernel) * radius)
  const transform = convolution.transformOf(kernel, radius)
  const values = new Float64Array(frame.columns * frame.rows)
  binLinear(points, frame, values)
  const share = edge === 'none' ? null : Float64Array.from(inside)
  if (edge === 'diggle') convolution.convolve(values, share, transform)
  else {
    if (share !== null) {
      convolution.convolve(share, null, transform)
      divideWhereOccupied(values, share)
    }
    convolution.convolve(values, null, transform)
  }
  const perCell = 1 / (frame.cell * frame.cell)
  for (let node = 0; node < values.length; node++) {
    if (edge === 'diggle' && share !== null && inside[node] === 1) values[node]! /= share[node]!
    values[node]! *= perCell
  }
  return withoutMargin(values, area)
}

/** One cell more on each side: a case in the outer half of an outer cell lies between an inner and an outer node. */
function withMargin({ frame, inside }: StudyArea): StudyArea {
  const { x, y, cell, columns, rows } = frame
  const wide = { x: x - cell, y: y - cell, cell, columns: columns + 2, rows: rows + 2 }
  const within = new Uint8Array(wide.columns * wide.rows)
  for (let row = 0; row < rows; row++)
    within.set(inside.subarray(row * columns, (row + 1) * columns), (row + 1) * wide.columns + 1)
  return { frame: wide, inside: within }
}

function withoutMargin(values: Float64Array, { frame: { columns, rows } }: StudyArea): Float64Array {
  const result = new Float64Array(columns * rows)
  for (let row = 0; row < rows; row++) {
    const from = (row + 1) * (columns + 2) + 1
    result.set(values.subarray(from, from + columns), row * columns)
  }
  return result
}

/** Weights at nodes by the share of their kernel that lies inside. */
function divideWhereOccupied(nodes: Float64Array, share: Float64Array): void {
  for (let node = 0; node < nodes.length; node++) if (nodes[node] !== 0) nodes[node]! /= share[node]!
}

/** Ratio of neighbouring classes of bandwidths. */
const classRatio = 1.1

/**
 * The same with a bandwidth for each point. A point counts with the two classes of bandwidths around its own, in
 * proportion to its nearness to them on the scale of logarithms, so that the error is of the second order: for the
 * kernels here less than 1 % of what the point adds at its place. O(classes × nodes log nodes).
 * @param bandwidths metres, one a point
 * @param isCorrected whether a point counts the inverse of the share of its kernel that lies inside (jones)
 */
export function binnedAdaptiveDensity(
  points: WeightedPoints,
  area: StudyArea,
  kernel: Kernel,
  bandwidths: Float64Array,
  isCorrected: boolean,
  progress?: (share: number) => void,
): Float64Array {
  const { frame, inside } = withMargin(area)
  const smallest = bandwidths.reduce((least, value) => Math.min(least, value), Infinity)
  const largest = bandwidths.reduce((most, value) => Math.max(most, value), 0)
  const place = Float64Array.from(bandwidths, (value) => Math.log(value / smallest) / Math.log(classRatio))
  const classes = Math.floor(Math.log(largest / smallest) / Math.log(classRatio)) + 2
  const widest = (smallest * classRatio ** (classes - 1)) / frame.cell
  const convolution = new FourierConvolution(frame.columns, frame.rows, supportOf(kernel) * widest)
  const sum = new Float64Array(frame.columns * frame.rows)
  for (let index = 0; index < classes; index++) {
    progress?.(index / classes)
    const weights = place.map((at, i) => Math.max(0, 1 - Math.abs(at - index)) * (points.weights?.[i] ?? 1))
    const nodes = new Float64Array(sum.length)
    if (binLinear({ ...points, weights }, frame, nodes) === 0) continue
    const transform = convolution.transformOf(kernel, (smallest * classRatio ** index) / frame.cell)
    if (isCorrected) {
      const share = Float64Array.from(inside)
      convolution.convolve(share, null, transform)
      divideWhereOccupied(nodes, share)
    }
    convolution.convolve(nodes, null, transform)
    for (let node = 0; node < sum.length; node++) sum[node]! += nodes[node]!
  }
  progress?.(1)
  const perCell = 1 / (frame.cell * frame.cell)
  for (let node = 0; node < sum.length; node++) sum[node]! *= perCell
  return withoutMargin(sum, area)
}
