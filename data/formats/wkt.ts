/**
 * Well-known text (OGC 06-103r4) of a point or polygon to a GeoJSON-shaped geometry; null when it is none.
 * A leading `SRID=n;` and Z or M values are passed over.
 */
export function readWkt(text: string): { type: string; coordinates: unknown } | null {
  const match = /^\s*(?:SRID=\d+;)?\s*(POINT|POLYGON|MULTIPOLYGON)\s*(?:ZM|Z|M)?\s*(\([\d\s.,()eE+-]+\))\s*$/i.exec(
    text,
  )
  if (match === null) return null
  const [, name = '', body = ''] = match
  const json = body
    .replaceAll(/[^(),]+/g, (numbers) =>
      numbers.trim() === '' ? '' : `[${numbers.trim().split(/\s+/).slice(0, 2).join(',')}]`,
    )
    .replaceAll('(', '[')
    .replaceAll(')', ']')
  try {
    const nested = JSON.parse(json) as unknown[]
    const type = { POINT: 'Point', POLYGON: 'Polygon', MULTIPOLYGON: 'MultiPolygon' }[name.toUpperCase()] ?? ''
    return { type, coordinates: type === 'Point' ? nested[0] : nested }
  } catch {
    return null
  }
}
