import { caseAt, scriptedCases } from '@minqing/data/demo/series/make-series'
import type { ScriptedCase } from '@minqing/data/demo/series/make-series'
import { demoStreetCode, makeStreet } from '@minqing/data/demo/street'
import type { DemoStreet } from '@minqing/data/demo/street'
import type { Database, Transaction } from '../store/connect.ts'
import { touch } from '../store/touch.ts'
import { copyRows } from './copy-rows.ts'
import { loadStreet, point } from './load-street.ts'

export type DemoOptions = {
  /** The moment at which the series ends. */
  asOf: Date
  seed?: number
  /** Progress, a sentence at a time. */
  report?: (line: string) => void
}

/** What was done: made from nothing, carried on to the moment, or left alone. */
export type DemoOutcome = { outcome: 'made' | 'carried_on' | 'left_alone'; incidents: number; steps: number }

const defaultSeed = 1
const months = 18

/**
 * Makes the demo street on the first start; on a later one carries its cases on to the moment. A database that holds
 * another street and no demo is left alone. One transaction: all of it or none.
 */
export async function ensureDemo(database: Database, options: DemoOptions): Promise<DemoOutcome> {
  return database.begin(async (transaction) => {
    await transaction`set local statement_timeout = 0`
    const [state] = await transaction<{ seed: number; madeAt: string; carriedTo: string }[]>`
      select seed, made_at, carried_to from demo_state where street_code = ${demoStreetCode} for update`
    if (state !== undefined) return carryOn(transaction, state, options)
    const [other] = await transaction`select from area limit 1`
    if (other !== undefined) return { outcome: 'left_alone', incidents: 0, steps: 0 }
    return make(transaction, options)
  })
}

/** The first moment of a series that ends at `asOf`: midnight in Shanghai, 18 months before. */
function beginning(asOf: Date): number {
  const start = new Date(asOf.getTime() + 8 * 3_600_000)
  start.setUTCMonth(start.getUTCMonth() - months)
  start.setUTCHours(0, 0, 0, 0)
  return start.getTime() - 8 * 3_600_000
}

async function make(
  transaction: Transaction,
  { asOf, seed = defaultSeed, report = () => {} }: DemoOptions,
): Promise<DemoOutcome> {
  report('正在生成演示街道 · Making the demo street')
  const street = makeStreet(seed, asOf.getUTCFullYear())
  await loadStreet(transaction, street)
  const cases = [...scriptedCases(street, beginning(asOf), asOf.getTime())]
  report(`正在写入 ${cases.length} 件演示事件 · Writing ${cases.length} incidents`)
  await insertCases(transaction, cases, asOf.getTime())
  const steps = await appendSteps(transaction, street, cases, -Infinity, asOf.getTime())
  await transaction`
    insert into demo_state (street_code, seed, scale, made_at, carried_to)
    values (${demoStreetCode}, ${seed}, 'street', ${asOf.toISOString()}, ${asOf.toISOString()})`
  await touch(transaction, ['areas', 'buildings', 'incidents', 'facilities', 'base', 'people'])
  return { outcome: 'made', incidents: cases.length, steps }
}

/** No scripted life is longer than this: older cases have nothing more to come. */
const longestLife = 400 * 86_400_000

async function carryOn(
  transaction: Transaction,
  state: { seed: number; madeAt: string; carriedTo: string },
  { asOf }: DemoOptions,
): Promise<DemoOutcome> {
  const [since, until] = [Date.parse(state.carriedTo), asOf.getTime()]
  if (until <= since) return { outcome: 'left_alone', incidents: 0, steps: 0 }
  const street = makeStreet(state.seed, asOf.getUTCFullYear())
  const start = Math.max(beginning(new Date(state.madeAt)), since - longestLife)
  const fresh: ScriptedCase[] = []
  const moving: ScriptedCase[] = []
  for (const scripted of scriptedCases(street, start, until)) {
    if (Date.parse(scripted.incident.reportedAt) >= since) fresh.push(scripted)
    else if (scripted.life.some((step) => step.at > since && step.at <= until)) moving.push(scripted)
  }
  await insertCases(transaction, fresh, until)
  const untouched = await stillScripted(transaction, moving, since)
  await updateCases(transaction, untouched, until)
  const steps = await appendSteps(transaction, street, [...fresh, ...untouched], since, until)
  await transaction`update demo_state set carried_to = ${asOf.toISOString()} where street_code = ${demoStreetCode}`
  await touch(transaction, ['incidents'])
  return { outcome: 'carried_on', incidents: fresh.length, steps }
}

async function insertCases(transaction: Transaction, cases: readonly ScriptedCase[], moment: number): Promise<void> {
  await copyRows(
    transaction,
    'incident',
    [
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
    ],
    cases.map((scripted) => {
      const { incident: i } = caseAt(scripted, moment)
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
    }),
  )
}

/** Those cases whose log is as their script left it: what a person has taken up is theirs. */
async function stillScripted(
  transaction: Transaction,
  cases: readonly ScriptedCase[],
  moment: number,
): Promise<ScriptedCase[]> {
  const numbers = cases.map((scripted) => scripted.incident.number)
  const rows = await transaction<{ number: string; count: number }[]>`
    select number, count(*) from flow_step where street_code = ${demoStreetCode} and number = any(${numbers}) group by number`
  const counts = new Map(rows.map((row) => [row.number, row.count]))
  return cases.filter(
    ({ incident, life }) => counts.get(incident.number) === life.filter((step) => step.at <= moment).length,
  )
}

async function updateCases(transaction: Transaction, cases: readonly ScriptedCase[], moment: number): Promise<void> {
  const now = cases.map((scripted) => caseAt(scripted, moment).incident)
  await transaction`
    update incident i set status = n.status, closed_at = n.closed_at::timestamptz, version = i.version + 1, updated_at = now()
    from unnest(${now.map((i) => i.number)}::text[], ${now.map((i) => i.status)}::text[], ${now.map((i) => i.closedAt)}::text[]) as n (number, status, closed_at)
    where i.street_code = ${demoStreetCode} and i.number = n.number`
}

/** Appends the steps in (since, until] in the order of their time, with the next positions of the street's log. */
async function appendSteps(
  transaction: Transaction,
  street: DemoStreet,
  cases: readonly ScriptedCase[],
  since: number,
  until: number,
): Promise<number> {
  const [head] = await transaction<{ position: number }[]>`
    insert into log_head (street_code) values (${street.code})
    on conflict (street_code) do update set position = log_head.position returning position`
  const before = head?.position ?? 0
  const steps = cases
    .flatMap((scripted) => caseAt(scripted, until).steps)
    .filter((step) => Date.parse(step.at) > since)
    .sort((a, b) =>
      a.at === b.at
        ? a.number === b.number
          ? a.sequence - b.sequence
          : a.number < b.number
            ? -1
            : 1
        : a.at < b.at
          ? -1
          : 1,
    )
  await copyRows(
    transaction,
    'flow_step',
    ['street_code', 'number', 'sequence', 'position', 'from_status', 'to_status', 'unit', 'opinion', 'at'],
    steps.map((s, i) => [
      s.streetCode,
      s.number,
      s.sequence,
      before + i + 1,
      s.fromStatus,
      s.toStatus,
      s.unit,
      s.opinion,
      s.at,
    ]),
  )
  await transaction`update log_head set position = ${before + steps.length} where street_code = ${street.code}`
  return steps.length
}
