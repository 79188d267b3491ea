import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'

type Entry = { name: string; content: AsyncIterable<string | Uint8Array> } | { name: string; path: string }

/**
 * A ZIP archive, entry after entry, each read when its turn comes. Names that are not ASCII are marked as UTF-8
 * (APPNOTE 4.4.4, bit 11).
 *
 * @throws what an entry's content throws; whoever stops early ends it
 */
export async function* zipStream(entries: AsyncIterable<Entry> | Iterable<Entry>): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile()
  const output = zip.outputStream as Readable
  zip.on('error', (error: Error) => output.destroy(error))
  const open: Readable[] = []
  const adding = addEntries(zip, entries, open).catch((error: Error) => output.destroy(error))
  try {
    for await (const piece of output) yield piece as Uint8Array
    await adding
  } finally {
    for (const stream of open) stream.destroy()
    output.destroy()
  }
}

async function addEntries(zip: ZipFile, entries: AsyncIterable<Entry> | Iterable<Entry>, open: Readable[]) {
  for await (const entry of entries) {
    if ('path' in entry) {
      zip.addFile(entry.path, entry.name)
      continue
    }
    const content = Readable.from(asBytes(entry.content), { objectMode: false })
    open.push(content)
    const ended = new Promise<void>((resolve, reject) => {
      content.once('end', resolve)
      content.once('error', reject)
      content.once('close', () => reject(new Error('the archive is no longer wanted')))
    })
    zip.addReadStream(content, entry.name)
    // The next entry may depend on what this one has read.
    await ended
  }
  zip.end()
}

async function* asBytes(pieces: AsyncIterable<string | Uint8Array>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    const bytes =
      typeof piece === 'string' ? Buffer.from(piece) : Buffer.from(piece.buffer, piece.byteOffset, piece.length)
    // An empty piece would end the stream.
    if (bytes.length > 0) yield bytes
  }
}
