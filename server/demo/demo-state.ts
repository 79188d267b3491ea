import { type DemoScale, demoStreetCode } from '@minqing/data/demo/city/site'
import { collectionNames } from '@minqing/data/domain/data-status'
import { homeTimeZone } from '@minqing/data/domain/instant'
import type { Actor } from '../access/actor.ts'
import { countIncidents } from '../counts/count-incidents.ts'
import { lockImports } from '../imports/apply/batch.ts'
import { writeAs } from '../writing/write-as.ts'
import type { Database, Transaction } from '../store/connect.ts'
import { openScope, readAs } from '../store/scope.ts'

/** How the demo in a database was made. */
export type DemoState = { scale: DemoScale; seed: number; model: number; madeAt: string; carriedTo: string }

/** That of the first street, which every scale has; undefined where there is no demo. */
export async function readDemoState(transaction: Transaction | Database): Promise<DemoState | undefined> {
  const [state] = await transaction<DemoState[]>`
    select scale, seed, model, made_at, carried_to from demo_state where street_code = ${demoStreetCode}`
  return state
}

/** How many streets the demo has, and how many rows imports have written into them, which would go with it. */
export async function describeDemo(database: Database | Transaction): Promise<{ streets: number; imported: number }> {
  const [found] = await database<{ streets: number; imported: number }[]>`
    with demo as (select coalesce(array_agg(street_code), '{}') as codes from demo_state)
    select cardinality(codes) as streets, (
      select coalesce(sum((counts ->> 'inserted')::integer), 0) from import_batch
      where streets && codes and undone_at is null
    ) as imported
    from demo`
  return found ?? { streets: 0, imported: 0 }
}

/**
 * Takes the demo out with everything in it, also what was imported into it, a street a transaction; imports that wrote
 * nothing else can no longer be undone. Returns how many streets that were.
 */
export async function removeDemo(
  database: Database,
  actor: Actor,
  report: (line: string) => void = () => {},
): Promise<number> {
  const streets = await readAs(
    database,
    openScope,
    (transaction) => transaction<{ streetCode: string }[]>`select street_code from demo_state order by street_code`,
  )
  for (const [i, { streetCode }] of streets.entries()) {
    // One street after the other: each is gone or untouched.
    await writeAs(database, actor, { action: 'remove', object: 'demo', area: streetCode }, async (writing) => {
      const { transaction } = writing
      await lockImports(transaction)
      await removeDemoRows(transaction, streetCode)
      await transaction`delete from import_before where street_code = ${streetCode}`
      await transaction`
        update import_batch set streets = array_remove(streets, ${streetCode}),
          forgotten = forgotten or streets = array[${streetCode}]
        where ${streetCode} = any(streets)`
      writing.change(collectionNames)
    })
    if (streets.length > 1) report(`已移除 ${i + 1}/${streets.length} · removed`)
  }
  return streets.length
}

/** Tables that have rows of the demo and name their street, children before parents. */
export const demoTables = [
  'incident_step',
  'log_head',
  'incident_document',
  'incident_party',
  'incident_receipt',
  'intake_key',
  'intake_number',
  'intake_channel',
  'incident',
  'facility',
  'resident',
  'household',
  'building',
  'staff',
  'base_feature',
  'address_answer',
  'print_template',
  'clock_settings',
  'demo_state',
] as const

export async function removeDemoRows(transaction: Transaction, street: string): Promise<void> {
  for (const table of demoTables) await transaction`delete from ${transaction(table)} where street_code = ${street}`
  for (const level of ['grid', 'community', 'street'])
    await transaction`delete from area where street_code = ${street} and level = ${level}`
  await countIncidents(
    transaction,
    transaction`
    select street_code, month::timestamp at time zone ${homeTimeZone} as reported_at from incident_month
    where street_code = ${street}`,
  )
  await transaction`delete from overdue_horizon where street_code = ${street}`
}
