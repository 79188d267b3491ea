import type { IncidentColumns } from '@minqing/data/domain/incident-columns'
import { incidentStatuses } from '@minqing/data/domain/incident-status'
import { incidentTypes } from '@minqing/data/domain/incident-type'
import { risks } from '@minqing/data/domain/risk'
import type { Answer } from '../../../contract/api.ts'

type IncidentAnswer = Answer<'/api/incidents/:street/:number'>

/**
 * An incident as it was known at an instant: its steps by then, and its state as the columns of that instant have it;
 * with its first status and without a due time where they do not have it.
 */
export function incidentAsKnown(
  incident: IncidentAnswer,
  asOf: string,
  columns: IncidentColumns | undefined,
): IncidentAnswer {
  const until = Date.parse(asOf)
  const isKnown = (instant: string | null) => instant !== null && Date.parse(instant) <= until
  const steps = incident.steps.filter(({ at }) => isKnown(at))
  const closedAt = isKnown(incident.closedAt) ? incident.closedAt : null
  const status = steps.at(-1)?.toStatus ?? incident.status
  const row = rowOf(incident, columns)
  if (row === undefined || columns === undefined) return { ...incident, steps, status, closedAt, dueAt: null }
  const due = columns.due[row]!
  return {
    ...incident,
    steps,
    closedAt,
    status: incidentStatuses[columns.status[row]!]!,
    type: incidentTypes[columns.type[row]!]!,
    risk: risks[columns.risk[row]!]!,
    dueAt: due === 0 ? null : new Date(due * 1000).toISOString(),
  }
}

function rowOf({ streetCode, number }: IncidentAnswer, columns: IncidentColumns | undefined): number | undefined {
  for (let row = 0; row < (columns?.length ?? 0); row += 1)
    if (columns!.number(row) === number && columns!.street(row) === streetCode) return row
  return undefined
}
