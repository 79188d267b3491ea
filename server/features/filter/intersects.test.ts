import { intersectsWith } from '@minqing/data/geo/intersects'
import type { Geometry, Point, Position } from 'geojson'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../store/test-database.ts'
import { pointIntersects } from './intersects.ts'

let held: TestDatabase
beforeAll(async () => {
  held = await createTestDatabase()
  // A grid of points with corners, sides and inner points of the shapes below among them.
  await held.database`
    insert into facility (street_code, id, kind, name, position, source)
    select '960101001', x || ' ' || y, 'hydrant', '', point(114 + x * 0.001, 30 + y * 0.001), 'test'
    from generate_series(-30, 30) x, generate_series(-30, 30) y`
})
afterAll(() => held.close())

const at = (x: number, y: number): Position => [114 + x * 0.001, 30 + y * 0.001]
const ring = (...corners: [number, number][]): Position[] => [...corners, corners[0]!].map(([x, y]) => at(x, y))
const square = (size: number) => ring([-size, -size], [size, -size], [size, size], [-size, size])

/** Between the points, so that rounding decides about none of them. */
function star(corners: number): Position[] {
  const all = Array.from({ length: corners }, (_, index): [number, number] => {
    const angle = (2 * Math.PI * index) / corners + 0.01234567
    const reach = index % 2 === 0 ? 28.31 : 11.77
    return [reach * Math.cos(angle), reach * Math.sin(angle)]
  })
  return ring(...all)
}

test.each<[string, Geometry]>([
  ['a star', { type: 'Polygon', coordinates: [star(40)] }],
  ['a star of 400 corners', { type: 'Polygon', coordinates: [star(400)] }],
  ['a square with its sides on points', { type: 'Polygon', coordinates: [square(7)] }],
  ['a square with a hole, the sides of both on points', { type: 'Polygon', coordinates: [square(12), square(5)] }],
  [
    'two with a hole each',
    {
      type: 'MultiPolygon',
      coordinates: [
        [square(3), square(1)],
        [square(20), square(15)],
      ],
    },
  ],
  ['an island in a hole', { type: 'Polygon', coordinates: [square(12), square(8), square(4)] }],
  ['a line along points', { type: 'LineString', coordinates: [at(-5, 2), at(9, 2), at(9, 9)] }],
  ['points', { type: 'MultiPoint', coordinates: [at(1, 1), at(2, 5), at(0.5, 0.5)] }],
  [
    'a collection',
    {
      type: 'GeometryCollection',
      geometries: [
        { type: 'Point', coordinates: at(-29, 4) },
        { type: 'Polygon', coordinates: [square(2)] },
      ],
    },
  ],
])('%s holds the points that plane geometry says', async (_what, geometry) => {
  const rows = await held.database.begin(
    (transaction) => transaction<{ id: string; position: string; found: boolean }[]>`
      select id, position, ${pointIntersects(transaction, 'position', { geometry })} as found from facility`,
  )
  const holds = intersectsWith(geometry)
  const point = (id: string): Point => {
    const [x = 0, y = 0] = id.split(' ').map(Number)
    return { type: 'Point', coordinates: at(x, y) }
  }
  const expected = rows.filter(({ id }) => holds(point(id))).map(({ id }) => id)
  expect(expected.length).toBeGreaterThan(0)
  expect(rows.filter(({ found }) => found).map(({ id }) => id)).toEqual(expected)
})
