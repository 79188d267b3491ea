import { ColumnMap } from '@minqing/data/formats/columns'
import { FileProblem } from '@minqing/data/formats/file-problem'
import type { Label } from '@minqing/data/domain/label'
import type { RowSource, SourceRow } from '@minqing/data/formats/source-row'
import { SeenKeys } from '@minqing/data/formats/seen-keys'
import type { Database, Transaction } from '../store/connect.ts'
import { touch } from '../store/touch.ts'
import { AreaBook } from './area-book.ts'
import { CopyRows } from './copy-rows.ts'
import type { Applied, CheckContext, Importer } from './importer.ts'
import { importers } from './importers.ts'
import { planImport, resolveCrs, type ImportPlan, type ImportRequest } from './plan.ts'
import type { RejectFile } from './reject-file.ts'
import type { ImportReport } from './report.ts'
import { RowView, type Fault } from './row-view.ts'

export type ImportOptions = {
  /** Checks and counts everything, and writes nothing. */
  dryRun?: boolean
  /** Writes the accepted rows although others are rejected. */
  skipInvalid?: boolean
  rejects: RejectFile
  onProgress?: (progress: { bytes: number; size: number; rows: number }) => void
  signal?: AbortSignal
}

/** Any number, the same everywhere: imports number new areas and buildings, so they go one after the other. */
const importLock = 7_301_997

/**
 * Imports a file into a collection in one transaction: every accepted row is in, or none.
 *
 * Rows are checked as they are read and copied into a temporary table; what is new or different is then merged. A
 * rejected row leaves everything as it was, unless `skipInvalid`.
 *
 * @throws FileProblem when the file or an option cannot be understood; nothing has been written then
 */
export async function importFile(
  database: Database,
  request: ImportRequest,
  options: ImportOptions,
): Promise<ImportReport> {
  const progress = { bytes: 0 }
  const job = new ImportJob(await planImport(watched(request, options, progress)), options, progress)
  const undo = new Error('rolled back on purpose')
  try {
    await database.begin(async (transaction) => {
      // Joins and sorts of a million rows: in memory where that is cheap.
      await transaction`set local statement_timeout = 0`
      await transaction`set local work_mem = '64MB'`
      await transaction`select pg_advisory_xact_lock(${importLock})`
      await job.run(transaction)
      if (!job.written) throw undo
    })
  } catch (error) {
    if (error !== undo) throw error
  } finally {
    await options.rejects.close()
  }
  return job.report()
}

/** The request with a file that counts its bytes while the rows are read, and stops when the signal says so. */
function watched(request: ImportRequest, { signal }: ImportOptions, progress: { bytes: number }): ImportRequest {
  const { bytes } = request
  async function* open() {
    progress.bytes = 0
    for await (const chunk of bytes.open()) {
      signal?.throwIfAborted()
      progress.bytes += chunk.length
      yield chunk
    }
  }
  const read = async (offset: number, length: number) => {
    signal?.throwIfAborted()
    const part = await bytes.read(offset, length)
    progress.bytes += part.length
    return part
  }
  return { ...request, bytes: { ...bytes, open, read } }
}

class ImportJob {
  readonly #plan: ImportPlan
  readonly #options: ImportOptions
  readonly #progress: { bytes: number }
  readonly #importer: Importer
  readonly #columns: ColumnMap
  readonly #remarks = new Map<string, { label: Label; rows: number }>()
  readonly #notes: Label[] = []
  readonly #examples: ImportReport['rejects']['examples'] = []
  #crs: string | null = null
  #read = 0
  #skipped = 0
  #rejected = 0
  #applied: Applied = { inserted: 0, updated: 0, unchanged: 0, refused: new Map(), touched: [] }

