import { bboxPolygon, booleanIntersects } from '@turf/turf'
import type { Geometry } from 'geojson'
import type { BoundingBox } from '../domain/position.ts'

/** Whether two shapes have a place in common; their borders belong to them. */
export function intersects(one: Geometry, other: Geometry): boolean {
  return booleanIntersects(one, other)
}

/** Whether a shape has a point in common with a box; one whose west is greater than its east crosses the date line. */
export function intersectsBox(geometry: Geometry, [west, south, east, north]: BoundingBox): boolean {
  if (west > east) {
    return intersectsBox(geometry, [west, south, 180, north]) || intersectsBox(geometry, [-180, south, east, north])
  }
  return booleanIntersects(geometry, bboxPolygon([west, south, east, north]))
}
