import { pipeline } from 'node:stream/promises'
import { countIncidents } from '../../../server/counts/count-incidents.ts'
import type { Database } from '../../../server/store/connect.ts'
import { migrate } from '../../../server/migrations/migrate.ts'

const tables = ['area', 'building', 'facility', 'base_feature']

/** Fills an empty database with the city and every tenth of its incidents; one that is filled stays as it is. */
export async function fillWithTenth(tenth: Database, city: Database): Promise<void> {
  await migrate(tenth)
  const [{ count }] = await tenth<[{ count: number }]>`select count(*) from incident`
  if (count > 0) return
  for (const table of tables) {
    // One table after the other.
    await copyRows(tenth, city, table, `select * from ${table}`)
  }
  // Every tenth number: the last digit is as good as chance.
  await copyRows(tenth, city, 'incident', `select * from incident where right(number, 1) = '7'`)
  await copyRows(tenth, city, 'incident_step', `select * from incident_step where right(number, 1) = '7'`)
  await tenth`insert into log_head (street_code, position) select street_code, max(position) from incident_step group by 1`
  await tenth.begin(async (transaction) => {
    await transaction`set local statement_timeout = 0`
    await countIncidents(transaction, transaction`select street_code, reported_at from incident`)
  })
}

async function copyRows(to: Database, from: Database, table: string, rows: string): Promise<void> {
  const source = await from.unsafe(`copy (${rows}) to stdout`).readable()
  await pipeline(source, await to.unsafe(`copy ${table} from stdin`).writable())
}
