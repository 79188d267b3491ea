import type { SourceCrs } from '@minqing/data/domain/datum'
import type { FieldName } from '@minqing/data/domain/field-name'
import type { Label } from '@minqing/data/domain/label'
import type { FileFormat } from '@minqing/data/domain/file-format'
import type { KnownArea } from '../check/area-index.ts'
import type { TilingReport } from '../check/tiling.ts'
import type { ImportRequest } from '../plan.ts'
import type { Repeat } from '../check/repeats.ts'
import type { ImportChoices, ImportPreview, Inspection, RejectedRow } from '@minqing/data/domain/import'

/** The file as it lies on disk, and what the person calls it. */
export type FilePlace = { path: string; name: string }

/** The first order to a reader. */
export type ReaderJob = CheckJob | InspectJob

/** Looks at the beginning of a file. */
export type InspectJob = { kind: 'inspect'; file: FilePlace; choices: ImportChoices }

/** Checks every row, for the database to take. */
export type CheckJob = {
  kind: 'check'
  file: FilePlace
  request: ImportRequest
}

/**
 * The orders afterwards: areas in pieces, then to begin; where rows repeat others, to check all of them again, and
 * which ones, piece by piece; and at the end which rows the database refused.
 */
export type ReaderOrder =
  | { kind: 'areas'; areas: KnownArea[] }
  | { kind: 'begin' }
  | { kind: 'again' }
  | { kind: 'repeats'; repeats: readonly Repeat[] }
  | { kind: 'refused'; rows: [ordinal: number, reason: Label][] }

/** What the reader found out about the file as a whole. */
export type Checked = {
  format: FileFormat
  encoding: string | null
  /** Null where no coordinates were read. */
  crs: SourceCrs | null
  columns: { field: FieldName; columns: string[] }[]
  unused: string[]
  /** Of all column names: files with the same ones are alike. */
  signature: string
  read: number
  skipped: number
  rejected: number
  notes: Label[]
  rowNotes: { label: Label; rows: number }[]
  /** Where grids do not fit together. */
  tiling: TilingReport | null
}

/** What a reader says, besides rows for COPY and the text of rejected rows. */
export type ReaderMessage =
  /** Bytes are being read: a file of gigabytes may take longer than an answer may, before its first row. */
  | { kind: 'alive' }
  | { kind: 'progress'; bytes: number; size: number; rows: number }
  | { kind: 'rejected'; row: RejectedRow }
  | { kind: 'checked'; checked: Checked }
  /** The next rows that repeat another are wanted. */
  | { kind: 'more' }
  | { kind: 'inspected'; inspection: Inspection; preview: ImportPreview }
  /** After the refused rows: their count, and the end. */
  | { kind: 'done' }
  /** The file or an option cannot be understood. */
  | { kind: 'problem'; label: Label }
  /** A fault of ours: where it happened, without what the file held. */
  | { kind: 'failed'; name: string; at: string }
