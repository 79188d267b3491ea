import type { Position } from 'geojson'
import type { Label } from '../../domain/label.ts'
import { viewOf } from '../sequential-bytes.ts'

/** `flattened`: heights or measures were left out; `curved`: arcs became lines. */
export type WkbReading = { geometry: object | null; flattened: boolean; curved: boolean } | { fault: Label }

/** Collections in collections in …: nothing real goes deeper. */
const maximumDepth = 8
/** Points that arcs of one geometry may become. */
const mostStroked = 1_000_000

/**
 * Well-known binary (OGC 06-103r4, ISO 13249-3, and PostGIS's EWKB) to a GeoJSON geometry. Z and M are left out, arcs
 * become lines. Counts are believed only as far as there are bytes for them.
 */
export function readWkb(bytes: Uint8Array): WkbReading {
  const reader = new Reader(bytes)
  try {
    const geometry = reader.geometry(0)
    return { geometry, flattened: reader.flattened, curved: reader.curved }
  } catch (error) {
    if (error instanceof WkbFault) return { fault: error.label }
    throw error
  }
}

class WkbFault extends Error {
  readonly label: Label
  constructor(zh: string, en: string) {
    super(en)
    this.label = { zh, en }
  }
}

const names = [
  '',
  'Point',
  'LineString',
  'Polygon',
  'MultiPoint',
  'MultiLineString',
  'MultiPolygon',
  'GeometryCollection',
]

class Reader {
  flattened = false
  curved = false
  readonly #view: DataView
  #at = 0
  #little = true
  #dimensions = 2
  #stroked = 0

  constructor(bytes: Uint8Array) {
    this.#view = viewOf(bytes)
  }

  geometry(depth: number): object | null {
    if (depth > maximumDepth) throw new WkbFault('几何嵌套过深', 'geometries are nested too deep')
    this.#need(5)
    const order = this.#view.getUint8(this.#at++)
    if (order > 1) throw broken()
    this.#little = order === 1
    const code = this.#count()
    const extended = code >>> 29
    if ((extended & 1) !== 0) this.#count()
    const iso = Math.floor((code & 0x1fffffff) / 1000)
    const type = (code & 0x1fffffff) % 1000
    if (iso > 3) throw broken()
    const hasZ = (extended & 4) !== 0 || iso === 1 || iso === 3
    const hasM = (extended & 2) !== 0 || iso === 2 || iso === 3
    this.#dimensions = 2 + (hasZ ? 1 : 0) + (hasM ? 1 : 0)
    this.flattened ||= this.#dimensions > 2
    return this.#body(type, depth)
  }

  #body(type: number, depth: number): object | null {
    switch (type) {
      case 1: {
        const point = this.#position()
        // An empty point is written as two NaN.
        return point.every(Number.isFinite) ? { type: 'Point', coordinates: point } : null
      }
      case 2: {
        const line = this.#positions()
        return line.length === 0 ? null : { type: 'LineString', coordinates: line }
      }
      case 3:
      case 17: {
        const rings = this.#list(4, () => this.#positions())
        return rings.length === 0 ? null : { type: 'Polygon', coordinates: rings }
      }
      case 4:
      case 5:
      case 6:
      case 7: {
        const parts = this.#list(5, () => this.geometry(depth + 1)).filter((part) => part !== null)
        if (parts.length === 0) return null
        if (type === 7) return { type: 'GeometryCollection', geometries: parts }
        const [own, part] = [names[type] ?? '', names[type - 3] ?? '']
        return {
          type: own,
          coordinates: (parts as { type: string; coordinates: unknown }[]).map((one) => {
            if (one.type !== part) throw broken()
            return one.coordinates
          }),
        }
      }
      case 8:
      case 9: {
        const line = this.#curve(type, depth)
        return line.length === 0 ? null : { type: 'LineString', coordinates: line }
      }
      case 10: {
        const rings = this.#list(5, () => this.#coordinates('LineString', depth)).filter((ring) => ring !== null)
        return rings.length === 0 ? null : { type: 'Polygon', coordinates: rings }
      }
      case 11:
      case 12: {
        const part = type === 11 ? 'LineString' : 'Polygon'
        const parts = this.#list(5, () => this.#coordinates(part, depth)).filter((one) => one !== null)
        return parts.length === 0 ? null : { type: `Multi${part}`, coordinates: parts }
      }
      default:
        throw new WkbFault(
          `几何类型 ${type}（三维曲面）无法读取，请先转换为多边形`,
          `geometry type ${type} (a surface in space) cannot be read: convert it to polygons first`,
        )
    }
  }

  /** A circular string, or several lines and circular strings one behind the other. */
  #curve(type: 8 | 9, depth: number): Position[] {
    if (type === 9) {
      const parts = this.#list(5, () => this.#coordinates('LineString', depth) as Position[] | null)
      return parts.flatMap((part, index) => (index === 0 ? (part ?? []) : (part ?? []).slice(1)))
    }
    const line = strokeArcs(this.#positions())
    if (line === null) throw broken()
    this.#stroked += line.length
    if (this.#stroked > mostStroked)
      throw new WkbFault('圆弧过多，请先转换为折线', 'too many arcs: convert them to lines first')
    this.curved = true
    return line
  }

  /** The coordinates of a part that must be of this kind, or a curved form of it. */
  #coordinates(kind: 'LineString' | 'Polygon', depth: number): unknown {
    const part = this.geometry(depth + 1) as { type: string; coordinates: unknown } | null
    if (part !== null && part.type !== kind) throw broken()
    return part?.coordinates ?? null
  }

  #positions(): Position[] {
    return this.#list(this.#dimensions * 8, () => {
      const position = this.#position()
      if (!position.every(Number.isFinite)) throw new WkbFault('坐标不是数值', 'a coordinate is no number')
      return position
    })
  }

  #position(): Position {
    this.#need(this.#dimensions * 8)
    const position = [this.#view.getFloat64(this.#at, this.#little), this.#view.getFloat64(this.#at + 8, this.#little)]
    this.#at += this.#dimensions * 8
    return position
  }

  /** As many as are announced, once there are bytes for that many. */
  #list<Item>(bytesEach: number, read: () => Item): Item[] {
    const count = this.#count()
    this.#need(count * bytesEach)
    const items: Item[] = []
    for (let i = 0; i < count; i++) items.push(read())
    return items
  }

  #count(): number {
    this.#need(4)
    const count = this.#view.getUint32(this.#at, this.#little)
    this.#at += 4
    return count
  }

  #need(bytes: number): void {
    if (this.#at + bytes > this.#view.byteLength) throw broken()
  }
}

