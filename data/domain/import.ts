import { z } from 'zod'
import { FieldName, fieldLabels } from './field-name.ts'
import { FileFormat } from './file-format.ts'
import { Instant } from './instant.ts'
import type { Label } from './label.ts'
import { PositionSource } from './position-source.ts'

/** What can be imported into; `areas` takes rows of all three levels, distinguished by a column or their codes. */
export const importCollections = [
  'areas',
  'streets',
  'communities',
  'grids',
  'buildings',
  'incidents',
  'facilities',
  'base',
] as const
export const ImportCollection = z.enum(importCollections)
export type ImportCollection = z.infer<typeof ImportCollection>

/** No text of the database holds a NUL or half a character. */
const Said = z
  .string()
  .max(500)
  .refine((text) => !text.includes('\0') && text.isWellFormed(), {
    error: '含有空字符或不完整的字符 · NUL or half a character',
  })

/** What a person says about a file, in the words of the command line; everything else is recognised. */
export const ImportChoices = z.strictObject({
  collection: ImportCollection.optional(),
  layer: Said.optional(),
  headerRow: z.int().min(1).max(1000).optional(),
  headerRows: z.int().min(1).max(20).optional(),
  encoding: Said.optional(),
  delimiter: Said.optional(),
  crs: Said.optional(),
  timeZone: Said.optional(),
  /** `<9 digits>` or `<9 digits>=<name>`: where rows without a code belong. */
  street: Said.optional(),
  /** The 9 digits of `street` once more, where there is no such sub-district yet and one is to be made. */
  newStreet: Said.optional(),
  source: Said.optional(),
  /** `field=column` */
  map: z.array(Said).max(200).readonly().optional(),
  /** Columns that are not imported although their names are known. */
  ignore: z.array(Said).max(1000).readonly().optional(),
  /** `field=value` for every row. */
  set: z.array(Said).max(100).readonly().optional(),
  /** `address=target`: what an address means, as the code of a building or area or a known address; `-` for nowhere. */
  place: z.array(Said).max(1000).readonly().optional(),
  /** `field=word=code`: what a word of a closed set means in this file; a column's name and a label serve as well. */
  words: z.array(Said).max(1000).readonly().optional(),
  /** Imports the accepted rows although others are rejected. */
  skipInvalid: z.boolean().optional(),
})
export type ImportChoices = z.infer<typeof ImportChoices>

const Words = z.object({ zh: z.string(), en: z.string() })
const Count = z.int().min(0)

/** What only a person can say; `about` names the choice that answers it, `answers` choices that do so at once. */
export const ImportQuestion = z.object({
  about: z.string(),
  label: Words,
  answers: z.array(z.object({ label: Words, choices: ImportChoices })).optional(),
})
export type ImportQuestion = z.infer<typeof ImportQuestion>

/**
 * Why a value cannot be taken: the field at fault (null: the row as a whole), the column of the file that it is read from
 * (null: there is none), what stands there, the reason.
 */
export const Fault = z.object({
  field: FieldName.nullable(),
  column: z.string().nullable(),
  value: z.string(),
  reason: Words,
})
export type Fault = z.infer<typeof Fault>

/** Where a fault is: its column in the words of the file, else what its field is called; null for the row as a whole. */
export function faultPlace({ column, field }: Fault): Label | null {
  if (column !== null) return { zh: column, en: column }
  return field === null ? null : fieldLabels[field]
}

/** A row by its number among those read and by its line in the file; in a workbook of several sheets, in its sheet. */
export const RejectedRow = z.object({
  line: z.int(),
  row: z.int(),
  sheet: z.string().optional(),
  faults: z.array(Fault),
})
export type RejectedRow = z.infer<typeof RejectedRow>

const RowNote = z.object({ label: Words, rows: Count })

/** What was recognised in a file, from its beginning. */
export const Inspection = z.object({
  collection: ImportCollection,
  format: FileFormat,
  encoding: z.string().nullable(),
  /** Null where no coordinates were read. */
  crs: z.string().nullable(),
  layers: z.array(z.object({ name: z.string(), rows: z.int().nullable(), hidden: z.boolean() })),
  /** Each column with some of its values and the field it is read as. */
  columns: z.array(z.object({ name: z.string(), samples: z.array(z.string()), field: FieldName.nullable() })),
  /** Fields that the collection has. */
  fields: z.array(FieldName),
  notes: z.array(Words),
  questions: z.array(ImportQuestion),
  /**
   * Fields of closed sets with the words that occur and the codes that they are taken for, unknown ones first; and how
   * many further words are unknown.
   */
  words: z.array(
    z.object({
      field: FieldName,
      options: z.array(z.object({ code: z.string(), label: Words })),
      words: z.array(z.object({ word: z.string(), rows: Count, code: z.string(), known: z.boolean() })),
      further: Count,
    }),
  ),
  /** Rows looked at, and how they fared. */
  rows: Count,
  faulty: Count,
  skipped: Count,
  rowNotes: z.array(RowNote),
  signature: z.string(),
})
export type Inspection = z.infer<typeof Inspection>

