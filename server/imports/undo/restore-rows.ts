import type { Transaction } from '../../store/connect.ts'
import type { RowTable } from './row-tables.ts'

/**
 * Puts the rows that an import had updated back to what they were, and takes away the steps it had added to cases.
 * Columns that the table has got since keep what they hold. Returns how many.
 */
export async function restoreRows(
  transaction: Transaction,
  { table, key }: RowTable,
  batch: number,
  streets: readonly string[],
): Promise<number> {
  if (table === 'incident')
    await transaction`
      delete from flow_step f using import_before o
      where o.street_code = any(${[...streets]}::text[]) and o.batch = ${batch} and o.collection = 'incident'
        and f.street_code = o.street_code and f.number = o.key and f.sequence > o.steps`
  const columns = await transaction<{ name: string }[]>`
    select column_name as name from information_schema.columns
    where table_schema = current_schema() and table_name = ${table} and column_name not in ('street_code', ${key})
      and is_generated = 'NEVER'`
  const names = transaction(columns.map(({ name }) => name))
  const restored = await transaction`
    update ${transaction(table)} t
    set (${names}) = (select ${names} from jsonb_populate_record(t, o.before))
    from import_before o
    where o.street_code = any(${[...streets]}::text[]) and o.batch = ${batch} and o.collection = ${table}
      and t.street_code = o.street_code and t.${transaction(key)} = o.key`
  return restored.count
}
