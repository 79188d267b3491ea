import type { LiveChange, LiveStep } from '@minqing/data/domain/live'
import type { Transaction } from '../store/connect.ts'

/** A street that is further behind than this many steps is read again as a whole. */
export const mostSteps = 1000

/** The last position of each street. Writers hold its row until they commit, so that no lower one appears later. */
export async function readHeads(transaction: Transaction): Promise<Map<string, number>> {
  const rows = await transaction<{ streetCode: string; position: number }[]>`
    select street_code, position from log_head`
  return new Map(rows.map(({ streetCode, position }) => [streetCode, position]))
}

/** Steps of a street in (after, until] that the transaction's scope shows, in order. */
export async function readSteps(
  transaction: Transaction,
  street: string,
  after: number,
  until: number,
): Promise<LiveStep[]> {
  return transaction<LiveStep[]>`
    select s.street_code as street, s.position, s.number, s.sequence, s.action, s.to_status as status, i.type, i.channel,
      i.risk, coalesce(i.grid_code, i.community_code, i.street_code) as area,
      i.position[0] as lon, i.position[1] as lat, case when i.position is not null then i.position_source end as position_source, s.at, i.reported_at, i.due_at
    from incident_step s join incident i on i.street_code = s.street_code and i.number = s.number
    where s.street_code = ${street} and i.street_code = ${street} and s.position > ${after} and s.position <= ${until}
    order by s.position`
}

export async function readChanges(transaction: Transaction): Promise<LiveChange[]> {
  return transaction<LiveChange[]>`
    select collection, version, rewrites from collection_version order by collection`
}
