import type { FileFormat } from '../domain/file-format.ts'
import type { Label } from '../domain/label.ts'
import { FileProblem } from './file-problem.ts'

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

/** What a person may say about a file instead of leaving it to detection; what is said wins over what is found. */
export type FileChoices = {
  /** A sheet's or layer's name. */
  layer?: string | undefined
  /** The row of the file or sheet in which the column names begin, from 1. */
  headerRow?: number | undefined
  /** How many rows the column names take (two in a two-level header); found when only `headerRow` is said. */
  headerRows?: number | undefined
  encoding?: string | undefined
  /** Text that its encoding does not know is a fault of its row, and not of the file: a person has named the encoding. */
  forgiving?: boolean | undefined
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

/** A sheet or layer; `rows` is an estimate, null where only reading the file would show. */
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

/** The notes of a reader about a file: sentences, and things that it counts while it reads. */
export class RowNotes {
  /** Grows and changes while rows are read. */
  readonly list: Label[]
  readonly #counted = new Map<Label, { index: number; times: number }>()

  constructor(first: readonly Label[] = []) {
    this.list = [...first]
  }

  add(note: Label): void {
    this.list.push(note)
  }

  /** One more of what the label names; the list shows `3 条记录没有图形`. */
  count(what: Label): void {
    const entry = this.#counted.get(what) ?? { index: this.list.push(what) - 1, times: 0 }
    entry.times++
    this.#counted.set(what, entry)
    this.list[entry.index] = { zh: `${entry.times} ${what.zh}`, en: `${entry.times} ${what.en}` }
  }
}

/** Columns of a file that shows its properties feature by feature: each name gets the next place when it is first seen. */
export class GrowingColumns {
  readonly names: string[] = []
  readonly #index = new Map<string, number>()
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  /** A feature's cells, in the order of the columns. @throws FileProblem when there are too many names */
  cells(properties: Iterable<readonly [name: string, value: unknown]>): unknown[] {
    const cells: unknown[] = []
    for (const [name, value] of properties) cells[this.#place(name)] = value
    return cells
  }

  #place(name: string): number {
    const known = this.#index.get(name)
    if (known !== undefined) return known
    const index = this.names.push(name) - 1
    this.#index.set(name, index)
    if (this.names.length <= limits.columns) return index
    throw new FileProblem(
      `“${this.#file}”的属性名超过 ${limits.columns} 个，不像正常的数据，已停止读取`,
      `“${this.#file}” has more than ${limits.columns} names of properties, as no real data has: reading was stopped`,
    )
  }
}
