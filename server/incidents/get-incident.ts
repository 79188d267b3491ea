import type { IncidentStep, Incident } from '@minqing/data/domain/incident'
import { ProblemError } from '@minqing/data/domain/problem'
import type { Transaction } from '../store/connect.ts'
import { incidentsAsOf } from '../counts/incidents-as-of.ts'
import { roleSettings, type Scope } from '../store/scope.ts'
import { incidentColumns } from './incident-row.ts'

type IncidentWithSteps = Incident & { steps: IncidentStep[] }

/**
 * One incident with the steps it has taken, oldest first.
 *
 * @throws ProblemError `not_found`, also for what the reader may not see.
 */
export async function getIncident(
  transaction: Transaction,
  streetCode: string,
  number: string,
): Promise<IncidentWithSteps> {
  const [[incident], steps] = await Promise.all([
    transaction<Incident[]>`
      select ${incidentColumns(transaction)},
        case when position is not null then json_build_object('lon', position[0], 'lat', position[1]) end as position
      from incident where street_code = ${streetCode} and number = ${number}`,
    transaction<IncidentStep[]>`
      select street_code, number, sequence, position, from_status, to_status, unit, opinion, at
      from incident_step where street_code = ${streetCode} and number = ${number} order by sequence`,
  ])
  if (incident === undefined) throw notThere(streetCode, number)
  return { ...incident, steps: [...steps] }
}

/**
 * The same as it was known at an instant: its text and place as they stand now, its state and steps as the log had them.
 *
 * @param scope of the transaction, which it leaves as a reader of the log
 * @throws ProblemError `not_found`, also where there was no such incident yet
 */
export async function getIncidentAsOf(
  transaction: Transaction,
  scope: Scope,
  { street, number }: { street: string; number: string },
  asOf: Date,
): Promise<IncidentWithSteps> {
  const incident = await getIncident(transaction, street, number)
  await transaction.unsafe(roleSettings('reader', scope.areas))
  const [known] = await transaction<
    Pick<Incident, 'status' | 'type' | 'risk' | 'urgency' | 'involvedCount' | 'dueAt' | 'closedAt'>[]
  >`
    ${incidentsAsOf(transaction, { area: street }, asOf, number)}
    select status, type, risk, urgency, involved_count, due_at, closed_at from incident`
  if (known === undefined) throw notThere(street, number)
  return { ...incident, ...known, steps: incident.steps.filter(({ at }) => Date.parse(at) <= asOf.getTime()) }
}

function notThere(streetCode: string, number: string): ProblemError {
  return new ProblemError(
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
