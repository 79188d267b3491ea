import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { isTableFormat } from '@minqing/data/domain/file-format'
import type { ImportChoices, ImportPreview, ImportSession } from '@minqing/data/domain/import'
import { ProblemError } from '@minqing/data/domain/problem'
import { FileProblem } from '@minqing/data/formats/file-problem'
import type { Config } from '../../config.ts'
import type { Database } from '../../store/connect.ts'
import { type Actor, systemActor } from '../../access/actor.ts'
import { forgetExpired, hasExpired } from '../apply/batch.ts'
import { writeAs } from '../../writing/write-as.ts'
import { RejectFile } from '../apply/reject-file.ts'
import { inspect } from '../read/file-reader.ts'
import type { FilePlace } from '../read/messages.ts'
import { plainName } from '../../http/file-names.ts'
import { besideName } from './file-names.ts'
import {
  alreadyImported,
  beingImported,
  cancelledLabel,
  failureLabel,
  interruptedLabel,
  tooManyInspected,
  unanswered,
} from './problems.ts'
import { rememberedChoices, withOwnSystem } from './remembered-choices.ts'
import { isAlive, RunSignals, Spool, type Upload } from './spool.ts'

/** A session as it is stored on disk: everything that it is asked for, and which process runs it. */
type Stored = Omit<ImportSession, 'progress'> & { place: string; owner: number | null }
type Running = { stop: AbortController; progress: ImportSession['progress']; done: Promise<void> }

export type ImportServiceOptions = {
  directory: string
  /** Bytes that one file may have. */
  limit: number
  /** Bytes that all files may have together; without it, as much as there is room. */
  quota?: number
  now: () => Date
  logError: (error: unknown) => void
}

const day = 86_400_000
/** Milliseconds between two looks at the files of another process, and those in which it should have stopped. */
const pollInterval = 300
const stopTimeout = 20_000
/** Bytes that uploads leave free on the disk: the database needs them to go on. */
const diskReserve = 1_000_000_000
/** Readers that look at files at once: each is a process. */
const mostInspecting = 3

/**
 * Files on their way in: received, looked at, corrected, run, taken away. A session outlives a reload of the page and a
 * restart of the server, and is cleared after a day; a run that the server did not survive has written nothing.
 */
export class ImportService {
  readonly #database: Database
  readonly #options: ImportServiceOptions
  readonly #spool: Spool
  readonly #signals: RunSignals
  readonly #running = new Map<string, Running>()
  /** Of a session: what is chosen in one tab is not to be lost in what another is doing. */
  readonly #queue = new SerialQueue()
  #inspecting = 0

