import { Instant } from '@minqing/data/domain/instant'
import { z } from 'zod'
import type { Intersects, PeriodEnd, Period } from './expression.ts'
import type { Queryable } from '../queryables.ts'
import type { TokenReader } from './tokens.ts'
import { BoundingBox } from '@minqing/data/domain/position'
import type { Geometry, Position } from 'geojson'

/** Days are local ones: Asia/Shanghai has had this one offset since 1991. */
const localOffset = '+08:00'

/** `TIMESTAMP('…')` or `DATE('…')` where one stands; undefined where none does. */
export function readTime(tokens: TokenReader): { from: string; to: string } | undefined {
  const isCall = tokens.second.kind === 'sign' && tokens.second.text === '('
  if (!isCall || !(tokens.isNext('timestamp') || tokens.isNext('date'))) return undefined
  const asDate = tokens.isNext('date')
  tokens.take()
  tokens.expect('(')
  const time = parseTime(tokens, asDate ? 'date' : 'timestamp')
  tokens.expect(')')
  return time
}

/** What a temporal relation takes: a time, an interval, or a property with a time. */
export function readPeriod(tokens: TokenReader, timeProperty: () => Queryable): Period {
  const time = readTime(tokens)
  if (time !== undefined) return { from: { at: time.from }, to: { at: time.to } }
  if (!tokens.took('interval')) {
    const property = timeProperty()
    return { from: { property }, to: { property } }
  }
  tokens.expect('(')
  const from = readEnd(tokens, timeProperty, 'from')
  tokens.expect(',')
  const to = readEnd(tokens, timeProperty, 'to')
  tokens.expect(')')
  if ('at' in from && 'at' in to && Date.parse(from.at) > Date.parse(to.at))
    throw tokens.unexpected({ zh: '区间的起点晚于终点', en: 'the interval begins after its end' })
  return { from, to }
}

function readEnd(tokens: TokenReader, timeProperty: () => Queryable, end: 'from' | 'to'): PeriodEnd {
  const { next } = tokens
  if (next.kind !== 'text') return { property: timeProperty() }
  if (next.text === '..' || next.text === '') {
    tokens.take()
    return { at: end === 'from' ? '-infinity' : 'infinity' }
  }
  return { at: parseTime(tokens, next.text.includes('T') ? 'timestamp' : 'date')[end] }
}

function parseTime(tokens: TokenReader, kind: 'date' | 'timestamp'): { from: string; to: string } {
  const { next } = tokens
  const text = next.kind === 'text' ? next.text.toUpperCase() : ''
  const good = kind === 'date' ? z.iso.date().safeParse(text).success : Instant.safeParse(text).success
  // The year 0 has no form that the database reads.
  if (!good || text.startsWith('0000')) {
    throw tokens.unexpected(
      kind === 'date'
        ? { zh: "日期应写作 DATE('2026-01-01')", en: "a date is written DATE('2026-01-01')" }
        : {
            zh: "时间应写作 TIMESTAMP('2026-01-01T00:00:00Z')",
            en: "a time is written TIMESTAMP('2026-01-01T00:00:00Z')",
          },
    )
  }
  tokens.take()
  if (kind === 'date') return { from: `${text}T00:00:00${localOffset}`, to: `${text}T23:59:59.999999${localOffset}` }
  return { from: text, to: text }
}

const shapes = ['point', 'linestring', 'polygon', 'multipoint', 'multilinestring', 'multipolygon'] as const

/**
 * A shape as well-known text, or `BBOX(…)` (OGC 21-065r2, annex B, spatialInstance). Heights are passed over.
 *
 * @param latitudeFirst as `filter-crs` says.
 */
export function readShape(tokens: TokenReader, latitudeFirst: boolean): Intersects['shape'] {
  if (tokens.took('bbox')) return { box: readBox(tokens, latitudeFirst) }
  return { geometry: readGeometry(tokens, latitudeFirst) }
}

