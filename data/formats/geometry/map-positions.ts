import type { Geometry, Position } from 'geojson'
import type { Coordinates } from '../../geo/crs.ts'

/** The same geometry with each position converted. */
export function mapPositions<G extends Geometry>(geometry: G, convert: (x: number, y: number) => Coordinates): G {
  if (geometry.type === 'GeometryCollection')
    return { ...geometry, geometries: geometry.geometries.map((part) => mapPositions(part, convert)) }
  return { ...geometry, coordinates: mapNested(geometry.coordinates, convert) }
}

type Nested = Position | Nested[]

function mapNested(coordinates: Nested, convert: (x: number, y: number) => Coordinates): Nested {
  const [first, second] = coordinates
  if (typeof first === 'number' && typeof second === 'number') return convert(first, second)
  return (coordinates as Nested[]).map((part) => mapNested(part, convert))
}

/** The smallest box around a geometry's positions: [west, south, east, north]. */
export function boundsOf(
  geometry: Exclude<Geometry, { type: 'GeometryCollection' }>,
): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  mapNested(geometry.coordinates, (x, y) => {
    box[0] = Math.min(box[0], x)
    box[1] = Math.min(box[1], y)
    box[2] = Math.max(box[2], x)
    box[3] = Math.max(box[3], y)
    return [x, y]
  })
  return box
}
