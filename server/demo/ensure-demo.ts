import { incidentAt, type IncidentNow, scriptedIncidents, seriesStart } from '@minqing/data/demo/series/make-series'
import type { ScriptedIncident } from '@minqing/data/demo/series/make-series'
import { collectionNames } from '@minqing/data/domain/data-status'
import { demoModel, demoStreetCode } from '@minqing/data/demo/city/site'
import { makeStreet } from '@minqing/data/demo/street'
import type { Actor } from '../access/actor.ts'
import { readTimeLimits } from '../clocks/read-limits.ts'
import { countIncidents } from '../counts/count-incidents.ts'
import type { Database, Transaction } from '../store/connect.ts'
import { writeAs, type Writing } from '../writing/write-as.ts'
import { lockImports } from '../imports/apply/batch.ts'
import { type DemoState, demoTables, readDemoState, removeDemoRows } from './demo-state.ts'
import { copyRows } from '../store/copy-rows.ts'
import { streetTables } from './load-street.ts'
import { appendSteps, insertIncidents, updateIncidents } from './write-incidents.ts'

export type DemoOptions = {
  /** The instant at which the series ends. */
  asOf: Date
  /** Of a demo that is made; one that exists keeps its own. */
  seed?: number
  /** Progress, a sentence at a time. */
  report?: (line: string) => void
}

/** What was done: made from nothing, carried on to the instant, or left alone. */
export type DemoOutcome = { outcome: 'made' | 'carried_on' | 'left_alone'; incidents: number; steps: number }

const defaultSeed = 1
const nothing: DemoOutcome = { outcome: 'left_alone', incidents: 0, steps: 0 }

/**
 * Makes the demo street on the first start; on a later one carries its incidents on to the instant. A database that holds
 * something else and no demo is left alone. One transaction: all of it or none.
 */
export async function ensureDemo(database: Database, actor: Actor, options: DemoOptions): Promise<DemoOutcome> {
  const action = { action: 'make', object: 'demo', area: demoStreetCode } as const
  return writeAs(
    database,
    actor,
    action,
    async (writing) => {
      const { transaction } = writing
      await lockImports(transaction)
      const state = await readDemoState(transaction)
      if (state === undefined) return (await holdsAnything(transaction)) ? nothing : make(writing, options)
      // A district or city is made by command, and ends when it was made.
      if (state.scale !== 'street') return nothing
      if (state.model === demoModel) return carryOn(writing, state, options)
      // Another version of the generator would make other incidents for the same days.
      await removeDemoRows(transaction, demoStreetCode)
      return make(writing, { ...options, seed: state.seed })
    },
    'owner',
  )
}

async function holdsAnything(transaction: Transaction): Promise<boolean> {
  const [row] = await transaction<{ something: boolean }[]>`
    select exists (select 1 from area) or exists (select 1 from building) or exists (select 1 from incident)
      or exists (select 1 from facility) as something`
  return row?.something ?? false
}

async function make(
  writing: Writing,
  { asOf, seed = defaultSeed, report = () => {} }: DemoOptions,
): Promise<DemoOutcome> {
  const { transaction } = writing
  report('正在生成演示街道 · Making the demo sub-district')
  const street = makeStreet(seed, asOf.getUTCFullYear())
  // One COPY at a time on a connection.
  for (const table of streetTables(street)) await copyRows(transaction, table)
  const scripted = [...scriptedIncidents(street, seriesStart('street', asOf.getTime()), asOf.getTime())]
  report(`正在写入 ${scripted.length} 件演示事件 · Writing ${scripted.length} incidents`)
  const limits = await readTimeLimits(transaction, street.code)
  const incidents = scripted.map((one) => incidentAt(one, asOf.getTime(), limits))
  await insertIncidents(transaction, incidents)
  const steps = await appendSteps(transaction, street, incidents, { since: -Infinity, limits })
  await transaction`
    insert into demo_state (street_code, seed, scale, model, made_at, carried_to)
    values (${street.code}, ${seed}, 'street', ${demoModel}, ${asOf.toISOString()}, ${asOf.toISOString()})`
  await countIncidents(
    transaction,
    transaction`
    select street_code, reported_at from incident where street_code = ${street.code}`,
  )
  // The planner knows nothing of them until the database looks by itself, within a minute.
  for (const table of ['area', ...demoTables, 'incident_month', 'incident_task'])
    await transaction`analyze ${transaction(table)}`
  writing.change(collectionNames)
  Object.assign(writing.details, { incidents: incidents.length, steps })
  return { outcome: 'made', incidents: incidents.length, steps }
}

