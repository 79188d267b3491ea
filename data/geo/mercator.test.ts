import { expect, test } from 'vitest'
import { latitudeOf, longitudeOf, mercatorScale, mercatorX, mercatorY } from './mercator.ts'

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
