import type { FieldName } from '@minqing/data/domain/field-name'
import type { ImportPreview, Inspection } from '@minqing/data/domain/import'
import { describeFile, identifyFile } from '@minqing/data/formats/open-file'
import type { Bytes, SourceRow } from '@minqing/data/formats/source-row'
import type { ToLonLat } from '@minqing/data/geo/crs'
import type { CopyValue } from '../../store/copy-rows.ts'
import type { AreaIndex } from '../check/area-index.ts'
import type { ChosenWords } from '../check/chosen-words.ts'
import { readPosition } from '../check/read-position.ts'
import { SeenKeys } from '../check/repeats.ts'
import type { RowView } from '../check/row-view.ts'
import { columnSignature } from './column-notes.ts'
import type { InspectJob } from './messages.ts'
import { columnNotes, layerOf, openRows, type OpenedRows } from './open-rows.ts'
import { RowNotes } from './row-notes.ts'

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
  areas: AreaIndex,
): Promise<{ inspection: Inspection; preview: ImportPreview }> {
  const { choices } = job
  const identity = await identifyFile(bytes, choices)
  const rowNotes = new RowNotes()
  const opened = await openRows(bytes, identity, choices, {
    areas,
    repeats: new SeenKeys(),
    rowNotes,
    countsKnownWords: true,
  })
  const { collection, columns, fields, questions, words } = opened
  const rows = await firstRows(opened)
  const described = await describeFile(bytes, {
    ...choices,
    layer: layerOf(identity.format, choices),
    encoding: identity.encoding ?? choices.encoding,
    forgiving: choices.encoding !== undefined,
  })
  const { preview, faulty, skipped } = previewRows(opened, rows)
  const { tiles } = opened.context
  const { crs, notes: crsNotes } = opened.crsRead()
  // Loads what cuts polygons, which a file of points has no need of.
  if (tiles.areas > 0) preview.tiling = (await import('../check/tiling.ts')).tilingReport(tiles)
  const field = new Map(columns.described().flatMap((one) => one.columns.map((column) => [column, one.field] as const)))
  const notes = [...described.notes, ...crsNotes, opened.unnamed, ...columnNotes(opened)]
  return {
    preview,
    inspection: {
      collection,
      format: identity.format,
      encoding: identity.encoding,
      crs,
      layers: [...described.layers],
      columns: described.columns.map(({ name, samples }) => ({
        name,
        samples: samples.map(shorten),
        field: field.get(name) ?? null,
      })),
      fields: Object.keys(fields) as FieldName[],
      notes: notes.filter((note) => note !== null),
      questions: [...questions],
      words: wordsByField(words),
      rows: rows.length,
      faulty,
      skipped,
      rowNotes: rowNotes.all(),
      signature: columnSignature(opened.source.columns),
    },
  }
}

async function firstRows({ batches }: OpenedRows): Promise<SourceRow[]> {
  const rows: SourceRow[] = []
  for await (const batch of batches) {
    rows.push(...batch.slice(0, looked - rows.length))
    if (rows.length >= looked) break
  }
  return rows
}

/** Checks the first rows, and shows some of them with their faults, and where they lie. */
function previewRows(opened: OpenedRows, rows: readonly SourceRow[]) {
  const { source, definition, view, context } = opened
  const counts = { faulty: 0, skipped: 0 }
  const preview: ImportPreview = {
    columns: [...source.columns],
    rows: [],
    places: { type: 'FeatureCollection', features: [] },
    tiling: null,
  }
  let shapes = 0
  // Places of an unknown system would only make every row look wrong.
  const isPlaced = opened.plan.crs !== null || opened.questions.every(({ about }) => about !== 'crs')
  for (const row of rows) {
    const values = isPlaced ? definition.check(view.show(row), context) : 'skipped'
    const faulty = view.faults.length > 0 || values === null
    if (values === 'skipped') counts.skipped += isPlaced ? 1 : 0
    else {
      if (faulty) counts.faulty++
      const geometry = shapes > shapesLength ? null : faulty ? faultyPlace(view, context.convert) : stagedPlace(values)
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
  return { preview, ...counts }
}

/** Where a staged row lies, as GeoJSON in WGS84; null where it has no place. */
function stagedPlace({ geometry, position }: Readonly<Record<string, CopyValue>>): unknown {
  if (typeof geometry === 'string') return JSON.parse(geometry) as unknown
  const match = /^\(([^,]+),([^)]+)\)$/.exec(String(position ?? ''))
  return match === null ? null : { type: 'Point', coordinates: [Number(match[1]), Number(match[2])] }
}

/** Where a row lies that has a fault elsewhere, as GeoJSON in WGS84; null where its place itself cannot be read. */
function faultyPlace(view: RowView, convert: ToLonLat): unknown {
  const before = view.faults
  view.faults = []
  const position = readPosition(view, convert)
  const found = view.faults.length === 0 ? position : null
  view.faults = before
  return found === null ? null : { type: 'Point', coordinates: [found.lon, found.lat] }
}

/** The words of each field, those that are not known first. */
function wordsByField(words: ChosenWords): Inspection['words'] {
  return [...Map.groupBy(words.found(), ({ field }) => field)].map(([field, found]) => ({
    field,
    options: words.options(field).map(({ code, label }) => ({ code, label })),
    words: found
      .toSorted((left, right) => Number(left.isKnown) - Number(right.isKnown))
      .map(({ word, rows, code, isKnown }) => ({ word, rows, code, known: isKnown })),
    further: words.further(field).words,
  }))
}

function shorten(cell: unknown): string {
  const text = typeof cell === 'string' ? cell : cell === null || cell === undefined ? '' : JSON.stringify(cell)
  return text.length <= cellLength ? text : `${text.slice(0, cellLength).toWellFormed()}…`
}