function readGeometry(tokens: TokenReader, latitudeFirst: boolean): Geometry {
  if (tokens.took('geometrycollection')) {
    tokens.took('z')
    const geometries = listOf(tokens, () => tokens.nested(() => readGeometry(tokens, latitudeFirst)))
    return { type: 'GeometryCollection', geometries }
  }
  const shape = shapes.find((name) => tokens.took(name))
  if (shape === undefined)
    throw tokens.unexpected({ zh: '此处应为几何（WKT 或 BBOX）', en: 'a shape is expected (well-known text or BBOX)' })
  tokens.took('z')
  const position = () => readPosition(tokens, latitudeFirst)
  const line = (least: number) => () => atLeast(tokens, least, listOf(tokens, position))
  const ring = () => closed(tokens, line(4)())
  switch (shape) {
    case 'point':
      return { type: 'Point', coordinates: only(tokens, position) }
    case 'linestring':
      return { type: 'LineString', coordinates: line(2)() }
    case 'polygon':
      return { type: 'Polygon', coordinates: listOf(tokens, ring) }
    case 'multipoint':
      // Brackets around each point are the standard's; without them it is an older, common form.
      return {
        type: 'MultiPoint',
        coordinates: listOf(tokens, () => (tokens.isNext('(') ? only(tokens, position) : position())),
      }
    case 'multilinestring':
      return { type: 'MultiLineString', coordinates: listOf(tokens, line(2)) }
    case 'multipolygon':
      return { type: 'MultiPolygon', coordinates: listOf(tokens, () => listOf(tokens, ring)) }
  }
}

function listOf<T>(tokens: TokenReader, read: () => T): T[] {
  tokens.expect('(')
  const items = [read()]
  while (tokens.took(',')) items.push(read())
  tokens.expect(')')
  return items
}

function only<T>(tokens: TokenReader, read: () => T): T {
  tokens.expect('(')
  const item = read()
  tokens.expect(')')
  return item
}

function readPosition(tokens: TokenReader, latitudeFirst: boolean): Position {
  const [first, second] = [readNumber(tokens), readNumber(tokens)]
  if (tokens.next.kind === 'number') readNumber(tokens)
  const [lon, lat] = (latitudeFirst ? [second, first] : [first, second]).map(rounded) as [number, number]
  if (Math.abs(lon) <= 180 && Math.abs(lat) <= 90) return [lon, lat]
  throw tokens.unexpected({
    zh: `坐标 ${first} ${second} 超出经纬度范围`,
    en: `${first} ${second} is no place on Earth`,
  })
}

/**
 * Degrees to nine decimals, a tenth of a millimetre. The database refuses to reckon with numbers whose squares or
 * quotients a double cannot hold.
 */
function rounded(degrees: number): number {
  return Math.round(degrees * 1e9) / 1e9
}

function readBox(tokens: TokenReader, latitudeFirst: boolean): BoundingBox {
  const numbers = listOf(tokens, () => readNumber(tokens))
  const [a, b, c, d] = numbers.length === 6 ? numbers.filter((_, index) => index % 3 !== 2) : numbers
  const parsed = BoundingBox.safeParse(latitudeFirst ? [b, a, d, c] : [a, b, c, d])
  const good = parsed.success && parsed.data[1] <= parsed.data[3] && (numbers.length === 4 || numbers.length === 6)
  if (good) return parsed.data
  throw tokens.unexpected({
    zh: 'BBOX 应为“西,南,东,北”4 个数',
    en: 'BBOX takes four numbers: west, south, east, north',
  })
}

function readNumber(tokens: TokenReader): number {
  const token = tokens.take()
  if (token.kind === 'number') return token.value
  throw tokens.unexpected({ zh: '此处应为数字', en: 'a number is expected' })
}

function atLeast(tokens: TokenReader, least: number, line: Position[]): Position[] {
  if (line.length >= least) return line
  throw tokens.unexpected({ zh: `至少需要 ${least} 个点`, en: `at least ${least} points are needed` })
}

function closed(tokens: TokenReader, ring: Position[]): Position[] {
  const [first, last] = [ring[0], ring.at(-1)]
  if (first?.[0] === last?.[0] && first?.[1] === last?.[1]) return ring
  throw tokens.unexpected({ zh: '多边形的环没有闭合', en: 'a ring of the polygon is not closed' })
}
