import { expect, test } from 'vitest'
import { servedCrs } from './crs.ts'
import { featureText } from './read-feature.ts'

const shapes: [stored: string, swapped: string][] = [
  ['{"type":"Point","coordinates":[114.1,30.2]}', '{"type":"Point","coordinates":[30.2,114.1]}'],
  ['{"type":"Point","coordinates":[-1e-7,3.5E+1,12]}', '{"type":"Point","coordinates":[3.5E+1,-1e-7,12]}'],
  [
    '{"type":"MultiPolygon","coordinates":[[[[1,2], [3,4],[ 5 , 6 ],[1,2]],[[7,8],[9,10]]]]}',
    '{"type":"MultiPolygon","coordinates":[[[[2,1], [4,3],[6,5 ],[2,1]],[[8,7],[10,9]]]]}',
  ],
  ['{"type":"LineString","coordinates":[]}', '{"type":"LineString","coordinates":[]}'],
]

test.each(shapes)('%s has its axes in the order of the system', (stored, swapped) => {
  const row = { featureId: 'a', geometry: stored, size: [1, 2] }
  const [lonLat, latLon, cgcs2000] = servedCrs.map((crs) => featureText(row, crs))
  expect(lonLat).toBe(`{"type":"Feature","id":"a","geometry":${stored},"properties":{"size":[1,2]}}`)
  expect(latLon).toBe(`{"type":"Feature","id":"a","geometry":${swapped},"properties":{"size":[1,2]}}`)
  expect(cgcs2000).toBe(latLon)
})

test('what has no geometry has none in any system', () => {
  expect(servedCrs.map((crs) => featureText({ featureId: 'a', geometry: null }, crs))).toEqual(
    servedCrs.map(() => '{"type":"Feature","id":"a","geometry":null,"properties":{}}'),
  )
})
