import { intersects, intersectsBox } from '@minqing/data/geo/intersects'
import { bboxOfGeometry } from '@minqing/data/geo/plane'
import { ProblemError } from '@minqing/data/domain/problem'
import type { BoundingBox } from '@minqing/data/domain/position'
import type { Geometry, Position } from 'geojson'
import { asBoxes } from '../../store/geometry.ts'
import type { Fragment } from '../../store/conditions.ts'
import type { Transaction } from '../../store/connect.ts'
import type { FeatureSource } from '../feature-source.ts'
import type { Condition, Intersects } from './expression.ts'
import type { IntersectsToSql } from './filter-condition.ts'

/** Shapes that are held against another one for a single filter: about a second's work. */
const mostShapes = 20_000
const rowsPerFetch = 1000

/**
 * `S_INTERSECTS` for the rows of a collection. Points are decided by the database alone; of shapes, which are stored as
 * text, those whose box reaches into the other's are compared here, and the result is a list of their keys.
 *
 * @throws ProblemError `too_large` where too many shapes would have to be looked at.
 */
export async function prepareIntersects(
  transaction: Transaction,
  source: FeatureSource,
  condition: Condition,
): Promise<IntersectsToSql> {
  const { place } = source
  if ('point' in place) return ({ shape }) => pointIntersects(transaction, place.point, shape)
  const beside = new Map<Intersects, string[]>()
  for (const asked of intersectsIn(condition))
    beside.set(asked, await shapesBeside(transaction, source, place.box, asked.shape))
  const key = lastOfKey(source)
  return (asked) =>
    transaction`(${near(transaction, place.box, asked.shape)} and ${transaction(key)} <> all(${beside.get(asked) ?? []}::text[]))`
}

function intersectsIn(condition: Condition): Intersects[] {
  switch (condition.op) {
    case 'intersects':
      return [condition]
    case 'not':
      return intersectsIn(condition.part)
    case 'and':
    case 'or':
      return condition.parts.flatMap(intersectsIn)
    case 'constant':
    case 'compare':
    case 'like':
    case 'between':
    case 'in':
    case 'null':
    case 'temporal':
      return []
  }
}

/** Those whose box reaches into the shape's while they themselves do not, by the last column of their key. */
async function shapesBeside(
  transaction: Transaction,
  source: FeatureSource,
  extent: string,
  shape: Intersects['shape'],
): Promise<string[]> {
  const members = source.members?.(transaction) ?? transaction`true`
  const rows = transaction<{ id: string; geometry: string }[]>`
    select ${transaction(lastOfKey(source))} as id, geometry from ${transaction(source.table)}
    where ${members} and ${near(transaction, extent, shape)} and ${unsure(transaction, extent, shape)}
    limit ${mostShapes + 1}`.cursor(rowsPerFetch)
  const beside: string[] = []
  let seen = 0
  for await (const fetched of rows) {
    seen += fetched.length
    if (seen > mostShapes) throw tooMany()
    beside.push(...fetched.filter(({ geometry }) => !touches(geometry, shape)).map(({ id }) => id))
  }
  return beside
}

function lastOfKey({ key }: FeatureSource): string {
  return key.at(-1) ?? ''
}

function near(transaction: Transaction, extent: string, shape: Intersects['shape']): Fragment {
  const column = transaction(extent)
  const [first, second] = asBoxes(transaction, 'box' in shape ? shape.box : bboxOfGeometry(shape.geometry))
  if (second === undefined) return transaction`${column} && ${first!}`
  return transaction`(${column} && ${first!} or ${column} && ${second})`
}

/** What lies within a box needs no look. */
function unsure(transaction: Transaction, extent: string, shape: Intersects['shape']): Fragment {
  if (!('box' in shape)) return transaction`true`
  const [first, second] = asBoxes(transaction, shape.box)
  return second === undefined ? transaction`not ${transaction(extent)} <@ ${first!}` : transaction`true`
}

function touches(text: string, shape: { box: BoundingBox } | { geometry: Geometry }): boolean {
  const geometry = JSON.parse(text) as Geometry
  return 'box' in shape ? intersectsBox(geometry, shape.box) : intersects(geometry, shape.geometry)
}

function tooMany(): ProblemError {
  return new ProblemError(
    'too_large',
    {
      zh: `S_INTERSECTS 的范围内有超过 ${mostShapes} 个图形需要逐一比较`,
      en: `More than ${mostShapes} shapes would have to be held against that of S_INTERSECTS`,
    },
    {
      parameter: 'filter',
      remedy: { zh: '请缩小范围，或改用 BBOX', en: 'Use a smaller shape, or BBOX instead' },
    },
  )
}

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
