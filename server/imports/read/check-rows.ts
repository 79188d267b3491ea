import type { Fault } from '@minqing/data/domain/import'
import type { Label } from '@minqing/data/domain/label'
import { FileProblem } from '@minqing/data/formats/file-problem'
import { identifyFile, type FileIdentity } from '@minqing/data/formats/open-file'
import type { Bytes, RowSource, SourceRow } from '@minqing/data/formats/source-row'
import { copyLine } from '../../store/copy-rows.ts'
import type { AreaIndex } from '../check/area-index.ts'
import { leftToDatabase, SeenKeys, type ReportedRepeats } from '../check/repeats.ts'
import { stagedValues } from '../collections/collection.ts'
import { loadCollection } from '../collections/collections.ts'
import { columnSignature, unusedColumns } from './column-notes.ts'
import { watchedBytes } from './file-bytes.ts'
import type { Checked, CheckJob } from './messages.ts'
import { columnNotes, openRows, openSource, type OpenedRows } from './open-rows.ts'
import type { Output } from './output.ts'
import { RejectText } from './reject-text.ts'
import { RowNotes } from './row-notes.ts'

/** Rejected rows that are reported one by one; the file of rejected rows has them all. */
const examples = 20
/** Milliseconds between two reports of progress. */
const progressInterval = 200

/**
 * Reads a file row by row, checks each, and sends what the staging table takes and what is rejected. Where the database
 * has found repeats among the staged rows, a second one reports again what is rejected, in the order of the file.
 */
export class RowChecking {
  readonly #job: CheckJob
  readonly #bytes: Bytes
  readonly #identity: FileIdentity
  readonly #areas: AreaIndex
  readonly #output: Output
  readonly #repeats: ReportedRepeats | null
  readonly #rowNotes = new RowNotes()
  readonly #rejectText = new RejectText()
  #progress = { bytes: 0, reportedAt: 0 }
  #read = 0
  #skipped = 0
  #rejected = 0

  private constructor(
    job: CheckJob,
    bytes: Bytes,
    identity: FileIdentity,
    areas: AreaIndex,
    output: Output,
    repeats: ReportedRepeats | null,
  ) {
    this.#job = job
    this.#bytes = bytes
    this.#identity = identity
    this.#areas = areas
    this.#output = output
    this.#repeats = repeats
  }

  /**
   * @param repeats the rows that repeat another, when all have been staged already
   * @throws FileProblem when the file cannot be understood
   */
  static async open(
    job: CheckJob,
    bytes: Bytes,
    areas: AreaIndex,
    output: Output,
    repeats: ReportedRepeats | null = null,
  ): Promise<RowChecking> {
    const listener: { onRead: (read: number) => void } = { onRead: () => {} }
    const watched = watchedBytes(bytes, (read) => listener.onRead(read))
    const identity = await identifyFile(watched, job.request)
    const checking = new RowChecking(job, watched, identity, areas, output, repeats)
    listener.onRead = (read) => (checking.#progress.bytes = read)
    return checking
  }

  /**
   * Checks every row.
   *
   * @throws FileProblem when the file or an option cannot be understood
   */
  async check(): Promise<Checked> {
    const { request } = this.#job
    const { repeats } = await loadCollection(request.collection)
    const opened = await openRows(this.#bytes, this.#identity, request, {
      areas: this.#areas,
      repeats: this.#repeats ?? (repeats === null ? new SeenKeys() : leftToDatabase),
      rowNotes: this.#rowNotes,
    })
    const { source, columns, questions, unnamed } = opened
    if (questions[0] !== undefined) throw problem(questions[0].label)
    for await (const batch of opened.batches) {
      if (this.#read === 0 && unnamed !== null && columns.missing().length === 0) throw problem(unnamed)
      await this.#repeats?.upTo(batch.at(-1)?.ordinal ?? 0)
      for (const row of batch) {
        const faults = this.#checkRow(opened, row)
        if (faults !== null) await this.#reject(source, row, faults)
      }
      await this.#output.flush()
      await this.#reportProgress()
    }
    await this.#output.flush(0)
    refuseMissingColumns(opened)
    noteUnknownWords(opened, this.#rowNotes)
    return this.#checked(opened)
  }

  /** Rows that were refused by what the database holds: the file is read once more for what they held. */
  async reject(refused: ReadonlyMap<number, Label>): Promise<void> {
    if (refused.size > 0) {
      const source = await openSource(this.#bytes, this.#identity, this.#job.request)
      for await (const batch of source.batches) {
        for (const row of batch) {
          const reason = refused.get(row.ordinal)
          if (reason !== undefined) await this.#reject(source, row, [{ field: null, column: null, value: '', reason }])
        }
        await this.#output.flush()
        await this.#reportProgress()
      }
    }
    this.#output.rejects(this.#rejectText.end())
    await this.#output.flush(0)
  }

  /** The faults of a row that is rejected; null where it is staged or skipped. */
  #checkRow({ definition: { check, columns }, view, context }: OpenedRows, row: SourceRow): readonly Fault[] | null {
    this.#read++
    const values = check(view.show(row), context)
    if (values === 'skipped') this.#skipped++
    else if (values === null || view.faults.length > 0) return view.faults
    else if (this.#repeats === null) this.#output.copy(copyLine(stagedValues(columns, row, values)))
    return null
  }

  async #reject(source: RowSource, row: SourceRow, faults: readonly Fault[]): Promise<void> {
    this.#rejected++
    if (this.#rejected <= examples) {
      const sheet = source.sheetOf?.(row.ordinal) ?? null
      const where = { line: row.line, row: row.ordinal, ...(sheet === null ? {} : { sheet }) }
      await this.#output.send({ kind: 'rejected', row: { ...where, faults: [...faults] } })
    }
    this.#output.rejects(this.#rejectText.row(source, row, faults))
  }

  async #reportProgress(): Promise<void> {
    const now = performance.now()
    if (now - this.#progress.reportedAt < progressInterval) return
    this.#progress.reportedAt = now
    await this.#output.send({
      kind: 'progress',
      bytes: this.#progress.bytes,
      size: this.#bytes.size,
      rows: this.#read,
    })
  }

