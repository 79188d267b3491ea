import type { Position } from 'geojson'
import { round7 } from '../domain/position.ts'
import { type Coordinates } from './crs.ts'
import { polygonsArea } from './ellipsoid-area.ts'
import { centroid, ringContains } from './plane.ts'

/**
 * A point inside polygons, near the middle: the centroid of the largest part where that lies inside, else the middle
 * of the widest stretch of a parallel that does.
 */
export function innerPoint(polygons: readonly Position[][][]): Coordinates {
  const [largest = []] =
    polygons.length === 1 ? polygons : polygons.toSorted((left, right) => polygonsArea([right]) - polygonsArea([left]))
  const [outer = [], ...holes] = largest
  const center = centroid(outer)
  const [lon, lat] =
    ringContains(outer, center) && !holes.some((hole) => ringContains(hole, center)) ? center : widestMiddle(largest)
  return [round7(lon), round7(lat)]
}

function widestMiddle(rings: readonly Position[][]): Coordinates {
  const lats = [...new Set(rings.flat().map(([, lat = 0]) => lat))].toSorted((left, right) => left - right)
  // Between two neighbouring vertices, so that the parallel meets none.
  const middle = Math.max(1, Math.floor(lats.length / 2))
  const y = ((lats[middle - 1] ?? 0) + (lats[middle] ?? 0)) / 2
  const crossings: number[] = []
  for (const ring of rings)
    for (let i = 1; i < ring.length; i++) {
      const [x1 = 0, y1 = 0] = ring[i - 1] ?? []
      const [x2 = 0, y2 = 0] = ring[i] ?? []
      if (y1 > y !== y2 > y) crossings.push(((x2 - x1) * (y - y1)) / (y2 - y1) + x1)
    }
  crossings.sort((left, right) => left - right)
  let best: [number, number] = [crossings[0] ?? 0, crossings[0] ?? 0]
  for (let i = 1; i < crossings.length; i += 2) {
    const stretch: [number, number] = [crossings[i - 1] ?? 0, crossings[i] ?? 0]
    if (stretch[1] - stretch[0] > best[1] - best[0]) best = stretch
  }
  return [(best[0] + best[1]) / 2, y]
}
