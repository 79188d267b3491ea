import type { Polygon, Position } from 'geojson'
import { expect, test } from 'vitest'
import { ringContains, signedArea } from '../geo/plane.ts'
import { coverWithH3, h3Area, h3Center, h3Neighbours, h3Outline, h3UnitsOfPoints } from './h3-units.ts'
import { Random } from './random.ts'

/** About 1.5 km in Wuhan, with a hole. */
const outer: Position[] = [
  [114.34, 30.64],
  [114.356, 30.64],
  [114.356, 30.654],
  [114.34, 30.654],
  [114.34, 30.64],
]
const hole: Position[] = [
  [114.346, 30.645],
  [114.346, 30.651],
  [114.352, 30.651],
  [114.352, 30.645],
  [114.346, 30.645],
]
const study: Polygon = { type: 'Polygon', coordinates: [outer, hole] }
const random = new Random('h3 units')
const points = Array.from({ length: 800 }, () => [random.between(114.335, 114.36), random.between(30.636, 30.658)])

test('every point has the cell whose outline it lies in', () => {
  const units = coverWithH3(10, [study], points)
  for (const [point, unit] of h3UnitsOfPoints(units, points).entries())
    expect(ringContains(h3Outline(units, unit), points[point]!)).toBe(true)
  expect(signedArea(h3Outline(units, 0))).toBeGreaterThan(0)
})

test('cells cover the study area, its empty parts included, and not the middle of its hole', () => {
  const units = coverWithH3(10, [study])
  for (const [point, unit] of h3UnitsOfPoints(units, points).entries()) {
    const isInside = ringContains(outer, points[point]!) && !ringContains(hole, points[point]!)
    expect(unit >= 0 || !isInside).toBe(true)
  }
  expect([
    ...h3UnitsOfPoints(units, [
      [114.349, 30.648],
      [114.3, 30.6],
    ]),
  ]).toEqual([-1, -1])
})

test('neighbours share a side, and areas are nearly equal', () => {
  const units = coverWithH3(10, [study])
  const { offsets, indices } = h3Neighbours(units)
  const corner = ([lon = 0, lat = 0]: Position) => `${lon.toFixed(9)} ${lat.toFixed(9)}`
  const corners = units.cells.map((_, unit) => new Set(h3Outline(units, unit).map(corner)))
  for (const [unit, own] of corners.entries())
    expect([...indices.subarray(offsets[unit], offsets[unit + 1])]).toEqual(
      [...corners.keys()].filter(
        (other) => other !== unit && [...own].filter((place) => corners[other]?.has(place)).length === 2,
      ),
    )
  const areas = units.cells.map((_, unit) => h3Area(units, unit))
  expect(Math.max(...areas) / Math.min(...areas)).toBeLessThan(1.01)
  expect(ringContains(h3Outline(units, 3), h3Center(units, 3))).toBe(true)
})

test('a cell has the number that it has everywhere', () => {
  // From the documentation of H3: latLngToCell(37.7955, -122.3937, 10).
  expect(coverWithH3(10, [], [[-122.3937, 37.7955]]).cells).toEqual(['8a283082a677fff'])
  expect(() => coverWithH3(16, [study])).toThrow(RangeError)
})
