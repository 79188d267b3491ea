import type { IncidentStep, Incident } from '@minqing/data/domain/incident'
import { ProblemError } from '@minqing/data/domain/problem'
import type { Transaction } from '../store/connect.ts'
import { incidentColumns } from './incident-row.ts'

/**
 * One incident with the steps it has taken, oldest first.
 *
 * @throws ProblemError `not_found`, also for what the reader may not see.
 */
export async function getIncident(
  transaction: Transaction,
  streetCode: string,
  number: string,
): Promise<Incident & { steps: IncidentStep[] }> {
  const [[incident], steps] = await Promise.all([
    transaction<Incident[]>`
      select ${incidentColumns(transaction)},
        case when position is not null then json_build_object('lon', position[0], 'lat', position[1]) end as position
      from incident where street_code = ${streetCode} and number = ${number}`,
    transaction<IncidentStep[]>`
      select street_code, number, sequence, position, from_status, to_status, unit, opinion, at
      from incident_step where street_code = ${streetCode} and number = ${number} order by sequence`,
  ])
  if (incident !== undefined) return { ...incident, steps: [...steps] }
  throw new ProblemError(
    'not_found',
    {
      zh: `街道 ${streetCode} 没有编号为“${number}”的事件`,
      en: `Sub-district ${streetCode} has no incident “${number}”`,
    },
    {
      parameter: 'number',
      remedy: {
        zh: '请核对编号，或用 /api/search?q= 搜索编号的一部分',
        en: 'Check the number, or search a part of it with /api/search?q=',
      },
    },
  )
}
