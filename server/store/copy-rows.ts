import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { Transaction } from './connect.ts'

/** A `COPY … FROM STDIN` that takes rows in COPY's text format, with back-pressure: memory holds one packet. */
export class CopyRows {
  readonly #stream: Writable
  readonly #done: Promise<void>

  private constructor(stream: Writable) {
    this.#stream = stream
    this.#done = finished(stream)
    // Reported by whoever awaits `end`; without this an early failure would count as unhandled.
    this.#done.catch(() => {})
  }

  static async open(transaction: Transaction, table: string): Promise<CopyRows> {
    return new CopyRows(await transaction`copy ${transaction(table)} from stdin`.writable())
  }

  /** Sends lines, whole or not, and waits while the database has enough to do. */
  async send(lines: string | Uint8Array): Promise<void> {
    if (!this.#stream.write(lines))
      await Promise.race([new Promise((resume) => this.#stream.once('drain', resume)), this.#done])
  }

  async end(transaction: Transaction): Promise<void> {
    await new Promise<void>((resume) => this.#stream.write('', () => resume()))
    this.#stream.end()
    await new Promise((resume) => setImmediate(resume))
    // The client does not call back when COPY fails in its very last step; the next statement then fails instead.
    await Promise.race([this.#done, transaction`select 1`.then(() => this.#done)])
  }

  /** Ends the COPY without its rows, so that the connection can roll back. */
  abort(reason: unknown): void {
    this.#stream.destroy(reason instanceof Error ? reason : new Error(String(reason)))
  }
}

export type CopyValue = string | number | null

/** One row in COPY's text format. */
export function copyLine(values: readonly CopyValue[]): string {
  let text = ''
  let separator = ''
  for (const value of values) {
    text += separator + escape(value)
    separator = '\t'
  }
  return `${text}\n`
}

/** A backslash before what would end a value. */
function escape(value: CopyValue): string {
  if (value === null) return '\\N'
  if (typeof value === 'number') return String(value)
  return /[\\\t\n\r]/.test(value) ? value.replaceAll(/[\\\t\n\r]/g, (character) => escapes[character] ?? '') : value
}

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
