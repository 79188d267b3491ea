import type { IncidentNow } from '@minqing/data/demo/series/make-series'
import { nameParty } from '@minqing/data/demo/people/make-staff'
import type { TimeLimits } from '@minqing/data/domain/incident-workflow/clocks'
import { storedTask } from '@minqing/data/domain/stored-task'
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

type Placed = Pick<IncidentNow, 'incident'>

/** Writes new incidents as they stand. */
export async function insertIncidents(transaction: Transaction, incidents: readonly Placed[]): Promise<void> {
  await copyRows(transaction, { table: 'incident', columns: incidentColumns, rows: incidents.map(incidentRow) })
}

/** An incident's values in the order of `incidentColumns`. */
export function incidentRow({ incident: i }: Placed): CopyValue[] {
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
    update incident i set status = n.status, risk = n.risk, urgency = n.urgency, due_at = n.due_at::timestamptz,
      closed_at = n.closed_at::timestamptz, version = i.version + 1, updated_at = now()
    from unnest(${now.map((i) => i.number)}::text[], ${now.map((i) => i.status)}::text[],
      ${now.map((i) => i.risk)}::text[], ${now.map((i) => i.urgency)}::text[], ${now.map((i) => i.dueAt)}::text[],
      ${now.map((i) => i.closedAt)}::text[]) as n (number, status, risk, urgency, due_at, closed_at)
    where i.street_code = ${street} and i.number = n.number`
}

/**
 * Appends the steps taken after `since`, by time, with the next positions of the street's log; the parties that they enter,
 * and what each case now waits for. Returns how many steps.
 */
export async function appendSteps(
  transaction: Transaction,
  { code, seed }: { code: string; seed: number },
  incidents: readonly IncidentNow[],
  { since, limits }: { since: number; limits: TimeLimits },
): Promise<number> {
  const [head] = await transaction<{ position: number }[]>`
    insert into log_head (street_code) values (${code})
    on conflict (street_code) do update set position = log_head.position returning position`
  const before = head?.position ?? 0
  const steps = stepsInOrder(incidents, since)
  await copyRows(transaction, stepRows(steps, before))
  await transaction`update log_head set position = ${before + steps.length} where street_code = ${code}`
  await copyRows(transaction, partyRows(steps, seed))
  const numbers = incidents.map(({ incident }) => incident.number)
  await transaction`delete from incident_task where street_code = ${code} and number = any(${numbers})`
  await copyRows(transaction, taskRows(incidents, limits))
  return steps.length
}

type Step = IncidentNow['steps'][number] & { streetCode: string; number: string; sequence: number }
type Stepped = Pick<IncidentNow, 'steps'> & { incident: Pick<IncidentNow['incident'], 'streetCode' | 'number'> }

/** The steps taken after `since`, as the log has them: by time. */
export function stepsInOrder(incidents: readonly Stepped[], since = -Infinity): Step[] {
  return incidents
    .flatMap(({ steps, incident: { streetCode, number } }) =>
      steps.map((step, index) => ({ ...step, streetCode, number, sequence: index + 1 })).filter(({ at }) => at > since),
    )
    .sort((a, b) => a.at - b.at || compare(a.number, b.number) || a.sequence - b.sequence)
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
      'action',
      'actor_role',
      'content',
      'due_at',
    ],
    rows: steps.map(({ content: { action, ...content }, role, ...step }, i) => [
      step.streetCode,
      step.number,
      step.sequence,
      before + i + 1,
      step.fromStatus,
      step.toStatus,
      step.unit,
      step.opinion,
      iso(step.at),
      action,
      role,
      JSON.stringify(content),
      iso(step.dueAt),
    ]),
  }
}

/** Who is entered by steps: invented names, as no step has any. */
export function partyRows(steps: readonly Step[], seed: number): TableRows {
  return {
    table: 'incident_party',
    columns: ['street_code', 'number', 'party', 'side', 'kind', 'name', 'phone', 'created_at'],
    rows: steps.flatMap(({ content, streetCode, number, at }) => {
      if (content.action !== 'add_party') return []
      const { name, phone } = nameParty(seed, number, content)
      return [[streetCode, number, content.party, content.side, content.partyKind, name, phone, iso(at)]]
    }),
  }
}

/** What cases wait for after their last step. */
export function taskRows(incidents: readonly IncidentNow[], limits: TimeLimits): TableRows {
  return {
    table: 'incident_task',
    columns: [
      'street_code',
      'number',
      'status',
      'node',
      'started_at',
      'soon_at',
      'due_at',
      'unit',
      'urgings',
      'yellow_cards',
      'red_cards',
      'returns',
      'reworks',
    ],
    rows: incidents.flatMap(({ incident: { streetCode, number }, loop }) => {
      const task = storedTask(loop, loop.lastAt, limits)
      if (task === null) return []
      const { status, node, startedAt, soonAt, dueAt, unit, urgings, yellowCards, redCards, returns, reworks } = task
      const times = [iso(startedAt), iso(soonAt), iso(dueAt)]
      return [[streetCode, number, status, node, ...times, unit, urgings, yellowCards, redCards, returns, reworks]]
    }),
  }
}

function iso(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString()
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
