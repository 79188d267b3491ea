import { VectorTile } from '@mapbox/vector-tile'
import { latitudeOf, longitudeOf } from '@minqing/data/geo/mercator'
import { array, assert as check, integer, property, tuple } from 'fast-check'
import GeoJSONVT from 'geojson-vt'
import { PbfReader } from 'pbf'
import { expect, test } from 'vitest'
import { encodeTile } from './encode-tile.ts'
import { tileBuffer, tileExtent } from './write-tile.ts'

const tile = { z: 16, x: 53_600, y: 26_800 }

/** The place of a unit of the tile. */
function placeOf(column: number, row: number): [number, number] {
  const across = 2 ** tile.z
  return [longitudeOf((tile.x + column / tileExtent) / across), latitudeOf((tile.y + row / tileExtent) / across)]
}

function polygonOf(rings: (readonly [number, number])[][]) {
  const coordinates = rings.map((ring) => [...ring, ring[0]!].map(([column, row]) => placeOf(column, row)))
  return { type: 'Polygon' as const, coordinates }
}

function drawn(geometry: object, properties: Record<string, string | number | null> = {}) {
  const bytes = encodeTile(tile, { houses: [{ geometry: JSON.stringify(geometry), properties }] })
  return new VectorTile(new PbfReader(bytes)).layers['houses']
}

function areaOf(rings: { x: number; y: number }[][]): number {
  return rings.reduce(
    (sum, ring) =>
      sum + ring.slice(1).reduce((part, { x, y }, index) => part + (ring[index]!.x * y - x * ring[index]!.y) / 2, 0),
    0,
  )
}

const corner = tuple(integer({ min: 0, max: 400 }), integer({ min: 0, max: 400 }))

test('a quadrangle within the tile is drawn as the general tool draws it, whichever way it runs', () => {
  check(
    property(array(corner, { minLength: 3, maxLength: 3 }), (corners) => {
      const geometry = polygonOf([corners])
      const index = new GeoJSONVT(
        { type: 'Feature', geometry, properties: {} },
        { maxZoom: 16, indexMaxZoom: 0, extent: tileExtent, buffer: tileBuffer },
      )
      const general = index.getTile(tile.z, tile.x, tile.y)?.features[0]?.geometry as [number, number][][] | undefined
      const expected = (general ?? []).map((ring) => ring.map(([x, y]) => ({ x, y })))
      const layer = drawn(geometry)
      const rings = layer === undefined ? [] : layer.feature(0).loadGeometry()
      // Rounding may differ by a unit: half of the outline's length at the most.
      expect(Math.abs(areaOf(rings) - Math.abs(areaOf(expected)))).toBeLessThanOrEqual(1200)
      expect(areaOf(rings)).toBeGreaterThanOrEqual(0)
    }),
  )
})

test('a hole runs against its outline, and what a unit swallows is left out', () => {
  const outline = [
    [100, 100],
    [100, 300],
    [300, 300],
    [300, 100],
  ] as [number, number][]
  const court = outline.map(([x, y]) => [100 + x / 2, 100 + y / 2] as const)
  const rings = drawn(polygonOf([outline, court]))!
    .feature(0)
    .loadGeometry()
  expect(rings.map((ring) => areaOf([ring]))).toEqual([40_000, -10_000])
  expect(drawn(polygonOf([outline.map(([x, y]) => [10 + x / 1e4, 10 + y / 1e4] as const)]))).toBeUndefined()
})

test('what reaches beyond the buffer is cut there', () => {
  const rings = drawn(
    polygonOf([
      [
        [-500, 100],
        [-500, 300],
        [300, 300],
        [300, 100],
      ],
    ]),
  )!
    .feature(0)
    .loadGeometry()
  expect(Math.min(...rings[0]!.map(({ x }) => x))).toBe(-tileBuffer)
})

test('properties come back as they are; unknown ones are left out', () => {
  const triangle = polygonOf([
    [
      [0, 0],
      [0, 90],
      [90, 90],
    ],
  ])
  const properties = { code: '001', name: '', height: 18.5, floors: 6, below: -2, use: null }
  expect(drawn(triangle, properties)!.feature(0).properties).toEqual({
    code: '001',
    height: 18.5,
    floors: 6,
    below: -2,
  })
})

test('lines and points go through as well', () => {
  const line = drawn({ type: 'LineString', coordinates: [placeOf(0, 0), placeOf(100, 0), placeOf(100, 50)] })!
  expect(line.feature(0).type).toBe(2)
  expect(line.feature(0).loadGeometry()[0]).toHaveLength(3)
  const point = drawn({ type: 'Point', coordinates: placeOf(7, 9) })!
  expect(point.feature(0).loadGeometry()[0]).toMatchObject([{ x: 7, y: 9 }])
  expect(encodeTile(tile, { houses: [] })).toHaveLength(0)
})
