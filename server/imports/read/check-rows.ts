import type { Label } from '@minqing/data/domain/label'
import { ColumnMap } from '@minqing/data/formats/columns/columns'
import { FileProblem } from '@minqing/data/formats/file-problem'
import { identifyFile, openFile, type FileIdentity } from '@minqing/data/formats/open-file'
import type { FieldNames } from '@minqing/data/formats/field-names'
import type { Bytes, RowSource, SourceRow } from '@minqing/data/formats/source-row'
import type { AreaBook } from '../check/area-index.ts'
import type { Check, CheckContext } from '../check/check-context.ts'
import { fieldsOf, loadCheck } from '../collections/checkers.ts'
import { copyLine } from '../../store/copy-text.ts'
import { refuseOpenQuestions } from './open-questions.ts'
import { datumIn, planImport, resolveCrs, type ImportPlan } from '../plan.ts'
import { leftToDatabase, SeenKeys, type ToldRepeats } from '../check/repeats.ts'
import type { Fault } from '@minqing/data/domain/import'
import { rowNames } from '../check/row-names.ts'
import { RowView } from '../check/row-view.ts'
import { repeatKeys } from '../collections/staging.ts'
import type { Checked, CheckJob } from './messages.ts'
import { northingFirst } from '@minqing/data/geo/prove-crs'
import type { TiledArea } from '@minqing/data/geo/tiling'
import { layerFor } from './layer-for.ts'
import type { Output } from './output.ts'
import { noColumns } from './no-columns.ts'
import { proveDatum } from './prove-datum.ts'
import { RejectText } from './reject-text.ts'
import { columnSignature } from './column-signature.ts'
import { Remarks } from './row-notes.ts'
import { unclearNames } from './unclear-names.ts'
import { unusedPlaces } from './column-notes.ts'
import { watchedBytes } from './watched-bytes.ts'

/** Rejected rows that are told one by one; the file of rejected rows has them all. */
const examples = 20
/** Milliseconds between two signs of progress. */
const pace = 200

/**
 * Reads a file row by row, checks each, and sends what the staging table takes and what is rejected. Where the database
 * has found repeats among the staged rows, a second one says anew what is rejected, in the order of the file.
 */
export class RowChecking {
  readonly #job: CheckJob
  readonly #bytes: Bytes
  readonly #identity: FileIdentity
  readonly #plan: ImportPlan
  readonly #book: AreaBook
  readonly #output: Output
  readonly #check: Check
  readonly #told: ToldRepeats | null
  readonly #columns: ColumnMap
  readonly #remarks = new Remarks()
  readonly #notes: Label[] = []
  readonly #rejectText = new RejectText()
  #progress = { bytes: 0, told: 0 }
  readonly #tiles: TiledArea[] = []
  #crs: string = 'wgs84'
  #read = 0
  #skipped = 0
  #rejected = 0

