import type { Label } from '@minqing/data/domain/label'
import { FileProblem } from '@minqing/data/formats/file-problem'
import type { Database, Transaction } from '../../store/connect.ts'
import type { Actor } from '../../access/actor.ts'
import { writeAs, type Writing } from '../../writing/write-as.ts'
import { type AddressSource, stagingColumns, type Applied, type Collection } from '../collections/collection.ts'
import { loadCollection } from '../collections/collections.ts'
import type { AddressReport, ImportCounts, ImportReport, RejectedRow } from '@minqing/data/domain/import'
import { beginBatch, endBatch, forgetExpired, lockImports, madeAreasBesideDemo } from './batch.ts'
import { analyzeWritten } from './analyze-written.ts'
import { CopyRows } from '../../store/copy-rows.ts'
import { endWithSignal } from './end-with-signal.ts'
import { findRepeats } from './find-repeats.ts'
import { askStreet } from '../check/ask-street.ts'
import { FileReader, sendAreas } from '../read/file-reader.ts'
import { planImport, type ImportPlan, type ImportRequest } from '../plan.ts'
import type { Checked, FilePlace } from '../read/messages.ts'
import { RowNotes } from '../read/row-notes.ts'
import { notInFile } from '../addresses/answers.ts'
import type { RejectFile } from './reject-file.ts'
import type { Repeat } from '../check/repeats.ts'
import { suspectInput } from './suspect-input.ts'
import { writeTiling } from '../check/tiling.ts'

export type ImportProgress = { bytes: number; size: number; rows: number }

export type ImportOptions = {
  /** Checks and counts everything, and writes nothing. */
  dryRun?: boolean
  /** Writes the accepted rows although others are rejected. */
  skipInvalid?: boolean
  rejects: RejectFile
  /** What the names of pictures begin with, where somebody wants files of them. */
  drawTo?: string
  actor: Actor
  onProgress?: (progress: ImportProgress) => void
  signal?: AbortSignal
}

/**
 * Imports a file into a collection in one transaction: every accepted row is in, or none.
 *
 * A child process reads and checks the rows (`../read/file-reader.ts`) while the database takes them into a temporary table; what
 * is new or different is then merged. A rejected row leaves everything as it was, unless `skipInvalid`.
 *
 * @throws FileProblem when the file or an option cannot be understood; nothing has been written then
 */
export async function importFile(
  database: Database,
  file: FilePlace,
  request: ImportRequest,
  options: ImportOptions,
): Promise<ImportReport> {
  const { signal = new AbortController().signal } = options
  signal.throwIfAborted()
  const plan = planImport(request, file.name)
  const reader = new FileReader(file)
  const cancel = () => reader.stop(signal.reason as Error)
  signal.addEventListener('abort', cancel)
  const job = new ImportJob(plan, file, request, options, reader)
  const undo = new Error('rolled back on purpose')
  try {
    await writeAs(database, options.actor, { action: 'import', object: request.collection }, async (writing) => {
      const { transaction } = writing
      // Joins and sorts of a million rows: in memory where that is cheap.
      await transaction`set local work_mem = '64MB'`
      await endWithSignal(signal, database, transaction, async () => {
        await lockImports(transaction)
        await job.run(transaction)
      })
      if (!job.written) throw undo
      job.describe(writing)
    })
  } catch (error) {
    if (error !== undo) throw error
  } finally {
    signal.removeEventListener('abort', cancel)
    await reader.close()
    await options.rejects.close()
  }
  return job.report()
}

class ImportJob {
  readonly #plan: ImportPlan
  readonly #file: FilePlace
  readonly #request: ImportRequest
  readonly #options: ImportOptions
  readonly #reader: FileReader
  readonly #rowNotes = new RowNotes()
  readonly #examples: RejectedRow[] = []
  #checked: Checked | null = null
  #batch: number | null = null
  #addresses: AddressReport | null = null
  #usedPlaces: ReadonlySet<string> = new Set()
  #besideDemo = false
  #applied: Applied = { inserted: 0, updated: 0, unchanged: 0, touched: [] }
  #refused = 0

