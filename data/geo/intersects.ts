import { bbox, booleanIntersects } from '@turf/turf'
import type { Geometry } from 'geojson'
import type { BoundingBox } from '../domain/position.ts'

/** Whether two shapes have a place in common; their borders belong to them. */
export function intersects(one: Geometry, other: Geometry): boolean {
  return booleanIntersects(one, other)
}

/** [west, south, east, north] of all positions. */
export function boxOfGeometry(geometry: Geometry): BoundingBox {
  const [west, south, east, north] = bbox(geometry)
  return [west, south, east, north]
}
