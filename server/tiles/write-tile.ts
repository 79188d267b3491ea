import { PbfWriter } from 'pbf'
import type { TileRow } from '../features/feature-source.ts'

/** Units on a side of a tile. */
export const tileExtent = 4096
/** Units that a tile holds beyond its edges: lines and outlines then join without a seam. */
export const tileBuffer = 64

/** A feature in units of its tile, x to the east and y to the south, each path as x, y, x, y, … */
export type TileShape = {
  /** Points, lines or rings, in the numbers of the format (MVT 2.1 §4.3.4). */
  type: 1 | 2 | 3
  paths: readonly ArrayLike<number>[]
  properties: TileRow['properties']
}

// Field numbers of the format: https://github.com/mapbox/vector-tile-spec/blob/master/2.1/vector_tile.proto
const tile = { layer: 3 }
const layer = { name: 1, feature: 2, key: 3, value: 4, extent: 5, version: 15 }
const feature = { tags: 2, type: 3, geometry: 4 }
const value = { text: 1, double: 3, signed: 6 }

const moveTo = 1
const lineTo = 2
const closePath = 7

/** Mapbox Vector Tile 2.1 of named layers. Properties that are null or empty are left out. */
export function writeTile(layers: Iterable<readonly [string, readonly TileShape[]]>): Uint8Array {
  const out = new PbfWriter()
  for (const named of layers) out.writeMessage(tile.layer, writeLayer, named)
  return out.finish()
}

function writeLayer([name, shapes]: readonly [string, readonly TileShape[]], out: PbfWriter): void {
  out.writeVarintField(layer.version, 2)
  out.writeStringField(layer.name, name)
  out.writeVarintField(layer.extent, tileExtent)
  const keys = new DistinctValues<string>()
  const values = new DistinctValues<string | number>()
  for (const shape of shapes) {
    const tags: number[] = []
    for (const key in shape.properties) {
      const property = shape.properties[key]
      if (property !== null && property !== undefined && property !== '')
        tags.push(keys.indexOf(key), values.indexOf(property))
    }
    out.writeMessage(layer.feature, writeFeature, { shape, tags })
  }
  for (const key of keys.all) out.writeStringField(layer.key, key)
  for (const property of values.all) out.writeMessage(layer.value, writeValue, property)
}

function writeFeature({ shape, tags }: { shape: TileShape; tags: number[] }, out: PbfWriter): void {
  out.writePackedVarint(feature.tags, tags)
  out.writeVarintField(feature.type, shape.type)
  out.writePackedVarint(feature.geometry, commands(shape))
}

function writeValue(property: string | number, out: PbfWriter): void {
  if (typeof property === 'string') out.writeStringField(value.text, property)
  else if (Number.isInteger(property)) out.writeSVarintField(value.signed, property)
  else out.writeDoubleField(value.double, property)
}

/** The paths as commands with distances from point to point (MVT 2.1 §4.3). */
function commands({ type, paths }: TileShape): number[] {
  const out: number[] = []
  let atX = 0
  let atY = 0
  for (const path of paths) {
    const points = pointsOf(path, type)
    for (let i = 0; i < points; i++) {
      if (i === 0) out.push(command(moveTo, type === 1 ? points : 1))
      else if (i === 1 && type !== 1) out.push(command(lineTo, points - 1))
      const x = path[i * 2]!
      const y = path[i * 2 + 1]!
      out.push(zigzag(x - atX), zigzag(y - atY))
      atX = x
      atY = y
    }
    if (type === 3) out.push(command(closePath, 1))
  }
  return out
}

/** A ring may repeat its first point at its end: the format closes it by itself. */
function pointsOf(path: ArrayLike<number>, type: TileShape['type']): number {
  const points = path.length / 2
  const closed = type === 3 && points > 1 && path[0] === path[path.length - 2] && path[1] === path[path.length - 1]
  return closed ? points - 1 : points
}

function command(id: number, count: number): number {
  return (count << 3) | id
}

function zigzag(distance: number): number {
  return (distance << 1) ^ (distance >> 31)
}

/** The keys or values of a layer, each once; features refer to them by index (MVT 2.1 §4.4). */
class DistinctValues<Value> {
  readonly #indices = new Map<Value, number>()

  indexOf(value: Value): number {
    let index = this.#indices.get(value)
    if (index === undefined) this.#indices.set(value, (index = this.#indices.size))
    return index
  }

  get all(): Iterable<Value> {
    return this.#indices.keys()
  }
}
