import type { ImportChoices, ImportPreview, ImportSession } from '@minqing/data/domain/import'
import type { Label } from '@minqing/data/domain/label'
import { ProblemError } from '@minqing/data/domain/problem'
import { FileProblem } from '@minqing/data/formats/file-problem'
import type { Database } from '../../store/connect.ts'
import type { Importer } from '../batch.ts'
import type { FilePlace } from '../reader/messages.ts'
import { RejectFile } from '../reject-file.ts'
import { inspect } from './inspect.ts'
import { besideName, plainName } from './file-name.ts'
import { rememberedChoices } from './remembered-choices.ts'
import { noSuchImport, Spool } from './spool.ts'

/** What is kept of a session on disk: everything that it is asked for, and which process runs it. */
type Stored = Omit<ImportSession, 'progress'> & { place: string; owner: number | null }
type Running = { stop: AbortController; progress: ImportSession['progress']; done: Promise<void> }

export type DeskOptions = {
  directory: string
  /** Bytes that one file may have. */
  limit: number
  now: () => Date
  logError: (error: unknown) => void
}

const day = 86_400_000
/** Readers that look at files at once: each is a process. */
const mostInspecting = 3

/**
 * Files on their way in: received, looked at, corrected, run, taken away. A session outlives a reload of the page and a
 * restart of the server, and is cleared after a day; a run that the server did not survive has written nothing.
 */
export class ImportDesk {
  readonly #database: Database
  readonly #options: DeskOptions
  readonly #spool: Spool
  readonly #running = new Map<string, Running>()
  #inspecting = 0

  constructor(database: Database, options: DeskOptions) {
    this.#database = database
    this.#options = options
    this.#spool = new Spool(options.directory, options.limit)
  }

  /** Bytes that one file may have. */
  get limit(): number {
    return this.#options.limit
  }

  /** Takes a file and says what it is. */
  async receive(name: string, bytes: AsyncIterable<Uint8Array>): Promise<ImportSession> {
    const own = plainName(name)
    const id = await this.#spool.create()
    try {
      const place = `file${own.extension}`
      const size = await this.#spool.receive(id, place, bytes)
      const receivedAt = this.#options.now()
      const stored: Stored = {
        id,
        file: { name: own.name, size, beside: [] },
        state: 'received',
        receivedAt: receivedAt.toISOString(),
        expiresAt: new Date(receivedAt.getTime() + day).toISOString(),
        choices: {},
        remembered: null,
        inspection: null,
        problem: null,
        report: null,
        place,
        owner: null,
      }
      return await this.#inspect(stored, true)
    } catch (error) {
      await this.#spool.remove(id)
      throw error
    }
  }

  /** Takes a file that belongs beside the first one (`.dbf`, `.prj`, …), and looks again. */
  async receiveBeside(id: string, name: string, bytes: AsyncIterable<Uint8Array>): Promise<ImportSession> {
    const stored = await this.#idle(id)
    const place = besideName(name)
    await this.#spool.receive(id, place, bytes)
    stored.file = { ...stored.file, beside: [...stored.file.beside, plainName(name).name] }
    return this.#inspect(stored, stored.inspection === null)
  }

  async session(id: string): Promise<ImportSession> {
    return this.#shown(await this.#stored(id))
  }

  async preview(id: string): Promise<ImportPreview> {
    await this.#stored(id)
    return this.#spool.read<ImportPreview>(id, 'preview.json')
  }

  /** Replaces what was chosen, and looks at the file again. */
  async choose(id: string, choices: ImportChoices): Promise<ImportSession> {
    const stored = await this.#idle(id)
    return this.#inspect({ ...stored, choices }, false)
  }

