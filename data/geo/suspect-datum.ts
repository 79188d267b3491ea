import type { Datum } from '../domain/datum.ts'
import { toLonLat } from './crs.ts'
import type { Fabric } from './fabric.ts'
import type { Pair } from './prove-crs.ts'

/** How many of the points lie on the known streets and buildings, read as one datum. */
export type DatumFit = { datum: Datum; share: number }
export type DatumSuspicion = { points: number; declared: DatumFit; likely: DatumFit }

/** Metres beside a street or building that still count as on it. */
const beside = 12
/** Points below which nothing is concluded; points looked at at most. */
const fewest = 30
const most = 2000
/** What a better datum must reach: half of the points, half as many again as the declared one, and no chance. */
const leastShare = 0.5
const leastRatio = 1.5
const leastZ = 4

/**
 * Whether degrees that were declared to be of one datum are more likely of another: cases and facilities lie on streets
 * and in buildings, and those that are GCJ-02 or BD-09 taken for WGS84 (or the other way round) lie 300–1,200 m off,
 * where only so many hit one by chance. Null where the declared datum fits as well as any, or there is nothing to
 * compare with.
 *
 * @param points longitude and latitude as the source has them
 */
export function suspectDatum(points: readonly Pair[], declared: Datum, fabric: Fabric): DatumSuspicion | null {
  if (points.length < fewest || fabric.isEmpty) return null
  const step = Math.max(1, Math.floor(points.length / most))
  const sample = points.filter((_, i) => i % step === 0)
  const fit = (datum: Datum): DatumFit => {
    const convert = toLonLat(datum)
    const hits = sample.filter(([x, y]) => fabric.touches(...convert(x, y), beside)).length
    return { datum, share: hits / sample.length }
  }
  const own = fit(declared)
  const others = (['wgs84', 'gcj02', 'bd09'] as const).filter(
    (datum) => datum !== declared && !(datum === 'wgs84' && declared === 'cgcs2000'),
  )
  const likely = others.map(fit).toSorted((left, right) => right.share - left.share)[0]
  if (likely === undefined || likely.share < leastShare || likely.share < leastRatio * own.share) return null
  const pooled = (likely.share + own.share) / 2
  const z = (likely.share - own.share) / Math.sqrt(Math.max(1e-9, (2 * pooled * (1 - pooled)) / sample.length))
  return z < leastZ ? null : { points: sample.length, declared: own, likely }
}

/** Whether all of a good number of points are one and the same: a default that somebody's form filled in. */
export function allTheSame(points: readonly Pair[]): boolean {
  const [first] = points
  return points.length >= 10 && first !== undefined && points.every(([x, y]) => x === first[0] && y === first[1])
}
