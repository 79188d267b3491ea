import type { Transaction } from './connect.ts'
import type { Fragment } from './conditions.ts'

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
