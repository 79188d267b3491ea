import type { IncidentNow } from '@minqing/data/demo/series/make-series'
import { plainFieldNames, plainFieldOf } from '@minqing/data/domain/incident-fields'
import type { Transaction } from '../store/connect.ts'
import { copyRows, type CopyValue, type TableRows } from '../store/copy-rows.ts'
import { point } from './load-street.ts'

export const incidentColumns = [
  'street_code',
  'number',
  'community_code',
  'grid_code',
  'building_code',
  'type',
  'source_type',
  'channel',
  'urgency',
  'risk',
  'status',
  'title',
  'text',
  'address',
  ...plainFieldNames.map((name) => plainFieldOf(name).column),
  'position',
  'source_crs',
  'source_x',
  'source_y',
  'happened_at',
  'reported_at',
  'due_at',
  'closed_at',
  'source',
]

/** Writes new incidents as they stand. */
export async function insertIncidents(transaction: Transaction, incidents: readonly IncidentNow[]): Promise<void> {
  await copyRows(transaction, { table: 'incident', columns: incidentColumns, rows: incidents.map(incidentRow) })
}

/** An incident's values in the order of `incidentColumns`. */
export function incidentRow({ incident: i }: IncidentNow): CopyValue[] {
  return [
    i.streetCode,
    i.number,
    i.communityCode,
    i.gridCode,
    i.buildingCode,
    i.type,
    i.sourceType,
    i.channel,
    i.urgency,
    i.risk,
    i.status,
    i.title,
    i.text,
    i.address,
    ...plainFieldNames.map((name) => i[name]),
    i.position === null ? null : point(i.position),
    i.sourceCrs,
    i.sourcePosition?.[0] ?? null,
    i.sourcePosition?.[1] ?? null,
    i.happenedAt,
    i.reportedAt,
    i.dueAt,
    i.closedAt,
    i.source,
  ]
}

/** Moves incidents that exist to the state in which they now are. */
export async function updateIncidents(
  transaction: Transaction,
  street: string,
  incidents: readonly IncidentNow[],
): Promise<void> {
  const now = incidents.map(({ incident }) => incident)
  await transaction`
    update incident i set status = n.status, closed_at = n.closed_at::timestamptz, version = i.version + 1, updated_at = now()
    from unnest(${now.map((i) => i.number)}::text[], ${now.map((i) => i.status)}::text[],
      ${now.map((i) => i.closedAt)}::text[]) as n (number, status, closed_at)
    where i.street_code = ${street} and i.number = n.number`
}

/** Appends the steps taken after `since`, by time, with the next positions of the street's log. Returns how many. */
export async function appendSteps(
  transaction: Transaction,
  street: string,
  incidents: readonly IncidentNow[],
  since: string,
): Promise<number> {
  const [head] = await transaction<{ position: number }[]>`
    insert into log_head (street_code) values (${street})
    on conflict (street_code) do update set position = log_head.position returning position`
  const before = head?.position ?? 0
  const steps = stepsInOrder(incidents, since)
  await copyRows(transaction, stepRows(steps, before))
  await transaction`update log_head set position = ${before + steps.length} where street_code = ${street}`
  return steps.length
}

/** The first step of a case says until when it has to be resolved. */
type Step = IncidentNow['steps'][number] & { dueAt: string | null }

/** The steps taken after `since`, as the log has them: by time. */
export function stepsInOrder(
  incidents: readonly (Pick<IncidentNow, 'steps'> & { incident: Pick<IncidentNow['incident'], 'dueAt'> })[],
  since: string,
): Step[] {
  // ISO texts of the same zone and length sort as their instants do.
  return incidents
    .flatMap(({ steps, incident: { dueAt } }) =>
      steps.filter((step) => step.at > since).map((step) => ({ ...step, dueAt: step.sequence === 1 ? dueAt : null })),
    )
    .sort((a, b) => compare(a.at, b.at) || compare(a.number, b.number) || a.sequence - b.sequence)
}

/** Steps with the positions that follow `before`. */
export function stepRows(steps: readonly Step[], before: number): TableRows {
  return {
    table: 'incident_step',
    columns: [
      'street_code',
      'number',
      'sequence',
      'position',
      'from_status',
      'to_status',
      'unit',
      'opinion',
      'at',
      'content',
    ],
    rows: steps.map((step, i) => [
      step.streetCode,
      step.number,
      step.sequence,
      before + i + 1,
      step.fromStatus,
      step.toStatus,
      step.unit,
      step.opinion,
      step.at,
      JSON.stringify(step.dueAt === null ? {} : { dueAt: step.dueAt }),
    ]),
  }
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