/** The first rows as they would come in: each cell in the file's words, and what is wrong with it. */
export const ImportPreview = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.object({ row: z.int(), line: z.int(), cells: z.array(z.string()), faults: z.array(Fault) })),
  /** Where rows lie, in WGS84, as GeoJSON; `row` and `line` name the row, `faulty` says that it would be rejected. */
  places: z.object({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()) }),
  /** How grids overlap or leave gaps: in words, as an SVG picture, and as GeoJSON text; null where they fit. */
  tiling: z.object({ label: Words, svg: z.string(), geojson: z.string() }).nullable(),
})
export type ImportPreview = z.infer<typeof ImportPreview>

/** What became of rows that have an address and no position, and what a person has to decide. */
export const AddressReport = z.object({
  /** Rows by how exactly they were placed. */
  placed: z.array(z.object({ source: PositionSource, rows: Count })),
  /** Rows with more than one place that may be meant, and with none. */
  undecided: Count,
  unplaced: Count,
  /** How many different addresses are not sure, and the first of them, those with candidates before the others. */
  different: Count,
  list: z.array(
    z.object({
      address: z.string(),
      rows: Count,
      candidates: z.array(z.object({ target: z.string(), label: z.string(), certainty: z.number().min(0).max(1) })),
    }),
  ),
})
export type AddressReport = z.infer<typeof AddressReport>

export const ImportCounts = z.object({
  read: Count,
  inserted: Count,
  updated: Count,
  unchanged: Count,
  skipped: Count,
  rejected: Count,
})
export type ImportCounts = z.infer<typeof ImportCounts>

/** What an import did, or would do. */
export const ImportReport = ImportCounts.extend({
  collection: ImportCollection,
  file: z.string(),
  source: z.string(),
  format: FileFormat,
  /** Null where the format says it itself. */
  encoding: z.string().nullable(),
  /** Null where no coordinates were read. */
  crs: z.string().nullable(),
  columns: z.array(z.object({ field: FieldName, columns: z.array(z.string()) })),
  /** Columns that were not imported. */
  unused: z.array(z.string()),
  dryRun: z.boolean(),
  /** Whether the database now holds the accepted rows. */
  written: z.boolean(),
  /** Number of the import, to undo it by; null when nothing changed. */
  batch: z.int().nullable(),
  notes: z.array(Words),
  /** Whether it made areas on ground of their own while the demo is still there: its removal is offered. */
  besideDemo: z.boolean(),
  rowNotes: z.array(RowNote),
  addresses: AddressReport.nullable(),
  rejects: z.object({ file: z.string().nullable(), examples: z.array(RejectedRow) }),
})
export type ImportReport = z.infer<typeof ImportReport>

export const importStates = ['received', 'running', 'finished'] as const

/** A file that has been handed over and waits, runs or is done. Kept for a day. */
export const ImportSession = z.object({
  id: z.string(),
  file: z.object({ name: z.string(), size: Count, beside: z.array(z.string()) }),
  state: z.enum(importStates),
  receivedAt: Instant,
  expiresAt: Instant,
  choices: ImportChoices,
  /** The import whose choices were taken over, because its file had the same columns. */
  remembered: z.object({ file: z.string(), at: Instant }).nullable(),
  inspection: Inspection.nullable(),
  /** Why the file cannot be read as chosen, or why the last run ended. */
  problem: Words.nullable(),
  progress: z.object({ bytes: z.number(), size: z.number(), rows: Count }).nullable(),
  report: ImportReport.nullable(),
})
export type ImportSession = z.infer<typeof ImportSession>

/** An import that was made, as it is remembered. */
export const ImportRecord = z.object({
  id: z.int(),
  at: Instant,
  via: z.enum(['command', 'web']),
  who: z.string(),
  collection: ImportCollection,
  source: z.string(),
  file: z.string(),
  format: z.string(),
  counts: ImportCounts,
  undoneAt: Instant.nullable(),
  /** Until when it can be undone. */
  undoUntil: Instant,
  undoable: z.boolean(),
})
export type ImportRecord = z.infer<typeof ImportRecord>
