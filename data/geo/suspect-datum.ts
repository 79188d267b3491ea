import Flatbush from 'flatbush'
import type { Geometry, Position } from 'geojson'
import type { Datum } from '../domain/datum.ts'
import { toLonLat } from './crs.ts'
import { metresPerDegree } from './ellipsoid-area.ts'
import { bboxOf, distanceToSegment, ringContains } from './plane.ts'
import type { Pair } from './prove-crs.ts'

/** How many of the points lie on the known roads and buildings, read as one datum. */
type DatumFit = { datum: Datum; share: number }
export type DatumSuspicion = { points: number; declared: DatumFit; likely: DatumFit }

/** Points looked at at most. */
const most = 2000
/** A better datum must be no chance. */
const leastZ = 4

/**
 * When points speak for another datum.
 *
 * - `beside`: metres beside a feature that still count as on it
 * - `fewest`: points below which nothing is concluded
 * - `share`, `ratio`: what a better datum must have of all points, and how many times as many as the declared one
 */
export type DatumTest = { beside: number; fewest: number; share: number; ratio: number }

/** Cases and facilities lie on roads and in buildings. */
export const positionTest: DatumTest = { beside: 12, fewest: 30, share: 0.5, ratio: 1.5 }
/** Corners of areas lie on the borders of their neighbours, in part: of what borders nothing known, none does. */
export const borderTest: DatumTest = { beside: 25, fewest: 12, share: 0.2, ratio: 3 }

/**
 * Whether degrees that were declared to be of one datum are more likely of another: those that are GCJ-02 or BD-09
 * taken for WGS84 (or the other way round) lie 300–1,200 m off, where only so many hit a feature by chance. Null where
 * the declared datum fits as well as any, or there is nothing to compare with.
 *
 * @param points longitude and latitude as the source has them
 */
export function suspectDatum(
  points: readonly Pair[],
  declared: Datum,
  features: FeatureIndex,
  { beside, fewest, share, ratio }: DatumTest = positionTest,
): DatumSuspicion | null {
  if (points.length < fewest || features.isEmpty) return null
  const step = Math.max(1, Math.floor(points.length / most))
  const sample = points.filter((_, i) => i % step === 0)
  const fit = (datum: Datum): DatumFit => {
    const convert = toLonLat(datum)
    const hits = sample.filter(([x, y]) => features.touches(...convert(x, y), beside)).length
    return { datum, share: hits / sample.length }
  }
  const own = fit(declared)
  const likely = othersThan(declared)
    .map(fit)
    .toSorted((left, right) => right.share - left.share)[0]
  if (likely === undefined || likely.share < share || likely.share < ratio * own.share) return null
  const pooled = (likely.share + own.share) / 2
  const z = (likely.share - own.share) / Math.sqrt(Math.max(1e-9, (2 * pooled * (1 - pooled)) / sample.length))
  return z < leastZ ? null : { points: sample.length, declared: own, likely }
}

/** Datums that differ from the declared one by more than survey errors. */
function othersThan(declared: Datum): Datum[] {
  return (['wgs84', 'gcj02', 'bd09'] as const).filter(
    (datum) => datum !== declared && !(datum === 'wgs84' && declared === 'cgcs2000'),
  )
}

/** How far, in metres, places lie from where they are known to be, read as one datum. */
type DatumDistance = { datum: Datum; metres: number }
export type ShiftSuspicion = { places: number; declared: DatumDistance; likely: DatumDistance }

/** Metres that one place may be off for other reasons, e.g. another outline of the same area. */
const tolerated = 150

/**
 * The same for places of which it is known where they are, such as the middles of known areas: whether they lie near
 * there in another datum and not in the declared one.
 *
 * @param places longitude and latitude as the source has them, and as they are known in WGS84
 */
