import type { SourceCrs } from '@minqing/data/domain/datum'
import type { FileFormat } from '@minqing/data/domain/file-format'
import type { ImportChoices, ImportCollection } from '@minqing/data/domain/import'
import type { Label } from '@minqing/data/domain/label'
import { ColumnMap } from '@minqing/data/formats/columns/columns'
import type { FieldNames } from '@minqing/data/formats/field-names'
import { FileProblem } from '@minqing/data/formats/file-problem'
import { openFile, type FileIdentity } from '@minqing/data/formats/open-file'
import type { Bytes, Question, RowSource, SourceRow } from '@minqing/data/formats/source-row'
import { prepareCrs, type ToLonLat } from '@minqing/data/geo/crs'
import { PackedAreas } from '@minqing/data/geo/packed-areas'
import { northingFirst } from '@minqing/data/geo/prove-crs'
import type { AreaIndex } from '../check/area-index.ts'
import { ChosenWords } from '../check/chosen-words.ts'
import { type CheckContext, rowNames } from '../check/check-context.ts'
import type { Repeats } from '../check/repeats.ts'
import { RowView } from '../check/row-view.ts'
import type { Collection } from '../collections/collection.ts'
import { collectionFields, loadCollection } from '../collections/collections.ts'
import { datumIn, planImport, resolveCrs, type ImportPlan } from '../plan.ts'
import { guessCollection } from './guess-collection.ts'
import { noColumns, unclearNames, unusedPlaces } from './column-notes.ts'
import { proveDatum } from './prove-datum.ts'
import type { RowNotes } from './row-notes.ts'

/** A file at its first row, with everything that its rows are checked against. */
export type OpenedRows = {
  source: RowSource
  collection: ImportCollection
  plan: ImportPlan
  fields: FieldNames
  columns: ColumnMap
  view: RowView
  words: ChosenWords
  definition: Collection
  context: CheckContext
  /** The system in which coordinates have been read so far, with notes on it; nothing where there were none. */
  crsRead: () => CrsRead
  /** What only a person can say; rows are not imported before. */
  questions: readonly Question[]
  /** A table of which no column is known. */
  unnamed: Label | null
  /** All rows, in batches; `columns` knows the columns of the batch that came last. */
  batches: AsyncIterable<SourceRow[]>
}

export type CrsRead = { crs: SourceCrs | null; notes: readonly Label[] }

type OpeningContext = {
  areas: AreaIndex
  repeats: Repeats
  rowNotes: RowNotes
  /** For a preview, which shows what every word of a closed set is taken for. */
  countsKnownWords?: boolean
}

/**
 * Opens a file for a preview or for an import: both understand it alike. What it proves of its coordinate system is
 * judged by its first batch of rows.
 *
 * @throws FileProblem when the file or a choice cannot be understood
 */
export async function openRows(
  bytes: Bytes,
  { format, encoding }: FileIdentity,
  choices: ImportChoices,
  { areas, repeats, rowNotes, countsKnownWords = false }: OpeningContext,
): Promise<OpenedRows> {
  const source = await openSource(bytes, { format, encoding }, choices)
  const iterator = source.batches[Symbol.asyncIterator]()
  const start = await iterator.next()
  const first = start.done === true ? [] : start.value
  const collection = choices.collection ?? guessCollection(source.columns, geometryType(first), bytes.name)
  const plan = planImport({ ...choices, collection }, bytes.name)
  const fields = collectionFields[collection]
  refuseUnknownFields(plan, fields)
  const columns = new ColumnMap(fields, plan.manual, plan.ignored, datumIn(plan))
  columns.learn(source.columns)
  const words = new ChosenWords(plan.words, countsKnownWords)
  const view = new RowView(columns, plan.constants, words)
  await prepareCrs(plan.crs ?? source.crs)
  const proof = proveDatum(source, first, view, plan, areas)
  const { crs, convert, notes } = resolveCrs(plan, source.format, proof.crs ?? source.crs)
  const watched = watchedConversion(proof.swapped ? northingFirst(convert) : convert)
  const open = source.questions?.filter(({ about }) => about !== 'crs' || plan.crs === null) ?? []
  return {
    source,
    collection,
    plan,
    fields,
    columns,
    view,
    words,
    definition: await loadCollection(collection),
    context: {
      plan,
      areas,
      crs,
      convert: watched.convert,
      local: plan.local,
      repeats,
      nameRow: rowNames(source),
      tiles: new PackedAreas(),
      note: (label, row) => rowNotes.add(label, 1, row),
    },
    crsRead: () => (watched.isUsed() ? { crs, notes: [...notes, ...proof.notes] } : { crs: null, notes: [] }),
    questions: proof.question === null ? open : [...open, { about: 'crs', label: proof.question }],
    unnamed: noColumns(source, columns),
    batches: batchesFrom(source, columns, iterator, start),
  }
}

/** A conversion that knows whether it has been used: a file without coordinates is in no system. */
function watchedConversion(convert: ToLonLat): { convert: ToLonLat; isUsed: () => boolean } {
  let used = false
  return {
    convert: (x, y) => {
      used = true
      return convert(x, y)
    },
    isUsed: () => used,
  }
}

/** Opens a file of a known format at its first row, in the layer that the collection is in. */
export function openSource(bytes: Bytes, identity: FileIdentity, choices: ImportChoices): Promise<RowSource> {
  return openFile(bytes, {
    ...choices,
    layer: layerOf(identity.format, choices),
    encoding: identity.encoding ?? choices.encoding,
    forgiving: choices.encoding !== undefined,
  })
}

/** The layer that somebody named, else the one that a collection is in: of an OpenStreetMap file each wants another. */
export function layerOf(format: FileFormat, { layer, collection }: ImportChoices): string | undefined {
  return layer ?? (format === 'osm' && collection !== undefined ? osmLayers[collection] : undefined)
}

const osmLayers: Partial<Record<ImportCollection, string>> = {
  base: 'base',
  facilities: 'points',
  streets: 'boundaries',
  communities: 'boundaries',
}

/** Notes on the columns, as far as they have been read: coordinates that are not recognised, names that are cut. */
export function columnNotes({ source, columns, fields }: OpenedRows): Label[] {
  return [unusedPlaces(source, columns, fields), unclearNames(source, columns)].filter((note) => note !== null)
}

async function* batchesFrom(
  source: RowSource,
  columns: ColumnMap,
  iterator: AsyncIterator<SourceRow[]>,
  start: IteratorResult<SourceRow[], unknown>,
): AsyncGenerator<SourceRow[]> {
  try {
    for (let next = start; next.done !== true; next = await iterator.next()) {
      // A GeoJSON shows new properties as it goes on.
      columns.learn(source.columns)
      yield next.value
    }
  } finally {
    // Closes the file, also where the caller stops early.
    await iterator.return?.()
  }
}

function geometryType(rows: readonly SourceRow[]): string | null {
  const types = rows.map((row) => (row.geometry as { type?: string } | null | undefined)?.type)
  return types.find((type) => type !== undefined) ?? null
}

function refuseUnknownFields(plan: ImportPlan, fields: FieldNames): void {
  for (const field of plan.constants.keys())
    if (!Object.hasOwn(fields, field))
      throw new FileProblem(
        `--set ${field}：没有这个字段。可用的字段：${Object.keys(fields).join('、')}`,
        `--set ${field}: there is no such field. Fields are: ${Object.keys(fields).join(', ')}`,
      )
}
