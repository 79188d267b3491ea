import { may } from '@minqing/data/domain/access'
import { type RoleName, roleNames } from '@minqing/data/domain/role'
import type { StepContent } from '@minqing/data/domain/incident-workflow/step-actions'
import type { Supervision } from '@minqing/data/domain/supervision'
import type { TaskList } from '@minqing/data/domain/task'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { actorAs } from '../../server/access/actor.ts'
import { createTestDatabase, type TestDatabase } from '../../server/store/test-database.ts'
import { takeStep } from '../../server/workflow/take-step.ts'
import { LiveReader } from './live-reader.ts'
import { type ServedApi, serveOn } from './serve-api.ts'
import { centerOf, communities, grids, insertAreas, insertIncident, street } from './world.ts'

const hour = 3_600_000
/** A Monday, half an hour after offices open. */
const start = Date.parse('2026-03-02T09:00:00+08:00')
let at = start
const clock = () => new Date(at)

let held: TestDatabase
let served: ServedApi[] = []
beforeEach(async () => {
  at = start
  held = await createTestDatabase()
  await insertAreas(held.database)
})
afterEach(async () => {
  await Promise.all(served.map((api) => api.close()))
  served = []
  await held.close()
})

async function as(role: RoleName, area: string, id: string = role): Promise<ServedApi> {
  const api = await serveOn(held.database, { actor: actorAs({ id }, role, [area]), clock })
  served.push(api)
  return api
}

/** Registers a case as a duty officer and returns its number. */
async function register(gridCode: string, type = 'D02'): Promise<string> {
  const officer = await as('duty_officer', street)
  const [lon, lat] = centerOf(gridCode)
  const response = await fetch(`${officer.api}/incidents`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ street, text: '楼上漏水，请协调。', type, position: { lon, lat } }),
  })
  const made = (await response.json()) as { number?: string }
  expect(made).toMatchObject({ number: expect.any(String) })
  return made.number!
}

async function take(number: string, role: RoleName, content: StepContent, id: string = role): Promise<void> {
  const [row] = await held.database<[{ sequence: number }]>`
    select max(sequence) as sequence from incident_step where street_code = ${street} and number = ${number}`
  const asked = { sequence: row.sequence, content, opinion: '' }
  await takeStep(held.database, actorAs({ id }, role, [street]), street, number, asked, clock())
}

const classify = { action: 'classify', type: 'D02', risk: 'yellow', urgency: '1' } as const

it('lists what has to be done with the clock that ends first', async () => {
  const api = await as('centre_lead', street)
  const number = await register(grids[0]!)
  const task = async () => (await api.getJson<TaskList>('/tasks')).tasks.find((one) => one.number === number)
  const dueIn = (hours: number) => new Date(at + hours * hour).toISOString()
  expect(await task()).toMatchObject({ status: '10', node: 'accept', dueAt: dueIn(1), state: '1', sequence: 1 })
  at += 50 * 60_000
  expect(await task()).toMatchObject({ state: '2' })
  await take(number, 'duty_officer', { action: 'accept' })
  await take(number, 'duty_officer', classify)
  expect(await task()).toMatchObject({ status: '30', node: 'dispatch', dueAt: dueIn(1), sequence: 3 })
  await take(number, 'duty_officer', { action: 'dispatch', unit: '街道司法所', handlers: ['chen'] })
  expect(await task()).toMatchObject({ node: 'sign', unit: '街道司法所', dueAt: dueIn(2) })
  at += 3 * hour
  expect(await task()).toMatchObject({ node: 'sign', state: '3' })
  await take(number, 'mediator', { action: 'sign' }, 'chen')
  expect(await task()).toMatchObject({ status: '50', node: 'respond', state: '1' })
  await take(number, 'mediator', { action: 'record' }, 'chen')
  expect(await task()).toMatchObject({ node: 'handle' })
  const until = new Date(at + 48 * hour).toISOString()
  await take(number, 'mediator', { action: 'request', request: 'suspend', reason: '当事人外出', until }, 'chen')
  await take(number, 'centre_lead', { action: 'suspend', reason: '当事人外出', until })
  expect(await task()).toMatchObject({ status: '55', node: 'suspended', dueAt: until })
  await take(number, 'mediator', { action: 'resume' }, 'chen')
  await take(number, 'mediator', { action: 'finish', outcome: 'oral' }, 'chen')
  expect(await task()).toMatchObject({ status: '60', node: 'verify' })
  await take(number, 'duty_officer', { action: 'close' })
  expect(await task()).toMatchObject({ status: '70', node: 'follow_up', dueAt: dueIn(7 * 24) })
  await take(number, 'duty_officer', { action: 'begin_follow_up' })
  expect(await task()).toMatchObject({ status: '75', node: 'follow_up', dueAt: dueIn(7 * 24) })
})

