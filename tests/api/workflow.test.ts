import type { RoleName } from '@minqing/data/domain/role'
import type { LoopState } from '@minqing/data/domain/incident-workflow/loop-state'
import type { StepContent } from '@minqing/data/domain/incident-workflow/step-actions'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ServedApi, serveOn } from './serve-api.ts'
import { communities, grids, insertAreas, insertIncident, street } from './world.ts'
import { actorAs } from '../../server/access/actor.ts'
import { checkCounts } from '../../server/counts/check-counts.ts'
import { connect, type Database } from '../../server/store/connect.ts'
import { createTestDatabase, type TestDatabase } from '../../server/store/test-database.ts'
import { takeStep } from '../../server/workflow/take-step.ts'

let held: TestDatabase
/** For statements of the test alone. */
let own: Database
beforeAll(async () => {
  held = await createTestDatabase()
  own = connect({ url: held.url, poolSize: 1 })
  await insertAreas(held.database)
})
afterAll(async () => {
  await own.end()
  await held.close()
})

const start = Date.parse('2026-03-02T09:00:00+08:00')
let minutes = 0
const take = (number: string, sequence: number, role: RoleName, content: StepContent, area = street) => {
  const asked = { sequence, content, opinion: '' }
  const now = new Date(start + ++minutes * 60_000)
  return takeStep(held.database, actorAs({ id: role }, role, [area]), street, number, asked, now)
}

async function reported(number: string): Promise<void> {
  await insertIncident(held.database, { number, status: '10', gridCode: grids[0]! })
  await own`
    with head as (
      insert into log_head (street_code, position) values (${street}, 1)
      on conflict (street_code) do update set position = log_head.position + 1 returning position)
    insert into incident_step (street_code, number, sequence, position, to_status, at)
    select ${street}, ${number}, 1, position, '10', '2026-03-01T08:00:00+08:00' from head`
}

const classify = { action: 'classify', type: 'D06', risk: 'orange', urgency: '2' } as const

it('takes a case through its loop, with log, state, due time, counts and trail', async () => {
  await reported('A')
  await take('A', 1, 'duty_officer', { action: 'accept' })
  await take('A', 2, 'duty_officer', classify)
  await take('A', 3, 'duty_officer', { action: 'dispatch', unit: '街道司法所' })
  await take('A', 4, 'mediator', { action: 'sign' })
  await take('A', 5, 'mediator', { action: 'finish', outcome: 'oral' })
  expect(await take('A', 6, 'duty_officer', { action: 'close' })).toMatchObject({ sequence: 7, status: '70' })
  const [incident] = await own`select status, type, risk, urgency, due_at, closed_at from incident where number = 'A'`
  expect(incident).toMatchObject({ status: '70', type: 'D06', risk: 'orange', urgency: '2' })
  // Three days from acceptance, one minute after nine.
  expect(new Date(incident!['dueAt']).getTime()).toBe(start + 60_000 + 3 * 86_400_000)
  expect(incident!['closedAt']).not.toBeNull()
  const steps = await own`select action, actor_id from incident_step where number = 'A' order by sequence`
  expect(steps.map(({ action }) => action)).toEqual([
    'import',
    'accept',
    'classify',
    'dispatch',
    'sign',
    'finish',
    'close',
  ])
  const audit = await own`select details from audit where target = 'A' and object = 'incident' order by position`
  expect(audit.at(-1)).toEqual({ details: { step: 'close', from: '60', to: '70' } })
  expect(await checkCounts(held.database)).toEqual([])
})

it('refuses what is not possible, saying what would be, and writes nothing', async () => {
  await reported('B')
  await expect(take('B', 1, 'mediator', { action: 'sign' })).rejects.toMatchObject({ code: 'conflict' })
  const refused = take('B', 1, 'duty_officer', { action: 'sign' })
  await expect(refused).rejects.toMatchObject({ code: 'conflict', remedy: { zh: expect.stringContaining('受理') } })
  await expect(take('B', 1, 'mediator', { action: 'accept' })).rejects.toMatchObject({ code: 'forbidden' })
  await expect(take('B', 1, 'community', { action: 'accept' }, communities[1])).rejects.toMatchObject({
    code: 'not_found',
  })
  const [{ steps }] = await own<[{ steps: number }]>`
    select count(*)::integer as steps from incident_step where number = 'B'`
  expect(steps).toBe(1)
})

