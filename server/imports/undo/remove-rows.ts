import type { Transaction } from '../../store/connect.ts'
import type { RowTable } from './row-tables.ts'

/** Takes away what an import had inserted, areas aside. Returns how many rows. */
export async function removeRows(
  transaction: Transaction,
  { table }: RowTable,
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
