import { PbfReader } from 'pbf'
import { FileProblem } from '../file-problem.ts'
import type { OsmHandler, OsmMember, OsmTags } from './elements.ts'

type Block = {
  strings: string[]
  groups: [start: number, end: number][]
  granularity: number
  latOffset: number
  lonOffset: number
}

/** One block of primitives: its strings first, then groups of nodes, ways or relations that point at them. */
export function readPrimitiveBlock(content: Uint8Array, handler: OsmHandler): void {
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

function readNode(reader: PbfReader, block: Block, tell: NonNullable<OsmHandler['node']>): void {
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
  tellNode(
    tell,
    node.id,
    degrees(block, block.lonOffset, node.lon),
    degrees(block, block.latOffset, node.lat),
    node.keys.length === 0 ? null : tags,
  )
}

/** Nodes as columns of differences; tags of all of them in one list with zeros between. */
function readDense(reader: PbfReader, block: Block, tell: NonNullable<OsmHandler['node']>): void {
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
    let own: Record<string, string> | null = null
    while (at < tags.length && tags[at] !== 0) {
      own ??= {}
      own[block.strings[tags[at] ?? 0] ?? ''] = block.strings[tags[at + 1] ?? 0] ?? ''
      at += 2
    }
    at++
    tellNode(tell, id, degrees(block, block.lonOffset, lon), degrees(block, block.latOffset, lat), own)
  }
}

function readWay(reader: PbfReader, block: Block, tell: NonNullable<OsmHandler['way']>): void {
  const way = reader.readMessage(
    (tag, result: { id: number; keys: number[]; values: number[]; refs: number[] }, pbf) => {
      if (tag === 1) result.id = pbf.readVarint()
      else if (tag === 2) pbf.readPackedVarint(result.keys)
      else if (tag === 3) pbf.readPackedVarint(result.values)
      else if (tag === 8) pbf.readPackedSVarint(result.refs)
    },
    { id: 0, keys: [], values: [], refs: [] },
  )
  tell(way.id, summed(way.refs), tagsOf(block, way.keys, way.values))
}

const memberTypes = ['node', 'way', 'relation'] as const

function readRelation(reader: PbfReader, block: Block, tell: NonNullable<OsmHandler['relation']>): void {
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
  tell(relation.id, members, tagsOf(block, relation.keys, relation.values))
}

/** Numbers stored as differences, turned into what they stand for, in place. */
function summed(differences: number[]): number[] {
  let sum = 0
  for (let i = 0; i < differences.length; i++) differences[i] = sum += differences[i] ?? 0
  return differences
}

function tagsOf(block: Block, keys: readonly number[], values: readonly number[]): OsmTags {
  const tags: Record<string, string> = {}
  keys.forEach((key, i) => (tags[block.strings[key] ?? ''] = block.strings[values[i] ?? 0] ?? ''))
  return tags
}

/** Billionths of a degree, counted in steps of the block's granularity. */
function degrees(block: Block, offset: number, steps: number): number {
  return Math.round((offset + block.granularity * steps) / 100) / 1e7
}

function tellNode(
  tell: NonNullable<OsmHandler['node']>,
  id: number,
  lon: number,
  lat: number,
  tags: OsmTags | null,
): void {
  if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) throw offTheEarth(id, lon, lat)
  tell(id, lon, lat, tags)
}

/** A node that lies nowhere on the earth. */
export function offTheEarth(id: number, lon: number, lat: number): FileProblem {
  return new FileProblem(
    `OSM 节点 ${id} 的坐标超出经纬度范围（经度 ${lon}，纬度 ${lat}）：文件有误，没有读取`,
    `OSM node ${id} lies outside the range of longitude and latitude (${lon}, ${lat}): the file is wrong and was not read`,
  )
}