it('of two at once one wins and the other learns of it', async () => {
  await reported('C')
  const accept = () => take('C', 1, 'duty_officer', { action: 'accept' })
  const results = await Promise.allSettled([accept(), accept()])
  expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const loser = results.find((one) => one.status === 'rejected')
  expect(loser?.reason).toMatchObject({ code: 'conflict', parameter: 'sequence' })
  const log = await own`select position from incident_step order by position`
  expect(log.map(({ position }) => Number(position))).toEqual(log.map((_, i) => i + 1))
})

it('keeps the due time that a file gave, with what it was suspended', async () => {
  const dueAt = '2026-03-20T18:00:00+08:00'
  await insertIncident(held.database, { number: 'G', status: '10', gridCode: grids[0]!, dueAt })
  await own`
    with head as (
      insert into log_head (street_code, position) values (${street}, 1)
      on conflict (street_code) do update set position = log_head.position + 1 returning position)
    insert into incident_step (street_code, number, sequence, position, to_status, at, content)
    select ${street}, 'G', 1, position, '10', '2026-03-01T08:00:00+08:00', ${own.json({ dueAt })} from head`
  const due = async () => {
    const [row] = await own`select due_at from incident where number = 'G'`
    return new Date(row!['dueAt']).getTime() - Date.parse(dueAt)
  }
  await take('G', 1, 'duty_officer', { action: 'accept' })
  await take('G', 2, 'duty_officer', { ...classify, urgency: '1' })
  await take('G', 3, 'duty_officer', { action: 'dispatch', unit: '街道司法所' })
  await take('G', 4, 'mediator', { action: 'sign' })
  expect(await due()).toBe(0)
  await take('G', 5, 'mediator', { action: 'request', request: 'suspend', reason: '当事人住院' })
  const until = '2026-03-15T09:00:00+08:00'
  await take('G', 6, 'centre_lead', { action: 'suspend', reason: '当事人住院', until })
  await take('G', 7, 'mediator', { action: 'resume' })
  // The clock of these tests moves by a minute a step.
  expect(await due()).toBe(60_000)
})

it('answers over HTTP with the step, or why it is not possible and what is', async () => {
  await reported('H')
  const as = (role: RoleName, area: string) => serveOn(held.database, { actor: actorAs({ id: role }, role, [area]) })
  const [officer, elsewhere, analyst] = await Promise.all([
    as('duty_officer', street),
    as('grid_worker', grids[3]!),
    as('analyst', street),
  ])
  const send = async (served: ServedApi, body: object) => {
    const response = await fetch(`${served.api}/incidents/${street}/H/steps`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': 'zh' },
      body: JSON.stringify({ opinion: '', content: {}, ...body }),
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  expect(await send(elsewhere, { sequence: 1, action: 'record' })).toMatchObject({ status: 404 })
  expect(await send(analyst, { sequence: 1, action: 'accept' })).toMatchObject({ status: 403 })
  expect(await send(officer, { sequence: 1, action: 'sign' })).toMatchObject({
    status: 409,
    body: { code: 'conflict', remedy: expect.stringContaining('受理') },
  })
  expect(await send(officer, { sequence: 1, action: 'reject' })).toMatchObject({
    status: 400,
    body: { code: 'bad_parameter', parameter: 'content', detail: expect.stringContaining('reason') },
  })
  expect(await send(officer, { sequence: 1, action: 'accept' })).toMatchObject({
    status: 200,
    body: { sequence: 2, status: '20' },
  })
  expect(await send(officer, { sequence: 1, action: 'accept' })).toMatchObject({
    status: 409,
    body: { parameter: 'sequence' },
  })

  const loop = (served: ServedApi) => served.get(`/incidents/${street}/H/loop`)
  const found = (await (await loop(officer)).json()) as LoopState
  expect(found).toMatchObject({ status: '20', sequence: 2, level: 1 })
  expect(found.log.map(({ action, status, role }) => [action, status, role])).toEqual([
    ['import', '10', 'system'],
    ['accept', '20', 'duty_officer'],
  ])
  expect(found.clocks.map(({ node }) => node)).toEqual(['dispatch', 'resolve'])
  const classified = found.next.find(({ action }) => action === 'classify')
  expect(classified).toMatchObject({ label: { zh: '立案研判' }, needs: ['type', 'risk', 'urgency'] })
  expect(Object.keys(classified?.content['properties'] ?? {})).toContain('dueAt')
  expect(found.next.map(({ action }) => action)).not.toContain('merge')
  // Each of them is possible, and nothing else.
  const refused = await send(officer, { sequence: 2, action: 'sign' })
  for (const { label } of found.next) expect(String(refused.body['remedy'])).toContain(label.zh)
  expect([(await loop(elsewhere)).status, (await loop(analyst)).status]).toEqual([404, 403])
  await Promise.all([officer.close(), elsewhere.close(), analyst.close()])
})
