import { setImmediate as nextTurn } from 'node:timers/promises'
import { cornersOf, intersectsBox, intersectsWith } from '@minqing/data/geo/intersects'
import { bboxOfGeometry } from '@minqing/data/geo/plane'
import type { ProblemError } from '@minqing/data/domain/problem'
import type { BoundingBox } from '@minqing/data/domain/position'
import type { Geometry, Position } from 'geojson'
import { asBoxes } from '../../store/geometry.ts'
import type { Fragment } from '../../store/conditions.ts'
import type { Transaction } from '../../store/connect.ts'
import type { FeatureSource } from '../feature-source.ts'
import { type Condition, filterProblem, type Intersects } from './expression.ts'
import type { IntersectsToSql } from './filter-condition.ts'

/** Shapes that are held against those of one filter: about a second's work. */
const mostShapes = 20_000
/** Corners of an asked shape times the points that it may be held against, all shapes of a filter together: about a second of the database. */
const mostPointTests = 30_000_000
const rowsPerFetch = 500

/**
 * `S_INTERSECTS` for the rows of a collection. Points are decided by the database alone; of shapes, which are stored as
 * text, those whose box reaches into the other's are compared here, and the result is a list of their keys.
 *
 * @param others what else is asked of every row.
 * @throws ProblemError `bad_parameter` where too many shapes would have to be looked at.
 */
