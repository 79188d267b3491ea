import { contours } from 'd3-contour'
import type { Position } from 'geojson'
import { bboxOf, ringContains, signedArea } from '../geo/plane.ts'
import type { RasterFrame } from './raster-frame.ts'

/** Coordinates of a MultiPolygon in the metres of a frame: closed rings, outer ones counter-clockwise, holes clockwise. */
export type Polygons = Position[][][]

/** How far below a limit its line is drawn, so that it never passes through a node and touches itself there. */
const below = 1 - 1e-9

/**
 * Where a raster is at least a limit: rings by marching squares, with the crossing of each side of a square found by linear
 * interpolation (d3-contour). Nodes around the raster count as 0, and so do those that are NaN: lines of different limits
 * lie strictly inside each other, also where the study area ends. Rings are not assembled yet.
 *
 * @param limit above 0
 * @returns closed rings in metres, in either direction
 */
export function ringsAbove(frame: RasterFrame, values: Float64Array, limit: number): Position[][] {
  const columns = frame.columns + 2
  const rows = frame.rows + 2
  const padded = Array.from({ length: columns * rows }, () => 0)
  for (let row = 0; row < frame.rows; row++) {
    for (let column = 0; column < frame.columns; column++) {
      const value = values[row * frame.columns + column]!
      if (value > 0) padded[(row + 1) * columns + column + 1] = value
    }
  }
  const { coordinates } = contours()
    .size([columns, rows])
    .contour(padded, limit * below)
  // Element (i, j) stands at (i + ½, j + ½); the first node of the frame is element (1, 1).
  const place = ([i = 0, j = 0]: Position): Position => [
    frame.x + (i - 1.5) * frame.cell,
    frame.y + (j - 1.5) * frame.cell,
  ]
  return coordinates.flat().map((ring) => ring.map(place))
}

/**
 * Polygons of rings of which none crosses or touches another: a ring inside an even number of others is an outer one, one
 * inside an odd number a hole of the smallest around it. Rings of two limits together give what lies between them.
 * O(rings² + corners of rings that are nested).
 */
export function assembled(rings: Position[][]): Polygons {
  const known = rings
    .map((ring) => ({ ring, area: signedArea(ring), bbox: bboxOf(ring), parent: -1, depth: 0 }))
    .toSorted((a, b) => Math.abs(b.area) - Math.abs(a.area))
  for (const [at, inner] of known.entries()) {
    // From the smallest of the larger ones on: the first that contains it is its parent.
    for (let other = at - 1; other >= 0; other--) {
      const outer = known[other]!
      const [west, south, east, north] = inner.bbox
      if (west < outer.bbox[0] || south < outer.bbox[1] || east > outer.bbox[2] || north > outer.bbox[3]) continue
      if (!ringContains(outer.ring, inner.ring[0]!)) continue
      inner.parent = other
      inner.depth = outer.depth + 1
      break
    }
  }
  const polygons = new Map<number, Position[][]>()
  for (const [at, { ring, area, parent, depth }] of known.entries()) {
    const isOuter = depth % 2 === 0
    const turned = area > 0 === isOuter ? ring : ring.toReversed()
    if (isOuter) polygons.set(at, [turned])
    else polygons.get(parent)!.push(turned)
  }
  return [...polygons.values()]
}
