import type { KnownHouse } from '@minqing/data/addresses/known-street'
import { distanceToSegment } from '@minqing/data/geo/plane'
import { metresPerDegree } from '@minqing/data/geo/ellipsoid-area'
import type { LineString, MultiLineString } from 'geojson'

/** `geometry` is GeoJSON text. */
export type NamedRoad = { name: string; geometry: string }
export type HouseNumber = { name: string; lon: number; lat: number }

/** Metres from a road within which a house number is one of its own. */
const beside = 60

type Point = [number, number]

/** The house numbers of a base map with the road that each is nearest to; those far from all are left out. */
export function housesOnRoads(numbers: readonly HouseNumber[], roads: readonly NamedRoad[]): KnownHouse[] {
  const [first] = numbers
  if (first === undefined) return []
  // Metres around the first number: a street is some kilometres wide.
  const wide = metresPerDegree * Math.cos((first.lat * Math.PI) / 180)
  const metres = ([lon, lat]: readonly number[]): Point => [
    ((lon ?? 0) - first.lon) * wide,
    ((lat ?? 0) - first.lat) * metresPerDegree,
  ]
  const lines = roads.flatMap(({ name, geometry }) =>
    linesOf(geometry).map((line) => ({ name, points: line.map(metres) })),
  )
  return numbers.flatMap(({ name: number, lon, lat }) => {
    const at = metres([lon, lat])
    let nearest = { road: '', away: beside }
    for (const { name, points } of lines)
      for (let index = 1; index < points.length; index++) {
        const away = distanceToSegment(points[index - 1]!, points[index]!, at)
        if (away < nearest.away) nearest = { road: name, away }
      }
    return nearest.road === '' ? [] : [{ road: nearest.road, number, lon, lat }]
  })
}

function linesOf(text: string): number[][][] {
  const geometry = JSON.parse(text) as LineString | MultiLineString | { type: 'other' }
  switch (geometry.type) {
    case 'LineString':
      return [geometry.coordinates]
    case 'MultiLineString':
      return geometry.coordinates
    case 'other':
      return []
  }
}
