import { expect, test } from 'vitest'
import { labelPoint } from './label-point.ts'

const ring = (...points: [number, number][]) => [...points, points[0]!]

test('a square is labelled in its middle', () => {
  const point = labelPoint({ type: 'Polygon', coordinates: [ring([0, 0], [2, 0], [2, 2], [0, 2])] })!
  expect(point[0]).toBeCloseTo(1, 1)
  expect(point[1]).toBeCloseTo(1, 1)
})

test('a horseshoe is labelled on its iron, not in its opening', () => {
  const shoe = ring([0, 0], [3, 0], [3, 3], [2, 3], [2, 1], [1, 1], [1, 3], [0, 3])
  const [x, y] = labelPoint({ type: 'Polygon', coordinates: [shoe] })!
  expect(x > 1 && x < 2 && y > 1).toBe(false)
  expect(x > 0 && x < 3 && y > 0 && y < 3).toBe(true)
})

test('a hole is avoided, and of several polygons the largest is labelled', () => {
  const frame = [ring([0, 0], [4, 0], [4, 4], [0, 4]), ring([0.5, 0.5], [2.5, 0.5], [2.5, 3.5], [0.5, 3.5])]
  const small = [ring([10, 10], [11, 10], [11, 11], [10, 11])]
  const [x] = labelPoint({ type: 'MultiPolygon', coordinates: [small, frame] })!
  expect(x).toBeGreaterThan(2.5)
  expect(x).toBeLessThan(4)
})

test('nothing has no label', () => {
  expect(labelPoint({ type: 'Polygon', coordinates: [[]] })).toBeNull()
})
