import { booleanIntersects } from '@turf/turf'
import type { Geometry, Polygon, Position } from 'geojson'
import { expect, test } from 'vitest'
import { intersectsBox, intersectsWith } from './intersects.ts'

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

const square = (west: number, south: number, side: number): Position[] => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
  [west, south],
]
const block: Polygon = { type: 'Polygon', coordinates: [square(0, 0, 10), square(4, 4, 2)] }

test.each<[what: string, other: Geometry, meets: boolean]>([
  ['a shape within', { type: 'Polygon', coordinates: [square(1, 1, 1)] }, true],
  ['a shape around', { type: 'Polygon', coordinates: [square(-5, -5, 30)] }, true],
  ['a shape in the hole', { type: 'Polygon', coordinates: [square(4.5, 4.5, 1)] }, false],
  ['a shape whose hole holds it', { type: 'Polygon', coordinates: [square(-5, -5, 30), square(-1, -1, 12)] }, false],
  ['a shape that touches a corner', { type: 'Polygon', coordinates: [square(10, 10, 1)] }, true],
  ['a shape with a side in common', { type: 'Polygon', coordinates: [square(10, 2, 3)] }, true],
  ['a point within', { type: 'Point', coordinates: [1, 1] }, true],
  ['a point on the outline', { type: 'Point', coordinates: [10, 3] }, true],
  ['a point on the hole', { type: 'Point', coordinates: [4, 5] }, true],
  ['a point in the hole', { type: 'Point', coordinates: [5, 5] }, false],
  [
    'a line across',
    {
      type: 'LineString',
      coordinates: [
        [-1, 5],
        [11, 5],
      ],
    },
    true,
  ],
  [
    'a line in the hole',
    {
      type: 'LineString',
      coordinates: [
        [4.5, 5],
        [5.5, 5],
      ],
    },
    false,
  ],
  [
    'a line that passes',
    {
      type: 'LineString',
      coordinates: [
        [-1, 9],
        [1, 11],
      ],
    },
    true,
  ],
  [
    'a line that misses',
    {
      type: 'LineString',
      coordinates: [
        [-1, 10],
        [1, 12],
      ],
    },
    false,
  ],
  [
    'several, one of them within',
    {
      type: 'MultiPoint',
      coordinates: [
        [20, 20],
        [2, 2],
      ],
    },
    true,
  ],
  ['a part of a multipolygon', { type: 'MultiPolygon', coordinates: [[square(20, 0, 1)], [square(9, 9, 5)]] }, true],
  ['a collection outside', { type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: [5, 5] }] }, false],
])('%s: %j meets the block with a hole: %s, either way', (_what, other, meets) => {
  expect(intersectsWith(block)(other)).toBe(meets)
  expect(intersectsWith(other)(block)).toBe(meets)
})

test('agrees with turf on stars in every position', () => {
  const star = (x: number, y: number, corners: number, turn: number): Polygon => {
    const ring = Array.from({ length: corners }, (_, index) => {
      const angle = (2 * Math.PI * index) / corners + turn
      const reach = index % 2 === 0 ? 3 : 1
      return [x + reach * Math.cos(angle), y + reach * Math.sin(angle)]
    })
    return { type: 'Polygon', coordinates: [[...ring, ring[0]!]] }
  }
  const fixed = intersectsWith(star(0, 0, 14, 0.1))
  for (let x = -6; x <= 6; x += 0.7)
    for (let y = -6; y <= 6; y += 0.7)
      expect([x, y, fixed(star(x, y, 10, x))]).toEqual([
        x,
        y,
        booleanIntersects(star(0, 0, 14, 0.1), star(x, y, 10, x)),
      ])
})
