/**
 * Random steps of all roles over HTTP, valid and not, against a model of the loop that was written apart from it
 * (`tests/model/incident-model.ts`). `pnpm model` takes 20,000 of them on each cluster.
 */
import type { LoopState } from '@minqing/data/domain/incident-workflow/loop-state'
import type { IncidentSummary } from '@minqing/data/domain/summary'
import { tableFromIPC } from '@uwdata/flechette'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ServedApi, serveOn } from './serve-api.ts'
import { insertAreas, street } from './world.ts'
import { actors, command, type Model, ofTwo, type RealApi } from '../model/commands.ts'
import { modelActions } from '../model/incident-model.ts'
import { actorAs } from '../../server/access/actor.ts'
import { verifyAudit } from '../../server/audit/verify-audit.ts'
import { checkCounts } from '../../server/counts/check-counts.ts'
import { connect, type Database } from '../../server/store/connect.ts'
import { readAs } from '../../server/store/scope.ts'
import { createTestDatabase, type TestDatabase } from '../../server/store/test-database.ts'
import { nameInTarget } from '../../server/workflow/parties.ts'
import { readLoopAsOf } from '../../server/workflow/read-loop.ts'

const steps = Number(process.env['MINQING_MODEL_STEPS'] ?? 1_000)
const start = Date.parse('2026-03-02T09:00:00+08:00')

let held: TestDatabase
let own: Database
const served = new Map<string, ServedApi>()
/** What the API is expected to hold. */
const model: Model = { clock: start, cases: [], taken: 0, asked: 0, actions: new Map(), seen: [] }
const real: RealApi = { street, post: (by, path, body) => post(by, path, body), nameInTarget }
beforeAll(async () => {
  held = await createTestDatabase()
  own = connect({ url: held.url, poolSize: 1 })
  await insertAreas(held.database)
  for (const { id, role } of actors)
    served.set(
      id,
      await serveOn(held.database, { actor: actorAs({ id }, role, [street]), clock: () => new Date(model.clock) }),
    )
})
afterAll(async () => {
  for (const one of served.values()) await one.close()
  await own.end()
  await held.close()
})

const post: RealApi['post'] = async (by, path, body) => {
  const response = await fetch(`${served.get(by.id)!.api}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: await response.json() }
}

it(`takes ${steps} steps as the model of the loop does, loses none, and knows each instant afterwards`, async () => {
  const seed = Number(process.env['MINQING_MODEL_SEED'] ?? 20_261_127)
  const recorded: Recorded[] = []
  for (let run = 0; model.asked < steps; run += 1) {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 150, maxLength: 300 }), (commands) =>
        fc.asyncModelRun(() => ({ model, real }), commands),
      ),
      // A failure is where it happened: what came before it is in the database by then.
      { numRuns: 1, seed: seed + run, endOnFailure: true },
    )
    recorded.push({ at: model.clock, ...(await readMap('')) })
    model.clock += 60_000
  }

  const ofOne = modelActions.filter((action) => !ofTwo.has(action))
  const never = ofOne.filter((action) => Math.min(...(model.actions.get(action) ?? [0])) === 0)
  // Few steps do not come everywhere.
  expect(steps >= 20_000 ? never : []).toEqual([])

  const rows = await own<{ number: string; status: string; last: number; steps: number }[]>`
    select i.number, i.status, max(s.sequence) as last, count(*)::integer as steps
    from incident i join incident_step s on s.street_code = i.street_code and s.number = i.number
    group by i.street_code, i.number order by i.number`
  const expected = model.cases
    .map(({ number, status, sequence }) => ({ number, status, last: sequence, steps: sequence }))
    .toSorted((a, b) => a.number.localeCompare(b.number))
  expect(rows).toEqual(expected)
  const [log] = await own<[{ steps: number; positions: number; head: number }]>`
    select count(*)::integer as steps, count(distinct position)::integer as positions,
      (select position from log_head where street_code = ${street})::integer as head from incident_step`
  expect(log).toEqual({ steps: model.taken, positions: model.taken, head: model.taken })
  expect(await checkCounts(held.database)).toEqual([])
  expect((await verifyAudit(held.database)).faults).toEqual([])

  await rebuiltFromTheLog()
  for (const { at, ...was } of recorded) expect(await readMap(`&asOf=${new Date(at).toISOString()}`)).toEqual(was)
  for (const { at, number, status, sequence, statuses } of model.seen.slice(-200)) {
    const asOf = encodeURIComponent(new Date(at).toISOString())
    const lead = served.get('lead-1')!
    expect(await lead.getJson<LoopState>(`/incidents/${street}/${number}/loop?asOf=${asOf}`)).toMatchObject({
      status,
      sequence,
    })
    const counted = await lead.getJson<{ statuses: { status: string; incidents: number }[] }>(
      `/log/${street}/counts?asOf=${asOf}`,
    )
    expect(Object.fromEntries(counted.statuses.map((one) => [one.status, one.incidents]))).toEqual(statuses)
  }
}, 3_600_000)

/** What the map shows: incidents as columns and their counts. */
type Recorded = { at: number; counts: object; incidents: object[] }

async function readMap(asOf: string): Promise<Omit<Recorded, 'at'>> {
  const lead = served.get('lead-1')!
  const { asOf: _, ...counts } = await lead.getJson<IncidentSummary>(`/summary?area=${street}${asOf}`)
  const columns = await lead.get(`/incidents/columns?area=${street}${asOf}`)
  return { counts, incidents: tableFromIPC(new Uint8Array(await columns.arrayBuffer())).toArray() }
}

/** Each incident's row says what its steps alone say. */
async function rebuiltFromTheLog(): Promise<void> {
  const rows = await own<
    { number: string; status: string; type: string; risk: string; urgency: string; closedAt: string | null }[]
  >`select number, status, type, risk, urgency, closed_at from incident`
  const scope = { role: 'writer', areas: [street] } as const
  const later = new Date(model.clock + 1)
  for (const row of rows) {
    const { loop } = await readAs(held.database, scope, (transaction) =>
      readLoopAsOf(transaction, street, row.number, later),
    )
    const { status, type, risk, urgency, closedAt } = loop
    expect({ number: row.number, status, type, risk, urgency, closedAt }).toEqual({
      ...row,
      closedAt: row.closedAt === null ? null : Date.parse(row.closedAt),
    })
  }
}
