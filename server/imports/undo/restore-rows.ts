import type { Transaction } from '../../store/connect.ts'
import { type ContactImage, restoreContacts } from '../collections/area-contacts.ts'
import { areas } from '../collections/areas.ts'
import { buildings } from '../collections/buildings.ts'
import type { Collection } from '../collections/collection.ts'
import { facilities } from '../collections/facilities.ts'
import { incidents } from '../collections/incidents.ts'

/** The collections whose rows an import inserts and updates; a base map is replaced as a whole (`restore-base.ts`). */
export const rowCollections: readonly Collection[] = [incidents, facilities, buildings, areas(null)]

/**
 * Puts the rows that an import had updated back to what they were, and takes away the steps it had added to cases.
 * Columns that the table has got since keep what they hold. Returns how many.
 */
export async function restoreRows(
  transaction: Transaction,
  { table, key }: Collection,
  batch: number,
  streets: readonly string[],
): Promise<number> {
  if (table === 'incident')
    await transaction`
      delete from incident_step f using import_before o
      where o.street_code = any(${[...streets]}::text[]) and o.batch = ${batch} and o.collection = 'incident'
        and f.street_code = o.street_code and f.number = o.key and f.sequence > o.steps`
  const columns = await transaction<{ name: string }[]>`
    select column_name as name from information_schema.columns
    where table_schema = current_schema() and table_name = ${table} and column_name not in ('street_code', ${key})
      and is_generated = 'NEVER'`
  const columnNames = columns.map(({ name }) => name)
  if (table === 'area') return restoreAreas(transaction, columnNames, batch, streets)
  const names = transaction(columnNames)
  let restored = 0
  for (const street of streets) {
    // A street at a time: what makes a row of an image runs where both lie.
    const { count } = await transaction`
      update ${transaction(table)} t
      set (${names}) = (select ${names} from jsonb_populate_record(t, o.before))
      from import_before o
      where o.street_code = ${street} and o.batch = ${batch} and o.collection = ${table}
        and t.street_code = o.street_code and t.${transaction(key)} = o.key`
    restored += count
  }
  return restored
}

const areasAtOnce = 500

/** By their codes: a table that every machine has cannot be updated from one that is spread over them. */
async function restoreAreas(
  transaction: Transaction,
  columns: readonly string[],
  batch: number,
  streets: readonly string[],
): Promise<number> {
  const names = transaction([...columns])
  const images = await transaction<{ code: string; before: string }[]>`
    select key as code, before::text as before from import_before
    where street_code = any(${[...streets]}::text[]) and batch = ${batch} and collection = 'area' order by key`
  let restored = 0
  for (let at = 0; at < images.length; at += areasAtOnce) {
    const updates = images.slice(at, at + areasAtOnce).map(
      ({ code, before }) => transaction`
        update area t set (${names}) = (select ${names} from jsonb_populate_record(t, ${before}::text::jsonb))
        where t.code = ${code}`,
    )
    // On one connection.
    for (const { count } of await Promise.all(updates)) restored += count
  }
  await restoreContacts(
    transaction,
    images.map(({ code, before }) => ({ code, before: JSON.parse(before) as ContactImage })),
  )
  return restored
}

/** Takes away what an import had inserted, areas aside. Returns how many rows. */
export async function removeRows(
  transaction: Transaction,
  { table }: Collection,
  batch: number,
  streets: readonly string[],
): Promise<number> {
  if (table === 'incident')
    // The log's positions are never given out again: whoever follows it has seen them.
    await transaction`
      delete from incident_step f using incident i
      where i.street_code = any(${[...streets]}::text[]) and i.import_batch = ${batch}
        and f.street_code = i.street_code and f.number = i.number`
  const removed = await transaction`
    delete from ${transaction(table)}
    where street_code = any(${[...streets]}::text[]) and import_batch = ${batch}`
  return removed.count
}
