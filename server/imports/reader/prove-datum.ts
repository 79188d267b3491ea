import type { Datum, SourceCrs } from '@minqing/data/domain/datum'
import type { Label } from '@minqing/data/domain/label'
import type { RowSource, SourceRow } from '@minqing/data/formats/source-row'
import { askCrs, provenBy } from '@minqing/data/geo/ask-crs'
import { definitionOf } from '@minqing/data/geo/cgcs2000'
import { parseCrs } from '@minqing/data/geo/crs'
import { proveCrs, type Pair } from '@minqing/data/geo/prove-crs'
import type { AreaBook } from '../area-book.ts'
import type { ImportPlan } from '../plan.ts'
import type { RowView } from '../row-view.ts'

/** What the first rows of a file prove of its coordinate system, or what to ask: both null for degrees. */
export type DatumProof = { crs: SourceCrs | null; note: Label | null; question: Label | null }

const nothing: DatumProof = { crs: null, note: null, question: null }

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
  book: AreaBook,
): DatumProof {
  const isTable = rows.every(({ geometry }) => geometry === undefined || geometry === null)
  const stated = isTable ? view.datum : null
  const declared = plan.crs ?? (source.crs === null ? null : parseCrs(source.crs))
  const pairs = rows.flatMap((row) => pairOf(view.show(row)) ?? [])
  const metres = pairs.filter((pair) => pair.every((value) => Math.abs(value) > metric))
  const degrees = pairs.filter(([x, y]) => Math.abs(x) <= 180 && Math.abs(y) <= 180 && (x !== 0 || y !== 0))
  if (declared !== null) {
    if (inMetres(declared) && degrees.length > pairs.length / 2) return ask(notMetres(declared))
    return stated === null || stated === declared ? nothing : { ...nothing, note: overruled(stated, declared) }
  }
  const isMetric = metres.length > pairs.length / 2
  if (stated !== null) return isMetric ? ask(notDegrees(stated)) : { ...nothing, crs: stated, note: named(stated) }
  if (!isMetric || (!isTable && source.format !== 'geojson')) return nothing
  const proof = proveCrs(metres, book.middle())
  if (proof.kind === 'degrees' || proof.kind === 'nothing') return nothing
  if (proof.kind === 'proven') return { crs: proof.crs, note: provenBy(proof.crs), question: null }
  return { crs: null, note: null, question: askCrs(proof) }
}

/** A projection that can be read; of others it is said elsewhere that they cannot. */
function inMetres(crs: SourceCrs): boolean {
  return crs.startsWith('EPSG:') && definitionOf(Number(crs.slice('EPSG:'.length))) !== null
}

function ask(question: Label): DatumProof {
  return { ...nothing, question }
}

function named(datum: Datum): Label {
  return {
    zh: `列名写明坐标系是 ${datum}，已按此换算`,
    en: `The names of the columns say ${datum}, which was used`,
  }
}

function overruled(stated: Datum, crs: SourceCrs): Label {
  return {
    zh: `列名写的坐标系是 ${stated}，已按指定的 ${crs} 处理`,
    en: `The names of the columns say ${stated}; ${crs} was used, as stated`,
  }
}

function notMetres(crs: SourceCrs): Label {
  return {
    zh: `坐标系写的是 ${crs}（以米为单位），而坐标像是经纬度（度）。请用 --crs 指明，例如 cgcs2000 或 wgs84`,
    en: `The coordinate system is said to be ${crs}, in metres, but the coordinates look like degrees. Say it with --crs, e.g. cgcs2000 or wgs84`,
  }
}

function notDegrees(datum: Datum): Label {
  return {
    zh: `列名写的是 ${datum}，而坐标以米为单位，不是经纬度。请换成经纬度，或用 --crs 指明坐标系（百度墨卡托无法读取）`,
    en: `The names of the columns say ${datum}, but the coordinates are metres and no degrees. Give degrees, or say the system with --crs (Baidu's Mercator cannot be read)`,
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
