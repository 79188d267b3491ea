import type { Label } from '../domain/label.ts'

/** A file's bytes, readable more than once: detection reads it before the rows are. */
export type Bytes = {
  name: string
  size: number
  /** The file on disk, for readers that need one (a database file, files beside it); null where there is none. */
  path: string | null
  /** From the first byte to the last. */
  open: () => AsyncIterable<Uint8Array>
  /** Any part: the bytes from `offset`, fewer than `length` only where the file ends. */
  read: (offset: number, length: number) => Promise<Uint8Array>
}

/** What a file can be, once its content has been looked at (`identify.ts`). */
export const fileFormats = ['csv', 'xlsx', 'geojson', 'shapefile', 'geopackage', 'kml', 'osm'] as const
export type FileFormat = (typeof fileFormats)[number]

/** What a person may say about a file instead of leaving it to detection; what is said wins over what is found. */
export type FileChoices = {
  /** A sheet's or layer's name. */
  layer?: string | undefined
  /** The row of the file or sheet in which the column names begin, from 1. */
  headerRow?: number | undefined
  /** How many rows the column names take (two in a two-level header); found when only `headerRow` is said. */
  headerRows?: number | undefined
  encoding?: string | undefined
  /** One character. */
  delimiter?: string | undefined
}

/** One row of a table or one feature, as the file has it. */
export type SourceRow = {
  /** Among the file's rows or features, from 1. */
  ordinal: number
  /** Physical line of the file (in a sheet: its row) on which it begins, from 1. */
  line: number
  /** Values in the order of `columns`: strings in CSV, any JSON in GeoJSON; undefined where there is none. */
  cells: readonly unknown[]
  /** GeoJSON's geometry; undefined in a table. */
  geometry: unknown
  /** GeoJSON's feature id. */
  id: string | null
  /** The feature's own text; null where the cells say everything. */
  raw: string | null
  /** Set where the row itself is broken (quotes, too many cells, JSON). */
  fault: Label | null
}

/** `about` names the choice that answers it. */
export type Question = { about: keyof FileChoices | 'crs'; label: Label }

/** A sheet or layer; `rows` is an estimate, null where only reading would tell. */
export type FileLayer = { name: string; rows: number | null; hidden: boolean }

/** Rows in batches, in bounded memory. `columns` grows while a GeoJSON shows new properties. */
export type RowSource = {
  format: FileFormat
  columns: readonly string[]
  /** A `crs` member's name, known once it has been read. */
  crs: string | null
  /** Row (from 1) where a table's column names begin, and how many rows they take. */
  header?: { row: number; rows: number }
  /** What separates the cells of a text table. */
  delimiter?: string
  /**
   * What only a person can say: which of several layers, or a coordinate system that must not be assumed. The import
   * stops with it until it is answered.
   */
  questions?: readonly Question[]
  /** Sheets or layers to choose from, where the file has several. */
  layers?: readonly FileLayer[]
  /** Where the rows of several sheets are read: the sheet of a row that has been read, by its ordinal. */
  sheetOf?: (ordinal: number) => string | null
  /** What the reader decided by itself: sheet, header rows, rows left out. Complete once all rows are read. */
  notes: readonly Label[]
  batches: AsyncIterable<SourceRow[]>
}

/** Limits, in characters: beyond them a file is broken or not meant for this. */
export const limits = { cell: 1_000_000, row: 4_000_000, feature: 16_000_000, columns: 1_000 } as const
