import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { decode, detectEncoding } from '@minqing/data/formats/encoding'
import type { Bytes, RowSource, SourceRow } from '@minqing/data/formats/source-row'

/** A file as an import sees it, in pieces of an odd size, so that every seam is tried. */
export function fileOf(path: string): Bytes {
  const content = readFileSync(path)
  return {
    name: basename(path),
    size: content.length,
    open: async function* () {
      for (let at = 0; at < content.length; at += 61) yield content.subarray(at, at + 61)
    },
  }
}

export async function textOf(path: string): Promise<{ encoding: string; text: AsyncGenerator<string> }> {
  const bytes = fileOf(path)
  const encoding = await detectEncoding(bytes)
  return { encoding, text: decode(bytes, encoding) }
}

export async function rowsOf(source: RowSource): Promise<SourceRow[]> {
  const rows: SourceRow[] = []
  for await (const batch of source.batches) rows.push(...batch)
  return rows
}
