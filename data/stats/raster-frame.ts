/**
 * Nodes of a raster of square cells in metres: node (column, row) stands at x + column · cell, y + row · cell. Values are
 * stored row by row. Whether y grows to the north or to the south is the caller's; a node is the middle of its cell.
 */
export type RasterFrame = { x: number; y: number; cell: number; columns: number; rows: number }

type Numbers = Float32Array | Float64Array

/** Points in metres; `weights` are the cases at each, null where a point is one. */
export type WeightedPoints = { x: Numbers; y: Numbers; weights: Numbers | null }

/**
 * Spreads each point over the four nodes around it in proportion to its nearness (linear binning; Wand 1994, Fast
 * computation of multivariate kernel estimators, J. Comput. Graph. Stat. 3). A point in the outer half of an outer cell is
 * given to the outer nodes; one outside the cells is left out.
 *
 * @param nodes columns × rows, added to
 * @returns sum of the weights that were spread
 */
export function binLinear({ x, y, weights }: WeightedPoints, frame: RasterFrame, nodes: Numbers): number {
  const { cell, columns, rows } = frame
  const [lastColumn, lastRow] = [columns - 1, rows - 1]
  let sum = 0
  for (let i = 0; i < x.length; i++) {
    const weight = weights === null ? 1 : weights[i]!
    if (weight === 0) continue
    let u = (x[i]! - frame.x) / cell
    let v = (y[i]! - frame.y) / cell
    // Written so that NaN is left out as well.
    if (!(u >= -0.5 && v >= -0.5 && u <= columns - 0.5 && v <= rows - 0.5)) continue
    u = u < 0 ? 0 : u > lastColumn ? lastColumn : u
    v = v < 0 ? 0 : v > lastRow ? lastRow : v
    const column = Math.floor(u)
    const row = Math.floor(v)
    const right = u - column
    const below = v - row
    const at = row * columns + column
    nodes[at]! += weight * (1 - right) * (1 - below)
    if (right > 0) nodes[at + 1]! += weight * right * (1 - below)
    if (below > 0) {
      nodes[at + columns]! += weight * (1 - right) * below
      if (right > 0) nodes[at + columns + 1]! += weight * right * below
    }
    sum += weight
  }
  return sum
}

/** The value between the four nodes around a point (bilinear), the outer nodes' in the outer half cells; 0 outside. */
export function interpolate(frame: RasterFrame, values: Numbers, x: number, y: number): number {
  const { columns, rows } = frame
  const u = (x - frame.x) / frame.cell
  const v = (y - frame.y) / frame.cell
  if (!(u >= -0.5 && v >= -0.5 && u <= columns - 0.5 && v <= rows - 0.5)) return 0
  const column = Math.max(0, Math.floor(u))
  const row = Math.max(0, Math.floor(v))
  const next = column < columns - 1 ? 1 : 0
  const at = row * columns + column
  const under = row < rows - 1 ? at + columns : at
  const right = Math.max(0, u - column)
  const below = Math.max(0, v - row)
  const upper = values[at]! * (1 - right) + values[at + next]! * right
  const lower = values[under]! * (1 - right) + values[under + next]! * right
  return upper * (1 - below) + lower * below
}

export const squareMetresPerHectare = 10_000
