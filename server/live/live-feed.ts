import type { Writable } from 'node:stream'
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises'
import type { LiveBegin, LiveChange, LiveDue, LiveReset, LiveStep } from '@minqing/data/domain/live'
import { ProblemError } from '@minqing/data/domain/problem'
import type { Actor } from '../access/actor.ts'
import type { ActorSource, Asking } from '../http/resolve-actor.ts'
import { SharedReads } from '../http/shared-reads.ts'
import type { Log } from '../log.ts'
import { listenToCollections } from '../store/collection-versions.ts'
import type { Database, Transaction } from '../store/connect.ts'
import { openScope, readAs, type ReadSource } from '../store/scope.ts'
import { encodeEvent, LiveBatch, type LiveEvent, LiveStream, type LiveSubject } from './live-stream.ts'
import { readDue } from './read-due.ts'
import { mostSteps, readChanges, readHeads, readSteps } from './read-log.ts'
import type { ResumePoint } from './resume-point.ts'

/** Milliseconds after which the log is read without a notification. */
const pollEvery = 1000
/** Milliseconds between two readings: what is written meanwhile is sent at once, in one piece to each client. */
const readsApart = 200
/** Events after which the next reading does not wait: a piece of so many costs each client little more than its bytes. */
const fullReading = 40
/** Streams that are sent something before other work has its turn: a write to each of a thousand takes a tenth of a second. */
const sentAtOnce = 50
/** Milliseconds between two signs of life. */
const beatEvery = 15_000
/** Milliseconds between two looks at what ends by its own clock. */
const lookEvery = 500
const mostOfActor = 8
const mostStreams = 2000
const never = () => false

/** A street of which a client has what came up to `after`, and lacks what came up to `head`; below 0 it has nothing. */
type Behind = { street: string; after: number; head: number }

/** What is in the database at one moment. */
type State = { heads: Map<string, number>; collections: LiveChange[] }

export type FeedSource = {
  /** Whose notifications are listened to. */
  database: Database
  readFrom: ReadSource
  actors: ActorSource
  logError: (error: unknown) => void
  /** The clock. */
  now: () => Date
  /** Called at the end with what was made and sent. */
  logInfo: Log['info']
}

/** Reads the logs once for all streams of the process, and makes each event once. It works while somebody listens. */
export class LiveFeed {
  readonly #source: FeedSource
  readonly #streams = new Set<LiveStream>()
  readonly #states = new SharedReads<State>()
  #heads = new Map<string, number>()
  #changes = new Map<string, LiveChange>()
  /** Up to when due times have been looked at. */
  #dueUntil = new Date(0)
  #working: Promise<() => Promise<void>> | undefined
  #reading: Promise<void> | undefined
  #isBehind = false
  #isClosed = false
  /** Since the start: events of the log and of collections that were made, those of due times, streams that were opened. */
  readonly #figures = { made: 0, due: 0, streams: 0 }

  constructor(source: FeedSource) {
    this.#source = source
  }

