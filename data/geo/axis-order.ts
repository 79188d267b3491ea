import type { SourceCrs } from '../domain/datum.ts'
import { definitionOf } from './cgcs2000.ts'
import { toLonLat, type ToLonLat } from './crs.ts'
import { isLand, type Pair } from './prove-crs.ts'

/** The share of points that must agree: a ledger of thousands has a mistyped one. */
const agreeing = 0.98

/**
 * Whether metres of a known projection have the northing first, as survey offices write X and Y: turned, nearly all
 * points lie in China and in reach of the central meridian, and as they stand nearly none does. False for degrees.
 */
export function hasNorthingFirst(points: readonly Pair[], crs: SourceCrs): boolean {
  const lies = reachOf(crs)
  if (lies === null || points.length === 0) return false
  const turned = points.filter(([x, y]) => lies(y, x)).length
  const straight = points.filter(([x, y]) => lies(x, y)).length
  return turned >= agreeing * points.length && straight <= (1 - agreeing) * points.length
}

/** The same conversion of coordinates that have the northing first. */
export function northingFirst(convert: ToLonLat): ToLonLat {
  return (x, y) => convert(y, x)
}

/** Whether an easting and a northing are a place that the projection is used for. */
function reachOf(crs: SourceCrs): ((easting: number, northing: number) => boolean) | null {
  const definition = crs.startsWith('EPSG:') ? definitionOf(Number(crs.slice('EPSG:'.length))) : null
  if (definition === null) return null
  const convert = toLonLat(crs)
  // Web Mercator reaches around the world, a zone 350 km to each side of its meridian.
  const middle = crs === 'EPSG:3857' ? null : Number(/\+x_0=(\d+)/.exec(definition)?.[1] ?? 500_000)
  return (easting, northing) =>
    (middle === null || Math.abs(easting - middle) <= 400_000) && isLand(...convert(easting, northing))
}
