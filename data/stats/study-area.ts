import type { RasterFrame } from './raster-frame.ts'

/** Polygons in metres: corners as x and y in turn, and for each ring the corner after its last one. */
export type FlatRings = { corners: Float64Array; ends: Uint32Array }

/** Where cases could have been seen: the nodes of a raster that lie in it. */
export type StudyArea = {
  frame: RasterFrame
  /** One byte a node: 1 inside, 0 outside. */
  inside: Uint8Array
}

/**
 * The nodes inside polygons, by the even-odd rule, so that holes are holes in whichever direction they turn.
 *
 * @param longestSide nodes along the longer side of the polygons' bbox
 * @throws RangeError when no node lies inside
 */
export function studyArea(rings: FlatRings, longestSide: number): StudyArea {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < rings.corners.length; i += 2) {
    const [x, y] = [rings.corners[i]!, rings.corners[i + 1]!]
    west = Math.min(west, x)
    east = Math.max(east, x)
    south = Math.min(south, y)
    north = Math.max(north, y)
  }
  const frame = frameOver(west, south, east, north, longestSide)
  const inside = new Uint8Array(frame.columns * frame.rows)
  fillEvenOdd(rings, frame, inside)
  if (!inside.includes(1)) throw new RangeError('the study area holds no node of its raster: use more nodes')
  return { frame, inside }
}

/**
 * Nodes at the middles of cells that cover a rectangle in metres, x and y ascending.
 * @throws RangeError when the rectangle has no extent
 */
export function frameOver(west: number, south: number, east: number, north: number, longestSide: number): RasterFrame {
  const cell = Math.max(east - west, north - south) / longestSide
  if (!(cell > 0 && Number.isFinite(cell))) throw new RangeError('a raster needs an area with an extent')
  // A side that is a whole number of cells but for rounding gets no cell more.
  const cells = (length: number) => Math.max(1, Math.ceil(length / cell - 1e-9))
  return { x: west + cell / 2, y: south + cell / 2, cell, columns: cells(east - west), rows: cells(north - south) }
}

/** A study area that is the whole raster. */
export function wholeFrame(frame: RasterFrame): StudyArea {
  return { frame, inside: new Uint8Array(frame.columns * frame.rows).fill(1) }
}

/** Scan conversion: each row of nodes is crossed with the edges; edges and what lies between two are half-open. */
function fillEvenOdd({ corners, ends }: FlatRings, frame: RasterFrame, inside: Uint8Array): void {
  const crossings: number[][] = Array.from({ length: frame.rows }, () => [])
  let first = 0
  for (const end of ends) {
    for (let at = first, before = end - 1; at < end; before = at++) {
      const [x1, y1, x2, y2] = [corners[2 * before]!, corners[2 * before + 1]!, corners[2 * at]!, corners[2 * at + 1]!]
      const [low, high] = y1 < y2 ? [y1, y2] : [y2, y1]
      const from = Math.max(0, Math.ceil((low - frame.y) / frame.cell))
      for (let row = from; row < frame.rows; row++) {
        const y = frame.y + row * frame.cell
        if (y >= high) break
        if (y >= low) crossings[row]!.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1))
      }
    }
    first = end
  }
  for (let row = 0; row < frame.rows; row++) {
    const xs = crossings[row]!.toSorted((a, b) => a - b)
    for (let i = 0; i + 1 < xs.length; i += 2) {
      const from = Math.max(0, Math.ceil((xs[i]! - frame.x) / frame.cell))
      const to = Math.min(frame.columns, Math.ceil((xs[i + 1]! - frame.x) / frame.cell))
      for (let column = from; column < to; column++) inside[row * frame.columns + column] = 1
    }
  }
}

/** Whether a point belongs to a study area, to the width of a cell: one of the four nodes around it lies inside. */
export function isInside({ frame, inside }: StudyArea, x: number, y: number): boolean {
  const { columns, rows } = frame
  const u = (x - frame.x) / frame.cell
  const v = (y - frame.y) / frame.cell
  if (!(u >= -0.5 && v >= -0.5 && u <= columns - 0.5 && v <= rows - 0.5)) return false
  const column = Math.max(0, Math.floor(u))
  const row = Math.max(0, Math.floor(v))
  const right = Math.min(column + 1, columns - 1)
  const below = Math.min(row + 1, rows - 1)
  return (
    inside[row * columns + column] === 1 ||
    inside[row * columns + right] === 1 ||
    inside[below * columns + column] === 1 ||
    inside[below * columns + right] === 1
  )
}