export async function prepareIntersects(
  transaction: Transaction,
  source: FeatureSource,
  condition: Condition,
  others: Fragment,
): Promise<IntersectsToSql> {
  const { place } = source
  const all = intersectsIn(condition)
  if ('point' in place) {
    // One statement after the other is what a transaction is.
    let left = mostPointTests
    for (const { shape } of all) left -= await countPointTests(transaction, source, place.point, shape, others, left)
    return ({ shape }) => pointIntersects(transaction, place.point, shape)
  }
  const beside = new Map<Intersects, string[]>()
  let left = mostShapes
  for (const asked of all) {
    const compared = await shapesBeside(transaction, source, place.box, asked.shape, left)
    beside.set(asked, compared.beside)
    left -= compared.seen
  }
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

/**
 * Corners of the shape times the points in its box.
 *
 * @throws ProblemError where these are more than `left`.
 */
async function countPointTests(
  transaction: Transaction,
  source: FeatureSource,
  point: string,
  shape: Intersects['shape'],
  others: Fragment,
  left: number,
): Promise<number> {
  if ('box' in shape) return 0
  const corners = cornersOf(shape.geometry)
  const most = Math.floor(left / corners)
  const inBox = pointIntersects(transaction, point, { box: bboxOfGeometry(shape.geometry) })
  const [{ count }] = await transaction<[{ count: number }]>`
    select count(*) from (select from ${transaction(source.table)} where ${others} and ${inBox} limit ${most + 1}) near`
  if (count > most) throw tooMany(most)
  return count * corners
}

/** Those whose box reaches into the shape's while they themselves do not, by the last column of their key. */
async function shapesBeside(
  transaction: Transaction,
  source: FeatureSource,
  extent: string,
  shape: Intersects['shape'],
  most: number,
): Promise<{ beside: string[]; seen: number }> {
  const members = source.members?.(transaction) ?? transaction`true`
  const rows = transaction<{ id: string; geometry: string }[]>`
    select ${transaction(lastOfKey(source))} as id, geometry from ${transaction(source.table)}
    where ${members} and ${near(transaction, extent, shape)} and ${unsure(transaction, extent, shape)}
    limit ${most + 1}`.cursor(rowsPerFetch)
  const touches = 'box' in shape ? touchesBox(shape.box) : intersectsWith(shape.geometry)
  const beside: string[] = []
  let seen = 0
  for await (const fetched of rows) {
    seen += fetched.length
    if (seen > most) throw tooMany(mostShapes)
    beside.push(...fetched.filter(({ geometry }) => !touches(JSON.parse(geometry) as Geometry)).map(({ id }) => id))
    // Others have their turn on the event loop.
    await nextTurn()
  }
  return { beside, seen }
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

function touchesBox(box: BoundingBox): (geometry: Geometry) => boolean {
  return (geometry) => intersectsBox(geometry, box)
}

function tooMany(most: number): ProblemError {
  return filterProblem(
    {
      zh: `S_INTERSECTS 的图形范围内有超过 ${most} 个要素需要逐一比较`,
      en: `more than ${most} features would have to be held against the shape of S_INTERSECTS`,
    },
    undefined,
    {
      zh: '请缩小图形、减少图形或其顶点，或改用 BBOX',
      en: 'Use smaller or fewer shapes, fewer corners, or BBOX instead',
    },
  )
}

/** Degrees: half of the last decimal that a point is served with, 5 mm on the ground. */
const tolerance = 5e-8

/** Degrees are multiplied by this: PostgreSQL's own geometry takes what is nearer than 1e-6 for the same. */
const scale = 1e6

/**
 * Whether a `point` column has a place in common with a shape; null where it is null. The box around the shape is
 * compared first. PostgreSQL's own polygons and paths do the rest, in coordinates relative to the box and so large that
 * what they take for the same is 1e-12°; they know no holes, so that a point lies inside where it lies in an odd number
 * of rings, and the line itself belongs to the shape.
 */
export function pointIntersects(transaction: Transaction, column: string, shape: Intersects['shape']): Fragment {
  const point = transaction`${transaction(column)}`
  if ('box' in shape) {
    const [first, second] = asBoxes(transaction, shape.box).map((box) => transaction`${point} <@ ${box}`)
    return second === undefined ? transaction`(${first!})` : transaction`(${first!} or ${second})`
  }
  const [west, south, east, north] = bboxOfGeometry(shape.geometry)
  const [near] = asBoxes(transaction, [west - tolerance, south - tolerance, east + tolerance, north + tolerance])
  const scaled = transaction`((${point} - ${`(${west},${south})`}::point) * ${`(${scale},0)`}::point)`
  const place = ([x = 0, y = 0]: Position) => `(${(x - west) * scale},${(y - south) * scale})`
  const tests = [
    ...rings(shape.geometry).map((polygon) => inside(transaction, scaled, polygon, place)),
    ...linesOf(shape.geometry).map((line) => beside(transaction, scaled, line, place)),
  ]
  const any = tests.reduce((joined, part) => transaction`${joined} or ${part}`)
  return transaction`(${point} <@ ${near!} and (${any}))`
}

type Place = (position: Position) => string

/** In an odd number of a polygon's rings. */
function inside(transaction: Transaction, point: Fragment, polygon: Position[][], place: Place): Fragment {
  const within = polygon.map(
    (ring) =>
      transaction`${ring
        .slice(1)
        .map((corner) => place(corner))
        .join()}::polygon @> ${point}`,
  )
  const odd = within.reduce((joined, part) => transaction`(${joined}) <> (${part})`)
  return transaction`(${odd})`
}

/** No farther from a line than the tolerance. */
function beside(transaction: Transaction, point: Fragment, line: Position[], place: Place): Fragment {
  const [first] = line
  if (line.length === 1) return transaction`(${place(first!)}::point <-> ${point}) <= ${tolerance * scale}::float8`
  return transaction`(${`[${line.map(place).join()}]`}::path <-> ${point}) <= ${tolerance * scale}::float8`
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

/** Points, lines and outlines of a geometry. */
function linesOf(geometry: Geometry): Position[][] {
  switch (geometry.type) {
    case 'Point':
      return [[geometry.coordinates]]
    case 'MultiPoint':
      return geometry.coordinates.map((position) => [position])
    case 'LineString':
      return [geometry.coordinates]
    case 'MultiLineString':
    case 'Polygon':
      return geometry.coordinates
    case 'MultiPolygon':
      return geometry.coordinates.flat()
    case 'GeometryCollection':
      return geometry.geometries.flatMap(linesOf)
  }
}
