/** Longitude before latitude: what coordinates are in when nobody asks for another system (RFC 7946, OGC 17-069r4). */
export const crs84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84'

/**
 * The systems that features are served in (OGC 18-058r1). All three share the stored degrees, because CGCS2000 equals
 * WGS 84 at the precision of a centimetre; those of the EPSG register put latitude first.
 */
export const servedCrs = [
  crs84,
  'http://www.opengis.net/def/crs/EPSG/0/4326',
  'http://www.opengis.net/def/crs/EPSG/0/4490',
] as const
export type ServedCrs = (typeof servedCrs)[number]

export function isLatitudeFirst(crs: ServedCrs): boolean {
  return crs !== crs84
}

/** The value of `Content-Crs` (OGC 18-058r1, requirement /req/crs/ogc-crs-header). */
export function contentCrs(crs: ServedCrs): Record<string, string> {
  return { 'content-crs': `<${crs}>` }
}
