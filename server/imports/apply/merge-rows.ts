import type { Label } from '@minqing/data/domain/label'
import { type Fragment, listed } from '../../store/conditions.ts'
import type { Transaction } from '../../store/connect.ts'
import { reasons } from '../check/reasons.ts'
import {
  givenColumns,
  insertedColumns,
  type Applied,
  type Collection,
  type Reporter,
} from '../collections/collection.ts'
import type { ApplyPlan } from '../plan.ts'

// Statements that are generated from what a collection is. In all of them `r` is the staged row, `t` the row that is
// there and `o` its before-image.

/** What a column becomes, where that is not the staged value. */
export type Instead = Readonly<Record<string, Fragment>>

/** The streets that staged rows lie in. */
export async function stagedStreets(transaction: Transaction): Promise<string[]> {
  const streets = await transaction<{ code: string }[]>`select distinct street_code as code from import_row`
  return streets.map(({ code }) => code)
}

/** Takes staged rows away whose keys belong to rows that were made here or by the demo: those are not overwritten. */
export async function refuseForeign(transaction: Transaction, collection: Collection): Promise<Map<number, Label>> {
  const rows = await transaction<{ ordinal: number }[]>`
    delete from import_row r using ${transaction(collection.table)} t
    where ${sameKey(transaction, collection)} and not starts_with(t.source, 'import:')
    returning r.ordinal`
  return new Map(rows.map(({ ordinal }) => [ordinal, reasons.belongsElsewhere]))
}

/** Updates the rows that are there and differ in what the file gives, and inserts the others. */
export async function mergeByKey(
  transaction: Transaction,
  collection: Collection,
  plan: ApplyPlan,
): Promise<Omit<Applied, 'touched'>> {
  const columns = givenColumns(collection.columns, plan.given)
  const there = transaction`
    ${transaction(collection.table)} t join import_row r on ${sameKey(transaction, collection)}`
  const [before] = await transaction<{ known: number }[]>`select count(*) as known from ${there}`
  const { known = 0 } = before ?? {}
  const instead = collection.instead?.(transaction)
  await storeBefore(transaction, collection, plan, {
    rows: transaction`${there} where ${differ(transaction, columns, instead)}`,
  })
  const updated = await updateRows(transaction, collection, plan, columns, instead)
  const inserted = await insertRows(transaction, collection, plan, {
    rows: transaction`import_row r`,
    conflict: transaction`on conflict (street_code, ${transaction(collection.key)}) do nothing`,
  })
  return { inserted, updated, unchanged: known - updated }
}

/**
 * Stores the rows as they are before an import changes them.
 *
 * @param rows the `t` to store, with whatever they are joined with
 * @param steps for incidents, how many steps each has
 */
export async function storeBefore(
  transaction: Transaction,
  { table, key, location }: Collection,
  { batch }: ApplyPlan,
  { rows, steps = transaction`null::integer` }: { rows: Fragment; steps?: Fragment },
): Promise<void> {
  const area = listed(
    transaction,
    location.map((column) => columnOf(transaction, 't', column)),
  )
  await transaction`
    insert into import_before (street_code, batch, collection, key, area_code, before, version, steps)
    select t.street_code, ${batch}, ${table}, t.${transaction(key)}, coalesce(${area}), to_jsonb(t), t.version + 1,
      ${steps}
    from ${rows}
    on conflict (street_code, batch, collection, key) do update set version = excluded.version`
}

/** Updates the rows whose before-images this import has stored; gives how many. */
export async function updateRows(
  transaction: Transaction,
  collection: Collection,
  { batch }: ApplyPlan,
  columns: readonly string[],
  instead: Instead = {},
): Promise<number> {
  const { table, key } = collection
  const following = Object.keys(collection.columns).filter((name) => collection.columns[name]?.role === 'follows')
  const { count } = await transaction`
    update ${transaction(table)} t
    set ${assigned(transaction, [...columns, ...following], 'r', { ...collection.follow?.(transaction), ...instead })},
      version = t.version + 1, updated_at = now()
    from import_row r, import_before o
    where ${sameKey(transaction, collection)} and o.street_code = r.street_code and o.batch = ${batch}
      and o.collection = ${table} and o.key = r.${transaction(key)}`
  return count
}

/**
 * Inserts staged rows; gives how many.
 *
 * @param rows the `r` to insert, with whatever they are joined with
 * @param values of columns that are not staged, or inserted with another value
 */
export async function insertRows(
  transaction: Transaction,
  { table, columns }: Collection,
  { source, batch }: ApplyPlan,
  { rows, values = {}, conflict = transaction`` }: { rows: Fragment; values?: Instead; conflict?: Fragment },
): Promise<number> {
  const all: Instead = {
    ...Object.fromEntries(insertedColumns(columns).map((name) => [name, columnOf(transaction, 'r', name)])),
    ...values,
    source: transaction`${source}`,
    import_batch: transaction`${batch}::integer`,
  }
  const { count } = await transaction`
    insert into ${transaction(table)} (${transaction(Object.keys(all))})
    select ${listed(transaction, Object.values(all))} from ${rows} ${conflict}`
  return count
}

/** Numbers as short as 1, 2 and 3 are those of any list: who meant another record has to know. */
export async function noteOtherSources(
  transaction: Transaction,
  { table, key }: Collection,
  { source, batch }: ApplyPlan,
  reporter: Reporter,
): Promise<void> {
  const others = await transaction<{ source: string; rows: number }[]>`
    select t.source, count(*) as rows
    from ${transaction(table)} t
    join import_before o on o.street_code = t.street_code and o.key = t.${transaction(key)}
    where o.batch = ${batch} and o.collection = ${table} and t.source <> ${source}
    group by t.source order by count(*) desc, t.source limit 5`
  for (const other of others) reporter.note(reasons.ofAnotherSource(other.source), other.rows)
}

/** Whether the staged row is of the row that is there. */
export function sameKey(transaction: Transaction, { key }: Collection): Fragment {
  return transaction`t.street_code = r.street_code and t.${transaction(key)} = r.${transaction(key)}`
}

/** Whether the row that is there has a measured position, and the staged one none, or only that of its address. */
export function hasMeasured(transaction: Transaction): Fragment {
  return transaction`
    ((r.position is null or r.position_source <> 'measured') and t.position_source = 'measured' and t.position is not null)`
}

/** The community of a row with a measured position: as the columns of the staged one name it, else as it is. */
export function namedCommunity(transaction: Transaction): Fragment {
  return transaction`coalesce(r.named_community, t.community_code)`
}

/** The grid of such a row: none where another community is named alone. */
export function namedGrid(transaction: Transaction): Fragment {
  return transaction`
    case when r.named_grid is null and (r.named_community is null or starts_with(t.grid_code, r.named_community))
      then t.grid_code else r.named_grid end`
}

/** `alias.name` */
export function columnOf(transaction: Transaction, alias: string, name: string): Fragment {
  return transaction`${transaction(`${alias}.${name}`)}`
}

/** Whether the staged row differs from the one that is there. */
export function differ(transaction: Transaction, columns: readonly string[], instead: Instead = {}): Fragment {
  const row = (alias: string, expressions: Instead) =>
    listed(
      transaction,
      columns.map((column) => {
        const value = expressions[column] ?? columnOf(transaction, alias, column)
        // Points have an equality of their own, which allows for some distance.
        return column === 'position' ? transaction`(${value})[0], (${value})[1]` : value
      }),
    )
  return transaction`(${row('r', instead)}) is distinct from (${row('t', {})})`
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
