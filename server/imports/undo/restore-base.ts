import type { Transaction } from '../../store/connect.ts'

/** Base maps of the same source that were imported after this one, and rest on it. */
export async function laterBaseMaps(transaction: Transaction, batch: number): Promise<number> {
  const [row] = await transaction<{ count: number }[]>`
    select count(*) as count from import_before
    where collection = 'base_feature' and batch > ${batch} and (before ->> 'import_batch')::integer = ${batch}`
  return row?.count ?? 0
}

/** Takes away what a base map had brought, and puts back what it had replaced. */
export async function restoreBase(
  transaction: Transaction,
  batch: number,
): Promise<{ removed: number; restored: number }> {
  const removed = await transaction`delete from base_feature where import_batch = ${batch}`
  const restored = await transaction`
    insert into base_feature
    select (jsonb_populate_record(null::base_feature, before)).* from import_before
    where batch = ${batch} and collection = 'base_feature'
    on conflict (street_code, id) do nothing`
  await transaction`delete from import_before where batch = ${batch} and collection = 'base_feature'`
  return { removed: removed.count, restored: restored.count }
}
