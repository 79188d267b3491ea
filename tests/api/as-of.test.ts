import type { Incident, IncidentStep } from '@minqing/data/domain/incident'
import type { StepContent } from '@minqing/data/domain/incident-workflow/step-actions'
import type { RoleName } from '@minqing/data/domain/role'
import type { IncidentSummary } from '@minqing/data/domain/summary'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { actorAs } from '../../server/access/actor.ts'
import { connect, type Database } from '../../server/store/connect.ts'
import { createTestDatabase, type TestDatabase } from '../../server/store/test-database.ts'
import { takeStep } from '../../server/workflow/take-step.ts'
import { type ServedApi, serveOn } from './serve-api.ts'
import { changed, grids, insertAreas, insertIncident, street } from './world.ts'

let held: TestDatabase
let own: Database
const served = new Map<RoleName, ServedApi>()
const at = (hour: number) => new Date(Date.parse('2026-03-02T00:00:00+08:00') + hour * 3_600_000)
beforeAll(async () => {
  held = await createTestDatabase()
  own = connect({ url: held.url, poolSize: 1 })
  await insertAreas(held.database)
  for (const role of ['centre_lead', 'analyst'] as const)
    served.set(role, await serveOn(held.database, { actor: actorAs({}, role, [street]), clock: () => at(1000) }))
})
afterAll(async () => {
  for (const one of served.values()) await one.close()
  await own.end()
  await held.close()
})

/** A case with its first step, of a form or of a file. */
async function begin(number: string, action: 'report' | 'import', content: object): Promise<void> {
  await insertIncident(held.database, { number, status: '10', type: 'D02', gridCode: grids[0]!, text: '内有姓名' })
  await own`
    with head as (
      insert into log_head (street_code, position) values (${street}, 1)
      on conflict (street_code) do update set position = log_head.position + 1 returning position)
    insert into incident_step (street_code, number, sequence, position, to_status, at, action, content)
    select ${street}, ${number}, 1, position, '10', ${at(1)}, ${action}, ${own.json(content as never)} from head`
}

const take = (number: string, sequence: number, role: RoleName, content: StepContent, hour: number) =>
  takeStep(
    held.database,
    actorAs({ id: role }, role, [street]),
    street,
    number,
    { sequence, content, opinion: '' },
    at(hour),
  )

const summaryOf = (role: RoleName, hour: number) =>
  served.get(role)!.getJson<IncidentSummary>(`/summary?area=${street}&asOf=${at(hour).toISOString()}`)
const incidentOf = (role: RoleName, number: string, hour: number) =>
  served
    .get(role)!
    .getJson<Incident & { steps: IncidentStep[] }>(`/incidents/${street}/${number}?asOf=${at(hour).toISOString()}`)

it('is the same for whoever may not read what steps contain', async () => {
  await begin('A', 'report', { type: 'D02', urgency: '1' })
  await take('A', 1, 'duty_officer', { action: 'accept' }, 2)
  await take('A', 2, 'duty_officer', { action: 'classify', type: 'D06', risk: 'orange', urgency: '2' }, 5)
  await changed(held.database, 'incidents')
  const known = {
    3: { type: 'D02', risk: 'blue', urgency: '1', status: '20' },
    6: { type: 'D06', risk: 'orange', urgency: '2', status: '30' },
  }
  for (const hour of [3, 6] as const) {
    const { type, risk } = known[hour]
    for (const role of ['centre_lead', 'analyst'] as const) {
      const { byType, byRisk } = await summaryOf(role, hour)
      expect({ byType, byRisk }).toEqual({ byType: [{ type, count: 1 }], byRisk: [{ risk, count: 1 }] })
      expect(await incidentOf(role, 'A', hour)).toMatchObject(known[hour])
    }
    expect(
      await (await served.get('analyst')!.get(`/incidents/${street}/A?asOf=${at(hour).toISOString()}`)).text(),
    ).not.toContain('姓名')
  }
  expect((await incidentOf('centre_lead', 'A', 3)).steps.map(({ sequence }) => sequence)).toEqual([1, 2])
  const early = await served.get('centre_lead')!.get(`/incidents/${street}/A?asOf=${at(0).toISOString()}`)
  expect(early.status).toBe(404)
})

it('has the due time that a file gave until a step sets another', async () => {
  const due = at(20).toISOString()
  await begin('B', 'import', { status: '10', dueAt: due })
  await own`update incident set due_at = ${due} where number = 'B'`
  await take('B', 1, 'duty_officer', { action: 'accept' }, 10)
  const given = { action: 'classify', type: 'D06', risk: 'blue', urgency: '1', dueAt: at(200).toISOString() } as const
  await take('B', 2, 'duty_officer', given, 30)
  await changed(held.database, 'incidents')
  expect(await incidentOf('centre_lead', 'B', 5)).toMatchObject({ status: '10', dueAt: due })
  expect(await incidentOf('centre_lead', 'B', 40)).toMatchObject({ status: '30', dueAt: at(200).toISOString() })
  expect((await summaryOf('centre_lead', 9)).overdue).toBe(0)
  const now = await served.get('centre_lead')!.getJson<Incident>(`/incidents/${street}/B`)
  expect((await incidentOf('centre_lead', 'B', 900)).dueAt).toBe(now.dueAt)
})
