import { kernelAt, supportOf, type Kernel } from './density-kernel.ts'
import type { RasterFrame, WeightedPoints } from './raster-frame.ts'
import type { StudyArea } from './study-area.ts'

/** The kernel of one case at the nodes that it reaches: calls `visit` with a node's index and the kernel there, per m². */
function eachNode(
  frame: RasterFrame,
  kernel: Kernel,
  bandwidth: number,
  x: number,
  y: number,
  visit: (node: number, perSquareMetre: number) => void,
): void {
  const reach = supportOf(kernel) * bandwidth
  const { cell, columns, rows } = frame
  const from = Math.max(0, Math.ceil((x - reach - frame.x) / cell))
  const to = Math.min(columns - 1, Math.floor((x + reach - frame.x) / cell))
  const last = Math.min(rows - 1, Math.floor((y + reach - frame.y) / cell))
  const scale = 1 / (bandwidth * bandwidth)
  for (let row = Math.max(0, Math.ceil((y - reach - frame.y) / cell)); row <= last; row++) {
    const dy = frame.y + row * cell - y
    for (let column = from; column <= to; column++) {
      const dx = frame.x + column * cell - x
      const value = kernelAt(kernel, (dx * dx + dy * dy) * scale)
      if (value > 0) visit(row * columns + column, value * scale)
    }
  }
}

/**
 * The share of each point's kernel that falls into the study area: e(xᵢ) = ∫_W k(u − xᵢ) du, as a sum over the nodes
 * inside (midpoint rule). O(points × nodes in the kernel's reach).
 * @param bandwidths metres, one a point
 */
export function shareInside(
  { x, y }: WeightedPoints,
  bandwidths: Float64Array,
  { frame, inside }: StudyArea,
  kernel: Kernel,
): Float64Array {
  const cellArea = frame.cell * frame.cell
  const shares = new Float64Array(x.length)
  for (let i = 0; i < x.length; i++) {
    let sum = 0
    eachNode(frame, kernel, bandwidths[i]!, x[i]!, y[i]!, (node, value) => {
      if (inside[node] === 1) sum += value
    })
    shares[i] = sum * cellArea
  }
  return shares
}

/**
 * Cases per square metre at every node: Σ wᵢ k((u − xᵢ)/hᵢ)/hᵢ², without binning and without edge correction.
 * O(points × nodes in the kernel's reach).
 * @param bandwidths metres, one a point
 */
export function exactDensity(
  { x, y, weights }: WeightedPoints,
  bandwidths: Float64Array,
  frame: RasterFrame,
  kernel: Kernel,
): Float64Array {
  const values = new Float64Array(frame.columns * frame.rows)
  for (let i = 0; i < x.length; i++) {
    const weight = weights === null ? 1 : weights[i]!
    if (weight === 0) continue
    eachNode(frame, kernel, bandwidths[i]!, x[i]!, y[i]!, (node, value) => {
      values[node]! += weight * value
    })
  }
  return values
}

/** Cases per square metre at each of the points themselves, by the sum over all of them: O(points²). */
export function exactDensityAtPoints(
  { x, y, weights }: WeightedPoints,
  kernel: Kernel,
  bandwidth: number,
): Float64Array {
  const scale = 1 / (bandwidth * bandwidth)
  return Float64Array.from(x, (east, i) => {
    let sum = 0
    for (let j = 0; j < x.length; j++) {
      const weight = weights === null ? 1 : weights[j]!
      const [dx, dy] = [x[j]! - east, y[j]! - y[i]!]
      sum += weight * kernelAt(kernel, (dx * dx + dy * dy) * scale)
    }
    return sum * scale
  })
}
