import type { LineString, Point as PointGeometry, Polygon } from 'geojson'
import { round7 } from '../../domain/position.ts'
import type { Point } from '../plane.ts'

/**
 * Where things are, in terms of the river: `s` metres downstream along its left bank, `t` metres inland. Roads that
 * follow the river are lines of t, roads that lead to it lines of s; the bend makes both curve. The plane is in metres
 * around `origin`, with the ellipsoid's own scale there (CGCS2000), which is exact to a centimetre over the street.
 */
const origin = { lon: 114.3462, lat: 30.6448 }

const semiMajor = 6378137
const eccentricity = 0.00669438002290341
const latitude = (origin.lat * Math.PI) / 180
const curvature = 1 - eccentricity * Math.sin(latitude) ** 2
const metresPerLon = ((Math.PI / 180) * semiMajor * Math.cos(latitude)) / Math.sqrt(curvature)
const metresPerLat = ((Math.PI / 180) * semiMajor * (1 - eccentricity)) / curvature ** 1.5

/** Seven decimals, the precision of every coordinate that leaves the product (1 cm). */
export function toLonLat([x, y]: Point): [number, number] {
  return [round7(origin.lon + x / metresPerLon), round7(origin.lat + y / metresPerLat)]
}

export function toPlane(lon: number, lat: number): Point {
  return [(lon - origin.lon) * metresPerLon, (lat - origin.lat) * metresPerLat]
}

/** Direction of the river, radians from east: 24° where it enters, 46° where it leaves. */
export function heading(s: number): number {
  return ((35 + 11 * Math.tanh((s - 1190) / 1120) + 2.2 * Math.sin(s / 420)) * Math.PI) / 180
}

const step = 10
const from = -4200
const bank: Point[] = []
{
  let [x, y] = [0, 0]
  for (let s = from; s <= 7200; s += step) {
    bank.push([x, y])
    const angle = heading(s + step / 2)
    x += step * Math.cos(angle)
    y += step * Math.sin(angle)
  }
  const start = bank[(0 - from) / step] as Point
  for (const [i, point] of bank.entries()) bank[i] = [point[0] - start[0], point[1] - start[1]]
}

/** The place `s` metres along the bank and `t` metres inland. */
export function place(s: number, t: number): Point {
  const index = Math.max(0, Math.min(bank.length - 2, Math.floor((s - from) / step)))
  const rest = s - from - index * step
  const [x, y] = bank[index] as Point
  const angle = heading(s)
  const along = heading(from + index * step + step / 2)
  return [x + rest * Math.cos(along) - t * Math.sin(angle), y + rest * Math.sin(along) + t * Math.cos(angle)]
}

/** s of a point of the plane: that of the nearest normal of the bank. */
export function downstream([x, y]: Point): number {
  let best = 0
  let least = Infinity
  for (let i = 0; i < bank.length; i += 4) {
    const s = from + i * step
    const angle = heading(s)
    const [bx, by] = bank[i] as Point
    // Distance along the river between the point and this normal.
    const along = Math.abs((x - bx) * Math.cos(angle) + (y - by) * Math.sin(angle))
    if (along < least && (y - by) * Math.cos(angle) - (x - bx) * Math.sin(angle) > -2500) {
      least = along
      best = s
    }
  }
  return best
}

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
