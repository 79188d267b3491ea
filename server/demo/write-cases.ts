import type { CaseNow } from '@minqing/data/demo/series/make-series'
import type { Transaction } from '../store/connect.ts'
import { copyRows, type Cell, type TableRows } from './copy-rows.ts'
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
  'involved_count',
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

/** Writes new cases as they stand. */
export async function insertCases(transaction: Transaction, cases: readonly CaseNow[]): Promise<void> {
  await copyRows(transaction, { table: 'incident', columns: incidentColumns, rows: cases.map(incidentRow) })
}

/** A case's values in the order of `incidentColumns`. */
export function incidentRow({ incident: i }: CaseNow): Cell[] {
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
    i.involvedCount,
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

/** Moves cases that exist to the state in which they now are. */
export async function updateCases(transaction: Transaction, street: string, cases: readonly CaseNow[]): Promise<void> {
  const now = cases.map(({ incident }) => incident)
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
  cases: readonly CaseNow[],
  since: string,
): Promise<number> {
  const [head] = await transaction<{ position: number }[]>`
    insert into log_head (street_code) values (${street})
    on conflict (street_code) do update set position = log_head.position returning position`
  const before = head?.position ?? 0
  const steps = stepsInOrder(cases, since)
  await copyRows(transaction, stepRows(steps, before))
  await transaction`update log_head set position = ${before + steps.length} where street_code = ${street}`
  return steps.length
}

type Step = CaseNow['steps'][number]

/** The steps taken after `since`, as the log has them: by time. */
export function stepsInOrder(cases: readonly Pick<CaseNow, 'steps'>[], since: string): Step[] {
  // ISO texts of the same zone and length sort as their moments do.
  return cases
    .flatMap(({ steps }) => steps.filter((step) => step.at > since))
    .sort((a, b) => compare(a.at, b.at) || compare(a.number, b.number) || a.sequence - b.sequence)
}

/** Steps with the positions that follow `before`. */
export function stepRows(steps: readonly Step[], before: number): TableRows {
  return {
    table: 'incident_step',
    columns: ['street_code', 'number', 'sequence', 'position', 'from_status', 'to_status', 'unit', 'opinion', 'at'],
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
    ]),
  }
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