function broken(): WkbFault {
  return new WkbFault('几何数据已损坏', 'the geometry is damaged')
}

/** Between two points of an arc that is drawn as a line; what GDAL takes too. Of a circle of 100 m, 6 cm beside it. */
const step = (4 * Math.PI) / 180

/**
 * A circular string (SQL/MM part 3) as a line: each arc goes from a point through the next to the one after it; where
 * the first and the last are the same it is a whole circle, with the middle one opposite.
 *
 * @returns null when the number of points cannot be one of arcs
 */
export function strokeArcs(points: readonly Position[]): Position[] | null {
  const [first] = points
  if (first === undefined) return []
  if (points.length < 3 || points.length % 2 === 0) return null
  const line: Position[] = [first]
  for (let at = 0; at + 2 < points.length; at += 2) {
    const [from, through, to] = points.slice(at, at + 3)
    if (from !== undefined && through !== undefined && to !== undefined) strokeArc(from, through, to, line)
  }
  return line
}

function strokeArc(from: Position, through: Position, to: Position, line: Position[]): void {
  const center = centerOf(from, through, to)
  if (center === null) {
    line.push(through, to)
    return
  }
  const angle = ([x = 0, y = 0]: Position) => Math.atan2(y - center[1], x - center[0])
  const turn = (end: number) => (((end - angle(from)) % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI)
  // Counter-clockwise where the middle point comes before the end that way round.
  const toEnd = turn(angle(to)) || 2 * Math.PI
  const sweep = turn(angle(through)) <= toEnd ? toEnd : toEnd - 2 * Math.PI
  const radius = Math.hypot((from[0] ?? 0) - center[0], (from[1] ?? 0) - center[1])
  const steps = Math.ceil(Math.abs(sweep) / step)
  for (let at = 1; at < steps; at++) {
    const here = angle(from) + (sweep * at) / steps
    line.push([center[0] + radius * Math.cos(here), center[1] + radius * Math.sin(here)])
  }
  line.push(to)
}

/** The middle of the circle through three points; null where they lie on a line. */
function centerOf(from: Position, through: Position, to: Position): [number, number] | null {
  const [x = 0, y = 0] = from
  const [bx, by] = [(through[0] ?? 0) - x, (through[1] ?? 0) - y]
  const [cx, cy] = [(to[0] ?? 0) - x, (to[1] ?? 0) - y]
  if (cx === 0 && cy === 0) return bx === 0 && by === 0 ? null : [x + bx / 2, y + by / 2]
  const cross = 2 * (bx * cy - by * cx)
  if (Math.abs(cross) < 1e-12 * (bx * bx + by * by + cx * cx + cy * cy)) return null
  const [b, c] = [bx * bx + by * by, cx * cx + cy * cy]
  return [x + (cy * b - by * c) / cross, y + (bx * c - cx * b) / cross]
}
