import type { Label } from '../domain/label.ts'

/** A file's bytes, readable more than once: detection reads it before the rows are. */
export type Bytes = {
  name: string
  size: number
  open: () => AsyncIterable<Uint8Array>
}

/** One row of a table or one feature, as the file has it. */
export type SourceRow = {
  /** Among the file's rows or features, from 1. */
  ordinal: number
  /** Physical line of the file on which it begins, from 1. */
  line: number
  /** Values in the order of `columns`: strings in CSV, any JSON in GeoJSON; undefined where there is none. */
  cells: readonly unknown[]
  /** GeoJSON's geometry; undefined in a table. */
  geometry: unknown
  /** GeoJSON's feature id. */
  id: string | null
  /** The feature's own text; null in a table, whose cells say everything. */
  raw: string | null
  /** Set where the row itself is broken (quotes, too many cells, JSON). */
  fault: Label | null
}

/** Rows in batches, in bounded memory. `columns` grows while a GeoJSON shows new properties. */
export type RowSource = {
  format: 'csv' | 'geojson'
  columns: readonly string[]
  /** A `crs` member's name, known once it has been read. */
  crs: string | null
  batches: AsyncIterable<SourceRow[]>
}

/** Limits, in characters: beyond them a file is broken or not meant for this. */
export const limits = { cell: 1_000_000, row: 4_000_000, feature: 64_000_000, columns: 1_000 } as const
