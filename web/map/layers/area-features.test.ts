import type { Feature, FeatureCollection, Point, Polygon } from 'geojson'
import { expect, test } from 'vitest'
import { areaLabels, findArea, sourceOf, spotlight, withZoomOffset, zoomOffset } from './area-features.ts'

const square = (code: string, x: number): Feature<Polygon> => ({
  type: 'Feature',
  properties: { code, name: code.length === 15 ? '多闻社区第13网格' : '多闻社区', households: 412, worker: null },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [x, 0],
        [x + 1, 0],
        [x + 1, 1],
        [x, 1],
        [x, 0],
      ],
    ],
  },
})
const collection = (...features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features })
const areas = {
  streets: collection(square('990101001', 0)),
  communities: collection(square('990101001002', 0)),
  grids: collection(square('990101001002013', 0), square('990101001002014', 1)),
}

test('each area is labelled in its middle, a grid by its three digits', () => {
  const labels = areaLabels(areas).features
  expect(labels).toHaveLength(4)
  expect(labels[3]).toMatchObject({ properties: { level: 'grid', short: '014', households: 412, worker: '' } })
  expect((labels[3]!.geometry as Point).coordinates[0]).toBeCloseTo(1.5, 1)
  expect(areaLabels(undefined).features).toEqual([])
})

test('everything but the area recedes', () => {
  const [rest] = spotlight(areas, '990101001002013').features
  expect((rest as Feature<Polygon>).geometry.coordinates).toHaveLength(2)
  expect(spotlight(areas, null).features).toEqual([])
  expect(spotlight(areas, '990101001009').features).toEqual([])
})

test('an area is found by its code', () => {
  expect(sourceOf('990101001002')).toBe('communities')
  expect(findArea(areas, '990101001002014')?.properties?.code).toBe('990101001002014')
  expect(sourceOf('42')).toBeNull()
  expect(findArea(areas, '42')).toBeUndefined()
})

const ofSize = (areaM2: unknown): Feature => ({
  type: 'Feature',
  properties: { code: '990101001002013', areaM2 },
  geometry: { type: 'Point', coordinates: [0, 0] },
})

test('an area of default size keeps its zoom, one sixteen times as wide is shown four levels earlier', () => {
  expect(zoomOffset('grid', ofSize(200 * 200))).toBe(0)
  expect(zoomOffset('grid', ofSize(4800 * 4800))).toBe(4)
  expect(zoomOffset('community', ofSize(4800 * 4800))).toBe(2)
  expect(zoomOffset('street', ofSize(1e12))).toBe(0)
})

test('an area of unknown size has no offset', () => {
  expect(zoomOffset('grid', ofSize(null))).toBe(0)
  const areas = withZoomOffset('grid', collection(ofSize(0)))
  expect(areas?.features[0]?.properties).toMatchObject({ zoomOffset: 0 })
  expect(withZoomOffset('grid', undefined)).toBeUndefined()
})
