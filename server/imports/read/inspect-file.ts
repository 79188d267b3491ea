import type { ImportPreview, Inspection } from '@minqing/data/domain/import'
import { incidentTypes } from '@minqing/data/domain/incident-type'
import { ColumnMap } from '@minqing/data/formats/columns/columns'
import { openFile, describeFile } from '@minqing/data/formats/open-file'
import type { Bytes, RowSource, SourceRow } from '@minqing/data/formats/source-row'
import { readType } from '@minqing/data/formats/words/type-words'
import { northingFirst } from '@minqing/data/geo/prove-crs'
import type { TiledArea } from '@minqing/data/geo/tiling'
import type { AreaBook } from '../check/area-index.ts'
import { fieldsOf, loadCheck } from '../collections/checkers.ts'
import { datumIn, planImport, resolveCrs } from '../plan.ts'
import { SeenKeys } from '../check/repeats.ts'
import { rowNames } from '../check/row-names.ts'
import { RowView } from '../check/row-view.ts'
import { columnSignature } from './column-signature.ts'
import { faultyPlace } from './faulty-place.ts'
import { guessCollection } from './guess-collection.ts'
import { layerFor } from './layer-for.ts'
import type { InspectJob } from './messages.ts'
import { noColumns } from './no-columns.ts'
import { proveDatum } from './prove-datum.ts'
import { Remarks } from './row-notes.ts'
import { stagedPlace } from './staged-place.ts'
import { unclearNames } from './unclear-names.ts'
import { unusedPlaces } from './column-notes.ts'

/** Rows that are looked at, and those of them that are shown. */
const looked = 1_000
const shown = 100
/** Characters of a cell, and of all shapes together: a preview is for the eye. */
const cellLength = 200
const shapesLength = 2_000_000

/**
 * What is recognised in a file and how its first rows would fare.
 *
 * @throws FileProblem when it cannot be read as chosen
 */
export async function inspectFile(
  job: InspectJob,
  bytes: Bytes,
  book: AreaBook,
): Promise<{ inspection: Inspection; preview: ImportPreview }> {
  const described = await describeFile(bytes, job.choices)
  const wanted = job.choices.collection
  const layer = job.choices.layer ?? (wanted === undefined ? undefined : layerFor(described.format, wanted))
  const source = await openFile(bytes, { ...job.choices, layer, encoding: described.encoding ?? undefined })
  const rows = await firstRows(source)
  const geometry = rows
    .map((row) => (row.geometry as { type?: string } | null)?.type)
    .find((type) => type !== undefined)
  const collection = job.choices.collection ?? guessCollection(source.columns, geometry ?? null)
  const plan = planImport({ ...job.choices, collection }, job.file.name)
  const fields = fieldsOf[collection]
  const check = await loadCheck(collection)
  const columns = new ColumnMap(fields, plan.manual, plan.ignored, datumIn(plan))
  columns.learn(source.columns)
  const view = new RowView(columns, plan.constants)
  const proof = proveDatum(source, rows, view, plan, book)
  const { crs, convert: straight, notes } = resolveCrs(plan, source.format, proof.crs ?? source.crs)
  const convert = proof.swapped ? northingFirst(straight) : straight
  notes.push(...proof.notes)
  const unused = unusedPlaces(source, columns, fields)
  const unclear = unclearNames(source, columns)
  notes.push(...[noColumns(source, columns), unused, unclear].filter((note) => note !== null))
  const questions = [
    ...described.questions,
    ...(proof.question === null ? [] : [{ about: 'crs', label: proof.question }]),
  ]
  const remarks = new Remarks()
  const context = {
    plan,
    book,
    crs,
    convert,
    local: plan.local,
    repeats: new SeenKeys(),
    nameRow: rowNames(source),
    tiles: [] as TiledArea[],
    remark: (label: { zh: string; en: string }) => remarks.add(label),
  }
  const counts = { faulty: 0, skipped: 0 }
  const preview: ImportPreview = {
    columns: [...source.columns],
    rows: [],
    places: { type: 'FeatureCollection', features: [] },
    tiling: null,
  }
  let shapes = 0
  // Places of an unknown system would only make every row look wrong.
  const isPlaced = plan.crs !== null || questions.every(({ about }) => about !== 'crs')
  for (const row of rows) {
    const values = isPlaced ? check(view.show(row), context) : 'skipped'
    const faulty = view.faults.length > 0 || values === null
    if (values === 'skipped') counts.skipped += isPlaced ? 1 : 0
    else {
      if (faulty) counts.faulty++
      const geometry =
        shapes > shapesLength ? null : faulty ? faultyPlace(view, convert) : stagedPlace(collection, values)
      if (geometry !== null) {
        shapes += JSON.stringify(geometry).length
        preview.places.features.push({
          type: 'Feature',
          properties: { row: row.ordinal, line: row.line, faulty },
          geometry,
        })
      }
    }
    if (preview.rows.length < shown)
      preview.rows.push({
        row: row.ordinal,
        line: row.line,
        cells: source.columns.map((_, index) => shorten(row.cells[index])),
        faults: isPlaced ? [...view.faults] : [],
      })
  }
  // Brings what cuts polygons, which a file of points has no need of.
  if (context.tiles.length > 0) preview.tiling = (await import('../check/tiling.ts')).tilingReport(context.tiles)
  const field = new Map(columns.described().flatMap((one) => one.columns.map((column) => [column, one.field] as const)))
  return {
    preview,
    inspection: {
      collection,
      format: described.format,
      encoding: described.encoding,
      crs,
      layers: [...described.layers],
      columns: described.columns.map(({ name, samples }) => ({
        name,
        samples: samples.map(shorten),
        field: field.get(name) ?? null,
      })),
      fields: Object.keys(fields),
      notes: [...described.notes, ...notes],
      questions,
      types: collection === 'incidents' ? typeWords(rows, columns, plan.types) : [],
      rows: rows.length,
      ...counts,
      remarks: remarks.all(),
      signature: columnSignature(source.columns),
    },
  }
}

async function firstRows(source: RowSource): Promise<SourceRow[]> {
  const rows: SourceRow[] = []
  for await (const batch of source.batches) {
    rows.push(...batch.slice(0, looked - rows.length))
    if (rows.length >= looked) break
  }
  return rows
}

function typeWords(
  rows: readonly SourceRow[],
  columns: ColumnMap,
  said: ReadonlyMap<string, (typeof incidentTypes)[number]>,
): Inspection['types'] {
  const words = new Map<string, number>()
  for (const { cells } of rows) {
    const cell = columns
      .indices('type')
      .map(({ index }) => cells[index])
      .find((value) => value !== undefined && value !== '')
    const word = typeof cell === 'string' ? cell.trim() : ''
    if (word !== '') words.set(word, (words.get(word) ?? 0) + 1)
  }
  return [...words]
    .toSorted((left, right) => right[1] - left[1])
    .slice(0, 200)
    .map(([word, count]) => {
      const own = said.get(word)
      const { type, known } = readType(word)
      return { word, rows: count, code: own ?? type, known: known || own !== undefined }
    })
}

function shorten(cell: unknown): string {
  const text = typeof cell === 'string' ? cell : cell === null || cell === undefined ? '' : JSON.stringify(cell)
  return text.length <= cellLength ? text : `${text.slice(0, cellLength).toWellFormed()}…`
}
