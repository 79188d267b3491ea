import type { FieldName } from '@minqing/data/formats/field-names'
import { type Fragment, listed } from '../../store/conditions.ts'
import type { Transaction } from '../../store/connect.ts'

/**
 * The columns of a table that an import changes, with the fields of a file that they are read from; null for those that
 * every row says something of, or that a row itself tells.
 */
export type Sources = Readonly<Record<string, readonly FieldName[] | null>>

/**
 * The columns that a file says something of. A file that lacks one says nothing of it: a list of outlines must not
 * empty the names of those responsible, nor a list of outcomes the places where things happened.
 *
 * @param stated the fields that have a column in the file, or a value for all of its rows
 */
export function statedColumns(sources: Sources, stated: ReadonlySet<string>): string[] {
  return Object.entries(sources)
    .filter(([, fields]) => fields === null || fields.some((field) => stated.has(field)))
    .map(([column]) => column)
}

/** What a column becomes, where that is not the staged value; of both tables by their aliases. */
export type Instead = Readonly<Record<string, Fragment>>

/** `alias.name` */
export function columnOf(transaction: Transaction, alias: string, name: string): Fragment {
  return transaction`${transaction(`${alias}.${name}`)}`
}

/** Whether the staged row says something else than the one that is there; the tables go by their aliases. */
export function differ(
  transaction: Transaction,
  columns: readonly string[],
  staged: string,
  there: string,
  instead: Instead = {},
): Fragment {
  const row = (alias: string, expressions: Instead) =>
    listed(
      transaction,
      columns.map((column) => {
        const value = expressions[column] ?? columnOf(transaction, alias, column)
        // Points have an equality of their own, which allows for some distance.
        return column === 'position' ? transaction`(${value})[0], (${value})[1]` : value
      }),
    )
  return transaction`(${row(staged, instead)}) is distinct from (${row(there, {})})`
}

/** `a = r.a, b = r.b` */
export function assigned(
  transaction: Transaction,
  columns: readonly string[],
  staged: string,
  instead: Instead = {},
): Fragment {
  return listed(
    transaction,
    columns.map((column) => {
      const value = instead[column] ?? columnOf(transaction, staged, column)
      return transaction`${transaction(column)} = ${value}`
    }),
  )
}
