import type { SourceCrs } from '../domain/datum.ts'
import { krugerEpsg } from './cgcs2000.ts'
import { isInChina, toLonLat } from './crs.ts'

/**
 * What coordinates tell about their system by themselves.
 *
 * - `proven`: only one system puts them into China, and no other reading is left.
 * - `ask`: several would; `candidates` best first, none where anything is possible.
 * - `degrees`: longitude and latitude, in a datum that no range can tell: WGS84, CGCS2000, GCJ-02 and BD-09 differ by
 *   some hundred metres.
 * - `neither`: numbers that are neither degrees nor metres of a system that is used in China.
 *
 * `swapped`: the first number of each pair is the northing or the latitude, as survey offices write it.
 */
export type CrsProof =
  | { kind: 'proven'; crs: SourceCrs; swapped: boolean }
  | { kind: 'ask'; candidates: SourceCrs[]; swapped: boolean }
  | { kind: 'degrees'; swapped: boolean }
  | { kind: 'neither'; example: Pair }
  | { kind: 'nothing' }

export type Pair = readonly [x: number, y: number]

/** Degrees to the side of its zone that a file still reaches: neighbouring zones overlap by half a degree, by rule. */
const overlap = 0.75
/** The share of points that must agree: a ledger of thousands has a mistyped one. */
const agreeing = 0.98

/** @param near longitude and latitude of the areas known here: candidates whose points lie within 2° of it come first */
export function proveCrs(points: readonly Pair[], near: Pair | null = null): CrsProof {
  const usable = points.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y) && (x !== 0 || y !== 0))
  if (usable.length === 0) return { kind: 'nothing' }
  const most = (test: (point: Pair) => boolean) => usable.filter(test).length >= agreeing * usable.length
  if (most(([x, y]) => Math.abs(x) <= 180 && Math.abs(y) <= 180)) {
    const swapped = most(([x, y]) => isInChina(y, x)) && !most(([x, y]) => isInChina(x, y))
    return { kind: 'degrees', swapped: swapped || most(([, y]) => Math.abs(y) > 90) }
  }
  const candidates = metric(usable)
  if (candidates.length > 0) return verdict(candidates, usable, near, false)
  const turned = usable.map(([x, y]): Pair => [y, x])
  const turnedCandidates = metric(turned)
  if (turnedCandidates.length > 0) return verdict(turnedCandidates, turned, near, true)
  const unnumbered = most(([x, y]) => isUnnumbered(x, y))
    ? usable
    : most(([x, y]) => isUnnumbered(y, x))
      ? turned
      : null
  if (unnumbered === null) return { kind: 'neither', example: usable[0] ?? [0, 0] }
  return { kind: 'ask', candidates: near === null ? [] : zonesNear(near), swapped: unnumbered === turned }
}

function verdict(candidates: SourceCrs[], points: readonly Pair[], near: Pair | null, swapped: boolean): CrsProof {
  const [first, second] = candidates
  if (first !== undefined && second === undefined) return { kind: 'proven', crs: first, swapped }
  if (near !== null) candidates.sort((left, right) => far(left, points, near) - far(right, points, near))
  return { kind: 'ask', candidates, swapped }
}

/** Systems of which the magnitudes alone speak: zone numbers before the easting, and Web Mercator. */
function metric(points: readonly Pair[]): SourceCrs[] {
  const found: SourceCrs[] = []
  const zones = new Set(points.slice(0, 1000).map(([x]) => Math.floor(x / 1e6)))
  for (const zone of zones) {
    for (const meridian of [3 * zone, 6 * zone - 3]) {
      const epsg = krugerEpsg(meridian, zone * 1e6 + 500_000)
      if (epsg === null) continue
      const width = (meridian === 3 * zone ? 1.5 : 3) + overlap
      if (fits(`EPSG:${epsg}`, points, (lon) => Math.abs(lon - meridian) <= width)) found.push(`EPSG:${epsg}`)
    }
  }
  if (points.every(([x]) => x > 8e6) && fits('EPSG:3857', points, () => true)) found.push('EPSG:3857')
  return found
}

function fits(crs: SourceCrs, points: readonly Pair[], inZone: (lon: number) => boolean): boolean {
  const convert = toLonLat(crs)
  let inside = 0
  for (const [x, y] of points) {
    const [lon, lat] = convert(x, y)
    if (isLand(lon, lat) && inZone(lon)) inside++
  }
  return inside >= agreeing * points.length
}

/**
 * China without the corners of its box: where a zone number and Web Mercator share magnitudes, one of the two readings
 * usually lies in Kashmir or the Sea of Japan.
 */
export function isLand(lon: number, lat: number): boolean {
  if (lon < 79) return lat >= 34.5 && lat <= 41.5 && isInChina(lon, lat)
  if (lon > 128) return lat >= 41.5 && isInChina(lon, lat)
  return (lon <= 124.5 || lat >= 39.5) && isInChina(lon, lat)
}

/** Within 350 km of a central meridian, between the latitudes of China (Gauss–Krüger without a zone, or UTM). */
function isUnnumbered(easting: number, northing: number): boolean {
  return easting >= 150_000 && easting <= 850_000 && northing >= 330_000 && northing <= 6_000_000
}

function zonesNear([lon]: Pair): SourceCrs[] {
  const found: SourceCrs[] = []
  const meridians = [3 * Math.round(lon / 3), 6 * Math.round((lon + 3) / 6) - 3]
  for (const meridian of new Set(meridians)) {
    const epsg = krugerEpsg(meridian, 500_000)
    if (epsg !== null) found.push(`EPSG:${epsg}`)
  }
  return found
}

/** 0 where the points' middle lies near the areas known here, 1 elsewhere. */
function far(crs: SourceCrs, points: readonly Pair[], [lon, lat]: Pair): number {
  const middle = points[Math.floor(points.length / 2)] ?? [0, 0]
  const [x, y] = toLonLat(crs)(...(middle as [number, number]))
  return Math.abs(x - lon) < 2 && Math.abs(y - lat) < 2 ? 0 : 1
}
