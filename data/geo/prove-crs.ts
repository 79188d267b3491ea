import type { SourceCrs } from '../domain/datum.ts'
import type { Label } from '../domain/label.ts'
import { krugerEpsg, isInChina, toLonLat, definitionOf, type ToLonLat } from './crs.ts'

/**
 * What coordinates prove about their system by themselves.
 *
 * - `proven`: only one system puts them into China, and no other reading is left.
 * - `ask`: several would; `candidates` best first, none where anything is possible.
 * - `degrees`: longitude and latitude, in a datum that no range distinguishes: WGS84, CGCS2000, GCJ-02 and BD-09 differ by
 *   some hundred metres.
 * - `neither`: numbers that are neither degrees nor metres of a system that is used in China.
 *
 * `swapped`: the first number of each pair is the northing or the latitude, as survey offices write it.
 */
type CrsProof =
  | { kind: 'proven'; crs: SourceCrs; swapped: boolean }
  | { kind: 'ask'; candidates: SourceCrs[]; swapped: boolean }
  | { kind: 'degrees'; swapped: boolean }
  | { kind: 'neither'; example: Pair }
  | { kind: 'nothing' }

export type Pair = readonly [x: number, y: number]

/** Degrees to the side of its zone into which a file may still extend: neighbouring zones overlap by half a degree, by rule. */
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
function isLand(lon: number, lat: number): boolean {
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

/**
 * Whether metres of a known projection have the northing first, as survey offices write X and Y: turned, nearly all
 * points lie in China and near the central meridian, and as they stand nearly none does. False for degrees.
 */
export function hasNorthingFirst(points: readonly Pair[], crs: SourceCrs): boolean {
  const isValid = validityOf(crs)
  if (isValid === null || points.length === 0) return false
  const turned = points.filter(([x, y]) => isValid(y, x)).length
  const straight = points.filter(([x, y]) => isValid(x, y)).length
  return turned >= agreeing * points.length && straight <= (1 - agreeing) * points.length
}

/** The same conversion of coordinates that have the northing first. */
export function northingFirst(convert: ToLonLat): ToLonLat {
  return (x, y) => convert(y, x)
}

/** Whether an easting and a northing are a place that the projection is used for. */
function validityOf(crs: SourceCrs): ((easting: number, northing: number) => boolean) | null {
  const definition = crs.startsWith('EPSG:') ? definitionOf(Number(crs.slice('EPSG:'.length))) : null
  if (definition === null) return null
  const convert = toLonLat(crs)
  // Web Mercator extends around the world, a zone 350 km to each side of its meridian.
  const middle = crs === 'EPSG:3857' ? null : Number(/\+x_0=(\d+)/.exec(definition)?.[1] ?? 500_000)
  return (easting, northing) =>
    (middle === null || Math.abs(easting - middle) <= 400_000) && isLand(...convert(easting, northing))
}

/** Different numbers below which nothing is concluded: of decimals, six in ten have such digits by chance, all of forty never. */
const fewestNumbers = 40

/**
 * Whether degrees look like `114.1830` for 114°18′30″, as survey instruments write them: the first two decimals and the
 * next two are below 60 in every one of many different numbers.
 */
export function lookPacked(points: readonly Pair[]): boolean {
  const numbers = [0, 1].flatMap((axis) => [...new Set(points.map((point) => decimals(point[axis] ?? 0)))])
  // Numbers of two decimals say nothing of seconds.
  const telling = numbers.filter((decimal) => decimal % 1e4 !== 0)
  return telling.length >= fewestNumbers && numbers.every((decimal) => decimal < 60e4 && decimal % 1e4 < 60e2)
}

/** The first six decimals as a whole number. */
function decimals(degrees: number): number {
  return Math.round(Math.abs(degrees) * 1e6) % 1e6
}

/** What to ask a person about the coordinate system of data that does not name one; null when it is proven. */
export function askCrs(proof: CrsProof): Label | null {
  switch (proof.kind) {
    case 'proven':
      return null
    case 'degrees':
      return {
        zh: '坐标是经纬度，但没有写明坐标系，从数值也看不出来（相差约 500 米）。请用 --crs 指明：测绘、规划部门的数据一般是 cgcs2000，GPS 是 wgs84，高德、腾讯是 gcj02，百度是 bd09',
        en: 'The coordinates are degrees of an unnamed system, and numbers do not show which (they lie some 500 m apart). Say it with --crs: cgcs2000 for survey data, wgs84 for GPS, gcj02 for Amap and Tencent, bd09 for Baidu',
      }
    case 'ask':
      return proof.candidates.length === 0 ? anyZone : oneOf(proof.candidates)
    case 'neither':
      return neither(proof.example)
    case 'nothing':
      return {
        zh: '没有写明坐标系，也没有坐标可供判断。请用 --crs 指明（例如 cgcs2000 或 EPSG:4547）',
        en: 'No coordinate system is named, and there are no coordinates to judge by. Say it with --crs (e.g. cgcs2000 or EPSG:4547)',
      }
  }
}

function neither([x, y]: Pair): Label {
  return {
    zh: `坐标（如 ${x}, ${y}）既不是以度为单位的经纬度，也不像国内常用的米制坐标。若是秒、百万分之一度或“度分”，请换算成度；若是地方坐标系，请先由测绘部门转换；若确是某个坐标系，请用 --crs 指明`,
    en: `The coordinates (like ${x}, ${y}) are neither degrees nor metres of a system that is common in China. If they are seconds, millionths or degrees with minutes, give degrees; have a local system converted first; if you know the system, say it with --crs`,
  }
}

const anyZone: Label = {
  zh: '坐标以米为单位，但没有写明坐标系，坐标前也没有带号，无法知道中央经线。请向提供数据的部门问清，再用 --crs 指明（例如中央经线 114° 的 3 度带是 EPSG:4547）',
  en: 'The coordinates are metres of an unnamed system without a zone number, so that the central meridian is unknown. Ask where the data comes from, then say it with --crs (e.g. EPSG:4547 for the 3° zone of 114°E)',
}

function oneOf(candidates: readonly SourceCrs[]): Label {
  return {
    zh: `坐标以米为单位，但没有写明坐标系。可能是：${candidates.map((crs) => describeCrs(crs).zh).join('；')}。请用 --crs 指明`,
    en: `The coordinates are metres of an unnamed system. It may be: ${candidates.map((crs) => describeCrs(crs).en).join('; ')}. Say it with --crs`,
  }
}

/** A system in words: `EPSG:4547（CGCS2000 高斯–克吕格，中央经线 114°）`. */
function describeCrs(crs: SourceCrs): Label {
  if (crs === 'EPSG:3857') return { zh: 'EPSG:3857（Web 墨卡托）', en: 'EPSG:3857 (Web Mercator)' }
  const definition = crs.startsWith('EPSG:') ? definitionOf(Number(crs.slice(5))) : null
  const [, meridian, easting] = /\+proj=tmerc.*\+lon_0=(\d+).*\+x_0=(\d+)/.exec(definition ?? '') ?? []
  if (meridian === undefined) return { zh: crs, en: crs }
  const zone = Math.floor(Number(easting) / 1e6)
  return {
    zh: `${crs}（CGCS2000 高斯–克吕格，中央经线 ${meridian}°${zone > 0 ? `，带号 ${zone}` : '，不带带号'}）`,
    en: `${crs} (CGCS2000 Gauss–Krüger, central meridian ${meridian}°${zone > 0 ? `, zone ${zone}` : ', no zone number'})`,
  }
}

/** A note for the report where coordinates themselves proved the system. */
export function provenBy(crs: SourceCrs): Label {
  const { zh, en } = describeCrs(crs)
  return {
    zh: `没有写明坐标系；从坐标的数值可以断定是 ${zh}`,
    en: `No coordinate system is named; the coordinates themselves prove ${en}`,
  }
}
