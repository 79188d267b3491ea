import type { BoundingBox } from '@minqing/data/domain/position'
import type { Transaction } from './connect.ts'
import type { Fragment } from './conditions.ts'

/** A `box` column as [west, south, east, north]; PostgreSQL stores the upper right corner first. */
export function corners(transaction: Transaction, column: string): Fragment {
  const box = transaction(column)
  return transaction`array[(${box}[1])[0], (${box}[1])[1], (${box}[0])[0], (${box}[0])[1]]`
}

/** The smallest box around all rows of an aggregate over a `box` column; null over no rows. */
export function cornersOfAll(transaction: Transaction, column: string): Fragment {
  const box = transaction(column)
  return transaction`case when count(${box}) > 0 then array[
    min((${box}[1])[0]), min((${box}[1])[1]), max((${box}[0])[0]), max((${box}[0])[1])] end`
}

/** The smallest box around all points of an aggregate over a `point` column; null over no rows. */
export function cornersOfPoints(transaction: Transaction, column: string): Fragment {
  const point = transaction(column)
  return transaction`case when count(${point}) > 0 then
    array[min(${point}[0]), min(${point}[1]), max(${point}[0]), max(${point}[1])] end`
}

/** The boxes that a bounding box covers: two where it crosses the antimeridian (west > east, RFC 7946 §5.2). */
export function asBoxes(transaction: Transaction, [west, south, east, north]: BoundingBox): Fragment[] {
  const box = (from: number, to: number) =>
    transaction`box(point(${from}::float8, ${south}::float8), point(${to}::float8, ${north}::float8))`
  return west <= east ? [box(west, east)] : [box(west, 180), box(-180, east)]
}

/**
 * A `point` column as GeoJSON text with 7 decimals (1 cm); null where there is no position. An integer divided by a
 * power of ten is the number nearest to that decimal, and PostgreSQL writes it with no more digits than it needs: three
 * times as fast as rounding decimals.
 */
export function pointGeometry(transaction: Transaction, column: string): Fragment {
  const ordinate = (index: 0 | 1) =>
    index === 0
      ? transaction`round((${transaction(column)}[0]) * 1e7) / 1e7`
      : transaction`round((${transaction(column)}[1]) * 1e7) / 1e7`
  return transaction`'{"type":"Point","coordinates":[' || ${ordinate(0)} || ',' || ${ordinate(1)} || ']}'`
}
