import type { Position } from 'geojson'
import type { Label } from '../../domain/label.ts'
import { groupRings } from '../geometry/group-rings.ts'
import { viewOf } from '../sequential-bytes.ts'

/** One record's shape: a GeoJSON geometry, null for a null shape, or why it is none. */
export type Shape = { geometry: object | null; dropped: 'z' | 'm' | null } | { fault: Label }

/** Shape types of ESRI's white paper (July 1998): the plain ones, those with Z (+10) and those with M (+20). */
const kinds = { 0: 'null', 1: 'point', 3: 'line', 5: 'polygon', 8: 'multipoint' } as const

/** The content of one record of a `.shp` file, without its eight bytes of header. Z and M are left out. */
export function readShape(content: Uint8Array): Shape {
  if (content.length < 4) return broken()
  const view = viewOf(content)
  const type = view.getInt32(0, true)
  const kind = kinds[(type % 10) as keyof typeof kinds]
  if (type === 31) return fault('三维面片（MultiPatch）无法作为平面图形读取', 'a MultiPatch is no plane shape')
  if (kind === undefined || type < 0 || type > 28) return fault(`未知的图形类型 ${type}`, `unknown shape type ${type}`)
  const dropped = type > 20 ? 'm' : type > 10 ? 'z' : null
  switch (kind) {
    case 'null':
      return { geometry: null, dropped: null }
    case 'point': {
      if (content.length < 20) return broken()
      const point = [view.getFloat64(4, true), view.getFloat64(12, true)]
      if (!point.every(Number.isFinite)) return notFinite()
      return { geometry: { type: 'Point', coordinates: point }, dropped }
    }
    case 'multipoint': {
      const points = content.length < 40 ? null : readPoints(view, 40, view.getInt32(36, true))
      if (points === null) return broken()
      return points.length === 0
        ? { geometry: null, dropped: null }
        : { geometry: { type: 'MultiPoint', coordinates: points }, dropped }
    }
    case 'line':
    case 'polygon': {
      const parts = readParts(view)
      if (parts === null) return broken()
      if (parts.length === 0) return { geometry: null, dropped: null }
      if (kind === 'line') return { geometry: asLine(parts), dropped }
      const polygons = groupRings(parts)
      return polygons === null ? tooNested() : { geometry: asPolygon(polygons), dropped }
    }
  }
}

function asLine(parts: Position[][]): object {
  return parts.length === 1
    ? { type: 'LineString', coordinates: parts[0] }
    : { type: 'MultiLineString', coordinates: parts }
}

function asPolygon(polygons: Position[][][]): object {
  return polygons.length === 1
    ? { type: 'Polygon', coordinates: polygons[0] }
    : { type: 'MultiPolygon', coordinates: polygons }
}

/** The parts of a line or polygon; null when the counts do not agree with the length of the record. */
function readParts(view: DataView): Position[][] | null {
  if (view.byteLength < 44) return null
  const partCount = view.getInt32(36, true)
  const pointCount = view.getInt32(40, true)
  if (partCount < 0 || pointCount < 0 || 44 + partCount * 4 + pointCount * 16 > view.byteLength) return null
  const points = readPoints(view, 44 + partCount * 4, pointCount)
  if (points === null) return null
  const parts: Position[][] = []
  for (let part = 0; part < partCount; part++) {
    const start = view.getInt32(44 + part * 4, true)
    const end = part + 1 < partCount ? view.getInt32(48 + part * 4, true) : pointCount
    if (start < 0 || end < start || end > pointCount) return null
    if (end > start) parts.push(points.slice(start, end))
  }
  return parts
}

function readPoints(view: DataView, offset: number, count: number): Position[] | null {
  if (count < 0 || offset + count * 16 > view.byteLength) return null
  const points: Position[] = []
  for (let at = offset; points.length < count; at += 16) {
    const point = [view.getFloat64(at, true), view.getFloat64(at + 8, true)]
    if (!point.every(Number.isFinite)) return null
    points.push(point)
  }
  return points
}

function broken(): Shape {
  return fault(
    '图形记录已损坏：长度与内容不符，或含有非数值坐标',
    'the shape is broken: its counts do not agree with its length, or a coordinate is no number',
  )
}

function tooNested(): Shape {
  return fault('环层层嵌套，过于复杂', 'too many rings within rings')
}

function notFinite(): Shape {
  return fault('坐标不是数值', 'a coordinate is no number')
}

function fault(zh: string, en: string): Shape {
  return { fault: { zh, en } }
}
