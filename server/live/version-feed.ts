import type { LiveChange } from '@minqing/data/domain/live'
import type { Actor } from '../access/actor.ts'
import type { Asking } from '../http/resolve-actor.ts'
import { listenToCollections } from '../store/collection-versions.ts'
import { openScope, readAs } from '../store/scope.ts'
import type { FeedSource } from './live-feed.ts'
import { encodeEvent, LiveStream } from './live-stream.ts'
import { readChanges } from './read-log.ts'

/** Milliseconds in which changes are gathered: a wall asks again for what changed, not for each change. */
const gather = 500
/** Milliseconds after which versions are read without a notification. */
const pollEvery = 5_000
/** Milliseconds between two signs of life, with a look at who still may listen. */
const beatEvery = 15_000
const beat = new TextEncoder().encode(': \n\n')

/** Sends the versions of collections that have changed to screens that see no case. It works while somebody listens. */
export class VersionFeed {
  readonly #source: FeedSource
  readonly #streams = new Set<LiveStream>()
  #versions = new Map<string, number>()
  #working: Promise<() => Promise<void>> | undefined
  #waiting: ReturnType<typeof setTimeout> | undefined

  constructor(source: FeedSource) {
    this.#source = source
  }

  /** Opens a stream that begins with the versions of now. */
  async join(actor: Actor, asking: Asking, isFollowing: boolean): Promise<LiveStream> {
    const stream = new LiveStream(actor, asking, (left) => this.#leave(left))
    this.#streams.add(stream)
    try {
      if (isFollowing) await (this.#working ??= this.#begin())
      stream.send(encodeEvent('begin', { collections: await this.#read() }))
      if (!isFollowing) stream.end()
    } catch (error) {
      stream.end()
      throw error
    }
    return stream
  }

  /** Ends the streams of those who are not any more who they were. */
  async checkActors(): Promise<void> {
    await Promise.all(
      [...this.#streams].map(async (stream) => {
        const isStill = await this.#source.actors.resolve(stream.asking).then(
          (actor) => stream.isOf(actor),
          () => false,
        )
        if (!isStill) stream.end()
      }),
    )
  }

  close(): void {
    for (const stream of this.#streams) stream.end()
  }

  #read(): Promise<LiveChange[]> {
    return readAs(this.#source.readFrom, openScope, readChanges)
  }

  #leave(stream: LiveStream): void {
    this.#streams.delete(stream)
    if (this.#streams.size > 0) return
    const working = this.#working
    this.#working = undefined
    void working?.then((stop) => stop()).catch(this.#source.logError)
  }

  async #begin(): Promise<() => Promise<void>> {
    const note = () => {
      this.#waiting ??= setTimeout(() => void this.#send().catch(this.#source.logError), gather)
    }
    const stopListening = await listenToCollections(this.#source.database, note)
    this.#versions = new Map((await this.#read()).map(({ collection, version }) => [collection, version]))
    const timers = [
      setInterval(note, pollEvery).unref(),
      setInterval(() => {
        for (const stream of this.#streams) stream.send(beat)
        void this.checkActors()
      }, beatEvery).unref(),
    ]
    return async () => {
      for (const timer of timers) clearInterval(timer)
      clearTimeout(this.#waiting)
      this.#waiting = undefined
      await stopListening()
    }
  }

  async #send(): Promise<void> {
    this.#waiting = undefined
    for (const change of await this.#read()) {
      if (this.#versions.get(change.collection) === change.version) continue
      this.#versions.set(change.collection, change.version)
      const bytes = encodeEvent('changed', change)
      for (const stream of this.#streams) stream.send(bytes)
    }
  }
}
