import type { Row } from 'postgres'
import { crs84, isLatitudeFirst, type ServedCrs } from '../http/served-crs.ts'

/**
 * A row of a feature source as the text of a GeoJSON feature; the geometry is handed out as it is stored, its axes in
 * the order of the system asked for (OGC 18-058r1, requirement /req/crs/geojson).
 */
export function featureText({ featureId, geometry, ...properties }: Row, crs: ServedCrs = crs84): string {
  const shape = (geometry as string | null) ?? 'null'
  const ordered = isLatitudeFirst(crs) ? swapAxes(shape) : shape
  return `{"type":"Feature","id":${JSON.stringify(featureId)},"geometry":${ordered},"properties":${JSON.stringify(properties)}}`
}

/** The first two numbers of a list are a position: every other list of a geometry begins with a list. */
const position = /\[\s*(-?[\d.]+(?:[eE][+-]?\d+)?)\s*,\s*(-?[\d.]+(?:[eE][+-]?\d+)?)/g

function swapAxes(geometry: string): string {
  return geometry.replaceAll(position, '[$2,$1')
}
