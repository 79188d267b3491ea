import type { Polygon, Position } from 'geojson'
import { expect, test } from 'vitest'
import { ringContains, signedArea } from '../geo/plane.ts'
import { flatPolygons } from './contiguity.ts'
import { areaCount } from './neighbours.ts'
import { Random } from './random.ts'
import { coverWithUnits, unitArea, unitNeighbours, unitOutline, unitShapes, unitsOfPoints } from './regular-units.ts'

/** A square with a hole, off the raster, on both sides of the origin. */
const outer: Position[] = [
  [-410, -305],
  [590, -305],
  [590, 695],
  [-410, 695],
]
const hole: Position[] = [
  [0, 0],
  [300, 0],
  [300, 300],
  [0, 300],
]
const study: Polygon = { type: 'Polygon', coordinates: [outer, hole] }
const polygons = flatPolygons([study], ([x = 0, y = 0]) => [x, y])
const random = new Random('regular units')
const x = Float64Array.from({ length: 2000 }, () => random.between(-600, 800))
const y = Float64Array.from({ length: 2000 }, () => random.between(-600, 800))

test('every point has the unit whose outline it lies in', () => {
  for (const shape of unitShapes) {
    const units = coverWithUnits(shape, 60, polygons, x, y)
    for (const [point, unit] of unitsOfPoints(units, x, y).entries())
      expect(ringContains(unitOutline(units, unit), [x[point]!, y[point]!])).toBe(true)
    expect(signedArea(unitOutline(units, 0))).toBeCloseTo(unitArea(units), 6)
    expect([...units.keys]).toEqual([...units.keys].toSorted((a, b) => a - b))
  }
})

test('units cover the study area, its empty parts included, and neither its holes nor what lies outside', () => {
  for (const shape of unitShapes) {
    const units = coverWithUnits(shape, 40, polygons)
    const inside = (px: number, py: number) => ringContains(outer, [px, py]) && !ringContains(hole, [px, py])
    const found = unitsOfPoints(units, x, y)
    for (const [point, unit] of found.entries()) expect(unit >= 0 || !inside(x[point]!, y[point]!)).toBe(true)
    for (let unit = 0; unit < units.keys.length; unit++) {
      const [cx, cy] = [units.x[unit]!, units.y[unit]!]
      const near = [-40, 0, 40].some((dx) => [-40, 0, 40].some((dy) => inside(cx + dx, cy + dy)))
      expect(near, `${cx} ${cy}`).toBe(true)
    }
    // The middle of the hole is more than two units from its edge.
    expect([...unitsOfPoints(units, Float64Array.of(150), Float64Array.of(150))]).toEqual([-1])
  }
})

test('neighbours are the units whose centres are as near as those of units that touch', () => {
  for (const shape of unitShapes)
    for (const rule of ['queen', 'rook'] as const) {
      const units = coverWithUnits(shape, 90, polygons)
      const { offsets, indices } = unitNeighbours(units, rule)
      const reach = 90 * (shape === 'hexagon' ? Math.sqrt(3) : rule === 'queen' ? Math.SQRT2 : 1)
      const numbers = [...units.keys.keys()]
      expect(areaCount({ offsets, indices })).toBe(numbers.length)
      for (const unit of numbers)
        expect([...indices.subarray(offsets[unit], offsets[unit + 1])]).toEqual(
          numbers.filter(
            (other) =>
              other !== unit &&
              Math.hypot(units.x[other]! - units.x[unit]!, units.y[other]! - units.y[unit]!) < reach * 1.001,
          ),
        )
    }
})

test('a cell keeps its key in another study area of the same frame', () => {
  for (const shape of unitShapes) {
    const [one, two] = [
      coverWithUnits(shape, 50, polygons),
      coverWithUnits(
        shape,
        50,
        flatPolygons([study], ([px = 0, py = 0]) => [px + 200, py + 120]),
      ),
    ]
    const shared = [...one.keys].filter((key) => two.keys.includes(key))
    expect(shared.length).toBeGreaterThan(100)
    for (const key of shared) expect(one.x[one.keys.indexOf(key)]).toBe(two.x[two.keys.indexOf(key)])
  }
})

test('sides that make no units are refused', () => {
  expect(() => coverWithUnits('square', 0, polygons)).toThrow(RangeError)
  expect(() => coverWithUnits('square', 1e-5, polygons)).toThrow('too far')
})
