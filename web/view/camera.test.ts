import { expect, test } from 'vitest'
import { boundsOf, cameraOver, unionOfBoxes } from './camera.ts'

test('the box of every position, at any depth', () => {
  const ring = [
    [114.2, 30.5],
    [114.3, 30.4],
    [114.25, 30.6],
    [114.2, 30.5],
  ]
  expect(boundsOf({ type: 'MultiPolygon', coordinates: [[ring], [[[114.5, 30.45]]]] })).toEqual([
    114.2, 30.4, 114.5, 30.6,
  ])
  expect(boundsOf({ type: 'Point', coordinates: [114.2, 30.5] })).toEqual([114.2, 30.5, 114.2, 30.5])
  expect(boundsOf({ type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: [1, 2] }] })).toEqual([
    1, 2, 1, 2,
  ])
  expect(boundsOf({ type: 'MultiPoint', coordinates: [] })).toBeNull()
})

test('the smallest box around boxes', () => {
  expect(unionOfBoxes([])).toBeNull()
  expect(
    unionOfBoxes([
      [1, 2, 3, 4],
      [0, 3, 2, 5],
    ]),
  ).toEqual([0, 2, 3, 5])
})

test('the box just fits into the pixels, whichever side is tighter', () => {
  const world = cameraOver([-180, -85.0511, 180, 85.0511], 512, 512)
  expect(world.zoom).toBeCloseTo(0, 4)
  expect(world.lat).toBeCloseTo(0, 6)
  const street = cameraOver([114.339, 30.6447, 114.368, 30.6687], 512, 4000)
  expect(2 ** street.zoom * 512 * (0.029 / 360)).toBeCloseTo(512, 6)
  expect(street.lon).toBeCloseTo(114.3535, 6)
  expect(street.lat).toBeCloseTo(30.6567, 4)
  expect(cameraOver([114.339, 30.6447, 114.368, 30.6687], 4000, 512).zoom).toBeLessThan(street.zoom + 1)
})

test('a point is looked at from near, not from inside', () => {
  expect(cameraOver([114, 30, 114, 30], 800, 600).zoom).toBe(18)
})
