import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { AnalysisQuestion, AnalysisRecord, AnalysisState } from '@minqing/data/domain/analysis'
import type { AnalysisHistory, AnalysisPassport } from '@minqing/data/domain/analysis-passport'
import type { CollectionName } from '@minqing/data/domain/data-status'
import { ProblemError } from '@minqing/data/domain/problem'
import { dayText, homeDayNumber } from '@minqing/data/domain/local-time'
import { LRUCache } from 'lru-cache'
import type { Actor } from '../access/actor.ts'
import type { CellCache } from '../counts/cell-cache.ts'
import { localMonthOf } from '../published/months.ts'
import { wholeStreets } from '../published/select-groups.ts'
import { type CollectionVersion, collectionVersions } from '../store/collection-versions.ts'
import type { Database } from '../store/connect.ts'
import type { ReadPools } from '../store/read-pools.ts'
import { readAs, scopeKey } from '../store/scope.ts'
import type { AnalysisInput } from './analysis-input.ts'
import { historyOf } from './hot-spot-history.ts'
import { InputCache } from './input-cache.ts'
import { readInput } from './read-input.ts'
import { readPublishedInput } from './read-published-input.ts'
import { readPassport, type StoredResult } from './read-passport.ts'
import { type AnalysisResult, type Beginning, resultRevision } from './run-analysis.ts'
import { findStored, isHidden, listStored, readResult, stateOf, storeResult } from './stored-analysis.ts'
import { problemOf, type ThreadPool } from './thread-pool.ts'

/** What every analysis is read from. */
const readFrom = ['areas', 'buildings', 'incidents'] as const satisfies readonly CollectionName[]

/** A question that is being answered. */
type Job = {
  id: string
  scopeKey: string
  /** Those who wait for it, by id: when the last one cancels, the work ends. */
  askers: Set<string>
  stop: AbortController
  progress: Int32Array<SharedArrayBuffer>
  state: AnalysisState['state']
  /** From here until it is stored, with its robustness. */
  result: (AnalysisResult & { madeAt: string }) | undefined
  problem: ProblemError | undefined
  /** When there is a result, or none is to come. */
  answered: PromiseWithResolvers<void>
  /** When all is done and stored. */
  ended: Promise<void>
}

export type AnalysisServiceOptions = {
  database: Database
  pools: Pick<ReadPools, 'heavy' | 'ordinary'>
  cells: CellCache
  now: () => Date
  /** Of the product: another may give another result. */
  version: string
  threads: ThreadPool
  logError: (error: unknown) => void
}

/** Jobs that run or wait at once; whoever asks for more is refused. */
const mostJobs = 8
/** Histories that are cached, each for a day. */
const mostHistories = 100
/** Milliseconds for which the end of a failed or cancelled job is remembered. */
const remembered = 60_000

/**
 * Questions that take longer than a request: read in one snapshot, computed on a thread, stored under an address. The
 * same question of the same data under the same scope has the same address, so that whoever asks it again gets the stored
 * result, or waits for the one that is being made.
 */
export class AnalysisService {
  readonly #options: AnalysisServiceOptions
  readonly #jobs = new Map<string, Job>()
  readonly #inputs = new InputCache()
  readonly #histories = new LRUCache<string, Promise<AnalysisHistory>>({ max: mostHistories })

  constructor(options: AnalysisServiceOptions) {
    this.#options = options
  }

