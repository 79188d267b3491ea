import type { MultiPolygon, Polygon, Position } from 'geojson'
import { expect, test } from 'vitest'
import { type Contiguity, flatPolygons, polygonNeighbours } from './contiguity.ts'
import { Random } from './random.ts'

const polygon = (...rings: Position[][]): Polygon => ({ type: 'Polygon', coordinates: rings })
const box = (west: number, south: number, east: number, north: number): Polygon =>
  polygon([
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ])

function neighbourLists(geometries: (Polygon | MultiPolygon)[], rule: Contiguity['rule'], tolerance = 0): number[][] {
  const { offsets, indices } = polygonNeighbours(
    flatPolygons(geometries, ([x = 0, y = 0]) => [x, y]),
    { rule, tolerance },
  )
  return geometries.map((_, area) => [...indices.subarray(offsets[area], offsets[area + 1])])
}

const side = 8
const column = (area: number) => area % side
const row = (area: number) => Math.floor(area / side)
function boardNeighbours(rule: Contiguity['rule']): number[][] {
  const areas = Array.from({ length: side * side }, (_, area) => area)
  return areas.map((area) =>
    areas.filter((other) => {
      const [dx, dy] = [Math.abs(column(area) - column(other)), Math.abs(row(area) - row(other))]
      return rule === 'queen' ? Math.max(dx, dy) === 1 : dx + dy === 1
    }),
  )
}

test('squares of a board touch as kings and rooks move', () => {
  const board = Array.from({ length: side * side }, (_, area) =>
    box(column(area) * 100, row(area) * 100, column(area) * 100 + 100, row(area) * 100 + 100),
  )
  for (const rule of ['queen', 'rook'] as const) expect(neighbourLists(board, rule)).toEqual(boardNeighbours(rule))
})

test('squares drawn one by one, with corners up to 0.4 m off, touch within 1 m and not within 0', () => {
  const random = new Random('slivers')
  const off = (metres: number) => metres + random.between(-0.28, 0.28)
  const board = Array.from({ length: side * side }, (_, area) => {
    const [west, south] = [column(area) * 100, row(area) * 100]
    const corners = [
      [west, south],
      [west + 50, south],
      [west + 100, south],
      [west + 100, south + 100],
      [west, south + 100],
    ].map(([x = 0, y = 0]) => [off(x), off(y)])
    return polygon([...corners, corners[0]!])
  })
  for (const rule of ['queen', 'rook'] as const) {
    expect(neighbourLists(board, rule, 1)).toEqual(boardNeighbours(rule))
    expect(neighbourLists(board, rule, 0)).not.toEqual(boardNeighbours(rule))
  }
})

test('a corner on the edge of another area, a hole and a part of a multipolygon are boundaries', () => {
  const ring: Polygon = polygon(...box(0, 0, 100, 100).coordinates, ...box(40, 40, 60, 60).coordinates)
  const parts: MultiPolygon = {
    type: 'MultiPolygon',
    coordinates: [box(500, 0, 600, 90).coordinates, box(100, 30, 140, 70).coordinates],
  }
  // The diamond's left corner lies on the right edge of the last area.
  const diamond = polygon([
    [700, 50],
    [750, 0],
    [800, 50],
    [750, 100],
    [700, 50],
  ])
  const areas = [ring, box(40, 40, 60, 60), parts, diamond, box(600, 0, 700, 100)]
  expect(neighbourLists(areas, 'queen')).toEqual([[1, 2], [0], [0, 4], [4], [2, 3]])
  expect(neighbourLists(areas, 'rook')).toEqual([[1, 2], [0], [0, 4], [], [2]])
})

test('coordinates of a zone of 35 million metres keep their neighbours', () => {
  const areas = [
    box(35_500_000.1, 3_380_000.7, 35_500_100.3, 3_380_100.7),
    box(35_500_100.3, 3_380_050.2, 35_500_180.3, 3_380_140),
  ]
  expect(neighbourLists(areas, 'rook', 0)).toEqual([[1], [0]])
})

test('what cannot be compared is refused', () => {
  expect(() => neighbourLists([box(0, 0, 1, 1)], 'queen', -1)).toThrow(RangeError)
  expect(() => neighbourLists([box(0, 0, Number.NaN, 1)], 'queen')).toThrow('area 0')
  expect(neighbourLists([], 'queen')).toEqual([])
})
