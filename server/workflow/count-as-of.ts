import type { IncidentStatus } from '@minqing/data/domain/incident-status'
import { readAs, type ReadSource, type Scope } from '../store/scope.ts'

/** How many incidents of a street stood in which status at an instant, as their steps say. */
export async function countAsOf(
  readFrom: ReadSource,
  scope: Scope,
  street: string,
  asOf: Date,
): Promise<{ status: IncidentStatus; incidents: number }[]> {
  return readAs(
    readFrom,
    scope,
    (transaction) => transaction<{ status: IncidentStatus; incidents: number }[]>`
      select to_status as status, count(*)::integer as incidents
      from (
        select distinct on (number) number, to_status from incident_step
        where street_code = ${street} and at <= ${asOf} order by number, sequence desc
      ) last
      group by 1 order by 1`,
  )
}