export function suspectShift(places: readonly { given: Pair; known: Pair }[], declared: Datum): ShiftSuspicion | null {
  const median = (datum: Datum): DatumDistance => {
    const convert = toLonLat(datum)
    const metres = places
      .map(({ given, known: [lon, lat] }) => {
        const [x, y] = convert(...(given as [number, number]))
        return Math.hypot((x - lon) * Math.cos(lat * (Math.PI / 180)), y - lat) * metresPerDegree
      })
      .toSorted((left, right) => left - right)
    return { datum, metres: metres[Math.floor(metres.length / 2)] ?? 0 }
  }
  const own = median(declared)
  const likely = othersThan(declared)
    .map(median)
    .toSorted((left, right) => left.metres - right.metres)[0]
  if (likely === undefined || own.metres < tolerated || likely.metres > own.metres / 3) return null
  return { places: places.length, declared: own, likely }
}

/** Whether all of a good number of points are one and the same: a default that somebody's form filled in. */
export function allTheSame(points: readonly Pair[]): boolean {
  const [first] = points
  return points.length >= 10 && first !== undefined && points.every(([x, y]) => x === first[0] && y === first[1])
}

/** A spatial index of roads and buildings, for asking whether a position lies on or beside one of them. */
export class FeatureIndex {
  readonly #edges: Float64Array
  readonly #rings: Position[][]
  readonly #edgeIndex: Flatbush | null
  readonly #ringIndex: Flatbush | null

  constructor(geometries: Iterable<Geometry>) {
    const lines: Position[][] = []
    this.#rings = []
    for (const geometry of geometries) {
      if (geometry.type === 'LineString') lines.push(geometry.coordinates)
      else if (geometry.type === 'MultiLineString') lines.push(...geometry.coordinates)
      // Courtyards count as inside: where a case happened is not known to the metre.
      else if (geometry.type === 'Polygon') this.#rings.push(...geometry.coordinates.slice(0, 1))
      else if (geometry.type === 'MultiPolygon')
        this.#rings.push(...geometry.coordinates.flatMap((rings) => rings.slice(0, 1)))
    }
    const edges: number[] = []
    for (const line of [...lines, ...this.#rings])
      for (let i = 1; i < line.length; i++)
        edges.push(line[i - 1]?.[0] ?? 0, line[i - 1]?.[1] ?? 0, line[i]?.[0] ?? 0, line[i]?.[1] ?? 0)
    this.#edges = Float64Array.from(edges)
    this.#edgeIndex = indexOf(edges.length / 4, (i) => [
      edges[i * 4] ?? 0,
      edges[i * 4 + 1] ?? 0,
      edges[i * 4 + 2] ?? 0,
      edges[i * 4 + 3] ?? 0,
    ])
    this.#ringIndex = indexOf(this.#rings.length, (i) => bboxOf(this.#rings[i] ?? []))
  }

  get isEmpty(): boolean {
    return this.#edgeIndex === null
  }

  /** Whether a position lies in a building, or no farther than so many metres from one or from a road. */
  touches(lon: number, lat: number, metres: number): boolean {
    const north = metres / metresPerDegree
    const east = north / Math.cos(lat * (Math.PI / 180))
    for (const ring of this.#ringIndex?.search(lon, lat, lon, lat) ?? [])
      if (ringContains(this.#rings[ring] ?? [], [lon, lat])) return true
    for (const edge of this.#edgeIndex?.search(lon - east, lat - north, lon + east, lat + north) ?? [])
      if (this.#distance(edge, lon, lat) <= metres) return true
    return false
  }

  #distance(edge: number, lon: number, lat: number): number {
    const x = metresPerDegree * Math.cos(lat * (Math.PI / 180))
    const at = (i: number) => this.#edges[edge * 4 + i] ?? 0
    const metres = (i: number) => [(at(i) - lon) * x, (at(i + 1) - lat) * metresPerDegree]
    return distanceToSegment(metres(0), metres(2), [0, 0])
  }
}

function indexOf(count: number, boxOf: (i: number) => [number, number, number, number]): Flatbush | null {
  if (count === 0) return null
  const index = new Flatbush(count)
  for (let i = 0; i < count; i++) {
    const [x1, y1, x2, y2] = boxOf(i)
    index.add(Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2))
  }
  index.finish()
  return index
}