async function carryOn(writing: Writing, state: DemoState, { asOf }: DemoOptions): Promise<DemoOutcome> {
  const [since, until] = [Date.parse(state.carriedTo), asOf.getTime()]
  if (until <= since) return nothing
  const { transaction } = writing
  const street = makeStreet(state.seed, asOf.getUTCFullYear())
  const fresh: ScriptedIncident[] = []
  const moving: ScriptedIncident[] = []
  for (const scripted of scriptedIncidents(street, await oldestUnfinished(transaction, since), until)) {
    if (Date.parse(scripted.incident.reportedAt) >= since) fresh.push(scripted)
    else if (scripted.life.some((step) => step.at > since && step.at <= until)) moving.push(scripted)
  }
  const untouched = await stillScripted(transaction, moving, since)
  const limits = await readTimeLimits(transaction, street.code)
  const [begun, moved] = [fresh, untouched].map((incidents) =>
    incidents.map((one) => incidentAt(one, until, limits)),
  ) as [IncidentNow[], IncidentNow[]]
  await insertIncidents(transaction, begun)
  await updateIncidents(transaction, street.code, moved)
  const steps = await appendSteps(transaction, street, [...begun, ...moved], { since, limits })
  await transaction`update demo_state set carried_to = ${asOf.toISOString()} where street_code = ${street.code}`
  if (begun.length + moved.length === 0) return { outcome: 'carried_on', incidents: 0, steps }
  const numbers = [...begun, ...moved].map(({ incident }) => incident.number)
  await countIncidents(
    transaction,
    transaction`
    select street_code, reported_at from incident where street_code = ${street.code} and number = any(${numbers})`,
  )
  writing.change(['incidents'])
  Object.assign(writing.details, { incidents: begun.length, steps })
  return { outcome: 'carried_on', incidents: begun.length, steps }
}

/** From when on incidents may still have steps to come (index incident_reported). */
async function oldestUnfinished(transaction: Transaction, since: number): Promise<number> {
  const [row] = await transaction<{ oldest: string | null }[]>`
    select min(reported_at) as oldest from incident
    where street_code = ${demoStreetCode} and source = 'demo' and status not in ('80', '90')`
  return Math.min(since, row?.oldest === null || row === undefined ? since : Date.parse(row.oldest))
}

/**
 * Those incidents that are as their script left them, locked: what a person has taken up, or a file has changed, is theirs
 * from then on.
 */
async function stillScripted(
  transaction: Transaction,
  incidents: readonly ScriptedIncident[],
  instant: number,
): Promise<ScriptedIncident[]> {
  const ours = await transaction<{ number: string }[]>`
    select number from incident i
    where street_code = ${demoStreetCode} and number = any(${incidents.map((scripted) => scripted.incident.number)})
      and not exists (
        -- A file that leaves the status as it is writes no step.
        select from import_before o
        where o.street_code = i.street_code and o.collection = 'incident' and o.key = i.number)
    order by number for update`
  const numbers = ours.map(({ number }) => number)
  const rows = await transaction<{ number: string; count: number }[]>`
    select number, count(*) from incident_step
    where street_code = ${demoStreetCode} and number = any(${numbers})
    group by number having bool_and(actor_id = '' and action <> 'import')`
  const counts = new Map(rows.map((row) => [row.number, row.count]))
  return incidents.filter(
    ({ incident, life }) => counts.get(incident.number) === life.filter((step) => step.at <= instant).length,
  )
}
