import type { Polygon } from 'geojson'
import { expect, test } from 'vitest'
import { intersectsBox } from './intersects.ts'

// A right triangle below its diagonal: its bounding box has an empty half.
const triangle: Polygon = {
  type: 'Polygon',
  coordinates: [
    [
      [0, 0],
      [10, 0],
      [10, 10],
      [0, 0],
    ],
  ],
}

test('the shape decides, not its bounding box', () => {
  expect(intersectsBox(triangle, [1, 7, 2, 8])).toBe(false)
  expect(intersectsBox(triangle, [7, 1, 8, 2])).toBe(true)
  expect(intersectsBox(triangle, [-1, -1, 20, 20])).toBe(true)
  expect(intersectsBox(triangle, [4, 4, 5, 6])).toBe(true)
})

test('a box over the date line is two', () => {
  const far: Polygon = {
    type: 'Polygon',
    coordinates: [
      [
        [179, 0],
        [180, 0],
        [180, 1],
        [179, 0],
      ],
    ],
  }
  expect(intersectsBox(far, [179.5, 0, -179, 1])).toBe(true)
  expect(intersectsBox(triangle, [179.5, 0, -179, 1])).toBe(false)
})
