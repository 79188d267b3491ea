import type { Transaction } from '../../store/connect.ts'

/** Base maps of the same source that were imported after this one, and rest on it. */
export async function laterBaseMaps(
  transaction: Transaction,
  batch: number,
  streets: readonly string[],
): Promise<number> {
  const [row] = await transaction<{ count: number }[]>`
    select count(*) as count from import_before
    where street_code = any(${[...streets]}::text[]) and collection = 'base_feature' and batch > ${batch}
      and (before ->> 'import_batch')::integer = ${batch}`
  return row?.count ?? 0
}

/** Takes away what a base map had brought, and puts back what it had replaced. */
export async function restoreBase(
  transaction: Transaction,
  batch: number,
  streets: readonly string[],
): Promise<{ removed: number; restored: number }> {
  const inStreets = [...streets]
  const removed = await transaction`
    delete from base_feature where street_code = any(${inStreets}::text[]) and import_batch = ${batch}`
  const restored = await transaction`
    insert into base_feature (street_code, id, layer, kind, name, rank, geometry, extent, source, import_batch)
    select o.street_code, b.id, b.layer, b.kind, b.name, b.rank, b.geometry, b.extent, b.source, b.import_batch
    from import_before o cross join lateral jsonb_populate_record(null::base_feature, o.before) b
    where o.street_code = any(${inStreets}::text[]) and o.batch = ${batch} and o.collection = 'base_feature'
    on conflict (street_code, id) do nothing`
  await transaction`
    delete from import_before
    where street_code = any(${inStreets}::text[]) and batch = ${batch} and collection = 'base_feature'`
  return { removed: removed.count, restored: restored.count }
}
