import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Bytes, RowSource, SourceRow } from './source-row.ts'

/** A file that exists only in memory, read in pieces small enough that every seam between two is tried. */
export function inMemory(name: string, content: string | Uint8Array, piece = 997): Bytes {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  return {
    name,
    size: bytes.length,
    path: null,
    open: async function* () {
      for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
    },
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
  }
}

export function onDisk(path: string): Bytes {
  return { ...inMemory(basename(path), readFileSync(path)), path }
}

/** Text as it would arrive: in pieces. */
export async function* inPieces(text: string, piece = 7): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += piece) yield text.slice(at, at + piece)
}

export async function allRows(source: RowSource): Promise<SourceRow[]> {
  const rows: SourceRow[] = []
  for await (const batch of source.batches) rows.push(...batch)
  return rows
}
