import { demoStreetCode } from '@minqing/data/demo/identity'
import { homeTimeZone } from '@minqing/data/domain/instant'
import { countIncidents } from '../counts/count-incidents.ts'
import type { Database, Transaction } from '../store/connect.ts'
import { touch } from '../store/touch.ts'

/** Takes the demo street out, with everything in it. Returns false where there was none. */
export async function removeDemo(database: Database): Promise<boolean> {
  return database.begin(async (transaction) => {
    const [state] = await transaction`select from demo_state where street_code = ${demoStreetCode} for update`
    if (state === undefined) return false
    await removeDemoRows(transaction)
    await touch(transaction, ['areas', 'buildings', 'incidents', 'facilities', 'base', 'people'])
    return true
  })
}

/** Children before parents. */
const tables = [
  'flow_step',
  'log_head',
  'incident',
  'facility',
  'resident',
  'household',
  'building',
  'staff',
  'base_feature',
  'demo_state',
] as const

export async function removeDemoRows(transaction: Transaction): Promise<void> {
  for (const table of tables) await transaction`delete from ${transaction(table)} where street_code = ${demoStreetCode}`
  for (const level of ['grid', 'community', 'street'])
    await transaction`delete from area where street_code = ${demoStreetCode} and level = ${level}`
  await countIncidents(
    transaction,
    transaction`
    select street_code, month::timestamp at time zone ${homeTimeZone} as reported_at from incident_month
    where street_code = ${demoStreetCode}`,
  )
}