  constructor(database: Database, options: ImportServiceOptions) {
    this.#database = database
    this.#options = options
    this.#spool = new Spool(options.directory, {
      file: options.limit,
      total: options.quota ?? Infinity,
      reserve: diskReserve,
    })
    this.#signals = new RunSignals(this.#spool)
  }

  /** Bytes that one file may have. */
  get limit(): number {
    return this.#options.limit
  }

  /** Takes a file and says what it is. */
  async receive(name: string, upload: Upload): Promise<ImportSession> {
    const own = plainName(name)
    const id = await this.#spool.create()
    try {
      const place = `file${own.extension}`
      const size = await this.#spool.receive(id, place, upload)
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
  async receiveBeside(id: string, name: string, upload: Upload): Promise<ImportSession> {
    await this.#idle(id)
    await this.#spool.receive(id, besideName(name), upload)
    return this.#queue.run(id, async () => {
      const { file, ...stored } = await this.#idle(id)
      const beside = [...new Set([...file.beside, plainName(name).name])]
      return this.#inspect({ ...stored, file: { ...file, beside } }, stored.inspection === null)
    })
  }

  async session(id: string): Promise<ImportSession> {
    const stored = await this.#stored(id)
    const shown = this.#shown(stored)
    if (stored.state !== 'running' || this.#running.has(id)) return shown
    return { ...shown, progress: await this.#signals.readProgress(id) }
  }

  async preview(id: string): Promise<ImportPreview> {
    await this.#stored(id)
    return this.#spool.read<ImportPreview>(id, 'preview.json')
  }

  /** Replaces what was chosen, and looks at the file again. */
  async choose(id: string, choices: ImportChoices): Promise<ImportSession> {
    return this.#queue.run(id, async () => this.#inspect({ ...(await this.#idle(id)), choices }, false))
  }

  /** Begins to import, as it was last chosen; `session` shows how far it is. */
  async run(id: string, actor: Actor): Promise<ImportSession> {
    return this.#queue.run(id, () => this.#begin(id, actor))
  }

  async #begin(id: string, actor: Actor): Promise<ImportSession> {
    const stored = await this.#idle(id)
    if (stored.report?.written === true) throw alreadyImported()
    if (stored.inspection === null || stored.inspection.questions.length > 0)
      throw unanswered(stored.problem ?? stored.inspection?.questions[0]?.label)
    const begun: Stored = { ...stored, state: 'running', problem: null, report: null, owner: process.pid }
    await this.#signals.clear(id)
    await this.#save(begun)
    const running: Running = { stop: new AbortController(), progress: null, done: Promise.resolve() }
    this.#running.set(id, running)
    // What fails here is tried again, and ends with the run.
    const following = setInterval(() => void this.#exchange(id, running).catch(() => {}), pollInterval)
    running.done = this.#import(begun, actor, running)
      .catch(this.#options.logError)
      .finally(() => {
        clearInterval(following)
        this.#running.delete(id)
      })
    return this.#shown(begun)
  }

  /** Stops a run, whichever process of this machine has it: nothing of it is written. */
  async cancel(id: string): Promise<ImportSession> {
    return this.#queue.run(id, async () => {
      await this.#stop(id)
      return this.session(id)
    })
  }

  /** Takes the file away. */
  async discard(id: string): Promise<void> {
    await this.#queue.run(id, async () => {
      await this.#stop(id)
      await this.#spool.remove(id)
    })
  }

  async #stop(id: string): Promise<void> {
    const running = this.#running.get(id)
    if (running !== undefined) {
      running.stop.abort(new Error('cancelled'))
      await running.done
    } else if (await this.#runsElsewhere(id)) {
      await this.#signals.askToStop(id)
      for (let waited = 0; waited < stopTimeout && (await this.#runsElsewhere(id)); waited += pollInterval)
        // Until the other process has heard of it.
        await delay(pollInterval)
    }
  }

  async #runsElsewhere(id: string): Promise<boolean> {
    const stored = await this.#stored(id).catch(() => null)
    return stored?.state === 'running'
  }

  /** What another process is to know of a run of ours, and what it wants of it. */
  async #exchange(id: string, { stop, progress }: Running): Promise<void> {
    await this.#signals.writeProgress(id, progress)
    if (await this.#signals.isToStop(id)) stop.abort(new Error('cancelled'))
  }

  /** The file of rejected rows, and what to call it. */
  async rejects(id: string): Promise<{ path: string; name: string }> {
    const { report, file } = await this.#stored(id)
    if (report?.rejects.file == null)
      throw new ProblemError('not_found', { zh: '这次导入没有被拒绝的行', en: 'This import has no rejected rows' })
    const table = isTableFormat(report.format)
    const name = `${file.name.replace(/\.[^.]+$/, '')}.rejects${table ? '.csv' : '.geojson'}`
    return { path: this.#spool.path(id, 'rejects'), name }
  }

  /** Clears what is older than a day, and runs that ended with an earlier process. */
  async sweep(): Promise<void> {
    const cutoff = this.#options.now().getTime() - day
    for (const { id, changedAt } of await this.#spool.all()) {
      // A few, and nobody waits.
      const stored = await this.#spool.read<Stored>(id, 'session.json').catch(() => null)
      const received = stored === null ? changedAt : Date.parse(stored.receivedAt)
      if (received < cutoff && !this.#running.has(id)) await this.#spool.remove(id)
    }
  }

  /** Stops every run. */
  async close(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((id) => this.cancel(id)))
  }

  async #import(stored: Stored, actor: Actor, running: Running): Promise<void> {
    const { id, choices, inspection } = stored
    const { collection: chosen, skipInvalid, ...rest } = choices
    const collection = chosen ?? inspection?.collection ?? 'incidents'
    const rejects = new RejectFile(this.#spool.path(id, 'rejects'))
    let outcome: Partial<Stored>
    let fault: unknown
    try {
      // Loaded where it is needed: it brings what draws boundaries.
      const { importFile } = await import('../apply/import-file.ts')
      const report = await importFile(
        this.#database,
        this.#placeOf(stored),
        { ...rest, collection },
        {
          skipInvalid: skipInvalid === true,
          rejects,
          actor,
          signal: running.stop.signal,
          onProgress: (progress) => (running.progress = progress),
        },
      )
      const file = report.rejects.file === null ? null : 'rejects'
      outcome = { state: 'finished', report: { ...report, rejects: { ...report.rejects, file } } }
    } catch (error) {
      const cancelled = running.stop.signal.aborted
      outcome = { state: 'received', problem: cancelled ? cancelledLabel : failureLabel(error) }
      if (!cancelled && !(error instanceof FileProblem)) fault = error
    }
    await this.#save({ ...stored, owner: null, ...outcome })
    if (fault !== undefined) throw fault
  }

  async #inspect(stored: Stored, mayRemember: boolean): Promise<ImportSession> {
    if (this.#inspecting >= mostInspecting) throw tooManyInspected()
    this.#inspecting++
    let next = stored
    try {
      let seen = await inspect(this.#database, this.#placeOf(stored), stored.choices)
      const remembered = mayRemember ? await rememberedChoices(this.#database, seen.inspection.signature) : null
      if (remembered !== null) {
        const { choices: chosen, format, ...from } = remembered
        const choices = withOwnSystem(chosen, format, seen.inspection)
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
    return { ...stored, state: 'received', owner: null, problem: interruptedLabel }
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

const hour = 3_600_000

/** Drops what was kept to undo imports whose time for that is over, where there is any. */
async function forget(database: Database): Promise<void> {
  if (!(await hasExpired(database))) return
  await writeAs(database, systemActor, { action: 'forget', object: 'import' }, async (writing) => {
    writing.details['imports'] = await forgetExpired(writing.transaction)
  })
}

/**
 * The server's service, by the clock of the machine (a demo's may stand still). `begin` clears what has expired, now and
 * once an hour; `close` stops what is running.
 */
export function openImportService(
  config: Config,
  database: Database,
  logError: (error: unknown) => void,
): { service: ImportService; begin: () => void; close: () => Promise<void> } {
  const { limit, quota } = config.imports
  const directory = join(config.dataDirectory, 'imports')
  const service = new ImportService(database, { directory, limit, quota, now: () => new Date(), logError })
  const clear = () => {
    service.sweep().catch(logError)
    forget(database).catch(logError)
  }
  let clearing: NodeJS.Timeout | undefined
  const begin = () => {
    clear()
    clearing = setInterval(clear, hour).unref()
  }
  const close = async () => {
    clearInterval(clearing)
    await service.close()
  }
  return { service, begin, close }
}

/** Lets what is done to one id happen one after the other, in the order in which it was asked for. */
class SerialQueue {
  readonly #last = new Map<string, Promise<unknown>>()

  /** Does `work` when everything asked before for the same id has ended, however it ended. */
  async run<T>(id: string, work: () => Promise<T>): Promise<T> {
    const mine = (this.#last.get(id) ?? Promise.resolve()).then(work, work)
    this.#last.set(id, mine)
    try {
      return await mine
    } finally {
      if (this.#last.get(id) === mine) this.#last.delete(id)
    }
  }
}