  private constructor(
    job: CheckJob,
    bytes: Bytes,
    { identity, check }: { identity: FileIdentity; check: Check },
    book: AreaBook,
    output: Output,
    told: ToldRepeats | null,
  ) {
    this.#job = job
    this.#bytes = bytes
    this.#identity = identity
    this.#plan = planImport(job.request, job.file.name)
    this.#book = book
    this.#output = output
    this.#check = check
    this.#told = told
    const fields = fieldsOf[job.request.collection]
    this.#columns = new ColumnMap(fields, this.#plan.manual, this.#plan.ignored, datumIn(this.#plan))
    refuseUnknownFields(this.#plan, fields)
  }

  /**
   * @param told the rows that repeat another, when all have been staged already
   * @throws FileProblem when the file or an option cannot be understood
   */
  static async open(
    job: CheckJob,
    bytes: Bytes,
    book: AreaBook,
    output: Output,
    told: ToldRepeats | null = null,
  ): Promise<RowChecking> {
    const holder: { told: (read: number) => void } = { told: () => {} }
    const watched = watchedBytes(bytes, (read) => holder.told(read))
    const identity = await identifyFile(watched, job.request)
    const check = await loadCheck(job.request.collection)
    const checking = new RowChecking(job, watched, { identity, check }, book, output, told)
    holder.told = (read) => (checking.#progress.bytes = read)
    return checking
  }

  /** Checks every row. */
  async check(): Promise<Checked> {
    const source = await this.#open()
    refuseOpenQuestions(source, this.#plan)
    this.#columns.learn(source.columns)
    let check: ((row: SourceRow) => readonly Fault[] | null) | null = null
    for await (const batch of source.batches) {
      this.#columns.learn(source.columns)
      check ??= this.#begin(source, batch)
      await this.#told?.upTo(batch.at(-1)?.ordinal ?? 0)
      for (const row of batch) {
        const faults = check(row)
        if (faults !== null) await this.#reject(source, row, faults)
      }
      await this.#output.flush()
      await this.#tellProgress()
    }
    await this.#output.flush(0)
    this.#notes.push(...source.notes)
    const unused = unusedPlaces(source, this.#columns, fieldsOf[this.#job.request.collection])
    const unclear = unclearNames(source, this.#columns)
    this.#notes.push(...[unused, unclear].filter((note) => note !== null))
    this.#refuseMissingColumns(source)
    return this.#checked(source)
  }

  /** Rows that were refused by what the database holds: the file is read once more for what they said. */
  async reject(refused: ReadonlyMap<number, Label>): Promise<void> {
    if (refused.size > 0) {
      const source = await this.#open()
      for await (const batch of source.batches) {
        for (const row of batch) {
          const reason = refused.get(row.ordinal)
          if (reason !== undefined) await this.#reject(source, row, [{ column: null, value: '', reason }])
        }
        await this.#output.flush()
        await this.#tellProgress()
      }
    }
    this.#output.rejects(this.#rejectText.end())
    await this.#output.flush(0)
  }

  #open(): Promise<RowSource> {
    const { request } = this.#job
    const layer = request.layer ?? layerFor(this.#identity.format, request.collection)
    return openFile(this.#bytes, { ...request, layer, encoding: this.#identity.encoding ?? undefined })
  }

  /** Refuses what cannot be meant before the first row is: an option, then a table of which no column is known. */
  #begin(source: RowSource, first: readonly SourceRow[]): (row: SourceRow) => readonly Fault[] | null {
    const check = this.#rowCheck(source, first)
    const unnamed = noColumns(source, this.#columns)
    if (unnamed !== null && this.#columns.missing().length === 0) throw new FileProblem(unnamed.zh, unnamed.en)
    return check
  }

  #rowCheck(source: RowSource, first: readonly SourceRow[]): (row: SourceRow) => readonly Fault[] | null {
    const view = new RowView(this.#columns, this.#plan.constants)
    const proof = proveDatum(source, first, view, this.#plan, this.#book)
    if (proof.question !== null) throw new FileProblem(proof.question.zh, proof.question.en)
    const { crs, convert: straight, notes } = resolveCrs(this.#plan, source.format, proof.crs ?? source.crs)
    const convert = proof.swapped ? northingFirst(straight) : straight
    notes.push(...proof.notes)
    this.#crs = crs
    this.#notes.push(...notes)
    const context: CheckContext = {
      plan: this.#plan,
      book: this.#book,
      crs,
      convert,
      local: this.#plan.local,
      repeats: this.#told ?? (repeatKeys[this.#plan.collection] === null ? new SeenKeys() : leftToDatabase),
      nameRow: rowNames(source),
      tiles: this.#tiles,
      remark: (label, row) => this.#remarks.add(label, 1, row),
    }
    return (row) => {
      this.#read++
      const values = this.#check(view.show(row), context)
      if (values === 'skipped') this.#skipped++
      else if (values === null || view.faults.length > 0) return view.faults
      else if (this.#told === null) this.#output.copy(copyLine(values))
      return null
    }
  }

  async #reject(source: RowSource, row: SourceRow, faults: readonly Fault[]): Promise<void> {
    this.#rejected++
    if (this.#rejected <= examples) {
      const sheet = source.sheetOf?.(row.ordinal) ?? null
      const where = { line: row.line, row: row.ordinal, ...(sheet === null ? {} : { sheet }) }
      await this.#output.say({ kind: 'rejected', row: { ...where, faults: [...faults] } })
    }
    this.#output.rejects(this.#rejectText.row(source, row, faults))
  }

  async #tellProgress(): Promise<void> {
    const now = performance.now()
    if (now - this.#progress.told < pace) return
    this.#progress.told = now
    await this.#output.say({
      kind: 'progress',
      bytes: this.#progress.bytes,
      size: this.#bytes.size,
      rows: this.#read,
    })
  }

  #refuseMissingColumns(source: RowSource): void {
    const missing = this.#columns.missing()
    if (missing.length === 0) return
    throw new FileProblem(
      `--map 指定的列“${missing.join('”“')}”不在文件里。文件的列：${source.columns.join('、')}`,
      `--map names the column “${missing.join('”, “')}”, which the file does not have. It has: ${source.columns.join(', ')}`,
    )
  }

  async #checked(source: RowSource): Promise<Checked> {
    // Brings what cuts polygons, which a file of points has no need of.
    const tiling = this.#tiles.length === 0 ? null : (await import('../check/tiling.ts')).tilingReport(this.#tiles)
    return {
      ...this.#identity,
      crs: this.#crs,
      columns: this.#columns.described(),
      signature: columnSignature(source.columns),
      read: this.#read,
      skipped: this.#skipped,
      rejected: this.#rejected,
      notes: this.#notes,
      remarks: this.#remarks.all(),
      tiling,
    }
  }
}

function refuseUnknownFields(plan: ImportPlan, fields: FieldNames): void {
  for (const field of plan.constants.keys())
    if (!(field in fields))
      throw new FileProblem(
        `--set ${field}：没有这个字段。可用的字段：${Object.keys(fields).join('、')}`,
        `--set ${field}: there is no such field. Fields are: ${Object.keys(fields).join(', ')}`,
      )
}
