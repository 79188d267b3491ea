import { expect, test } from 'vitest'
import { latitudeOf, longitudeOf, mercatorScale, mercatorX, mercatorY, degreesPerPixel, tileBox } from './mercator.ts'

test('forth and back is the same place', () => {
  expect(longitudeOf(mercatorX(114.2712))).toBeCloseTo(114.2712, 10)
  expect(latitudeOf(mercatorY(30.5812))).toBeCloseTo(30.5812, 10)
  expect(latitudeOf(mercatorY(-33.9))).toBeCloseTo(-33.9, 10)
})

test('a degree at 30° N has the length that geodesists print', () => {
  // One degree of longitude 96,486.3 m, of latitude 110,852.4 m (NGA, Length of a degree, WGS 84, 30°).
  const scale = mercatorScale(30)
  expect(scale.east / 360).toBeCloseTo(96486.3, 0)
  const step = 1e-4
  const degree = ((mercatorY(30 - step / 2) - mercatorY(30 + step / 2)) * scale.north) / step
  expect(degree).toBeCloseTo(110852.4, 0)
})

test('the whole world is one tile', () => {
  const [west, south, east, north] = tileBox({ z: 0, x: 0, y: 0 })
  expect([west, east]).toEqual([-180, 180])
  // Web Mercator ends where it is square: atan(sinh(π)).
  expect(north).toBeCloseTo(85.0511288, 6)
  expect(south).toBeCloseTo(-85.0511288, 6)
})

test('neighbours share their edge, and a margin reaches into them', () => {
  const tile = { z: 14, x: 13392, y: 6734 }
  const [, south, east] = tileBox(tile)
  expect(tileBox({ ...tile, x: tile.x + 1 })[0]).toBe(east)
  expect(tileBox({ ...tile, y: tile.y + 1 })[3]).toBeCloseTo(south, 12)
  const side = 360 / 2 ** 14
  expect(tileBox(tile, 0.25)[2]).toBeCloseTo(east + side / 4, 10)
})

test('a pixel is half as wide one zoom further in', () => {
  expect(degreesPerPixel(15)).toBe(degreesPerPixel(14) / 2)
})
