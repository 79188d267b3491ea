import type { Row } from 'postgres'
import { crs84, isLatitudeFirst, type ServedCrs } from '../http/served-crs.ts'

/**
 * A row of a feature source as the text of a GeoJSON feature; the geometry is handed out as it is stored, its axes in
 * the order of the system asked for (OGC 18-058r1, requirement /req/crs/geojson).
 */
export function featureText(row: Row, crs: ServedCrs = crs84): string {
  const shape = (row['geometry'] as string | null) ?? 'null'
  const ordered = isLatitudeFirst(crs) ? swapAxes(shape) : shape
  // Property by property: an object without these two, made for each of a million rows, would cost as much again.
  let properties = ''
  for (const name in row)
    if (name !== 'featureId' && name !== 'geometry' && row[name] !== undefined)
      properties += `${properties === '' ? '' : ','}"${name}":${JSON.stringify(row[name])}`
  return `{"type":"Feature","id":${JSON.stringify(row['featureId'])},"geometry":${ordered},"properties":{${properties}}}`
}

/** The first two numbers of a list are a position: every other list of a geometry begins with a list. */
const position = /\[\s*(-?[\d.]+(?:[eE][+-]?\d+)?)\s*,\s*(-?[\d.]+(?:[eE][+-]?\d+)?)/g

function swapAxes(geometry: string): string {
  return geometry.replaceAll(position, '[$2,$1')
}
