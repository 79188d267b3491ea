import type { BoundingBox } from '@minqing/data/domain/position'
import { metresPerDegree } from '@minqing/data/geo/ellipsoid-area'

/** Metres that people choose from. */
const radii = [50, 75, 100, 150, 200, 300, 500, 750, 1000, 1500, 2000, 3000] as const

/**
 * A bandwidth that shows a place's own pattern: a fifteenth of its extent, to the nearest of the figures that can be chosen
 * (150 m for a street of 2.5 km, 2 km for a city of 40). It depends on the place and never on the zoom.
 *
 * @param box degrees; without one, a street of ordinary size is meant.
 * @param streets how many streets the box holds: of several, the pattern within them is looked for, up to three times
 *   as fine.
 */
export function defaultBandwidth(box: BoundingBox | undefined, streets = 1): number {
  if (box === undefined) return 150
  const [west, south, east, north] = box
  const width = (east - west) * metresPerDegree * Math.cos((((south + north) / 2) * Math.PI) / 180)
  const height = (north - south) * metresPerDegree
  const wanted = Math.sqrt(Math.max(width * height, 1)) / (15 * Math.min(3, Math.sqrt(streets)))
  const distance = (metres: number) => Math.abs(Math.log(metres / wanted))
  return radii.reduce((best, metres) => (distance(metres) < distance(best) ? metres : best))
}

/** Metres of the cells that the heat of a bandwidth is made from: a quarter of it, no smaller than a grid. */
export function cellForBandwidth(bandwidth: number): number {
  return Math.max(250, Math.round(bandwidth / 4))
}