  constructor(plan: ImportPlan, options: ImportOptions, progress: { bytes: number }) {
    this.#plan = plan
    this.#progress = progress
    this.#options = options
    this.#importer = importers[plan.collection]
    this.#columns = new ColumnMap(this.#importer.fields, plan.manual)
    for (const field of plan.constants.keys())
      if (!(field in this.#importer.fields))
        throw new FileProblem(
          `--set ${field}：没有这个字段。可用的字段：${Object.keys(this.#importer.fields).join('、')}`,
          `--set ${field}: there is no such field. Fields are: ${Object.keys(this.#importer.fields).join(', ')}`,
        )
  }

  get written(): boolean {
    return this.#options.dryRun !== true && (this.#rejected === 0 || this.#options.skipInvalid === true)
  }

  async run(transaction: Transaction): Promise<void> {
    const book = await AreaBook.load(transaction, this.#plan.street?.code ?? null)
    await transaction.unsafe(
      `create temp table import_row (${this.#importer.staging.map(([name, type]) => `${name} ${type}`).join(', ')}) on commit drop`,
    )
    await this.#stage(transaction, book)
    if (this.#rejected > 0 && this.#options.skipInvalid !== true) return
    this.#applied = await this.#importer.apply(transaction, this.#plan, (remark) => this.#remark(remark))
    await this.#reportRefused()
    const { inserted, updated, touched } = this.#applied
    if (inserted + updated > 0) await touch(transaction, touched)
  }

  async #stage(transaction: Transaction, book: AreaBook): Promise<void> {
    const source = await this.#plan.open()
    const copy = await CopyRows.open(transaction, 'import_row')
    try {
      await this.#readInto(copy, source, book)
    } catch (error) {
      copy.abort(error)
      throw error
    }
    await copy.end(transaction)
    const missing = this.#columns.missing()
    if (missing.length > 0)
      throw new FileProblem(
        `--map 指定的列“${missing.join('”“')}”不在文件里。文件的列：${source.columns.join('、')}`,
        `--map names the column “${missing.join('”, “')}”, which the file does not have. It has: ${source.columns.join(', ')}`,
      )
  }

  async #readInto(copy: CopyRows, source: RowSource, book: AreaBook): Promise<void> {
    this.#columns.learn(source.columns)
    let check: ((row: SourceRow) => readonly Fault[] | null) | null = null
    for await (const batch of source.batches) {
      this.#columns.learn(source.columns)
      check ??= this.#checker(source, book, copy)
      for (const row of batch) {
        const faults = check(row)
        if (faults !== null) await this.#reject(source, row, faults)
      }
      await copy.flush()
      this.#options.onProgress?.({ bytes: this.#progress.bytes, size: this.#plan.bytes.size, rows: this.#read })
    }
    this.#notes.push(...source.notes)
  }

  #checker(source: RowSource, book: AreaBook, copy: CopyRows): (row: SourceRow) => readonly Fault[] | null {
    const { crs, convert, notes } = resolveCrs(this.#plan, source.crs)
    this.#crs = crs
    this.#notes.push(...notes)
    const view = new RowView(this.#columns, this.#plan.constants)
    const remark = (label: Label) => this.#remark(label)
    const context: CheckContext = {
      plan: this.#plan,
      book,
      crs,
      convert,
      local: this.#plan.local,
      seen: new SeenKeys(),
      remark,
    }
    return (row) => {
      this.#read++
      const values = this.#importer.check(view.show(row), context)
      if (values === 'skipped') this.#skipped++
      else if (values === null || view.faults.length > 0) return view.faults
      else if (this.#rejected === 0 || this.#options.skipInvalid === true) copy.write(values)
      return null
    }
  }

  async #reject(source: RowSource, row: SourceRow, faults: readonly Fault[]): Promise<void> {
    this.#rejected++
    if (this.#examples.length < 20) this.#examples.push({ line: row.line, row: row.ordinal, faults: [...faults] })
    await this.#options.rejects.write(source, row, faults)
  }

  /** Rows that were refused by what the database holds: the file is read once more for what they said. */
  async #reportRefused(): Promise<void> {
    const { refused } = this.#applied
    if (refused.size === 0) return
    const source = await this.#plan.open()
    for await (const batch of source.batches)
      for (const row of batch) {
        const reason = refused.get(row.ordinal)
        if (reason !== undefined) await this.#reject(source, row, [{ column: null, value: '', reason }])
      }
  }

  #remark(label: Label): void {
    const remark = this.#remarks.get(label.en)
    if (remark === undefined) this.#remarks.set(label.en, { label, rows: 1 })
    else remark.rows++
  }

  report(): ImportReport {
    const { inserted, updated, unchanged } = this.#applied
    const { collection, bytes, format, encoding, source } = this.#plan
    return {
      collection,
      file: bytes.name,
      source,
      format,
      encoding,
      crs: this.#crs ?? 'wgs84',
      columns: this.#columns.described(),
      dryRun: this.#options.dryRun === true,
      written: this.written,
      read: this.#read,
      inserted,
      updated,
      unchanged,
      skipped: this.#skipped + (this.#applied.merged ?? 0),
      rejected: this.#rejected,
      notes: this.#notes,
      remarks: [...this.#remarks.values()],
      rejects: { file: this.#options.rejects.written ? this.#options.rejects.path : null, examples: this.#examples },
    }
  }
}