  /** Asks a question; `state` says how far it is. */
  async ask(actor: Actor, question: AnalysisQuestion): Promise<AnalysisState> {
    const { pools, cells, version, now } = this.#options
    const { scope } = actor
    const isPublished = question.basis === 'published'
    // The groups of a street are the same for everybody, and made from all of it.
    const found = await readAs(pools.heavy, isPublished ? wholeStreets(scope) : scope, async (transaction) => {
      const versions = await collectionVersions(transaction, readFrom)
      const edition = editionOf(versions, isPublished ? now() : null)
      const id = idOf(question, edition, `${version} ${resultRevision}`, scopeKey(scope))
      const stored = await findStored(transaction, id, scope, actor.role)
      if (stored !== undefined) return stateOf(stored)
      const running = this.#join(id, actor)
      if (running !== undefined) return running
      if (this.#load() >= mostJobs) throw tooManyJobs()
      const data = Object.fromEntries(versions.map(({ collection, version: own }) => [collection, own]))
      const read = () =>
        isPublished
          ? readPublishedInput(transaction, question, scope, now())
          : readInput(transaction, question, { scope, cells })
      return { input: await this.#inputs.get(question, edition, scope, read), beginning: { id, data, version } }
    })
    if (!('input' in found)) return found
    const { input, beginning } = found
    // Another may have asked the same while this was read.
    return this.#join(beginning.id, actor) ?? this.#begin(input, beginning, actor)
  }

  /**
   * How far a question is.
   *
   * @param wait milliseconds to wait for the next thing to come: the result, then its robustness
   * @throws ProblemError `not_found`, or why it could not be answered
   */
  async state(actor: Actor, id: string, wait = 0): Promise<AnalysisState> {
    const job = this.#find(actor, id)
    if (job !== undefined) await waitFor(job, wait)
    if (job !== undefined && this.#jobs.has(id)) {
      if (job.problem !== undefined) throw job.problem
      return shown(job)
    }
    const stored = await this.#read(actor, (transaction) => findStored(transaction, id, actor.scope, actor.role))
    if (stored === undefined) throw noAnalysis(id)
    return stateOf(stored)
  }

  /** The result’s bytes with their hash. @throws ProblemError `not_found` */
  async result(actor: Actor, id: string): Promise<{ bytes: Uint8Array; sha256: string; record: AnalysisRecord }> {
    const own = this.#find(actor, id)?.result
    if (own !== undefined && !isHidden(own.record, actor.role)) return own
    return this.#read(actor, async (transaction) => {
      const stored = await findStored(transaction, id, actor.scope, actor.role)
      if (stored === undefined) throw noAnalysis(id)
      return { bytes: await readResult(transaction, id), sha256: stored.sha256, record: stored.record }
    })
  }

  /** What is known of the hot spot of a unit. @throws ProblemError `not_found` */
  async passport(actor: Actor, id: string, unit: string): Promise<AnalysisPassport> {
    const { now } = this.#options
    const { bytes } = await this.result(actor, id)
    const stored = JSON.parse(Buffer.from(bytes).toString()) as StoredResult
    return this.#read(actor, (transaction) => readPassport(transaction, stored, unit, now()))
  }

  /** Since when the hot spots of a result are there, counted from the present data. @throws ProblemError `not_found` */
  async history(actor: Actor, id: string): Promise<AnalysisHistory> {
    const { bytes, sha256 } = await this.result(actor, id)
    const key = `${sha256} ${scopeKey(actor.scope)} ${dayText(homeDayNumber(this.#options.now().getTime()))}`
    const known = this.#histories.get(key)
    if (known !== undefined) return known
    const stored = JSON.parse(Buffer.from(bytes).toString()) as StoredResult
    const history = historyOf(stored, (question) => this.#unitsOf(question, actor))
    this.#histories.set(key, history)
    // One that failed is tried again.
    history.catch(() => this.#histories.delete(key))
    return history
  }

  /** The units of a question, computed without storing anything. */
  async #unitsOf(question: AnalysisQuestion, { scope }: Actor): Promise<StoredResult['features']> {
    const { pools, cells, threads } = this.#options
    const input = await readAs(pools.heavy, scope, (transaction) => readInput(transaction, question, { scope, cells }))
    const { bytes } = await threads.compute(input)
    return (JSON.parse(Buffer.from(bytes).toString()) as StoredResult).features
  }

  list(actor: Actor, limit: number) {
    return this.#read(actor, (transaction) => listStored(transaction, actor.scope, actor.role, limit))
  }

  /** No longer waits for a question; when nobody does, the work ends. Nobody waits for one that has its result. */
  async cancel(actor: Actor, id: string): Promise<void> {
    const job = this.#find(actor, id)
    if (job?.state !== 'running') return
    job.askers.delete(actor.id)
    if (job.askers.size > 0) return
    job.stop.abort()
    await job.ended
  }

  #read<T>(actor: Actor, work: Parameters<typeof readAs<T>>[2]): Promise<T> {
    return readAs(this.#options.pools.ordinary, actor.scope, work)
  }

  #load(): number {
    return [...this.#jobs.values()].filter(({ state }) => state === 'running' || state === 'done').length
  }

  #find(actor: Actor, id: string): Job | undefined {
    const job = this.#jobs.get(id)
    return job?.scopeKey === scopeKey(actor.scope) ? job : undefined
  }

