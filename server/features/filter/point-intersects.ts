import type { Geometry, Position } from 'geojson'
import { asBoxes } from '../../store/bounding-box.ts'
import type { Fragment } from '../../store/conditions.ts'
import type { Transaction } from '../../store/connect.ts'
import { bboxOfGeometry } from '@minqing/data/geo/plane'
import type { Intersects } from './expression.ts'

/** Degrees: half of the last decimal that a point is served with, 5 mm on the ground. */
const tolerance = 5e-8

/**
 * Whether a `point` column has a place in common with a shape; null where it is null. PostgreSQL's own polygons know no
 * holes and are vague by 1e-6°, so a ring is crossed here by the even-odd rule (Shimrat 1962), and the line itself
 * belongs to it.
 */
export function pointIntersects(transaction: Transaction, column: string, shape: Intersects['shape']): Fragment {
  const point = transaction`${transaction(column)}`
  if ('box' in shape) {
    const [first, second] = asBoxes(transaction, shape.box).map((box) => transaction`${point} <@ ${box}`)
    return second === undefined ? transaction`(${first!})` : transaction`(${first!} or ${second})`
  }
  const [west, south, east, north] = bboxOfGeometry(shape.geometry)
  const [near] = asBoxes(transaction, [west - tolerance, south - tolerance, east + tolerance, north + tolerance])
  const parts = rings(shape.geometry).map((ring) => crossing(transaction, point, ring))
  const onLine = distanceWithin(transaction, point, segmentsOf(shape.geometry))
  const inside = parts.reduce<Fragment>((joined, part) => transaction`${joined} or ${part}`, onLine)
  return transaction`(${point} <@ ${near!} and (${inside}))`
}

/** Rings of each polygon: with its holes it is crossed as a whole, so that what lies in a hole lies outside. */
function rings(geometry: Geometry): Position[][][] {
  switch (geometry.type) {
    case 'Polygon':
      return [geometry.coordinates]
    case 'MultiPolygon':
      return geometry.coordinates
    case 'GeometryCollection':
      return geometry.geometries.flatMap(rings)
    case 'Point':
    case 'MultiPoint':
    case 'LineString':
    case 'MultiLineString':
      return []
  }
}

type Segment = [x1: number, y1: number, x2: number, y2: number]

function segmentsOf(geometry: Geometry): Segment[] {
  switch (geometry.type) {
    case 'Point':
      return [asSegment(geometry.coordinates, geometry.coordinates)]
    case 'MultiPoint':
      return geometry.coordinates.map((position) => asSegment(position, position))
    case 'LineString':
      return alongLine(geometry.coordinates)
    case 'MultiLineString':
    case 'Polygon':
      return geometry.coordinates.flatMap(alongLine)
    case 'MultiPolygon':
      return geometry.coordinates.flat().flatMap(alongLine)
    case 'GeometryCollection':
      return geometry.geometries.flatMap(segmentsOf)
  }
}

function alongLine(line: Position[]): Segment[] {
  return line.slice(1).map((position, index) => asSegment(line[index]!, position))
}

function asSegment([x1 = 0, y1 = 0]: Position, [x2 = 0, y2 = 0]: Position): Segment {
  return [x1, y1, x2, y2]
}

function unnested(transaction: Transaction, segments: Segment[]): Fragment {
  const [x1, y1, x2, y2] = [0, 1, 2, 3].map((index) => segments.map((segment) => segment[index]!))
  return transaction`unnest(${x1!}::float8[], ${y1!}::float8[], ${x2!}::float8[], ${y2!}::float8[]) as s(x1, y1, x2, y2)`
}

function crossing(transaction: Transaction, point: Fragment, polygon: Position[][]): Fragment {
  return transaction`(select count(*) % 2 = 1 from ${unnested(transaction, polygon.flatMap(alongLine))}
    where (s.y1 > ${point}[1]) <> (s.y2 > ${point}[1])
      and ${point}[0] < (s.x2 - s.x1) * (${point}[1] - s.y1) / (s.y2 - s.y1) + s.x1)`
}

/** Squared distance to the nearest place of a segment. */
function distanceWithin(transaction: Transaction, point: Fragment, segments: Segment[]): Fragment {
  return transaction`exists (select from ${unnested(transaction, segments)},
    lateral (select coalesce(greatest(0, least(1, ((${point}[0] - s.x1) * (s.x2 - s.x1) + (${point}[1] - s.y1) * (s.y2 - s.y1))
      / nullif((s.x2 - s.x1) ^ 2 + (s.y2 - s.y1) ^ 2, 0))), 0) as along) as nearest
    where (s.x1 + along * (s.x2 - s.x1) - ${point}[0]) ^ 2 + (s.y1 + along * (s.y2 - s.y1) - ${point}[1]) ^ 2 <= ${tolerance ** 2}::float8)`
}
