import { intersects, intersectsBox } from '@minqing/data/geo/intersects'
import { bboxOfGeometry } from '@minqing/data/geo/plane'
import { ProblemError } from '@minqing/data/domain/problem'
import type { BoundingBox } from '@minqing/data/domain/position'
import type { Geometry } from 'geojson'
import { asBoxes } from '../../store/bounding-box.ts'
import type { Fragment } from '../../store/conditions.ts'
import type { Transaction } from '../../store/connect.ts'
import type { FeatureSource } from '../feature-source.ts'
import type { Condition, Intersects } from './expression.ts'
import type { SayIntersects } from './filter-condition.ts'
import { pointIntersects } from './point-intersects.ts'

/** Shapes that are held against another one for a single filter: about a second's work. */
const mostShapes = 20_000
const rowsPerFetch = 1000

/**
 * `S_INTERSECTS` for the rows of a collection. Points are decided by the database alone; of shapes, which it keeps as
 * text, those whose box reaches into the other's are looked at here, and the outcome is told by their keys.
 *
 * @throws ProblemError `too_large` where too many shapes would have to be looked at.
 */
export async function sayIntersects(
  transaction: Transaction,
  source: FeatureSource,
  condition: Condition,
): Promise<SayIntersects> {
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
