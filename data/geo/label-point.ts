import type { MultiPolygon, Polygon } from 'geojson'
import polylabel from 'polylabel'
import { bboxOf, polygonsOf } from './plane.ts'

/**
 * The point of a polygon that lies farthest from its edges, where a label has most space (its pole of inaccessibility).
 * Of several polygons the one with the largest bbox is labelled.
 *
 * @param geometry in degrees
 * @returns longitude and latitude, within 2 % of the polygon's shorter side of the true pole; null when it is empty
 */
export function labelPoint(geometry: Polygon | MultiPolygon): [number, number] | null {
  const [largest] = polygonsOf(geometry)
    .map((rings) => ({ rings, bbox: bboxOf(rings[0] ?? []) }))
    .map(({ rings, bbox: [west, south, east, north] }) => ({ rings, south, width: east - west, height: north - south }))
    .toSorted((left, right) => right.width * right.height - left.width * left.height)
  if (largest === undefined || !(largest.width > 0 && largest.height > 0)) return null
  const { rings, south, width, height } = largest
  // Degrees of longitude are shorter than those of latitude: measure in a plane where they are not.
  const scale = Math.cos(((south + height / 2) * Math.PI) / 180)
  const plane = rings.map((ring) => ring.map(([x = 0, y = 0]): [number, number] => [x * scale, y]))
  const [x = 0, y = 0] = polylabel(plane, 0.02 * Math.min(width * scale, height))
  return [x / scale, y]
}
