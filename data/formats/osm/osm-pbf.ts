import { promisify } from 'node:util'
import { inflate } from 'node:zlib'
import { PbfReader } from 'pbf'
import { FileProblem } from '../file-problem.ts'
import { readPrimitiveBlock } from './primitives.ts'
import type { OsmHandler } from './elements.ts'
import { SequentialBytes, viewOf } from '../sequential-bytes.ts'
import type { Bytes } from '../source-row.ts'

const inflated = promisify(inflate)

/** The format's own limits: 64 KiB for a block's header, 32 MiB for what it holds. */
const largestHeader = 65_536
const largestBlock = 33_554_432

/** What the header block may demand of a reader. */
const understood = new Set(['OsmSchema-V0.6', 'DenseNodes', 'HistoricalInformation'])

/** OpenStreetMap's binary form (wiki.openstreetmap.org/wiki/PBF_Format): blocks, each compressed by itself. */
export async function* readOsmPbf(bytes: Bytes, handler: OsmHandler): AsyncGenerator<void> {
  const source = new SequentialBytes(bytes.open())
  let blocks = 0
  try {
    while (await source.fill(1)) {
      const { type, size } = await readHeader(source, bytes.name)
      if (!(await source.fill(size))) throw damaged(bytes.name, 'it ends in the middle')
      const blob = source.take(size)
      if (type === 'OSMHeader') checkFeatures(await contentOf(blob, bytes.name), bytes.name)
      else if (type === 'OSMData')
        guarded(await contentOf(blob, bytes.name), bytes.name, (content) => readPrimitiveBlock(content, handler))
      blocks++
      yield
    }
    if (blocks === 0) throw damaged(bytes.name, 'it is empty')
  } finally {
    await source.close()
  }
}

async function readHeader(source: SequentialBytes, name: string): Promise<{ type: string; size: number }> {
  if (!(await source.fill(4))) throw damaged(name, 'it ends in the middle')
  const length = viewOf(source.take(4)).getUint32(0)
  if (length > largestHeader) throw damaged(name, 'a block has an impossible header')
  if (!(await source.fill(length))) throw damaged(name, 'it ends in the middle')
  const header = guarded(source.take(length), name, (bytes) =>
    new PbfReader(bytes).readFields(
      (tag, result: { type: string; size: number }, pbf) => {
        if (tag === 1) result.type = pbf.readString()
        else if (tag === 3) result.size = pbf.readVarint()
      },
      { type: '', size: -1 },
    ),
  )
  if (!(header.size >= 0 && header.size <= largestBlock)) throw damaged(name, 'a block has an impossible size')
  return header
}

/** A block's bytes, as they are or inflated; never more than a block may hold. */
async function contentOf(blob: Uint8Array, name: string): Promise<Uint8Array> {
  const parts = guarded(blob, name, (bytes) =>
    new PbfReader(bytes).readFields(
      (tag, result: { raw: Uint8Array | null; zlib: Uint8Array | null; other: boolean }, pbf) => {
        if (tag === 1) result.raw = pbf.readBytes()
        else if (tag === 3) result.zlib = pbf.readBytes()
        else if (tag > 3) result.other = true
      },
      { raw: null, zlib: null, other: false },
    ),
  )
  if (parts.raw !== null) return parts.raw
  if (parts.zlib === null)
    throw parts.other
      ? new FileProblem(
          `“${name}”的压缩方式（LZMA、LZ4 或 Zstandard）不受支持，请用 osmium 转为 zlib 压缩`,
          `“${name}” is packed by LZMA, LZ4 or Zstandard, which is not supported: convert it to zlib with osmium`,
        )
      : damaged(name, 'a block is empty')
  try {
    return await inflated(parts.zlib, { maxOutputLength: largestBlock })
  } catch (cause) {
    throw damaged(name, 'a block cannot be unpacked', cause)
  }
}

function checkFeatures(content: Uint8Array, name: string): void {
  const required = guarded(content, name, (bytes) =>
    new PbfReader(bytes).readFields((tag, found: string[], pbf) => {
      if (tag === 4) found.push(pbf.readString())
    }, []),
  )
  const unknown = required.filter((feature) => !understood.has(feature))
  if (unknown.length === 0) return
  throw new FileProblem(
    `“${name}”需要不支持的特性 ${unknown.join('、').slice(0, 100)}`,
    `“${name}” requires features that are not supported: ${unknown.join(', ').slice(0, 100)}`,
  )
}

/** Bytes that are no such message end in errors of the decoder, which are the file's fault. */
function guarded<Result>(bytes: Uint8Array, name: string, read: (bytes: Uint8Array) => Result): Result {
  try {
    return read(bytes)
  } catch (cause) {
    if (cause instanceof FileProblem) throw cause
    throw damaged(name, 'a block makes no sense', cause)
  }
}

function damaged(name: string, en: string, cause?: unknown): FileProblem {
  return new FileProblem(
    `“${name}”不是完整的 OSM PBF 文件，或已损坏。请重新下载`,
    `“${name}” is no complete OSM PBF file: ${en}. Download it again`,
    { cause },
  )
}