  async #checked(opened: OpenedRows): Promise<Checked> {
    const { source, columns, context } = opened
    const { tiles } = context
    const { crs, notes } = opened.crsRead()
    // Loads what cuts polygons, which a file of points has no need of.
    let tiling = null
    if (tiles.areas > 0) {
      const { tilingReport } = await import('../check/tiling.ts')
      // Somebody waits for a sign of life.
      tiling = tilingReport(tiles, () => void this.#output.send({ kind: 'alive' }))
    }
    return {
      ...this.#identity,
      crs,
      columns: columns.described(),
      unused: unusedColumns(source, columns),
      signature: columnSignature(source.columns),
      read: this.#read,
      skipped: this.#skipped,
      rejected: this.#rejected,
      notes: [...notes, ...source.notes, ...columnNotes(opened)],
      rowNotes: this.#rowNotes.all(),
      tiling,
    }
  }
}

function refuseMissingColumns({ columns, source, words, fields }: OpenedRows): void {
  const unmeant = words.missing(new Set(Object.keys(fields)), new Set(source.columns))
  if (unmeant.length > 0)
    throw new FileProblem(
      `--word 指定的“${unmeant.join('”“')}”既不是字段也不是文件的列。文件的列：${source.columns.join('、')}`,
      `--word names “${unmeant.join('”, “')}”, which is neither a field nor a column of the file. It has: ${source.columns.join(', ')}`,
    )
  const missing = columns.missing()
  if (missing.length === 0) return
  throw new FileProblem(
    `--map 指定的列“${missing.join('”“')}”不在文件里。文件的列：${source.columns.join('、')}`,
    `--map names the column “${missing.join('”, “')}”, which the file does not have. It has: ${source.columns.join(', ')}`,
  )
}

/** Unknown words of a field that a report names. */
const mostUnknown = 50

/** What the words that nobody knows were taken for, and how a person says what they mean. */
function noteUnknownWords({ words, columns }: OpenedRows, rowNotes: RowNotes): void {
  const unknown = words.found().filter(({ isKnown }) => !isKnown)
  for (const [field, found] of Map.groupBy(unknown, (one) => one.field)) {
    const column = columns.indices(field)[0]?.column ?? field
    for (const { word, rows, code } of found.slice(0, mostUnknown)) {
      const { zh, en } = words.options(field).find((option) => option.code === code)?.label ?? { zh: code, en: code }
      rowNotes.add(
        {
          zh: `不认识“${column}”中的“${word}”，记为“${zh}”。可用 --word 指明它的意思`,
          en: `“${word}” in “${column}” is not known and was taken for “${en}”. Specify its meaning with --word`,
        },
        rows,
      )
    }
    const others = found.slice(mostUnknown)
    const further = words.further(field)
    const count = others.length + further.words
    if (count === 0) continue
    rowNotes.add(
      {
        zh: `“${column}”中另有 ${count} 个不认识的词，没有逐个列出。这一列若是说明文字，请用 --ignore 略去；否则请先在文件里统一用词`,
        en: `“${column}” has ${count} more words that are not known and not listed. If it is free text, leave it out with --ignore; else write it with fewer words first`,
      },
      others.reduce((sum, { rows }) => sum + rows, further.rows),
    )
  }
}

function problem({ zh, en }: Label): FileProblem {
  return new FileProblem(zh, en)
}
