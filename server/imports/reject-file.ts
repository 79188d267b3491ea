import { createWriteStream, type WriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'

/** Where the rejected rows go, as the reader writes them; made when there is a first one. */
export class RejectFile {
  readonly path: string
  #stream: WriteStream | null = null

  constructor(path: string) {
    this.path = path
  }

  /** Whether a file was made. */
  get written(): boolean {
    return this.#stream !== null
  }

  /** Forgets what was written: the rejected rows are said anew. */
  async restart(): Promise<void> {
    await this.close()
    this.#stream = null
  }

  async append(bytes: Uint8Array): Promise<void> {
    // Only the person who imports may read what they were refused.
    this.#stream ??= createWriteStream(this.path, { mode: 0o600 })
    if (!this.#stream.write(bytes)) await new Promise<void>((resume) => this.#stream?.once('drain', () => resume()))
  }

  async close(): Promise<void> {
    if (this.#stream === null) return
    this.#stream.end()
    await finished(this.#stream)
  }
}
