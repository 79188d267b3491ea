import { noPosition } from '@minqing/data/domain/incident-columns'
import { areaPositions, positionSources } from '@minqing/data/domain/position-source'
import type { DensityRequest, DensityResult } from './density-result.ts'

/** Degrees × 1e7, how each is known (index into `positionSources`), and the incidents of each point where it is a cell. */
export type DensityPoints = {
  x: Int32Array
  y: Int32Array
  positionSource?: Uint8Array
  weights?: Float32Array | null
}

/** Points are sent once, then one request for each filter. */
export type WorkerMessage =
  | { kind: 'points'; x: Int32Array; y: Int32Array; weights: Float32Array | null }
  | ({ kind: 'density' } & DensityRequest)

/**
 * Requests densities from a worker, one at a time: while one is counted only the latest request waits, so that dragging
 * the time brush never queues up work.
 */
export class DensityClient {
  readonly #worker: Worker
  readonly #onResult: (result: DensityResult) => void
  #ticket = 0
  #busy = false
  #next: Omit<DensityRequest, 'ticket'> | null = null

  constructor(onResult: (result: DensityResult) => void) {
    this.#onResult = onResult
    this.#worker = new Worker(new URL('./density-worker.ts', import.meta.url), { type: 'module' })
    this.#worker.addEventListener('message', ({ data }: MessageEvent<DensityResult>) => this.#receive(data))
  }

  setPoints({ x, y, positionSource, weights = null }: DensityPoints): void {
    const copy = { x: withoutAreas(x, positionSource), y: y.slice() }
    this.#send({ kind: 'points', ...copy, weights }, [copy.x.buffer, copy.y.buffer])
  }

  request(request: Omit<DensityRequest, 'ticket'>): void {
    this.#next = request
    if (!this.#busy) this.#sendNext()
  }

  /** The result of the running request is dropped. */
  cancel(): void {
    this.#next = null
    this.#ticket++
  }

  destroy(): void {
    this.#worker.terminate()
  }

  #receive(result: DensityResult): void {
    this.#busy = false
    // Even while a newer request waits, showing this result keeps the map moving under a dragged brush.
    if (result.ticket === this.#ticket) this.#onResult(result)
    this.#sendNext()
  }

  #sendNext(): void {
    const request = this.#next
    if (request === null) return
    this.#next = null
    this.#busy = true
    this.#send({ kind: 'density', ticket: ++this.#ticket, ...request }, [])
  }

  #send(message: WorkerMessage, transfer: Transferable[]): void {
    this.#worker.postMessage(message, transfer)
  }
}

const isAreaAt = positionSources.map((source) => areaPositions.includes(source))

/** A copy in which what is only known by its area has no position: else the middle of each area would be a hot spot. */
export function withoutAreas(x: Int32Array, positionSource: Uint8Array | undefined): Int32Array<ArrayBuffer> {
  const copy = x.slice()
  if (positionSource !== undefined)
    for (let row = 0; row < copy.length; row++) if (isAreaAt[positionSource[row]!]) copy[row] = noPosition
  return copy
}
