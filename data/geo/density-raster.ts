import { toDegrees, type PointCluster } from './point-clusters.ts'

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
  const { nodes, cases } = binned(cluster, mask, weights, { cell, columns, rows, offset: support + 1 })
  const values = stamped(nodes, columns, rows, used / cell, support, cell)
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

type Raster = { cell: number; columns: number; rows: number; offset: number }

function binned(
  cluster: PointCluster,
  mask: Uint8Array | null,
  weights: Float32Array | null,
  { cell, columns, rows, offset }: Raster,
) {
  const nodes = new Float32Array(columns * rows)
  let cases = 0
  for (let i = 0; i < cluster.rows.length; i++) {
    if (mask !== null && mask[cluster.rows[i]!] !== 1) continue
    const weight = weights === null ? 1 : weights[cluster.rows[i]!]!
    cases += weight
    const u = cluster.east[i]! / cell + offset
    const v = cluster.south[i]! / cell + offset
    const column = Math.floor(u)
    const row = Math.floor(v)
    const right = u - column
    const below = v - row
    const at = row * columns + column
    nodes[at]! += weight * (1 - right) * (1 - below)
    nodes[at + 1]! += weight * right * (1 - below)
    nodes[at + columns]! += weight * (1 - right) * below
    nodes[at + columns + 1]! += weight * right * below
  }
  return { nodes, cases }
}

/** Convolution by stamping: most nodes are empty, so this costs occupied nodes × kernel, not raster × kernel. */
function stamped(weights: Float32Array, columns: number, rows: number, radius: number, support: number, cell: number) {
  const size = 2 * support + 1
  const kernel = new Float64Array(size * size)
  let sum = 0
  for (let dy = -support; dy <= support; dy++) {
    for (let dx = -support; dx <= support; dx++) {
      const u2 = (dx * dx + dy * dy) / (radius * radius)
      const weight = u2 < 1 ? (1 - u2) ** 2 : 0
      kernel[(dy + support) * size + dx + support] = weight
      sum += weight
    }
  }
  const scale = squareMetresPerHectare / (sum * cell * cell)
  for (let i = 0; i < kernel.length; i++) kernel[i]! *= scale
  const values = new Float32Array(columns * rows)
  for (let row = support; row < rows - support; row++) {
    for (let column = support; column < columns - support; column++) {
      const weight = weights[row * columns + column]!
      if (weight === 0) continue
      for (let dy = 0; dy < size; dy++) {
        const to = (row + dy - support) * columns + column - support
        const from = dy * size
        for (let dx = 0; dx < size; dx++) values[to + dx]! += weight * kernel[from + dx]!
      }
    }
  }
  return values
}

/** Cases per hectare at a point in metres from the cluster's origin, between the four nodes around it; 0 outside. */
export function densityAt(grid: DensityRaster, east: number, south: number): number {
  const u = (east - grid.east) / grid.cell
  const v = (south - grid.south) / grid.cell
  const column = Math.floor(u)
  const row = Math.floor(v)
  if (column < 0 || row < 0 || column >= grid.columns - 1 || row >= grid.rows - 1) return 0
  const at = row * grid.columns + column
  const right = u - column
  const below = v - row
  const upper = grid.values[at]! * (1 - right) + grid.values[at + 1]! * right
  const lower = grid.values[at + grid.columns]! * (1 - right) + grid.values[at + grid.columns + 1]! * right
  return upper * (1 - below) + lower * below
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
