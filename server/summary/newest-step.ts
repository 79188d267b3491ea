import type { Transaction } from '../store/connect.ts'

/**
 * The moment of the newest step in the log, each street's last one found by its position; where no case has a step
 * (imported ones), the moment of the last write to incidents. Null in an empty database.
 */
export async function newestStep(transaction: Transaction): Promise<string | null> {
  const [row] = await transaction<[{ at: string | null }]>`
    select coalesce(
      (select max(s.at) from log_head h join incident_step s using (street_code, position)),
      (select changed_at from collection_version where collection = 'incidents' and version > 1)
    ) as at`
  return row.at
}