  /** Begins to import; `session` tells how far it is. */
  async run(id: string, importer: Importer): Promise<ImportSession> {
    const stored = await this.#idle(id)
    if (stored.inspection === null || stored.inspection.questions.length > 0) throw unanswered(stored)
    // Two who begin in the same moment both found it idle.
    if (this.#running.has(id)) throw beingImported()
    const begun: Stored = { ...stored, state: 'running', problem: null, report: null, owner: process.pid }
    const stop = new AbortController()
    const running: Running = { stop, progress: null, done: Promise.resolve() }
    this.#running.set(id, running)
    await this.#save(begun)
    running.done = this.#import(begun, importer, running)
      .catch((error: unknown) => this.#options.logError(error))
      .finally(() => this.#running.delete(id))
    return this.#shown(begun)
  }

  /** Stops a run: nothing of it is written. */
  async cancel(id: string): Promise<ImportSession> {
    const running = this.#running.get(id)
    running?.stop.abort(new Error('cancelled'))
    await running?.done
    return this.session(id)
  }

  /** Takes the file away. */
  async discard(id: string): Promise<void> {
    await this.cancel(id)
    await this.#spool.remove(id)
  }

  /** The file of rejected rows, and what to call it. */
  async rejects(id: string): Promise<{ path: string; name: string }> {
    const { report, file } = await this.#stored(id)
    if (report?.rejects.file == null)
      throw new ProblemError('not_found', { zh: '这次导入没有被拒绝的行', en: 'This import has no rejected rows' })
    const table = report.format === 'csv' || report.format === 'xlsx'
    const name = `${file.name.replace(/\.[^.]+$/, '')}.rejects${table ? '.csv' : '.geojson'}`
    return { path: this.#spool.path(id, 'rejects'), name }
  }

  /** Clears what is older than a day, and runs that ended with an earlier process. */
  async sweep(): Promise<void> {
    const cutoff = this.#options.now().getTime() - day
    for (const { id, changedAt } of await this.#spool.all()) {
      // oxlint-disable-next-line no-await-in-loop -- a few, and nobody waits
      const stored = await this.#spool.read<Stored>(id, 'session.json').catch(() => null)
      const received = stored === null ? changedAt : Date.parse(stored.receivedAt)
      // oxlint-disable-next-line no-await-in-loop
      if (received < cutoff && !this.#running.has(id)) await this.#spool.remove(id)
    }
  }

  /** Stops every run. */
  async close(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((id) => this.cancel(id)))
  }

  async #import(stored: Stored, importer: Importer, running: Running): Promise<void> {
    const { id, choices, inspection } = stored
    const { collection: chosen, skipInvalid, ...rest } = choices
    const collection = chosen ?? inspection?.collection ?? 'incidents'
    const rejects = new RejectFile(this.#spool.path(id, 'rejects'))
    try {
      // Loaded where it is needed: it brings what draws boundaries.
      const { importFile } = await import('../import-file.ts')
      const report = await importFile(
        this.#database,
        this.#placeOf(stored),
        { ...rest, collection },
        {
          skipInvalid: skipInvalid === true,
          rejects,
          importer,
          signal: running.stop.signal,
          onProgress: (progress) => (running.progress = progress),
        },
      )
      const file = report.rejects.file === null ? null : 'rejects'
      await this.#save({
        ...stored,
        state: 'finished',
        owner: null,
        report: { ...report, rejects: { ...report.rejects, file } },
      })
    } catch (error) {
      const cancelled = running.stop.signal.aborted
      await this.#save({
        ...stored,
        state: 'received',
        owner: null,
        problem: cancelled ? cancelledLabel : labelOf(error),
      })
      if (!cancelled && !(error instanceof FileProblem)) throw error
    }
  }

  async #inspect(stored: Stored, mayRemember: boolean): Promise<ImportSession> {
    if (this.#inspecting >= mostInspecting) throw busy()
    this.#inspecting++
    let next = stored
    try {
      let seen = await inspect(this.#database, this.#placeOf(stored), stored.choices)
      const remembered = mayRemember ? await rememberedChoices(this.#database, seen.inspection.signature) : null
      if (remembered !== null) {
        const { choices, ...from } = remembered
        // Choices of another file may not suit this one: then it is looked at as it is.
        const again = await inspect(this.#database, this.#placeOf(stored), choices).catch(() => null)
        if (again !== null) {
          seen = again
          next = { ...next, choices, remembered: from }
        }
      }
      next = { ...next, state: 'received', inspection: seen.inspection, problem: null, report: null }
      await this.#spool.write(stored.id, 'preview.json', seen.preview)
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error
      next = { ...next, state: 'received', problem: error.label, report: null }
    } finally {
      this.#inspecting--
    }
    await this.#save(next)
    return this.#shown(next)
  }

  #placeOf({ id, place, file }: Stored): FilePlace {
    return { path: this.#spool.path(id, place), name: file.name }
  }

  async #stored(id: string): Promise<Stored> {
    let stored = await this.#spool.read<Stored>(id, 'session.json')
    // A run of ours that ended while that was being read has written how it ended.
    if (stored.state === 'running' && !this.#running.has(id))
      stored = await this.#spool.read<Stored>(id, 'session.json')
    if (stored.state !== 'running' || this.#running.has(id) || isAlive(stored.owner)) return stored
    return { ...stored, state: 'received', owner: null, problem: interrupted }
  }

  async #idle(id: string): Promise<Stored> {
    const stored = await this.#stored(id)
    if (stored.state === 'running') throw beingImported()
    return stored
  }

  async #save(stored: Stored): Promise<void> {
    await this.#spool.write(stored.id, 'session.json', stored)
  }

  #shown({ place: _place, owner: _owner, ...session }: Stored): ImportSession {
    return { ...session, progress: this.#running.get(session.id)?.progress ?? null }
  }
}

const cancelledLabel = { zh: '已取消，没有写入任何数据', en: 'Cancelled; nothing was written' }
const interrupted = {
  zh: '服务器在导入途中停止，没有写入任何数据。请重新导入',
  en: 'The server ended during the import; nothing was written. Import it again',
}

function labelOf(error: unknown): Label {
  if (error instanceof FileProblem) return error.label
  if (error instanceof ProblemError) return error.detail
  return {
    zh: '导入时服务器出错，没有写入任何数据；原因已记入日志。请重试',
    en: 'The server failed during the import and wrote nothing; the log has the cause. Try again',
  }
}

function isAlive(pid: number | null): boolean {
  if (pid === null || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function unanswered({ problem, inspection }: Stored): ProblemError {
  const [question] = inspection?.questions ?? []
  const label = problem ?? question?.label
  return label === undefined ? noSuchImport() : new ProblemError('conflict', label)
}

function beingImported(): ProblemError {
  return new ProblemError(
    'conflict',
    { zh: '这个文件正在导入', en: 'This file is being imported' },
    { remedy: { zh: '请等它完成，或先取消', en: 'Wait for it, or cancel it first' } },
  )
}

function busy(): ProblemError {
  return new ProblemError(
    'too_many_requests',
    { zh: '同时识别的文件过多', en: 'Too many files are being looked at' },
    { remedy: { zh: '请在十秒后重试', en: 'Try again in ten seconds' } },
  )
}
