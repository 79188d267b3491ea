import type { LiveBegin, LiveChange, LiveReset, LiveStep } from '@minqing/data/domain/live'
import { ProblemError } from '@minqing/data/domain/problem'
import type { Actor } from '../access/actor.ts'
import type { ActorSource, Asking } from '../http/resolve-actor.ts'
import { listenToCollections } from '../store/collection-versions.ts'
import type { Database, Transaction } from '../store/connect.ts'
import { openScope, readAs, type ReadSource } from '../store/scope.ts'
import { encodeEvent, type LiveEvent, LiveStream } from './live-stream.ts'
import { mostSteps, readChanges, readHeads, readSteps } from './read-log.ts'
import type { ResumePoint } from './resume-point.ts'

/** Milliseconds after which the log is read without a notification. */
const pollEvery = 1000
/** Milliseconds between two signs of life, at which sessions are looked at as well that ended by themselves. */
const beatEvery = 15_000
const mostOfActor = 8
const mostStreams = 2000
const beat = new TextEncoder().encode(': \n\n')

export type FeedSource = {
  /** Whose notifications are listened to. */
  database: Database
  readFrom: ReadSource
  actors: ActorSource
  logError: (error: unknown) => void
}

/** Reads the logs once for all streams of the process, and makes each event once. It works while somebody listens. */
export class LiveFeed {
  readonly #source: FeedSource
  readonly #streams = new Set<LiveStream>()
  #heads = new Map<string, number>()
  #changes = new Map<string, LiveChange>()
  #working: Promise<() => Promise<void>> | undefined
  #reading: Promise<void> | undefined
  #isBehind = false
  #isClosed = false
  /** Events made since the start. */
  made = 0

  constructor(source: FeedSource) {
    this.#source = source
  }

  get open(): number {
    return this.#streams.size
  }

  /**
   * Opens a stream: what has come since the point, then what comes. A street that the point does not name, or that is too
   * far behind it, is reset.
   *
   * @param since undefined: from now on.
   * @param isFollowing false: ends when what has come is sent.
   * @throws ProblemError `too_many_requests` or `busy`
   */
  async join(actor: Actor, asking: Asking, since: ResumePoint | undefined, isFollowing: boolean): Promise<LiveStream> {
    this.#refuseMore(actor)
    const stream = new LiveStream(actor, asking, (left) => this.#leave(left))
    this.#streams.add(stream)
    try {
      if (isFollowing) await (this.#working ??= this.#begin())
      await readAs(this.#source.readFrom, actor.scope, (transaction) => sendPast(transaction, stream, since))
      // Who was ended while it was opened is ended here.
      if (isFollowing) await this.#check(stream)
    } catch (error) {
      stream.end()
      throw error
    }
    stream.release()
    if (!isFollowing) stream.end()
    return stream
  }

  /** Ends the streams of those who are not any more who they were. */
  async checkActors(): Promise<void> {
    await Promise.all([...this.#streams].map((stream) => this.#check(stream)))
  }

  /** Ends all streams, and takes no more. */
  close(): void {
    this.#isClosed = true
    for (const stream of this.#streams) stream.end()
  }

  async #check(stream: LiveStream): Promise<void> {
    const isStill = await this.#source.actors.resolve(stream.asking).then(
      (actor) => stream.isOf(actor),
      () => false,
    )
    if (!isStill) stream.end()
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
    const { database, readFrom } = this.#source
    const read = () => void this.#read()
    const stopListening = await listenToCollections(database, read)
    const state = await readAs(readFrom, openScope, async (transaction) => ({
      heads: await readHeads(transaction),
      changes: await readChanges(transaction),
    }))
    this.#heads = state.heads
    this.#changes = new Map(state.changes.map((change) => [change.collection, change]))
    const timers = [
      setInterval(read, pollEvery).unref(),
      setInterval(() => {
        for (const stream of this.#streams) stream.send(beat)
        void this.checkActors()
      }, beatEvery).unref(),
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
        // Each after the one before: positions are sent in order.
        await this.#readOnce()
      }
    })()
      .catch(this.#source.logError)
      .finally(() => (this.#reading = undefined))
    return this.#reading
  }

  async #readOnce(): Promise<void> {
    const known = this.#heads
    const found = await readAs(this.#source.readFrom, openScope, async (transaction) => {
      const changes = await readChanges(transaction)
      const heads = await readHeads(transaction)
      const steps: (LiveStep | LiveReset)[] = []
      for (const [street, head] of heads) steps.push(...(await past(transaction, street, known.get(street) ?? 0, head)))
      return { changes, heads, steps }
    })
    this.#heads = found.heads
    for (const step of found.steps) this.#offer(logEvent(step))
    for (const change of found.changes) {
      if (this.#changes.get(change.collection)?.rewrites !== change.rewrites)
        this.#offer({ bytes: encodeEvent('changed', change) })
      this.#changes.set(change.collection, change)
    }
  }

  #offer(event: LiveEvent): void {
    this.made += 1
    for (const stream of this.#streams) stream.offer(event)
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
  if (head < after || head - after > mostSteps) return [{ street, position: head }]
  return readSteps(transaction, street, after, head)
}

function logEvent(event: LiveStep | LiveReset): LiveEvent {
  const { street, position } = event
  const isStep = 'number' in event
  const bytes = encodeEvent(isStep ? 'step' : 'reset', event, `${street}:${position}`)
  return { bytes, at: isStep ? { street, position, area: event.area } : { street, position } }
}

async function sendPast(transaction: Transaction, stream: LiveStream, since: ResumePoint | undefined): Promise<void> {
  const collections = await readChanges(transaction)
  const heads = [...(await readHeads(transaction))].filter(([street]) => stream.follows(street))
  const from = (street: string, head: number) => (since === undefined ? head : (since.get(street) ?? -1))
  const begin: LiveBegin = {
    positions: Object.fromEntries(heads.map(([street, head]) => [street, Math.max(from(street, head), 0)])),
    collections,
  }
  stream.send(encodeEvent('begin', begin))
  for (const [street, head] of heads) {
    const after = from(street, head)
    const events = after < 0 ? [{ street, position: head }] : await past(transaction, street, after, head)
    for (const event of events) stream.send(logEvent(event).bytes)
    stream.reached(street, head)
  }
}
