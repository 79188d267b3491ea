import * as fc from 'fast-check'
import type { Position } from 'geojson'

type Shape = { type: 'Polygon'; coordinates: Position[][] } | { type: 'MultiPolygon'; coordinates: Position[][][] }

/** Corners as digits of a small square: `00 40 44 04` is one of four by four. */
function ring(corners: string): Position[] {
  const points = corners.split(' ').map(([x, y]) => [114 + Number(x) / 1_000, 30 + Number(y) / 1_000])
  return [...points, points[0] ?? []]
}

const polygon = (...rings: string[]): Shape => ({ type: 'Polygon', coordinates: rings.map(ring) })
const parts = (...polygons: string[][]): Shape => ({
  type: 'MultiPolygon',
  coordinates: polygons.map((rings) => rings.map(ring)),
})

/** Shapes that break OGC 06-103r4 by touching alone, and how many parts and rings they have when they are valid. */
export const touchingShapes: readonly [what: string, shape: Shape, rings: number[]][] = [
  ['a ring through one corner twice', polygon('00 20 22 42 44 24 22 02'), [1, 1]],
  ['a ring that touches one of its edges', polygon('00 40 44 20 04'), [1, 1]],
  ['a ring that goes around a hole by touching itself', polygon('00 60 66 06 03 24 44 42 22 03'), [2]],
  ['a hole that touches its ring in two corners', polygon('00 60 66 06', '00 42 66 24'), [1, 1]],
  ['a hole that touches two edges', polygon('00 60 66 06', '03 31 63 35'), [1, 1]],
  ['a hole that shares an edge with its ring', polygon('00 60 66 06', '20 40 43 23'), [1]],
  ['a hole that shares part of an edge', polygon('00 60 66 06', '00 30 33 03'), [1]],
  ['two holes that share an edge', polygon('00 80 88 08', '22 42 46 26', '42 62 66 46'), [2]],
  ['holes in a chain from edge to edge', polygon('00 60 66 06', '03 21 33', '33 41 63'), [1, 1]],
  ['parts that share an edge', parts(['00 20 22 02'], ['20 40 42 22']), [1]],
  ['parts that share part of an edge', parts(['00 20 24 04'], ['21 41 42 22']), [1]],
  ['parts around a hole that is none', parts(['00 60 62 22 24 64 66 06'], ['42 62 64 44']), [2]],
  ['three parts around a corner', parts(['00 20 22 02'], ['20 40 42 22'], ['02 22 24 04']), [1]],
]

/** The same kind of shapes, which are valid as they are. */
export const validShapes: readonly [what: string, shape: Shape][] = [
  ['a hole that touches its ring in a corner', polygon('00 60 66 06', '00 42 24')],
  ['a hole that touches an edge', polygon('00 60 66 06', '30 42 22')],
  ['holes that touch in a corner', polygon('00 80 88 08', '22 42 44 24', '44 64 66 46')],
  ['parts that touch in a corner', parts(['00 20 22 02'], ['22 42 44 24'])],
  ['parts that touch in two corners', parts(['00 40 11 04'], ['40 44 04 33'])],
  ['a part in the hole of another', parts(['00 80 88 08', '22 62 66 26'], ['33 53 55 35'])],
]

/** Shapes that no reading makes valid without a guess. */
export const ambiguousShapes: readonly [what: string, shape: Shape, fault: RegExp][] = [
  ['a bow tie', polygon('00 44 40 04'), /crosses itself|no area/],
  ['parts that overlap', parts(['00 40 44 04'], ['22 62 66 26']), /crosses itself|overlap/],
  ['the same part twice', parts(['00 40 44 04'], ['00 40 44 04']), /overlap/],
  ['a part within another', parts(['00 60 66 06'], ['22 42 44 24']), /overlap/],
  ['a hole within a hole', polygon('00 80 88 08', '22 62 66 26', '33 53 55 35'), /overlap/],
  ['parts that cross at their corners', parts(['00 40 44 04'], ['40 62 44 22']), /overlap/],
]

const corner = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }))
const anyRing = fc.array(corner, { minLength: 3, maxLength: 9 }).map((corners) => {
  const points = corners.map(([x, y]) => [114 + x / 1_000, 30 + y / 1_000])
  return [...points, points[0] ?? []]
})
const rectangle = fc
  .tuple(corner, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
  .map(([[x, y], width, height]) => {
    const [west, south, east, north] = [x, y, x + width, y + height]
    return [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ].map(([lon = 0, lat = 0]) => [114 + lon / 1_000, 30 + lat / 1_000])
  })

/** Shapes with corners on a coarse raster, so that most of them touch, overlap or cross. */
export const anyShape: fc.Arbitrary<Shape> = fc.oneof(
  fc.tuple(anyRing, fc.array(anyRing, { maxLength: 2 })).map(([outer, holes]): Shape => ({
    type: 'Polygon',
    coordinates: [outer, ...holes],
  })),
  fc.tuple(rectangle, fc.array(rectangle, { maxLength: 3 })).map(([outer, holes]): Shape => ({
    type: 'Polygon',
    coordinates: [outer, ...holes],
  })),
  fc
    .array(fc.array(rectangle, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 4 })
    .map((coordinates): Shape => ({
      type: 'MultiPolygon',
      coordinates,
    })),
)

/** So many of them, the same for the same seed. */
export function sampleShapes(count: number, seed: number): Shape[] {
  return fc.sample(anyShape, { numRuns: count, seed })
}
