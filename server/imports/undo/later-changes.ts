import type { Transaction } from '../../store/connect.ts'
import { laterBaseMaps } from './restore-base.ts'
import { rowCollections } from './restore-rows.ts'

/** What has changed since an import in the rows that it wrote. */
export type LaterChanges = {
  rows: number
  /** The imports that did it, as far as it was imports. */
  imports: { id: number; file: string }[]
}

/** Rows of an import that are no longer as it left them: every change raises a row's version. */
export async function findLaterChanges(
  transaction: Transaction,
  batch: number,
  streets: readonly string[],
): Promise<LaterChanges> {
  let rows = 0
  const imports = new Map<number, string>()
  for (const { table, key } of rowCollections) {
    const changed = await transaction<{ key: string }[]>`
      select ${transaction(key)} as key from ${transaction(table)}
      where street_code = any(${[...streets]}::text[]) and import_batch = ${batch} and version > 1
      union all
      select o.key from import_before o
      left join ${transaction(table)} t on t.street_code = o.street_code and t.${transaction(key)} = o.key
      where o.street_code = any(${[...streets]}::text[]) and o.batch = ${batch} and o.collection = ${table}
        and t.version is distinct from o.version`
    rows += changed.length
    if (changed.length === 0) continue
    const later = await transaction<{ id: number; file: string }[]>`
      select id, file from import_batch where undone_at is null and id in (
        select batch from import_before
        where street_code = any(${[...streets]}::text[]) and batch > ${batch} and collection = ${table}
          and key = any(${changed.map((row) => row.key)}::text[])
      ) order by id`
    for (const { id, file } of later) imports.set(id, file)
  }
  rows += await laterBaseMaps(transaction, batch, streets)
  rows += await incidentsWithDocuments(transaction, batch, streets)
  return { rows, imports: [...imports].map(([id, file]) => ({ id, file })) }
}

/** Incidents that an import made and that are as it left them, but for documents that were added: they would go as well. */
async function incidentsWithDocuments(
  transaction: Transaction,
  batch: number,
  streets: readonly string[],
): Promise<number> {
  const incidents = await transaction`
    select distinct i.number from incident i
    join incident_document d on d.street_code = i.street_code and d.number = i.number
    where i.street_code = any(${[...streets]}::text[]) and i.import_batch = ${batch} and i.version = 1`
  return incidents.length
}
