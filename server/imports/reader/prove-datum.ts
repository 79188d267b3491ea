import type { SourceCrs } from '@minqing/data/domain/datum'
import type { Label } from '@minqing/data/domain/label'
import type { RowSource, SourceRow } from '@minqing/data/formats/source-row'
import { askCrs, provenBy } from '@minqing/data/geo/ask-crs'
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
 * Metres in a table, which never names a coordinate system: either their size proves one, or a person must say which
 * zone they are of. Degrees are left to what is said of degrees.
 */
export function proveDatum(
  source: RowSource,
  rows: readonly SourceRow[],
  view: RowView,
  plan: ImportPlan,
  book: AreaBook,
): DatumProof {
  if ((source.format !== 'csv' && source.format !== 'xlsx') || plan.crs !== null) return nothing
  const pairs = rows.flatMap((row) => pairOf(view.show(row)) ?? [])
  const metres = pairs.filter((pair) => pair.every((value) => Math.abs(value) > metric))
  if (metres.length <= pairs.length / 2) return nothing
  const proof = proveCrs(metres, book.middle())
  if (proof.kind === 'degrees' || proof.kind === 'nothing') return nothing
  if (proof.kind === 'proven') return { crs: proof.crs, note: provenBy(proof.crs), question: null }
  return { crs: null, note: null, question: askCrs(proof) }
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
