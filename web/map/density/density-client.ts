import type { DensityOrder, DensityPicture } from './density-protocol.ts'

/** Degrees × 1e7, and the cases of each point where it is a cell. */
export type DensityPoints = { x: Int32Array; y: Int32Array; weights?: Float32Array | null }

type Wish = Omit<Extract<DensityOrder, { kind: 'density' }>, 'kind' | 'ticket'>

/**
 * Asks the worker for pictures, one at a time: while one is made only the latest wish waits, so that dragging the time
 * brush never queues up work.
 */
export class DensityClient {
  readonly #worker: Worker
  readonly #onPicture: (picture: DensityPicture) => void
  #ticket = 0
  #busy = false
  #next: Wish | null = null

  constructor(onPicture: (picture: DensityPicture) => void) {
    this.#onPicture = onPicture
    this.#worker = new Worker(new URL('./density-worker.ts', import.meta.url), { type: 'module' })
    this.#worker.addEventListener('message', ({ data }: MessageEvent<DensityPicture>) => this.#receive(data))
  }

  setPoints({ x, y, weights = null }: DensityPoints): void {
    const copy = { x: x.slice(), y: y.slice() }
    this.#send({ kind: 'points', ...copy, weights }, [copy.x.buffer, copy.y.buffer])
  }

  ask(wish: Wish): void {
    this.#next = wish
    if (!this.#busy) this.#sendNext()
  }

  /** What is being made is no longer wanted. */
  cancel(): void {
    this.#next = null
    this.#ticket++
  }

  destroy(): void {
    this.#worker.terminate()
  }

  #receive(picture: DensityPicture): void {
    this.#busy = false
    // A newer wish makes this picture old, but showing it keeps the map moving while a brush is dragged.
    if (picture.ticket === this.#ticket) this.#onPicture(picture)
    this.#sendNext()
  }

  #sendNext(): void {
    const wish = this.#next
    if (wish === null) return
    this.#next = null
    this.#busy = true
    this.#send({ kind: 'density', ticket: ++this.#ticket, ...wish }, [])
  }

  #send(order: DensityOrder, transfer: Transferable[]): void {
    this.#worker.postMessage(order, transfer)
  }
}
