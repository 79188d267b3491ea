import type { Feature } from 'geojson'
import { expect, test } from 'vitest'
import { reachOf, withReach } from './area-reach.ts'

const of = (areaM2: unknown): Feature => ({
  type: 'Feature',
  properties: { code: '990101001002013', areaM2 },
  geometry: { type: 'Point', coordinates: [0, 0] },
})

test('a usual area keeps its zoom, one sixteen times as wide is shown four levels earlier', () => {
  expect(reachOf('grid', of(200 * 200))).toBe(0)
  expect(reachOf('grid', of(4800 * 4800))).toBe(4)
  expect(reachOf('community', of(4800 * 4800))).toBe(2)
  expect(reachOf('street', of(1e12))).toBe(0)
})

test('an area of unknown size is a usual one', () => {
  expect(reachOf('grid', of(null))).toBe(0)
  expect(withReach('grid', { type: 'FeatureCollection', features: [of(0)] })?.features[0]?.properties).toMatchObject({
    reach: 0,
  })
  expect(withReach('grid', undefined)).toBeUndefined()
})
