import type { Writable } from 'node:stream'
import { codeLength } from '@minqing/data/domain/area-code'
import type { Actor } from '../access/actor.ts'
import type { Asking } from '../http/resolve-actor.ts'
import { scopeKey } from '../store/scope.ts'

/** Bytes that may wait for a client when more is sent: with more it counts as too slow, and resumes from its last position. */
export const mostWaiting = 256 * 1024

/** An event as the bytes that every client is sent. */
export type LiveEvent = {
  bytes: Uint8Array
  /** Of a street's log; undefined for what is in no log. */
  at?: { street: string; position: number }
  /** Whoever sees it is sent the event; undefined: whoever follows the street, or everybody. */
  area?: string
}

/** Milliseconds in which a client has to take what waits for it before it is sent more of the past. */
const takeTimeout = 30_000

const encoder = new TextEncoder()
const beat = encoder.encode(': \n\n')

/** @param id the point from which whoever reads one street resumes. */
export function encodeEvent(event: string, data: object, id?: string): Uint8Array {
  return encoder.encode(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}

/** Events that are sent at once: one piece of bytes for all clients that are sent the same ones of them. */
export class LiveBatch {
  readonly events: readonly LiveEvent[]
  readonly #joined = new Map<string, Uint8Array>()

  constructor(events: readonly LiveEvent[]) {
    this.events = events
  }

  /** @param chosen positions in `events`. */
  join(chosen: readonly number[]): Uint8Array {
    const key = chosen.length === this.events.length ? 'all' : chosen.join(' ')
    const joined = this.#joined.get(key) ?? Buffer.concat(chosen.map((index) => this.events[index]!.bytes))
    this.#joined.set(key, joined)
    return joined
  }
}

/** What a client follows: the log of steps, or the versions of the collections alone. */
export type LiveSubject = 'log' | 'versions'

/** One client: what it has been sent of each street, and what waits for it. */
export class LiveStream {
  readonly subject: LiveSubject
  readonly actor: Actor
  readonly asking: Asking
  readonly #positions = new Map<string, number>()
  readonly #key: string
  readonly #left: () => void
  /** What the feed has read and waits until the past is sent. */
  #held: LiveBatch[] | undefined = []
  /** Whether the right to it has ended by its own clock, as far as was known when the actor was last looked up. */
  hasExpired: () => boolean = () => false
  #whenTaken: (() => void) | undefined
  #output: Writable | undefined
  #isEnded = false

  /** @param left called once when the stream ends, for whatever reason. */
  constructor(subject: LiveSubject, actor: Actor, asking: Asking, left: (stream: LiveStream) => void) {
    this.subject = subject
    this.actor = actor
    this.asking = asking
    this.#key = `${actor.role} ${scopeKey(actor.scope)}`
    this.#left = () => left(this)
  }

  /** @param output where everything is written from now on; nothing is sent before. */
  open(output: Writable): void {
    this.#output = output
    output.on('drain', () => this.#whenTaken?.())
    output.once('close', () => this.#end())
    // Who goes away in the middle of a piece is no fault of the server.
    output.on('error', () => this.#end())
    if (this.#isEnded) output.end()
    // Who has gone before is not announced any more.
    else if (output.destroyed) this.#end()
  }

  /** Whether the actor still is who opened the stream. */
  isOf({ role, scope }: Actor): boolean {
    return `${role} ${scopeKey(scope)}` === this.#key
  }

  /** Whether something of the street may be seen. */
  follows(street: string): boolean {
    return this.actor.scope.areas.some((area) => area === 'all' || street.startsWith(area.slice(0, codeLength.street)))
  }

  /** Up to this position the client has everything of the street that it may see. */
  reached(street: string, position: number): void {
    this.#positions.set(street, position)
  }

  /** What the feed has read; once to each client, and not before what came earlier. */
  offer(batch: LiveBatch): void {
    if (this.#held !== undefined) this.#held.push(batch)
    else this.#pass(batch)
  }

  /** The past is sent: from now on events are sent as they come. */
  release(): void {
    const held = this.#held ?? []
    this.#held = undefined
    for (const batch of held) this.#pass(batch)
  }

  get isEnded(): boolean {
    return this.#isEnded
  }

  /** A sign of life, where nothing else is on its way. */
  beat(): void {
    if (!this.#isEnded && this.#output?.writableLength === 0) this.#output.write(beat)
  }

  send(bytes: Uint8Array): void {
    if (this.#isEnded) return
    if (this.#isFull) this.drop()
    else this.#output?.write(bytes)
  }

  /** Waits until the client has taken what waits for it; a client that does not is broken off. */
  async taken(): Promise<void> {
    if (this.#isEnded || !this.#isFull) return
    const timer = setTimeout(() => this.drop(), takeTimeout)
    await new Promise<void>((resolve) => (this.#whenTaken = resolve))
    clearTimeout(timer)
  }

  /** Ends it after what waits. */
  end(): void {
    if (this.#end()) this.#output?.end()
  }

  /** Breaks it off, with what waits. */
  drop(): void {
    if (this.#end()) this.#output?.destroy()
  }

  get #isFull(): boolean {
    return this.#output !== undefined && this.#output.writableLength >= mostWaiting
  }

  #pass(batch: LiveBatch): void {
    const chosen: number[] = []
    for (const [index, event] of batch.events.entries()) if (this.#takes(event)) chosen.push(index)
    if (chosen.length > 0) this.send(batch.join(chosen))
  }

  #takes({ at, area }: LiveEvent): boolean {
    if (at !== undefined) {
      if (at.position <= (this.#positions.get(at.street) ?? 0)) return false
      this.reached(at.street, at.position)
    }
    if (area !== undefined) return this.#sees(area)
    return at === undefined || this.follows(at.street)
  }

  #sees(code: string): boolean {
    return this.actor.scope.areas.some((area) => area === 'all' || code.startsWith(area))
  }

  #end(): boolean {
    if (this.#isEnded) return false
    this.#isEnded = true
    this.#held = undefined
    this.#whenTaken?.()
    this.#left()
    return true
  }
}
