import { exportDatumNames } from '../../domain/datum.ts'
import { writtenCrs } from '../written-crs.ts'
import type { WrittenFile, WrittenRow, WrittenTable } from '../written-table.ts'

/**
 * A FeatureCollection (RFC 7946), properties under the names of the domain. RFC 7946 §6.1 lets a collection say more
 * about itself: `metadata`, at its end, when its features have been counted. Its coordinates are WGS84; another system
 * is named as its predecessor did (`crs`, GeoJSON 2008 §3), which GDAL and QGIS read, and GCJ-02, which has no name
 * that a program knows, in the metadata alone.
 */
export async function* writeGeojson({ datum, rows, metadata }: WrittenTable): WrittenFile {
  const crs = writtenCrs[datum]
  const named =
    datum === 'wgs84' || crs === null
      ? ''
      : `"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::${crs.epsg}"}},`
  let head = `{"type":"FeatureCollection",${named}"features":[\n`
  let count = 0
  for await (const batch of rows) {
    if (batch.length === 0) continue
    yield head + batch.map(featureText).join(',\n')
    head = ',\n'
    count += batch.length
  }
  const about = { ...(await metadata(count)), crs: crs === null ? exportDatumNames[datum] : `EPSG:${crs.epsg}` }
  yield `${count === 0 ? head : ''}],"metadata":${JSON.stringify(about)}}\n`
}

function featureText({ id, geometry, properties }: WrittenRow): string {
  return JSON.stringify({ type: 'Feature', id, geometry, properties })
}
