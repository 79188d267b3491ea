import type { Transaction } from './connect.ts'
import type { Fragment } from './conditions.ts'

/** A `point` column as GeoJSON text with 7 decimals (1 cm); null where there is no position. */
export function pointGeometry(transaction: Transaction, column: string): Fragment {
  const ordinate = (index: 0 | 1) =>
    index === 0
      ? transaction`trim_scale(round((${transaction(column)}[0])::numeric, 7))`
      : transaction`trim_scale(round((${transaction(column)}[1])::numeric, 7))`
  return transaction`'{"type":"Point","coordinates":[' || ${ordinate(0)} || ',' || ${ordinate(1)} || ']}'`
}
