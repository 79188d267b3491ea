import type { Writable } from 'node:stream'
import { type FrameKind, frameBytes } from '../../processes/frames.ts'
import type { ReaderMessage } from './messages.ts'

/** Characters worth a frame. */
const packet = 65_536

/** Frames to whoever started us, with back-pressure: memory holds one packet. */
export class Output {
  readonly #stream: Writable
  #copy = ''
  #rejects = ''

  constructor(stream: Writable) {
    this.#stream = stream
  }

  copy(lines: string): void {
    this.#copy += lines
  }

  rejects(text: string): void {
    this.#rejects += text
  }

  /** Sends what has gathered, when that is worth a frame. */
  async flush(minimum = packet): Promise<void> {
    if (this.#copy.length >= minimum && this.#copy !== '') {
      const text = this.#copy
      this.#copy = ''
      await this.#frame('copy', text)
    }
    if (this.#rejects.length >= minimum && this.#rejects !== '') {
      const text = this.#rejects
      this.#rejects = ''
      await this.#frame('rejects', text)
    }
  }

  async send(message: ReaderMessage): Promise<void> {
    await this.#frame('message', JSON.stringify(message))
  }

  /** Resolves when everything has left the process: what still waits would be lost with it. */
  async drained(): Promise<void> {
    await new Promise<void>((resolve) => this.#stream.write('', () => resolve()))
  }

  async #frame(kind: FrameKind, text: string): Promise<void> {
    if (!this.#stream.write(frameBytes(kind, text)))
      await new Promise<void>((resume) => this.#stream.once('drain', () => resume()))
  }
}
