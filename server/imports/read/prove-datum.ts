import { Datum, type SourceCrs } from '@minqing/data/domain/datum'
import type { Label } from '@minqing/data/domain/label'
import type { RowSource, SourceRow } from '@minqing/data/formats/source-row'
import { askCrs, provenBy, hasNorthingFirst, lookPacked, proveCrs, type Pair } from '@minqing/data/geo/prove-crs'
import { definitionOf, isInDegrees, parseCrs } from '@minqing/data/geo/crs'
import type { AreaIndex } from '../check/area-index.ts'
import type { ImportPlan } from '../plan.ts'
import type { RowView } from '../check/row-view.ts'

/**
 * What the first rows of a file prove of its coordinate system, or what to ask: both null for degrees.
 *
 * `swapped`: the first number of each pair is the northing.
 */
export type DatumProof = { crs: SourceCrs | null; notes: readonly Label[]; question: Label | null; swapped: boolean }

const nothing: DatumProof = { crs: null, notes: [], question: null, swapped: false }

/** Numbers beyond this are no degrees, not even mistyped ones. */
const metric = 1_000

/**
 * What a table says of its coordinate system: by the names of its columns, or in metres by their size, or a person must
 * say which zone they are of. Metres of GeoJSON without a `crs` member are as good as a table's. Degrees in a file that
 * names a projection are asked about: read as metres, they would lie off the coast of Africa.
 */
export function proveDatum(
  source: RowSource,
  rows: readonly SourceRow[],
  view: RowView,
  plan: ImportPlan,
  areas: AreaIndex,
): DatumProof {
  const isTable = rows.every(({ geometry }) => geometry === undefined || geometry === null)
  const named = isTable ? view.datum : null
  // What a file says of its shapes does not go for columns that name a datum of their own.
  const ofShapes = source.crs === null || named !== null ? null : parseCrs(source.crs)
  const declared = plan.crs ?? ofShapes
  const pairs = rows.flatMap((row) => pairOf(view.show(row)) ?? [])
  const metres = pairs.filter((pair) => pair.every((value) => Math.abs(value) > metric))
  const degrees = pairs.filter(([x, y]) => Math.abs(x) <= 180 && Math.abs(y) <= 180 && (x !== 0 || y !== 0))
  if (declared !== null && inMetres(declared) && degrees.length > pairs.length / 2) return ask(notMetres(declared))
  if (isTable && lookPacked(degrees)) {
    if (plan.crs === null) return ask(packed)
    return { ...nothing, notes: [packed] }
  }
  const isMetric = metres.length > pairs.length / 2
  if (isMetric && Datum.safeParse(declared).success) return ask(notDegrees(String(declared), metres[0]))
  if (declared !== null) {
    const notes = named === null || named === declared ? [] : [overruled(named, declared)]
    const swapped = hasNorthingFirst(metres, declared)
    return { ...nothing, notes: swapped ? [...notes, northFirst] : notes, swapped }
  }
  if (named !== null)
    return isMetric ? ask(notDegrees(named, metres[0])) : { ...nothing, crs: named, notes: [byColumnNames(named)] }
  if (!isMetric || (!isTable && source.format !== 'geojson')) return nothing
  const proof = proveCrs(metres, areas.middle())
  if (proof.kind === 'degrees' || proof.kind === 'nothing') return nothing
  if (proof.kind !== 'proven') return ask(askCrs(proof))
  const { crs, swapped } = proof
  return { crs, notes: swapped ? [provenBy(crs), northFirst] : [provenBy(crs)], question: null, swapped }
}

/** A projection that can be read; of others it is said elsewhere that they cannot. */
function inMetres(crs: SourceCrs): boolean {
  return crs.startsWith('EPSG:') && definitionOf(Number(crs.slice('EPSG:'.length))) !== null && !isInDegrees(crs)
}

function ask(question: Label | null): DatumProof {
  return { ...nothing, question }
}

function byColumnNames(datum: Datum): Label {
  return {
    zh: `列名写明坐标系是 ${datum}，已按此换算`,
    en: `The names of the columns say ${datum}, which was used`,
  }
}

const northFirst: Label = {
  zh: '前一个坐标是北向（测绘习惯 X 为北、Y 为东）：对调后才落在坐标系的范围内，已对调读取',
  en: 'The first coordinate is the northing, as survey offices write it: only the other way round do the points lie within the system, so they were turned',
}

const packed: Label = {
  zh: '经纬度的小数像是“度.分秒”（如 114.1830 表示 114°18′30″）：每个值的分和秒都小于 60。若是度分秒，请改写成 114°18′30″ 或换算成十进制度；若确是十进制度，请用 --crs 写明坐标系',
  en: 'The decimals look like minutes and seconds (114.1830 for 114°18′30″): both are below 60 in every value. If they are, write 114°18′30″ or decimal degrees; if they are decimals, state the system with --crs',
}

function overruled(named: Datum, crs: SourceCrs): Label {
  return {
    zh: `列名写的坐标系是 ${named}，已按指定的 ${crs} 处理`,
    en: `The names of the columns say ${named}; ${crs} was used, as chosen`,
  }
}

function notMetres(crs: SourceCrs): Label {
  return {
    zh: `坐标系写的是 ${crs}（以米为单位），而坐标像是经纬度（度）。请用 --crs 指明，例如 cgcs2000 或 wgs84`,
    en: `The coordinate system is said to be ${crs}, in metres, but the coordinates look like degrees. Say it with --crs, e.g. cgcs2000 or wgs84`,
  }
}

function notDegrees(datum: string, [x, y]: Pair = [0, 0]): Label {
  return {
    zh: `写明的坐标系是 ${datum}，而坐标（如 ${x}, ${y}）不是以度为单位的经纬度。若是以米为单位的投影坐标，请用 --crs 指明（例如 EPSG:4547；百度墨卡托无法读取）；若是秒、百万分之一度等，请换算成度`,
    en: `The system is said to be ${datum}, but the coordinates (like ${x}, ${y}) are no degrees. If they are metres of a projection, say it with --crs (e.g. EPSG:4547; Baidu's Mercator cannot be read); if they are seconds or millionths, give degrees`,
  }
}

/** A row's first pair of numbers, in an array of its own; null without one. */
function pairOf(view: RowView): [Pair] | null {
  const geometry = view.geometry('geometry') as { coordinates?: unknown } | undefined
  if (geometry !== undefined) return firstPair(geometry.coordinates)
  const [x, y] = [view.degrees('lon'), view.degrees('lat')]
  return x === null || y === null ? null : [[x, y]]
}

function firstPair(coordinates: unknown): [Pair] | null {
  if (!Array.isArray(coordinates)) return null
  const [x, y] = coordinates as unknown[]
  return typeof x === 'number' && typeof y === 'number' ? [[x, y]] : firstPair(x)
}
