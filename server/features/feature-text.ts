import type { Row } from 'postgres'

/** A row of a feature source as the text of a GeoJSON feature; the geometry is handed out as it is stored. */
export function featureText({ featureId, geometry, ...properties }: Row): string {
  return `{"type":"Feature","id":${JSON.stringify(featureId)},"geometry":${geometry ?? 'null'},"properties":${JSON.stringify(properties)}}`
}
