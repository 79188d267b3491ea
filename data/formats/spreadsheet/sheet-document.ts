import { FileProblem } from '../file-problem.ts'
import type { FileFormat } from '../../domain/file-format.ts'
import type { Merge } from '../tables/table-header.ts'
import {
  largestSheet,
  maximumSheets,
  tooLarge,
  type Missing,
  type Sheet,
  type SheetRow,
  type Workbook,
} from './workbook.ts'

export type DocumentSheet = Sheet & { index: number; merges: Merge[] }

/** Rows of one sheet, and what their cells are missing. */
type Batch = { sheet: number; rows: SheetRow[]; missing: Missing }

/** Cells that a document may repeat by a number instead of writing them: as many as a large ledger has. */
const maximumRepeated = 5_000_000

/** Gathers the sheets of a document that holds them one after the other, as its reader meets them. */
export class SheetGatherer {
  readonly sheets: DocumentSheet[] = []
  readonly #file: string
  #batches: Batch[] = []
  #repeated = 0

  /** @param file how it is called in a message */
  constructor(file: string) {
    this.#file = file
  }

  begin(name: string, hidden: boolean): void {
    if (this.sheets.length >= maximumSheets)
      throw new FileProblem(
        `“${this.#file}”里的表超过 ${maximumSheets} 张，无法读取`,
        `“${this.#file}” has more than ${maximumSheets} tables, which cannot be read`,
      )
    const index = this.sheets.push({ name, hidden, index: this.sheets.length, merges: [] }) - 1
    this.#batches.push({ sheet: index, rows: [], missing: { errors: 0, formulas: 0 } })
  }

  /**
   * @param times how often the row stands there
   * @throws FileProblem when the row lies beyond the largest sheet, or too much is repeated
   */
  row(row: SheetRow, times = 1): void {
    if (row.line + times - 1 > largestSheet.rows) this.refuse()
    this.repeat(row.cells.length * (times - 1))
    const { rows } = this.#batch()
    rows.push(row)
    for (let more = 1; more < times; more++) rows.push({ ...row, line: row.line + more, cells: [...row.cells] })
  }

  /** @throws FileProblem, always: what was found lies beyond the largest sheet */
  refuse(): never {
    throw tooLarge(this.#file)
  }

  /** Counts cells that the document does not write one by one. */
  repeat(cells: number): void {
    this.#repeated += cells
    if (this.#repeated > maximumRepeated) this.refuse()
  }

  merge(merge: Merge): void {
    const merges = this.sheets.at(-1)?.merges
    if (merges !== undefined && merges.length < largestSheet.merges) merges.push(merge)
  }

  missing(what: keyof Missing): void {
    this.#batch().missing[what]++
  }

  /** What has been gathered since the last time. */
  take(): Batch[] {
    const batches = this.#batches
    const last = this.sheets.length - 1
    this.#batches = last === -1 ? [] : [{ sheet: last, rows: [], missing: { errors: 0, formulas: 0 } }]
    return batches
  }

  #batch(): Batch {
    const batch = this.#batches.at(-1)
    if (batch === undefined) throw new Error('a row before the first sheet')
    return batch
  }
}

/**
 * The sheets of a document that holds them one after the other, so that it has to be read from its beginning to reach
 * one. Sheets that are read in their order take one pass together.
 */
export class SheetDocument {
  readonly sheets: readonly DocumentSheet[]
  readonly #open: (gatherer: SheetGatherer) => AsyncIterable<void>
  readonly #file: string
  #pass: Pass | null = null

  private constructor(
    sheets: readonly DocumentSheet[],
    file: string,
    open: (gatherer: SheetGatherer) => AsyncIterable<void>,
  ) {
    this.sheets = sheets
    this.#file = file
    this.#open = open
  }

  /**
   * Looks through the whole document for its sheets and their joined cells.
   *
   * @param open reads the document from its beginning into the gatherer, pausing after each piece
   */
  static async read(file: string, open: (gatherer: SheetGatherer) => AsyncIterable<void>): Promise<SheetDocument> {
    const gatherer = new SheetGatherer(file)
    for await (const _ of open(gatherer)) gatherer.take()
    return new SheetDocument(gatherer.sheets, file, open)
  }

  /** As a workbook, whose rows `readSheets` reads. */
  workbook(format: FileFormat): Workbook<DocumentSheet> {
    return {
      format,
      file: this.#file,
      sheets: this.sheets,
      since1904: false,
      rows: (sheet, missing) => this.#rows(sheet, missing),
      merges: ({ merges }) => Promise.resolve(merges),
    }
  }

  async *#rows({ index }: DocumentSheet, missing: Missing): AsyncGenerator<SheetRow[]> {
    if (this.#pass === null || !this.#pass.reaches(index)) {
      const gatherer = new SheetGatherer(this.#file)
      this.#pass = new Pass(batchesOf(gatherer, this.#open(gatherer)))
    }
    yield* this.#pass.rows(index, missing)
  }
}

async function* batchesOf(gatherer: SheetGatherer, pieces: AsyncIterable<void>): AsyncGenerator<Batch> {
  for await (const _ of pieces) yield* gatherer.take()
  yield* gatherer.take()
}

/** One reading of a document from its beginning. */
class Pass {
  readonly #batches: AsyncIterator<Batch, unknown>
  /** The first batch of the sheet after the one that was read. */
  #ahead: Batch | null = null
  #next = 0
  #busy = false

  constructor(batches: AsyncIterator<Batch, unknown>) {
    this.#batches = batches
  }

  /** Whether that sheet still lies ahead, and no other is being read. */
  reaches(sheet: number): boolean {
    return !this.#busy && sheet >= this.#next
  }

  async *rows(sheet: number, missing: Missing): AsyncGenerator<SheetRow[]> {
    this.#busy = true
    this.#next = sheet + 1
    try {
      for (;;) {
        const batch = this.#ahead ?? (await this.#following())
        this.#ahead = null
        if (batch === null) return
        if (batch.sheet > sheet) {
          this.#ahead = batch
          return
        }
        if (batch.sheet < sheet) continue
        missing.errors += batch.missing.errors
        missing.formulas += batch.missing.formulas
        if (batch.rows.length > 0) yield batch.rows
      }
    } finally {
      this.#busy = false
    }
  }

  async #following(): Promise<Batch | null> {
    const next = await this.#batches.next()
    return next.done === true ? null : next.value
  }
}