  /**
   * Opens a stream: what has come since the point, then what comes. A street that the point does not name, or that is too
   * far behind it, is reset.
   *
   * @param since undefined: from now on.
   * @param isFollowing false: ends when what has come is sent.
   * @param open called when nothing can be refused any more.
   * @throws ProblemError `too_many_requests` or `busy`
   */
  async join(
    actor: Actor,
    asking: Asking,
    { since, isFollowing, open }: { since: ResumePoint | undefined; isFollowing: boolean; open: () => Writable },
  ): Promise<void> {
    const stream = this.#open('log', actor, asking)
    try {
      if (isFollowing) await (this.#working ??= this.#begin())
      const { heads, collections } = await this.#readState()
      const { positions, behind } = this.#beginAt(stream, heads, since)
      // Who was ended while it was opened is ended here.
      if (isFollowing) await this.#check(stream)
      const first = behind[0] === undefined ? undefined : await this.#readPast(stream, behind[0])
      stream.open(open())
      stream.send(encodeEvent('begin', { positions, collections } satisfies LiveBegin))
      if (first !== undefined) stream.send(first)
      void this.#sendRest(stream, behind.slice(1), isFollowing)
    } catch (error) {
      stream.end()
      throw error
    }
  }

  /**
   * Opens a stream of versions alone, for who sees no case.
   *
   * @throws ProblemError `too_many_requests` or `busy`
   */
  async joinVersions(
    actor: Actor,
    asking: Asking,
    { isFollowing, open }: { isFollowing: boolean; open: () => Writable },
  ): Promise<void> {
    const stream = this.#open('versions', actor, asking)
    try {
      if (isFollowing) await (this.#working ??= this.#begin())
      const { collections } = await this.#readState()
      if (isFollowing) await this.#check(stream)
      stream.open(open())
      stream.send(encodeEvent('begin', { collections } satisfies Pick<LiveBegin, 'collections'>))
      stream.release()
      if (!isFollowing) stream.end()
    } catch (error) {
      stream.end()
      throw error
    }
  }

  #open(subject: LiveSubject, actor: Actor, asking: Asking): LiveStream {
    this.#refuseMore(actor)
    const stream = new LiveStream(subject, actor, asking, (left) => this.#leave(left))
    this.#streams.add(stream)
    this.#figures.streams += 1
    return stream
  }

  /** A thousand clients that come at once share one reading. */
  #readState(): Promise<State> {
    return this.#states.read('', () =>
      readAs(this.#source.readFrom, openScope, async (transaction) => ({
        collections: await readChanges(transaction),
        heads: await readHeads(transaction),
      })),
    )
  }

  /** Where the client begins, and the streets of which something has come since its point. */
  #beginAt(
    stream: LiveStream,
    heads: State['heads'],
    since: ResumePoint | undefined,
  ): { positions: LiveBegin['positions']; behind: Behind[] } {
    const behind: Behind[] = []
    const positions: [street: string, position: number][] = []
    for (const [street, head] of heads) {
      if (!stream.follows(street)) continue
      const after = since === undefined ? head : (since.get(street) ?? -1)
      positions.push([street, Math.max(after, 0)])
      stream.reached(street, head)
      if (after !== head) behind.push({ street, after, head })
    }
    return { positions: Object.fromEntries(positions), behind }
  }

  async #readPast(stream: LiveStream, { street, after, head }: Behind): Promise<Uint8Array | undefined> {
    const events = await readAs(this.#source.readFrom, stream.actor.scope, (transaction) =>
      past(transaction, street, after, head),
    )
    return events.length === 0 ? undefined : Buffer.concat(events.map((event) => logEvent(event).bytes))
  }

  async #sendRest(stream: LiveStream, behind: readonly Behind[], isFollowing: boolean): Promise<void> {
    try {
      for (const street of behind) {
        // As fast as the client takes it; no connection is held meanwhile.
        await stream.taken()
        if (stream.isEnded) return
        const bytes = await this.#readPast(stream, street)
        if (bytes !== undefined) stream.send(bytes)
      }
      await stream.taken()
      stream.release()
      if (!isFollowing) stream.end()
    } catch (error) {
      stream.drop()
      this.#source.logError(error)
    }
  }

  /** Ends the streams of those who are not any more who they were. */
  async checkActors(): Promise<void> {
    await Promise.all([...this.#streams].map((stream) => this.#check(stream)))
  }

  /** Ends all streams, and takes no more. */
  close(): void {
    this.#isClosed = true
    this.#source.logInfo('live', this.#figures)
    for (const stream of this.#streams) stream.end()
  }

  async #check(stream: LiveStream): Promise<void> {
    const { actors } = this.#source
    try {
      const actor = await actors.resolve(stream.asking)
      if (!stream.isOf(actor)) stream.end()
      stream.hasExpired = (await actors.expiry?.(stream.asking)) ?? never
    } catch {
      stream.end()
    }
  }

  #refuseMore({ kind, id }: Actor): void {
    const own = [...this.#streams].filter(({ actor }) => actor.id === id && actor.kind === kind).length
    if (own < mostOfActor && this.#streams.size < mostStreams && !this.#isClosed) return
    throw new ProblemError(
      own >= mostOfActor ? 'too_many_requests' : 'busy',
      { zh: '实时连接过多', en: 'Too many live streams are open' },
      { remedy: { zh: '请关闭其他页面，或稍后再试', en: 'Close other pages, or try again later' } },
    )
  }

  #leave(stream: LiveStream): void {
    this.#streams.delete(stream)
    if (this.#streams.size > 0) return
    const working = this.#working
    this.#working = undefined
    void working?.then((stop) => stop()).catch(this.#source.logError)
  }

  async #begin(): Promise<() => Promise<void>> {
    const { database } = this.#source
    const read = () => void this.#read()
    const stopListening = await listenToCollections(database, read)
    const { heads, collections } = await this.#readState()
    this.#heads = heads
    this.#dueUntil = this.#source.now()
    this.#changes = new Map(collections.map((change) => [change.collection, change]))
    const timers = [
      setInterval(read, pollEvery).unref(),
      setInterval(() => {
        for (const stream of this.#streams) stream.beat()
        void this.checkActors()
      }, beatEvery).unref(),
      setInterval(() => {
        for (const stream of this.#streams) if (stream.hasExpired()) void this.#check(stream)
      }, lookEvery).unref(),
    ]
    return async () => {
      for (const timer of timers) clearInterval(timer)
      await stopListening()
    }
  }

  /** One reading at a time; what comes meanwhile is read after it. */
  #read(): Promise<void> {
    this.#isBehind = true
    this.#reading ??= (async () => {
      while (this.#isBehind && this.#streams.size > 0) {
        this.#isBehind = false
        const began = performance.now()
        // Each after the one before: positions are sent in order.
        const events = await this.#readOnce()
        if (events < fullReading) await delay(Math.max(0, began + readsApart - performance.now()))
      }
    })()
      .catch(this.#source.logError)
      .finally(() => (this.#reading = undefined))
    return this.#reading
  }

  /** @returns how many events were sent. */
  async #readOnce(): Promise<number> {
    const known = this.#heads
    const until = this.#source.now()
    // Time limits are given in minutes: once a second is soon enough, however much is written.
    const isDueAsked = until.getTime() - this.#dueUntil.getTime() >= pollEvery
    const found = await readAs(this.#source.readFrom, openScope, async (transaction) => {
      const [changes, heads] = await Promise.all([readChanges(transaction), readHeads(transaction)])
      const steps: (LiveStep | LiveReset)[] = []
      for (const [street, head] of heads) steps.push(...(await past(transaction, street, known.get(street) ?? 0, head)))
      const due = isDueAsked ? await readDue(transaction, [...heads.keys()], this.#dueUntil, until) : []
      return { changes, heads, steps, due }
    })
    this.#heads = found.heads
    if (isDueAsked) this.#dueUntil = until
    const events = found.steps.map(logEvent)
    const due = found.due.map(dueEvent)
    const versions: LiveEvent[] = []
    const isAsked = [...this.#streams].some(({ subject }) => subject === 'versions')
    for (const change of found.changes) {
      const before = this.#changes.get(change.collection)
      this.#changes.set(change.collection, change)
      // Steps say themselves what they change.
      const isRewritten = before?.rewrites !== change.rewrites
      if (!isRewritten && (!isAsked || before.version === change.version)) continue
      const event = { bytes: encodeEvent('changed', change) }
      versions.push(event)
      if (isRewritten) events.push(event)
    }
    if (events.length + due.length + versions.length === 0) return 0
    this.#figures.made += new Set([...events, ...versions]).size
    this.#figures.due += due.length
    const batches = { log: new LiveBatch([...events, ...due]), versions: new LiveBatch(versions) }
    // Those that are opened meanwhile begin with what is known by now.
    for (const [index, stream] of [...this.#streams].entries()) {
      stream.offer(batches[stream.subject])
      if (index % sentAtOnce === sentAtOnce - 1) await nextTurn()
    }
    return events.length
  }
}

/** What a street's log has in (after, head]; a reset where that is too much, or the log is not the one that was read. */
async function past(
  transaction: Transaction,
  street: string,
  after: number,
  head: number,
): Promise<(LiveStep | LiveReset)[]> {
  if (after === head) return []
  if (after < 0 || head < after || head - after > mostSteps) return [{ street, position: head }]
  return readSteps(transaction, street, after, head)
}

function logEvent(event: LiveStep | LiveReset): LiveEvent {
  const { street, position } = event
  const isStep = 'number' in event
  const bytes = encodeEvent(isStep ? 'step' : 'reset', event, `${street}:${position}`)
  return { bytes, at: { street, position }, ...(isStep ? { area: event.area } : {}) }
}

function dueEvent(due: LiveDue): LiveEvent {
  return { bytes: encodeEvent('due', due), area: due.area }
}
