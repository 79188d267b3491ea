import { isDeeper } from '../geojson/geojson-shape.ts'
import type { MultiPolygon, Point, Polygon, Position } from 'geojson'

/** Levels of brackets, those of a multipolygon. */
const deepest = 4

/**
 * Well-known text (OGC 06-103r4) of a point or polygon to a GeoJSON-shaped geometry; null when it is none.
 * A leading `SRID=n;` and Z or M values are passed over.
 */
export function readWkt(text: string): { type: string; coordinates: unknown } | null {
  const match = /^\s*(?:SRID=\d+;\s*)?(POINT|POLYGON|MULTIPOLYGON)\s*(?:(?:ZM|Z|M)\s*)?(\([\d\s.,()eE+-]+\))\s*$/i.exec(
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
    if (isDeeper(nested, deepest)) return null
    const type = { POINT: 'Point', POLYGON: 'Polygon', MULTIPOLYGON: 'MultiPolygon' }[name.toUpperCase()] ?? ''
    return { type, coordinates: type === 'Point' ? nested[0] : nested }
  } catch {
    return null
  }
}

/** A point, polygon or multipolygon as well-known text. */
export function writeWkt(geometry: Point | Polygon | MultiPolygon): string {
  const position = (point: Position) => point.slice(0, 2).join(' ')
  const ring = (points: Position[]) => `(${points.map(position).join(', ')})`
  const rings = (polygon: Position[][]) => `(${polygon.map(ring).join(', ')})`
  switch (geometry.type) {
    case 'Point':
      return `POINT (${position(geometry.coordinates)})`
    case 'Polygon':
      return `POLYGON ${rings(geometry.coordinates)}`
    case 'MultiPolygon':
      return `MULTIPOLYGON (${geometry.coordinates.map(rings).join(', ')})`
  }
}
