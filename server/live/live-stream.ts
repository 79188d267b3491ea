import { codeLength } from '@minqing/data/domain/area-code'
import type { Actor } from '../access/actor.ts'
import type { Asking } from '../http/resolve-actor.ts'
import { scopeKey } from '../store/scope.ts'

/** Bytes that wait for a client before it counts as too slow; it resumes from its last position. */
export const mostWaiting = 256 * 1024

/** An event as the bytes that every client is sent. */
export type LiveEvent = {
  bytes: Uint8Array
  /** Of a street's log; undefined for what is in no log. */
  at?: {
    street: string
    position: number
    /** Whoever sees it is sent the event; undefined: whoever follows the street. */
    area?: string
  }
}

const encoder = new TextEncoder()

/** @param id the point from which whoever reads one street resumes. */
export function encodeEvent(event: string, data: object, id?: string): Uint8Array {
  return encoder.encode(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}

/** One client: what it has been sent of each street, and what waits for it. */
export class LiveStream {
  readonly actor: Actor
  readonly asking: Asking
  readonly body: ReadableStream<Uint8Array>
  readonly #positions = new Map<string, number>()
  readonly #key: string
  readonly #left: () => void
  /** Events of the feed that wait until the past is sent. */
  #held: LiveEvent[] | undefined = []
  #controller!: ReadableStreamDefaultController<Uint8Array>
  #isOver = false

  /** @param left called once when the stream ends, for whatever reason. */
  constructor(actor: Actor, asking: Asking, left: (stream: LiveStream) => void) {
    this.actor = actor
    this.asking = asking
    this.#key = `${actor.role} ${scopeKey(actor.scope)}`
    this.#left = () => left(this)
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller
        },
        cancel: () => {
          this.#end()
        },
      },
      new ByteLengthQueuingStrategy({ highWaterMark: mostWaiting }),
    )
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
  offer(event: LiveEvent): void {
    if (this.#held !== undefined) this.#held.push(event)
    else this.#pass(event)
  }

  /** The past is sent: from now on events are sent as they come. */
  release(): void {
    const held = this.#held ?? []
    this.#held = undefined
    for (const event of held) this.#pass(event)
  }

  send(bytes: Uint8Array): void {
    if (this.#isOver) return
    this.#controller.enqueue(bytes)
    if ((this.#controller.desiredSize ?? 0) < 0) this.drop()
  }

  /** Ends it after what waits. */
  end(): void {
    if (this.#end()) this.#controller.close()
  }

  /** Breaks it off, with what waits. */
  drop(): void {
    if (this.#end()) this.#controller.error(new Error('the stream was broken off'))
  }

  #pass({ bytes, at }: LiveEvent): void {
    if (at !== undefined) {
      if (at.position <= (this.#positions.get(at.street) ?? 0)) return
      this.reached(at.street, at.position)
      if (at.area === undefined ? !this.follows(at.street) : !this.#sees(at.area)) return
    }
    this.send(bytes)
  }

  #sees(code: string): boolean {
    return this.actor.scope.areas.some((area) => area === 'all' || code.startsWith(area))
  }

  #end(): boolean {
    if (this.#isOver) return false
    this.#isOver = true
    this.#held = undefined
    this.#left()
    return true
  }
}