  #join(id: string, actor: Actor): AnalysisState | undefined {
    const job = this.#jobs.get(id)
    if (job === undefined || job.problem !== undefined || job.state === 'cancelled') return undefined
    job.askers.add(actor.id)
    return shown(job)
  }

  #begin(input: AnalysisInput, beginning: Beginning, actor: Actor): AnalysisState {
    const job: Job = {
      id: beginning.id,
      scopeKey: scopeKey(actor.scope),
      askers: new Set([actor.id]),
      stop: new AbortController(),
      progress: new Int32Array(new SharedArrayBuffer(4)),
      state: 'running',
      result: undefined,
      problem: undefined,
      answered: Promise.withResolvers(),
      ended: Promise.resolve(),
    }
    this.#jobs.set(job.id, job)
    job.ended = this.#work(job, input, beginning, actor)
    return shown(job)
  }

  /** Computes and stores; never fails: the job says what happened. */
  async #work(job: Job, input: AnalysisInput, beginning: Beginning, actor: Actor): Promise<void> {
    try {
      const { threads, database, now } = this.#options
      const task = { input, beginning, progress: job.progress }
      const outcome = await threads.run(task, job.stop.signal, (result) => {
        job.result = { ...result, madeAt: now().toISOString() }
        job.state = 'done'
        job.answered.resolve()
      })
      if (outcome.kind === 'refused') throw problemOf(outcome)
      if (job.result === undefined) throw new Error('a thread ended without a result')
      await storeResult(database, actor, job.result, outcome.robustness)
      this.#jobs.delete(job.id)
    } catch (error) {
      // When the server ends its threads do.
      const isCancelled = job.stop.signal.aborted || this.#options.threads.isClosed
      job.state = isCancelled ? 'cancelled' : 'failed'
      if (!isCancelled) {
        if (!(error instanceof ProblemError)) this.#options.logError(error)
        job.problem = error instanceof ProblemError ? error : failed()
      }
      const forget = setTimeout(() => this.#jobs.get(job.id) === job && this.#jobs.delete(job.id), remembered)
      forget.unref()
    } finally {
      job.answered.resolve()
    }
  }
}

/** Which data are analysed: their versions, and of published counts the month, because those of a month come with its end. */
function editionOf(versions: readonly CollectionVersion[], published: Date | null): string {
  const data = versions.map(({ collection, version, changedAt }) => `${collection}.${version}.${changedAt}`)
  return [...data, ...(published === null ? [] : [localMonthOf(published)])].join('\n')
}

/** What distinguishes a result from every other: 22 characters, as a URL takes them. */
function idOf(question: AnalysisQuestion, edition: string, product: string, scope: string): string {
  const hash = createHash('sha256').update([canonical(question), edition, product, scope].join('\n'))
  return hash.digest('base64url').slice(0, 22)
}

/** The same text for equal questions: members in the order of their names, those without a value left out. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`
}

async function waitFor({ state, answered, ended }: Job, milliseconds: number): Promise<void> {
  if (milliseconds === 0) return
  const enough = new AbortController()
  const timeout = delay(milliseconds, undefined, { signal: enough.signal, ref: false }).catch(() => {})
  await Promise.race([state === 'running' ? answered.promise : ended, timeout])
  enough.abort()
}

function shown({ id, state, progress, result }: Job): AnalysisState {
  return {
    id,
    state,
    // All of it would mean that robustness is known.
    progress: Math.min(0.999, Atomics.load(progress, 0) / 1000),
    robustness: null,
    sha256: result?.sha256 ?? null,
    bytes: result?.bytes.length ?? null,
    madeAt: result?.madeAt ?? null,
  }
}

function noAnalysis(id: string): ProblemError {
  return new ProblemError(
    'not_found',
    { zh: `没有“${id}”这个分析结果`, en: `There is no analysis “${id}”` },
    {
      remedy: {
        zh: '较早的结果会被清除，其他范围的结果不可查看；请用同样的条件重新分析',
        en: 'Old results are removed, and those of other areas cannot be seen; ask the same question again',
      },
    },
  )
}

function tooManyJobs(): ProblemError {
  return new ProblemError(
    'busy',
    { zh: '正在进行的分析太多', en: 'Too many analyses are running' },
    { remedy: { zh: '请等其中一个完成后再试', en: 'Try again when one of them is done' } },
  )
}

function failed(): ProblemError {
  return new ProblemError(
    'internal',
    { zh: '分析没有完成', en: 'The analysis could not be completed' },
    {
      remedy: {
        zh: '请重试；如再次出现，请把分析条件告诉管理员',
        en: 'Try again; if it happens again, tell the administrator the parameters',
      },
    },
  )
}
