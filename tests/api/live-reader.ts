import type { LiveStep } from '@minqing/data/domain/live'

export type ReadEvent = { event: string; id: string | undefined; data: Partial<LiveStep> & Record<string, unknown> }

/** Reads a live stream event by event. */
export class LiveReader {
  readonly status: number
  readonly #reader: ReadableStreamDefaultReader<string>
  readonly #abort: AbortController
  #text = ''

  private constructor(response: Response, abort: AbortController) {
    this.status = response.status
    this.#reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    this.#abort = abort
  }

  static async open(address: string, headers: Record<string, string> = {}): Promise<LiveReader> {
    const abort = new AbortController()
    return new LiveReader(await fetch(address, { headers, signal: abort.signal }), abort)
  }

  /** Undefined when the stream has ended. */
  async next(): Promise<ReadEvent | undefined> {
    for (;;) {
      const end = this.#text.indexOf('\n\n')
      if (end >= 0) {
        const lines = this.#text.slice(0, end).split('\n')
        this.#text = this.#text.slice(end + 2)
        const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2)
        const event = field('event')
        if (event !== undefined) return { event, id: field('id'), data: JSON.parse(field('data') ?? '{}') }
      } else {
        // One piece after the other.
        const { done, value } = await this.#reader.read()
        if (done) return undefined
        this.#text += value
      }
    }
  }

  /** Events until one of them is the last that is waited for. */
  async until(isLast: (event: ReadEvent) => boolean): Promise<ReadEvent[]> {
    const events: ReadEvent[] = []
    for (let event = await this.next(); event !== undefined; event = await this.next()) {
      events.push(event)
      if (isLast(event)) return events
    }
    throw new Error(`the stream ended after ${events.length} events`)
  }

  close(): void {
    this.#abort.abort()
  }
}
