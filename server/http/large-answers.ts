import { askingClient } from '../store/asking-client.ts'
import { type SlotLimits, Slots } from '../store/slots.ts'
import { writeAtPace } from './pace.ts'

/** Pages of features. */
const pageLimits: SlotLimits = { slots: 5, perClient: 3, queue: 8, wait: 800 }

/** Bounds the memory of answers of megabytes: each is in memory from when it is made until its client has read it. */
export class LargeAnswers {
  readonly #slots: Slots

  /** @param limits of the answers that are made or sent at once. */
  constructor(limits = pageLimits) {
    this.#slots = new Slots(limits)
  }

  /** @throws ProblemError `busy` while enough others are made or sent. */
  async answer(make: () => Promise<Response>): Promise<Response> {
    const release = await this.#slots.take()
    try {
      const response = await make()
      if (response.body !== null) return new Response(atPace(response.body, release), response)
      release()
      return response
    } catch (error) {
      release()
      throw error
    }
  }
}

/** The same bytes as fast as they are taken; `ended` is called when they are, or are no longer wanted. */
function atPace(body: ReadableStream<Uint8Array>, ended: () => void): ReadableStream<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  const end = () => {
    ended()
    gone?.removeEventListener('abort', end)
  }
  const gone = askingClient()?.gone
  gone?.addEventListener('abort', end)
  void writeAtPace(writer, body)
    .then(() => writer.close())
    .catch((error: unknown) => writer.abort(error))
    .catch(() => {})
    .finally(end)
  return readable
}
