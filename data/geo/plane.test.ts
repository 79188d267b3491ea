import { assert, constantFrom, double, property, record } from 'fast-check'
import type { GeometryCollection } from 'geojson'
import { expect, test } from 'vitest'
import {
  bboxOf,
  bboxOfGeometry,
  centroid,
  distanceToSegment,
  nearestOnSegment,
  orientation,
  polygonsOf,
  ringContains,
  signedArea,
  unionBbox,
} from './plane.ts'

const square = [
  [0, 0],
  [4, 0],
  [4, 2],
  [0, 2],
]
const closed = [...square, [0, 0]]

test('area and centroid are the same for open and closed rings, and the area changes sign with the winding', () => {
  for (const ring of [square, closed]) {
    expect(signedArea(ring)).toBe(8)
    expect(signedArea(ring.toReversed())).toBe(-8)
    expect(centroid(ring)).toEqual([2, 1])
  }
  expect([signedArea([]), signedArea([[1, 2]])]).toEqual([0, 0])
})

test('areas far from the origin, as metres with a zone number, keep their digits', () => {
  const far = square.map(([x = 0, y = 0]) => [38_500_000.25 + x, 3_400_000.5 + y])
  expect(signedArea(far)).toBe(8)
  expect(centroid(far)).toEqual([38_500_002.25, 3_400_001.5])
})

test('of two rings that share an edge, exactly one contains a position on it or beside it', () => {
  const upper = square.map(([x = 0, y = 0]) => [x, y + 2])
  const inside = record({
    x: double({ min: 0.01, max: 3.99, noNaN: true }),
    y: constantFrom(0.5, 1.9, 2, 2.1),
  })
  assert(
    property(inside, ({ x, y }) => {
      expect([square, upper].filter((ring) => ringContains(ring, [x, y]))).toHaveLength(1)
      expect(ringContains(closed, [x, y])).toBe(ringContains(square, [x, y]))
    }),
  )
  expect(ringContains(square, [5, 1])).toBe(false)
})

test('the nearest position of a segment lies beside it, or is one of its ends', () => {
  expect(nearestOnSegment([0, 0], [4, 0], [1, 3])).toEqual([1, 0])
  expect(nearestOnSegment([0, 0], [4, 0], [-1, 3])).toEqual([0, 0])
  expect(nearestOnSegment([2, 2], [2, 2], [5, 6])).toEqual([2, 2])
  expect(distanceToSegment([2, 2], [2, 2], [5, 6])).toBe(5)
})

test('orientation distinguishes left from right', () => {
  expect(Math.sign(orientation(0, 0, 1, 0, 0, 1))).toBe(1)
  expect(Math.sign(orientation(0, 0, 1, 0, 0, -1))).toBe(-1)
  expect(orientation(0, 0, 1, 0, 2, 0)).toBe(0)
})

test('a bbox holds all positions of a geometry, however deep they lie', () => {
  const geometry: GeometryCollection = {
    type: 'GeometryCollection',
    geometries: [
      { type: 'Point', coordinates: [9, -3] },
      { type: 'MultiPolygon', coordinates: [[closed]] },
    ],
  }
  expect(bboxOfGeometry(geometry)).toEqual([0, -3, 9, 2])
  expect(unionBbox([bboxOf(square), [9, -3, 10, 1]])).toEqual([0, -3, 10, 2])
  expect(bboxOf([])).toEqual([Infinity, Infinity, -Infinity, -Infinity])
  expect(polygonsOf({ type: 'Polygon', coordinates: [closed] })).toEqual([[closed]])
  expect(polygonsOf({ type: 'MultiPolygon', coordinates: [[closed], [closed]] })).toHaveLength(2)
})