it('gives each role what waits for it, and a handler what was given to them', async () => {
  const [mine, others, free, reported] = [
    await register(grids[0]!),
    await register(grids[0]!),
    await register(grids[0]!),
    await register(grids[2]!),
  ]
  for (const [number, handlers] of [
    [mine, ['chen']],
    [others, ['wang']],
    [free, []],
  ] as const) {
    await take(number, 'duty_officer', { action: 'accept' })
    await take(number, 'duty_officer', classify)
    await take(number, 'duty_officer', { action: 'dispatch', unit: '街道司法所', handlers: [...handlers] })
  }
  const numbers = async (api: ServedApi, query: string) => {
    const { tasks, total } = await api.getJson<TaskList>(`/tasks${query}`)
    expect(total).toBe(tasks.length)
    return tasks.map(({ number }) => number).toSorted()
  }
  expect(await numbers(await as('mediator', street, 'chen'), '?mine=1')).toEqual([mine, free].toSorted())
  expect(await numbers(await as('duty_officer', street), '?mine=1&status=10')).toEqual([reported])
  // What a handler has finished waits for whoever verifies it, and then for whoever follows it up.
  await take(mine, 'mediator', { action: 'sign' }, 'chen')
  await take(mine, 'mediator', { action: 'finish', outcome: 'oral' }, 'chen')
  expect(await numbers(await as('duty_officer', street), '?mine=1&status=60')).toEqual([mine])
  expect(await numbers(await as('mediator', street, 'chen'), '?mine=1')).toEqual([free])
  await take(mine, 'duty_officer', { action: 'close' })
  expect(await numbers(await as('community', street), '?mine=1&status=70')).toEqual([mine])
  expect(await numbers(await as('community', communities[1]!), '')).toEqual([reported])
  expect(await numbers(await as('grid_worker', grids[0]!), '')).toEqual([mine, others, free].toSorted())
  expect(await numbers(await as('centre_lead', street), `?area=${communities[1]}`)).toEqual([reported])
})

it('counts as it lists, by status and clock, cases that were only imported among them', async () => {
  const statuses = ['10', '20', '40', '50', '60', '70', '75', '80', '90'] as const
  for (const [index, status] of [...statuses, ...statuses, ...statuses].entries())
    await insertIncident(held.database, {
      number: `I${index}`,
      status,
      gridCode: grids[index % grids.length]!,
      reportedAt: new Date(start - 100 * hour).toISOString(),
      dueAt: index % 4 === 0 ? null : new Date(start + (index - 12) * 5 * hour).toISOString(),
    })
  await register(grids[0]!)
  at += 2 * hour
  const api = await as('centre_lead', street)
  const all = await api.getJson<TaskList>('/tasks?limit=500')
  expect(all.tasks.map(({ status }) => status)).not.toContain('70')
  expect(all.total).toBe(all.tasks.length)
  const dues = all.tasks.map(({ dueAt }) => (dueAt === null ? Infinity : Date.parse(dueAt)))
  expect(dues).toEqual(dues.toSorted((a, b) => a - b))
  const endOfDay = Date.parse('2026-03-03T00:00:00+08:00')
  for (const { status, ...count } of all.counts) {
    const own = all.tasks.filter((task) => task.status === status)
    const isToday = ({ dueAt }: { dueAt: string | null }) => dueAt !== null && Date.parse(dueAt) < endOfDay
    expect(count).toEqual({
      all: own.length,
      overdue: own.filter(({ state }) => state === '3').length,
      soon: own.filter(({ state }) => state === '2').length,
      today: own.filter(isToday).length,
    })
  }
  for (const clockName of ['overdue', 'soon', 'today'] as const) {
    const some = await api.getJson<TaskList>(`/tasks?clock=${clockName}&limit=3&offset=2`)
    const total = all.counts.reduce((sum, count) => sum + count[clockName], 0)
    expect(total).toBeGreaterThan(0)
    expect(some.total).toBe(total)
    expect(some.tasks).toHaveLength(Math.max(0, Math.min(3, total - 2)))
  }
})