  constructor(plan: ImportPlan, file: FilePlace, request: ImportRequest, options: ImportOptions, reader: FileReader) {
    this.#plan = plan
    this.#file = file
    this.#request = request
    this.#options = options
    this.#reader = reader
  }

  get #rejected(): number {
    return (this.#checked?.rejected ?? 0) + this.#refused
  }

  get written(): boolean {
    return this.#options.dryRun !== true && (this.#rejected === 0 || this.#options.skipInvalid === true)
  }

  async run(transaction: Transaction): Promise<void> {
    const skipInvalid = this.#options.skipInvalid === true
    const question = await askStreet(transaction, this.#plan)
    if (question !== null && this.#options.dryRun !== true) throw new FileProblem(question.label.zh, question.label.en)
    await this.#reader.order({ kind: 'check', file: this.#file, request: this.#request })
    await sendAreas(transaction, this.#reader, this.#plan.street?.code ?? null)
    const collection = await loadCollection(this.#plan.collection)
    await transaction.unsafe(`create temp table import_row (${stagingColumns(collection.columns)}) on commit drop`)
    const checked = await this.#rejectRepeats(transaction, collection, await this.#stage(transaction))
    this.#checked = checked
    if (question !== null) checked.notes.push(question.label)
    await this.#refuseSuspicious(transaction, checked)
    if (checked.rejected === 0 || skipInvalid) await this.#apply(transaction, collection, checked)
    else await this.#refuse(new Map())
  }

  /** The last that the reader is needed for: its memory goes before the database is written and counted. */
  async #refuse(refused: ReadonlyMap<number, Label>): Promise<void> {
    this.#refused = refused.size
    await this.#reader.order({ kind: 'refused', rows: [...refused] })
    await this.#listen(null)
    await this.#reader.close()
  }

  /** A dry run only reports; a run stops before anything is written, until the person has said what is meant. */
  async #refuseSuspicious(transaction: Transaction, checked: Checked): Promise<void> {
    const { notes, stop } = await suspectInput(transaction, this.#plan, checked.crs)
    checked.notes.push(...notes)
    const { tiling } = checked
    const { drawTo } = this.#options
    if (tiling !== null) checked.notes.push(drawTo === undefined ? tiling.label : await writeTiling(tiling, drawTo))
    if (stop !== null && this.#options.dryRun !== true) throw new FileProblem(stop.zh, stop.en)
  }

  async #stage(transaction: Transaction): Promise<Checked> {
    const copy = await CopyRows.open(transaction, 'import_row')
    try {
      const checked = await this.#listen(copy)
      if (checked === null) throw new Error('the reader ended before it had read everything')
      await copy.end(transaction)
      return checked
    } catch (error) {
      copy.abort(error)
      throw error
    }
  }

  /** Where rows repeat others, the reader goes over the file again, so that it names them in their places. */
  async #rejectRepeats(transaction: Transaction, { repeats: key }: Collection, checked: Checked): Promise<Checked> {
    if (key === null) return checked
    const { next, alike } = await findRepeats(transaction, key)
    if (alike > 0) this.#rowNotes.add(allImported, alike)
    if (next === null) return checked
    await this.#options.rejects.restart()
    this.#examples.length = 0
    await this.#reader.order({ kind: 'again' })
    return (await this.#listen(null, next)) ?? checked
  }

  /** Takes what the reader says, until it has checked every row or is done. */
  async #listen(copy: CopyRows | null, repeats?: () => Promise<Repeat[]>): Promise<Checked | null> {
    for (;;) {
      const said = await this.#reader.next()
      switch (said.kind) {
        case 'copy':
          await copy?.send(said.body)
          break
        case 'rejects':
          await this.#options.rejects.append(said.body)
          break
        case 'rejected':
          this.#examples.push(said.row)
          break
        case 'progress':
          this.#options.onProgress?.({ bytes: said.bytes, size: said.size, rows: said.rows })
          break
        case 'checked':
          return said.checked
        case 'more':
          await this.#reader.order({ kind: 'repeats', repeats: (await repeats?.()) ?? [] })
          break
        case 'done':
          return null
        case 'inspected':
          throw new Error('the reader was not asked to inspect')
      }
    }
  }

  async #apply(transaction: Transaction, collection: Collection, checked: Checked): Promise<void> {
    const { format, signature } = checked
    const { actor } = this.#options
    const file = this.#file.name
    const batch = await beginBatch(transaction, {
      plan: this.#plan,
      request: this.#request,
      file,
      format,
      signature,
      actor,
    })
    const given = new Set([...checked.columns.map(({ field }) => field), ...this.#plan.constants.keys()])
    const plan = { ...this.#plan, batch, given }
    const merge = await collection.merge()
    this.#applied = await merge(transaction, collection, plan, {
      note: (label, rows) => this.#rowNotes.add(label, rows),
      place: (how) => this.#place(transaction, batch, how),
      refuse: (refused) => this.#refuse(refused),
    })
    const unusedPlaces = notInFile(this.#plan.places.keys(), this.#usedPlaces)
    if (unusedPlaces !== null) checked.notes.push(unusedPlaces)
    const { touched, inserted, updated } = this.#applied
    const changed = touched.length > 0
    await endBatch(transaction, batch, { counts: this.#counts(checked), changed, collection })
    await forgetExpired(transaction)
    if (!changed) return
    await analyzeWritten(transaction, touched, inserted + updated)
    this.#batch = batch
    if (touched.includes('areas')) this.#besideDemo = await madeAreasBesideDemo(transaction, batch)
  }

  async #place(transaction: Transaction, batch: number, how?: AddressSource): Promise<void> {
    const column = transaction(`r.${how?.column ?? 'address'}`)
    const [wanting] = await transaction`
      select from import_row r where position is null and ${column} <> '' limit 1`
    if (wanting === undefined && this.#plan.places.size === 0) return
    // With the readings of Chinese characters it takes 35 MB: only where there is something to place.
    const { RowPlacing } = await import('../addresses/place-rows.ts')
    const placing = new RowPlacing(transaction, this.#plan.places, how)
    this.#addresses = await placing.place()
    this.#usedPlaces = placing.used
    await placing.remember(batch)
  }

  #counts({ read, skipped }: Checked): ImportCounts {
    const { inserted, updated, unchanged, merged = 0 } = this.#applied
    return { read, inserted, updated, unchanged, skipped: skipped + merged, rejected: this.#rejected }
  }

  /** What the transaction has done, once it has run. */
  describe(writing: Writing): void {
    if (this.#batch === null) return
    writing.change(this.#applied.touched)
    writing.target = String(this.#batch)
    writing.area = this.#plan.street?.code
    if (this.#checked !== null) Object.assign(writing.details, this.#counts(this.#checked))
  }

  report(): ImportReport {
    const checked = this.#checked
    if (checked === null) throw new Error('the import has not run')
    const { format, encoding, crs, columns, unused, notes } = checked
    for (const { label, rows } of checked.rowNotes) this.#rowNotes.add(label, rows)
    return {
      collection: this.#plan.collection,
      file: this.#file.name,
      source: this.#plan.source,
      format,
      encoding,
      crs,
      columns,
      unused,
      dryRun: this.#options.dryRun === true,
      written: this.written,
      batch: this.written ? this.#batch : null,
      ...this.#counts(checked),
      notes,
      besideDemo: this.written && this.#besideDemo,
      rowNotes: this.#rowNotes.all(),
      addresses: this.#addresses,
      rejects: { file: this.#options.rejects.written ? this.#options.rejects.path : null, examples: this.#examples },
    }
  }
}

const allImported = {
  zh: '没有编号，识别出的各列与其他行相同而整行不同，已全部导入',
  en: 'without a number, like other rows in all that is recognised and different elsewhere, all imported',
}
