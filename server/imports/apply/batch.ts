import type { Transaction } from '../../store/connect.ts'
import type { ImportCollection, ImportCounts } from '@minqing/data/domain/import'
import type { ImportPlan, ImportRequest } from '../plan.ts'
import { staging } from '../collections/staging.ts'

/** Who imports: at the command line under an account of the machine, or in the browser. */
export type Importer = { via: 'command' | 'web'; who: string }

/** Days for which an import can be taken back. Then what it overwrote is forgotten. */
export const undoDays = 30

/** Notes an import that is about to write, and gives its number. */
export async function beginBatch(
  transaction: Transaction,
  {
    plan,
    request,
    file,
    format,
    signature,
    importer,
  }: {
    plan: ImportPlan
    request: ImportRequest
    file: string
    format: string
    signature: string
    importer: Importer
  },
): Promise<number> {
  const { collection, source, ...choices } = request
  const [row] = await transaction<{ id: number }[]>`
    insert into import_batch (via, who, collection, source, file, format, choices, signature, undo_until)
    values (${importer.via}, ${importer.who}, ${collection}, ${plan.source}, ${file}, ${format},
      ${transaction.json({ ...choices, ...(source === undefined ? {} : { source }) })}, ${signature},
      now() + make_interval(days => ${undoDays}))
    returning id`
  return row?.id ?? 0
}

/**
 * Writes what the import did; one that changed nothing leaves no record.
 *
 * @throws Error where the counts do not add up to the rows that were read: a row would be lost in silence
 */
export async function endBatch(
  transaction: Transaction,
  batch: number,
  { counts, changed, collection }: { counts: ImportCounts; changed: boolean; collection: ImportCollection },
): Promise<void> {
  const { read, inserted, updated, unchanged, skipped, rejected } = counts
  const accounted = inserted + updated + unchanged + skipped + rejected
  if (read !== accounted)
    throw new Error(
      `import into ${collection}: ${read} rows read, but ${inserted} inserted + ${updated} updated + ${unchanged} unchanged + ${skipped} skipped + ${rejected} rejected = ${accounted}`,
    )
  if (!changed) {
    await transaction`delete from import_batch where id = ${batch}`
    return
  }
  const isArea = staging[collection].every(([name]) => name !== 'street_code')
  await transaction`
    update import_batch set counts = ${transaction.json(counts)}, streets = (
      select coalesce(array_agg(distinct street order by street), '{}')
      from (
        select ${isArea ? transaction`left(code, 9)` : transaction`street_code`} as street from import_row
        -- A base map also takes away, from streets that it has nothing for any more.
        union select street_code from import_before where batch = ${batch}
      ) staged
    )
    where id = ${batch}`
}
