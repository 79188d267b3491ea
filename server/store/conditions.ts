import type postgres from 'postgres'
import type { Transaction } from './connect.ts'

/** A piece of SQL with its parameters bound. */
export type Fragment = postgres.Fragment

/** All of the conditions joined by `and`; an absent one restricts nothing. */
export function allOf(transaction: Transaction, conditions: readonly (Fragment | undefined)[]): Fragment {
  return conditions.reduce<Fragment>(
    (joined, condition) => (condition === undefined ? joined : transaction`${joined} and ${condition}`),
    transaction`true`,
  )
}

/** `column in (values)`, or no restriction for an absent or empty list: “all”. */
export function oneOf(
  transaction: Transaction,
  column: string,
  values: readonly string[] | undefined,
): Fragment | undefined {
  return values === undefined || values.length === 0
    ? undefined
    : transaction`${transaction(column)} = any(${[...values]}::text[])`
}

/** `a, b, c` */
export function listed(transaction: Transaction, items: readonly Fragment[]): Fragment {
  const [first, ...rest] = items
  if (first === undefined) throw new RangeError('nothing to list')
  return rest.reduce<Fragment>((joined, item) => transaction`${joined}, ${item}`, first)
}