it('gives the places of what is due by the end of the day to whoever may read the cases, within their areas', async () => {
  const dueAt = (hours: number) => new Date(start + hours * hour).toISOString()
  const cases = { PAST: dueAt(-100), TODAY: dueAt(14.9), TOMORROW: dueAt(15), NOWHERE: dueAt(5) }
  for (const [number, due] of Object.entries(cases))
    await insertIncident(held.database, {
      number,
      dueAt: due,
      gridCode: number === 'NOWHERE' ? null : grids[0]!,
      ...(number === 'NOWHERE' ? { position: null } : {}),
    })
  const [lon, lat] = centerOf(grids[0]!)
  const placed = { position: { lon, lat }, positionSource: 'measured' }
  const due = async (role: RoleName, area: string) => {
    const { tasks } = await (await as(role, area)).getJson<TaskList>(`/tasks?area=${street}&clock=today`)
    return tasks.map(({ number, position, positionSource }) => ({ number, position, positionSource }))
  }
  const own = [
    { number: 'PAST', ...placed },
    { number: 'TODAY', ...placed },
  ]
  const all = [own[0], { number: 'NOWHERE', position: null, positionSource: null }, own[1]]
  for (const role of roleNames.filter((one) => may(one, 'read', 'incident')))
    expect(await due(role, street), role).toEqual(all)
  expect(await due('grid_worker', grids[0]!)).toEqual(own)
  expect(await due('community', communities[1]!)).toEqual([])
  for (const role of roleNames.filter((one) => !may(one, 'read', 'incident')))
    expect((await fetch(`${(await as(role, street)).api}/tasks?area=${street}&clock=today`)).status, role).toBe(403)
})

it('follows a later file that moves a case on', async () => {
  const api = await as('centre_lead', street)
  const number = await register(grids[0]!)
  await held.database`
    update incident set status = '50', due_at = ${new Date(start + 9 * hour)} where street_code = ${street} and number = ${number}`
  const { tasks } = await api.getJson<TaskList>('/tasks')
  expect(tasks).toMatchObject([{ status: '50', node: 'resolve', dueAt: new Date(start + 9 * hour).toISOString() }])
})

it('supervises what was not accepted, not handled, and not handled as required', async () => {
  const api = await as('supervisor', street)
  const [reported, signed, followed] = [await register(grids[0]!), await register(grids[1]!), await register(grids[2]!)]
  for (const number of [signed, followed]) {
    await take(number, 'duty_officer', { action: 'accept' })
    await take(number, 'duty_officer', classify)
    await take(number, 'duty_officer', { action: 'dispatch', unit: '街道司法所' })
    await take(number, 'mediator', { action: 'sign' })
  }
  await take(followed, 'mediator', { action: 'finish', outcome: 'oral' })
  await take(followed, 'duty_officer', { action: 'close' })
  await take(followed, 'duty_officer', { action: 'begin_follow_up' })
  expect((await api.getJson<Supervision>('/supervision')).cases).toEqual([])
  at += 1.5 * hour
  const first = await api.getJson<Supervision>('/supervision')
  expect(first.cases).toMatchObject([
    {
      number: reported,
      list: 'unaccepted',
      reasons: ['not_accepted'],
      proposed: { form: 'supervise', card: 'yellow' },
    },
  ])
  at += 3 * hour
  await take(signed, 'supervisor', { action: 'supervise', form: 'supervise', card: 'yellow', reason: '未首次响应' })
  const second = await api.getJson<Supervision>('/supervision?list=unhandled')
  expect(second.counts).toEqual([
    { list: 'unaccepted', cases: 1 },
    { list: 'unhandled', cases: 1 },
    { list: 'irregular', cases: 0 },
  ])
  // A second yellow card is a red one.
  expect(second.cases).toMatchObject([
    { number: signed, reasons: ['not_responded'], yellowCards: 1, proposed: { card: 'red' } },
  ])
  at += 7 * 24 * hour
  expect((await api.getJson<Supervision>('/supervision?list=irregular')).cases).toMatchObject([
    { number: followed, node: 'follow_up', reasons: ['not_visited'] },
  ])
})

it('reports on the live stream when a time limit is nearly over and when it has passed, once and within the areas', async () => {
  const lead = await as('centre_lead', street)
  const elsewhere = await as('grid_worker', grids[3]!)
  const number = await register(grids[0]!)
  await insertIncident(held.database, {
    number: 'IMPORTED',
    status: '20',
    gridCode: grids[1]!,
    dueAt: new Date(start + 30 * 60_000).toISOString(),
  })
  const readers = [await LiveReader.open(`${lead.api}/live`), await LiveReader.open(`${elsewhere.api}/live`)] as const
  for (const reader of readers) await reader.until(({ event }) => event === 'begin')
  const due: unknown[] = []
  const next = async () => {
    const events = await readers[0].until(({ event }) => event === 'due')
    due.push(...events.filter(({ event }) => event === 'due').map(({ data }) => data))
  }
  at += 31 * 60_000
  await next()
  at += 20 * 60_000
  await next()
  at += 20 * 60_000
  await next()
  expect(due).toMatchObject([
    { number: 'IMPORTED', node: 'resolve', state: '3', area: grids[1] },
    { number, node: 'accept', state: '2', area: grids[0] },
    { number, node: 'accept', state: '3', at: new Date(start + hour).toISOString() },
  ])
  const own = await register(grids[3]!)
  const seen = await readers[1].until(({ event }) => event === 'step')
  expect(seen.map(({ event, data }) => [event, data.number])).toEqual([['step', own]])
  for (const reader of readers) reader.close()
})
