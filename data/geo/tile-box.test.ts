import { expect, test } from 'vitest'
import { degreesPerPixel, tileBox } from './tile-box.ts'

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
