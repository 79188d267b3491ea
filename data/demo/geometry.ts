import type { LineString, Point as PointGeometry, Polygon } from 'geojson'
import { toLonLat } from './plan/frame.ts'
import type { Point } from './plane.ts'

/** A GeoJSON polygon (closed rings, outer counter-clockwise) of rings in the plane. */
export function polygonOf(outer: readonly Point[], holes: readonly (readonly Point[])[] = []): Polygon {
  return { type: 'Polygon', coordinates: [outer, ...holes].map(closed) }
}

export function lineOf(points: readonly Point[]): LineString {
  return { type: 'LineString', coordinates: points.map(toLonLat) }
}

export function pointOf(point: Point): PointGeometry {
  return { type: 'Point', coordinates: toLonLat(point) }
}

function closed(ring: readonly Point[]): [number, number][] {
  const coordinates = ring.map(toLonLat)
  return [...coordinates, coordinates[0] as [number, number]]
}
