import { promisify } from 'node:util'
import { inflate } from 'node:zlib'
import { PbfReader } from 'pbf'
import { FileProblem } from '../file-problem.ts'
import { SequentialBytes, viewOf } from '../sequential-bytes.ts'
import type { Bytes } from '../source-row.ts'
import { offTheEarth, type OsmHandler, type OsmMember, type OsmTags } from './elements.ts'

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

type Block = {
  strings: string[]
  groups: [start: number, end: number][]
  granularity: number
  latOffset: number
  lonOffset: number
}

/** One block of primitives: its strings first, then groups of nodes, ways or relations that point at them. */
function readPrimitiveBlock(content: Uint8Array, handler: OsmHandler): void {
  const pbf = new PbfReader(content)
  const block = pbf.readFields(
    (tag, result: Block, reader) => {
      if (tag === 1)
        reader.readMessage((inner, strings: string[], table) => {
          if (inner === 1) strings.push(table.readString())
        }, result.strings)
      else if (tag === 2) {
        const end = reader.readVarint() + reader.pos
        result.groups.push([reader.pos, end])
        reader.pos = end
      } else if (tag === 17) result.granularity = reader.readVarint()
      else if (tag === 19) result.latOffset = reader.readVarint(true)
      else if (tag === 20) result.lonOffset = reader.readVarint(true)
    },
    { strings: [], groups: [], granularity: 100, latOffset: 0, lonOffset: 0 },
  )
  for (const [start, end] of block.groups) {
    pbf.pos = start
    pbf.readFields(
      (tag, _, reader) => {
        if (tag === 1 && handler.node !== undefined) readNode(reader, block, handler.node)
        else if (tag === 2 && handler.node !== undefined) readDense(reader, block, handler.node)
        else if (tag === 3 && handler.way !== undefined) readWay(reader, block, handler.way)
        else if (tag === 4 && handler.relation !== undefined) readRelation(reader, block, handler.relation)
      },
      null,
      end,
    )
  }
}

function readNode(reader: PbfReader, block: Block, handle: NonNullable<OsmHandler['node']>): void {
  const node = reader.readMessage(
    (tag, result: { id: number; keys: number[]; values: number[]; lat: number; lon: number }, pbf) => {
      if (tag === 1) result.id = pbf.readSVarint()
      else if (tag === 2) pbf.readPackedVarint(result.keys)
      else if (tag === 3) pbf.readPackedVarint(result.values)
      else if (tag === 8) result.lat = pbf.readSVarint()
      else if (tag === 9) result.lon = pbf.readSVarint()
    },
    { id: 0, keys: [], values: [], lat: 0, lon: 0 },
  )
  const tags = tagsOf(block, node.keys, node.values)
  handleNode(
    handle,
    node.id,
    degrees(block, block.lonOffset, node.lon),
    degrees(block, block.latOffset, node.lat),
    node.keys.length === 0 ? null : tags,
  )
}

/** Nodes as columns of differences; tags of all of them in one list with zeros between. */
function readDense(reader: PbfReader, block: Block, handle: NonNullable<OsmHandler['node']>): void {
  const { ids, lats, lons, tags } = reader.readMessage(
    (tag, result: { ids: number[]; lats: number[]; lons: number[]; tags: number[] }, pbf) => {
      if (tag === 1) pbf.readPackedSVarint(result.ids)
      else if (tag === 8) pbf.readPackedSVarint(result.lats)
      else if (tag === 9) pbf.readPackedSVarint(result.lons)
      else if (tag === 10) pbf.readPackedVarint(result.tags)
    },
    { ids: [], lats: [], lons: [], tags: [] },
  )
  let [id, lat, lon, at] = [0, 0, 0, 0]
  for (let i = 0; i < ids.length; i++) {
    id += ids[i] ?? 0
    lat += lats[i] ?? 0
    lon += lons[i] ?? 0
    let own: Map<string, string> | null = null
    while (at < tags.length && tags[at] !== 0) {
      own ??= new Map()
      own.set(block.strings[tags[at] ?? 0] ?? '', block.strings[tags[at + 1] ?? 0] ?? '')
      at += 2
    }
    at++
    handleNode(handle, id, degrees(block, block.lonOffset, lon), degrees(block, block.latOffset, lat), own)
  }
}

function readWay(reader: PbfReader, block: Block, handle: NonNullable<OsmHandler['way']>): void {
  const way = reader.readMessage(
    (tag, result: { id: number; keys: number[]; values: number[]; refs: number[] }, pbf) => {
      if (tag === 1) result.id = pbf.readVarint()
      else if (tag === 2) pbf.readPackedVarint(result.keys)
      else if (tag === 3) pbf.readPackedVarint(result.values)
      else if (tag === 8) pbf.readPackedSVarint(result.refs)
    },
    { id: 0, keys: [], values: [], refs: [] },
  )
  handle(way.id, summed(way.refs), tagsOf(block, way.keys, way.values))
}

const memberTypes = ['node', 'way', 'relation'] as const

function readRelation(reader: PbfReader, block: Block, handle: NonNullable<OsmHandler['relation']>): void {
  const relation = reader.readMessage(
    (
      tag,
      result: { id: number; keys: number[]; values: number[]; roles: number[]; refs: number[]; types: number[] },
      pbf,
    ) => {
      if (tag === 1) result.id = pbf.readVarint()
      else if (tag === 2) pbf.readPackedVarint(result.keys)
      else if (tag === 3) pbf.readPackedVarint(result.values)
      else if (tag === 8) pbf.readPackedVarint(result.roles)
      else if (tag === 9) pbf.readPackedSVarint(result.refs)
      else if (tag === 10) pbf.readPackedVarint(result.types)
    },
    { id: 0, keys: [], values: [], roles: [], refs: [], types: [] },
  )
  const members = summed(relation.refs).map((ref, i): OsmMember => ({
    type: memberTypes[relation.types[i] ?? 0] ?? 'node',
    ref,
    role: block.strings[relation.roles[i] ?? 0] ?? '',
  }))
  handle(relation.id, members, tagsOf(block, relation.keys, relation.values))
}

/** Numbers stored as differences, turned into what they stand for, in place. */
function summed(differences: number[]): number[] {
  let sum = 0
  for (let i = 0; i < differences.length; i++) differences[i] = sum += differences[i] ?? 0
  return differences
}

function tagsOf(block: Block, keys: readonly number[], values: readonly number[]): OsmTags {
  return new Map(keys.map((key, i) => [block.strings[key] ?? '', block.strings[values[i] ?? 0] ?? '']))
}

/** Billionths of a degree, counted in steps of the block's granularity. */
function degrees(block: Block, offset: number, steps: number): number {
  return Math.round((offset + block.granularity * steps) / 100) / 1e7
}

function handleNode(
  handle: NonNullable<OsmHandler['node']>,
  id: number,
  lon: number,
  lat: number,
  tags: OsmTags | null,
): void {
  if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) throw offTheEarth(id, lon, lat)
  handle(id, lon, lat, tags)
}
