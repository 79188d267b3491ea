import { toDegrees, type PointCluster } from '../geo/point-clusters.ts'
import { kernelStamp, stamped } from './density-kernel.ts'
import { binLinear, interpolate } from './raster-frame.ts'

/** Cases per hectare at the nodes of a raster whose cells are square on the ground. */
export type DensityRaster = {
  /** Row by row from the north-west node. */
  values: Float32Array<ArrayBuffer>
  columns: number
  rows: number
  /** Metres between nodes. */
  cell: number
  /** Metres: the bandwidth that was used, larger than the one asked for where the raster would grow too big. */
  bandwidth: number
  /** Metres from the cluster's origin to the north-west node. */
  east: number
  south: number
  /** [west, south, east, north] in degrees of the raster's outer edge, half a cell beyond the outer nodes. */
  bounds: [number, number, number, number]
  /** Largest value, and the number of cases that the raster's integral is. */
  peak: number
  cases: number
}

/** Cells in one bandwidth: at 10 linear binning and interpolation stay within 1.2 % of the peak. */
const cellsPerBandwidth = 10
/** Nodes on the longest side: 4 MB, and a million cases over a city within a quarter of a second. */
const longestSide = 1024
/** Fewer cells than this in a bandwidth no longer look like the kernel. */
const fewestCells = 3
const squareMetresPerHectare = 10_000

/**
 * Kernel density of a cluster's points: quartic (biweight) kernel K(u) = 3/π · (1 − u²)² for u < 1 (Silverman 1986,
 * Density Estimation, eq. 4.5), the one of QGIS and ArcGIS, so that a case counts within the bandwidth and nowhere
 * else. Points are spread over their four nodes (linear binning, Wand 1994) and each occupied node is stamped with
 * the kernel, whose weights sum to one: the integral is the number of cases exactly. There is no edge correction
 * (Diggle 1985): what lies outside the collected area is unknown, and correcting would invent cases there.
 *
 * @param mask one byte a row of the arrays the cluster was made from; null counts every row
 * @param bandwidth metres
 * @param weights cases of each row, where a row is more than one
 * @throws RangeError when the bandwidth is no positive number
 */
export function densityRaster(
  cluster: PointCluster,
  mask: Uint8Array | null,
  bandwidth: number,
  weights: Float32Array | null = null,
): DensityRaster {
  if (!(bandwidth > 0)) throw new RangeError(`a bandwidth is a positive number of metres, not ${bandwidth}`)
  const side = Math.max(cluster.width, cluster.height) + 2 * bandwidth
  const cell = Math.max(bandwidth / cellsPerBandwidth, side / (longestSide - 12))
  const used = Math.max(bandwidth, cell * fewestCells)
  const support = Math.ceil(used / cell)
  // One node beyond the kernel's support on every side, on multiples of the cell, so that filters share one raster.
  const columns = Math.ceil(cluster.width / cell) + 2 * support + 3
  const rows = Math.ceil(cluster.height / cell) + 2 * support + 3
  const margin = (support + 1) * cell
  const nodes = new Float32Array(columns * rows)
  const points = { x: cluster.east, y: cluster.south, weights: casesOf(cluster, mask, weights) }
  const cases = binLinear(points, { x: -margin, y: -margin, cell, columns, rows }, nodes)
  const perHectare = squareMetresPerHectare / (cell * cell)
  const values = stamped(nodes, { columns, rows }, kernelStamp('quartic', used / cell, support), perHectare)
  const [west, north] = toDegrees(cluster, -margin - cell / 2, -margin - cell / 2)
  const [east, south] = toDegrees(cluster, columns * cell - margin - cell / 2, rows * cell - margin - cell / 2)
  return {
    values,
    columns,
    rows,
    cell,
    bandwidth: used,
    east: -margin,
    south: -margin,
    bounds: [west, south, east, north],
    peak: values.reduce((peak, value) => Math.max(peak, value), 0),
    cases,
  }
}

/** Cases at each point of a cluster; null where every point is one. */
function casesOf({ rows }: PointCluster, mask: Uint8Array | null, weights: Float32Array | null): Float32Array | null {
  if (mask === null && weights === null) return null
  const cases = new Float32Array(rows.length)
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!
    if (mask === null || mask[row] === 1) cases[i] = weights === null ? 1 : weights[row]!
  }
  return cases
}

/** Cases per hectare at a point in metres from the cluster's origin, between the four nodes around it; 0 outside. */
export function densityAt(grid: DensityRaster, east: number, south: number): number {
  return interpolate({ ...grid, x: grid.east, y: grid.south }, grid.values, east, south)
}

/** Steps that people count in; neighbours differ by half at most, so that no classes are wasted. */
const niceSteps = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]

/**
 * Lower limits of equal classes at round numbers, the last one holding the peak.
 * They depend on the data alone, never on what the screen shows, so that a colour keeps its meaning while zooming.
 * @param most largest number of classes
 * @returns ascending limits, from two thirds of `most` up to `most`; none when the peak is not positive
 */
export function classBreaks(peak: number, most: number): number[] {
  if (!(peak > 0) || !Number.isFinite(peak)) return []
  const least = peak / (most + 1)
  const power = 10 ** Math.floor(Math.log10(least))
  const step = power * niceSteps.find((nice) => nice * power > least)!
  // Through decimal text: 3 × 0.1 is to be 0.3 in the legend.
  return Array.from({ length: Math.floor(peak / step) }, (_, index) => Number((step * (index + 1)).toPrecision(6)))
}
