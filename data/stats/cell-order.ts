type Numbers = Float32Array | Float64Array

/** Points sorted into the square cells that hold any, row by row. */
export type CellOrder = {
  /** Index of each point in the arrays it came from; those of one cell stand together, in the order in which they came. */
  points: Uint32Array
  /** Of each cell, its first point in `points`; one more at the end. */
  starts: Uint32Array
  columns: Int32Array
  rows: Int32Array
}

/**
 * Sorts points into cells by their row, then their column: O(points), with counting sorts of 16 bits at a time.
 * @param side of a cell, in metres
 * @throws RangeError where a coordinate is no number, or the points lie more than 2³¹ cells apart
 */
export function cellOrder(x: Numbers, y: Numbers, side: number): CellOrder {
  const count = x.length
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < count; i++) {
    const px = x[i]!
    const py = y[i]!
    if (!Number.isFinite(px) || !Number.isFinite(py)) throw new RangeError(`point ${i} has no position: ${px}, ${py}`)
    if (px < west) west = px
    if (px > east) east = px
    if (py < south) south = py
    if (py > north) north = py
  }
  if (Math.max(east - west, north - south) / side >= 2 ** 31)
    throw new RangeError(`cells of ${side} m are too small for points over ${Math.max(east - west, north - south)} m`)
  const columnOf = new Int32Array(count)
  const rowOf = new Int32Array(count)
  for (let i = 0; i < count; i++) {
    columnOf[i] = Math.floor((x[i]! - west) / side)
    rowOf[i] = Math.floor((y[i]! - south) / side)
  }
  let points = new Uint32Array(count)
  for (let i = 0; i < count; i++) points[i] = i
  points = sortedBy(columnOf, points, (east - west) / side)
  points = sortedBy(rowOf, points, (north - south) / side)
  return cellsOf(points, columnOf, rowOf)
}

/** A stable sort of points by keys from 0 to `largest`. */
function sortedBy(keys: Int32Array, points: Uint32Array<ArrayBuffer>, largest: number): Uint32Array<ArrayBuffer> {
  let from = points
  for (let shift = 0; shift < 32 && (shift === 0 || largest >= 2 ** shift); shift += 16) {
    const places = new Uint32Array(65_537)
    for (const key of keys) places[((key >>> shift) & 65_535) + 1]!++
    for (let digit = 0; digit < 65_536; digit++) places[digit + 1]! += places[digit]!
    const to = new Uint32Array(from.length)
    for (const point of from) to[places[(keys[point]! >>> shift) & 65_535]!++] = point
    from = to
  }
  return from
}

function cellsOf(points: Uint32Array, columnOf: Int32Array, rowOf: Int32Array): CellOrder {
  const isFirst = (at: number) =>
    at === 0 || columnOf[points[at]!] !== columnOf[points[at - 1]!] || rowOf[points[at]!] !== rowOf[points[at - 1]!]
  let cells = 0
  for (let at = 0; at < points.length; at++) if (isFirst(at)) cells++
  const starts = new Uint32Array(cells + 1)
  const columns = new Int32Array(cells)
  const rows = new Int32Array(cells)
  let cell = 0
  for (let at = 0; at < points.length; at++) {
    if (!isFirst(at)) continue
    starts[cell] = at
    columns[cell] = columnOf[points[at]!]!
    rows[cell++] = rowOf[points[at]!]!
  }
  starts[cells] = points.length
  return { points, starts, columns, rows }
}

/**
 * Of each cell, the first cell at or after (row + dy, column − reach), where the run of its neighbours in that row begins.
 * One sweep for each row of neighbours: O(cells).
 */
export function firstNeighbours({ columns, rows }: CellOrder, dy: number, reach: number): Uint32Array {
  const firsts = new Uint32Array(columns.length)
  let next = 0
  for (let cell = 0; cell < columns.length; cell++) {
    const row = rows[cell]! + dy
    const column = columns[cell]! - reach
    while (next < columns.length && (rows[next]! < row || (rows[next] === row && columns[next]! < column))) next++
    firsts[cell] = next
  }
  return firsts
}

/** The cell after the last one of a run that begins at `first`, in one row, up to a column. */
export function endOfRun({ columns, rows }: CellOrder, first: number, row: number, lastColumn: number): number {
  let end = first
  while (end < columns.length && rows[end] === row && columns[end]! <= lastColumn) end++
  return end
}
