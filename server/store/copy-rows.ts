import { Readable, type Writable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
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

export type CopyValue = string | number | boolean | null

/** Rows for a table, as they are made. */
export type TableRows = { table: string; columns: readonly string[]; rows: Iterable<readonly CopyValue[]> }
/** The same as COPY's text, which can travel between threads. */
export type TableText = { table: string; columns: readonly string[]; chunks: Iterable<Uint8Array> }

/** Streams rows into a table by `COPY`, the fastest way in. `table` and `columns` are written into the statement. */
export async function copyRows(transaction: Transaction, { rows, ...target }: TableRows): Promise<void> {
  await copyText(transaction, { ...target, chunks: textOf(rows) })
}

export async function copyText(transaction: Transaction, { table, columns, chunks }: TableText): Promise<void> {
  const target = await transaction.unsafe(`copy ${table} (${columns.join(', ')}) from stdin`).writable()
  await pipeline(Readable.from(chunks), target)
}

const chunkLength = 1 << 18

/** Rows in COPY's text format, a quarter of a megabyte at a time. */
export function* textOf(rows: Iterable<readonly CopyValue[]>): Generator<Buffer> {
  let text = ''
  for (const row of rows) {
    text += copyLine(row)
    if (text.length < chunkLength) continue
    yield Buffer.from(text)
    text = ''
  }
  if (text !== '') yield Buffer.from(text)
}

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
  if (typeof value !== 'string') return String(value)
  return /[\\\t\n\r]/.test(value) ? value.replaceAll(/[\\\t\n\r]/g, (character) => escapes.get(character) ?? '') : value
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\r', '\\r'],
])

/** A `point` as PostgreSQL reads it. */
export function pointText(x: number, y: number): string {
  return `(${x},${y})`
}

/** A `box` as PostgreSQL reads it. */
export function boxText([west, south, east, north]: readonly [number, number, number, number]): string {
  return `((${west},${south}),(${east},${north}))`
}
