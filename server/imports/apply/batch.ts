import type { ImportCounts, ImportRecord } from '@minqing/data/domain/import'
import type { Actor } from '../../access/actor.ts'
import type { Database, Transaction } from '../../store/connect.ts'
import { importScope, readAs } from '../../store/scope.ts'
import type { Collection } from '../collections/collection.ts'
import type { ImportPlan, ImportRequest } from '../plan.ts'

/** Days for which an import can be undone. Then what it overwrote is deleted. */
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
    actor,
  }: {
    plan: ImportPlan
    request: ImportRequest
    file: string
    format: string
    signature: string
    actor: Actor
  },
): Promise<number> {
  const { collection, source, ...choices } = request
  const [row] = await transaction<{ id: number }[]>`
    insert into import_batch (via, who, collection, source, file, format, choices, signature, undo_until)
    values (${actor.kind === 'command' ? 'command' : 'web'}, ${actor.name}, ${collection}, ${plan.source}, ${file}, ${format},
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
  { counts, changed, collection }: { counts: ImportCounts; changed: boolean; collection: Collection },
): Promise<void> {
  const { read, inserted, updated, unchanged, skipped, rejected } = counts
  const accounted = inserted + updated + unchanged + skipped + rejected
  if (read !== accounted)
    throw new Error(
      `import into ${collection.table}: ${read} rows read, but ${inserted} inserted + ${updated} updated + ${unchanged} unchanged + ${skipped} skipped + ${rejected} rejected = ${accounted}`,
    )
  if (!changed) {
    await transaction`delete from import_batch where id = ${batch}`
    return
  }
  const isArea = collection.table === 'area'
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

/** Any number, the same everywhere. */
const importLock = 7_301_997

/**
 * Imports number new areas and buildings, undoing takes them away, and the demo is made and removed: all go one after the
 * other, none sees another half done, and two starts make one demo.
 */
export async function lockImports(transaction: Transaction): Promise<void> {
  await transaction`select pg_advisory_xact_lock(${importLock})`
}

/** Whether an import has made areas that are not the demo's while there is a demo. */
export async function madeAreasBesideDemo(transaction: Transaction, batch: number): Promise<boolean> {
  const [row] = await transaction<{ made: boolean }[]>`
    select exists (select from demo_state) and exists (
      select from area
      where import_batch = ${batch} and street_code not in (select street_code from demo_state)
    ) as made`
  return row?.made ?? false
}

/** The newest imports first. */
export async function listImports(transaction: Transaction, limit = 100): Promise<ImportRecord[]> {
  return transaction<ImportRecord[]>`
    select id, at, via, who, collection, source, file, format, counts, undone_at, undo_until,
      undone_at is null and not forgotten and undo_until > now() as undoable
    from import_batch order by id desc limit ${limit}`
}

/** Whether there are before-images of imports that can no longer be undone. */
export async function hasExpired(database: Database): Promise<boolean> {
  const [row] = await readAs(
    database,
    importScope,
    (transaction) => transaction<{ expired: boolean }[]>`
      select exists (select from import_batch where undo_until <= now() and not forgotten) as expired`,
  )
  return row?.expired ?? false
}

/** Drops the before-images of imports that can no longer be undone. Returns how many imports that were. */
export async function forgetExpired(transaction: Transaction): Promise<number> {
  const expired = await transaction<{ id: number; streets: string[] }[]>`
    update import_batch set forgotten = true where undo_until <= now() and not forgotten returning id, streets`
  if (expired.length > 0)
    await transaction`
      delete from import_before
      where street_code = any(${[...new Set(expired.flatMap(({ streets }) => streets))]}::text[])
        and batch = any(${expired.map(({ id }) => id)}::integer[])`
  return expired.length
}
