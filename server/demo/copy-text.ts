import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Transaction } from '../store/connect.ts'

export type Cell = string | number | boolean | null

/** Rows for a table, as they are made. */
export type TableRows = { table: string; columns: readonly string[]; rows: Iterable<readonly Cell[]> }
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
export function* textOf(rows: Iterable<readonly Cell[]>): Generator<Buffer> {
  let text = ''
  for (const row of rows) {
    text += `${row.map(encode).join('\t')}\n`
    if (text.length < chunkLength) continue
    yield Buffer.from(text)
    text = ''
  }
  if (text !== '') yield Buffer.from(text)
}

const special = /[\\\t\n\r]/
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** A value in COPY's text format. */
function encode(cell: Cell): string {
  if (cell === null) return '\\N'
  if (typeof cell !== 'string') return String(cell)
  return special.test(cell) ? cell.replaceAll(/[\\\t\n\r]/g, (sign) => escapes[sign] as string) : cell
}
