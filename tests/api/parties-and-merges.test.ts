import type { IncidentParty } from '@minqing/data/domain/incident-party'
import type { LoopState } from '@minqing/data/domain/incident-workflow/loop-state'
import type { ReceiptProgress, Registered } from '@minqing/data/domain/intake'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ServedApi, serveApi, serveOn } from './serve-api.ts'
import { grids, insertAreas, street } from './world.ts'
import { actorAs } from '../../server/access/actor.ts'
import { checkCounts } from '../../server/counts/check-counts.ts'

let officer: ServedApi
let mediator: ServedApi
let worker: ServedApi
let department: ServedApi
beforeAll(async () => {
  officer = await serveApi({ actor: actorAs({ id: 'officer' }, 'duty_officer', [street]) })
  await insertAreas(officer.database)
  mediator = await serveOn(officer.database, { actor: actorAs({ id: 'mediator' }, 'mediator', [street]) })
  worker = await serveOn(officer.database, { actor: actorAs({ id: 'worker' }, 'grid_worker', [grids[0]!]) })
  department = await serveOn(officer.database, { actor: actorAs({ id: 'dept' }, 'department', [street]) })
})
afterAll(async () => {
  await Promise.all([mediator, worker, department].map((served) => served.close()))
  await officer.close()
})

async function send<T>(served: ServedApi, path: string, body: unknown): Promise<T> {
  const response = await fetch(`${served.api}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}
const register = (text: string, name: string) =>
  send<Registered>(officer, '/incidents', {
    text,
    accept: true,
    reporter: { name, phone: '13912345678' },
    position: { lon: 114.005, lat: 30.005 },
  })
const path = ({ number }: Pick<Registered, 'number'>, rest: string) => `/incidents/${street}/${number}/${rest}`
const loopOf = (one: Pick<Registered, 'number'>) => officer.getJson<LoopState>(path(one, 'loop'))
const partiesOf = async (served: ServedApi, one: Pick<Registered, 'number'>) =>
  (await served.getJson<{ parties: IncidentParty[] }>(path(one, 'parties'))).parties
async function step(served: ServedApi, one: Registered, action: string, content: object = {}) {
  const { sequence } = await loopOf(one)
  return send(served, path(one, 'steps'), { sequence, action, content })
}

describe('the parties of a case', () => {
  it('are shown as each role may see them', async () => {
    const made = await register('店铺起火，烧毁隔壁货物', '赵铁柱')
    await send(officer, path(made, 'parties'), {
      sequence: made.sequence,
      party: { side: 'respondent', kind: 'organisation', name: '好运小吃店', phone: '027-88881111' },
    })
    const names = async (served: ServedApi) =>
      (await partiesOf(served, made)).map(({ name, phone }) => `${name} ${phone}`)
    expect(await names(mediator)).toEqual(['赵铁柱 13912345678', '好运小吃店 027-88881111'])
    expect(await names(officer)).toEqual(['赵*柱 139****5678', '好运小吃店 027****1111'])
    expect(await names(worker)).toEqual(['赵*柱 139****5678', '好运小吃店 027****1111'])
    expect(await names(department)).toEqual(['赵*柱 139****5678', '好运小吃店 027****1111'])
  })

  it('are revealed for a reason that is recorded, to who may', async () => {
    const made = await register('楼上漏水', '钱小美')
    const reveal = (served: ServedApi, reason: string) =>
      send(served, path(made, 'parties/reporter/reveal'), { reason })
    await expect(reveal(worker, '想打电话')).rejects.toThrow('403')
    await expect(reveal(officer, '')).rejects.toThrow('400')
    expect(await reveal(officer, '电话约定调解时间')).toEqual({ name: '钱小美', phone: '13912345678' })
    const [row] = await officer.database`
      select action, reason, target, details from audit where action = 'reveal' order by position desc limit 1`
    expect(row).toEqual({
      action: 'reveal',
      reason: '电话约定调解时间',
      target: made.number,
      details: { party: 'reporter' },
    })
  })

  it('sign agreements and perform them', async () => {
    const made = await register('邻居装修损坏墙面', '孙大力')
    const { party } = await send<{ party: string }>(officer, path(made, 'parties'), {
      sequence: made.sequence,
      party: { side: 'respondent', name: '周平安' },
    })
    await step(officer, made, 'classify', { type: 'D06', risk: 'yellow', urgency: '1' })
    await step(officer, made, 'dispatch', { unit: '社区调委会' })
    await step(mediator, made, 'sign')
    const duties = [{ duty: 'pay', party, dueAt: '2026-03-20T00:00:00+08:00' }]
    await step(mediator, made, 'agree', { agreement: 'a1', form: 'written', parties: ['reporter', party], duties })
    await expect(
      step(mediator, made, 'agree', { agreement: 'a2', form: 'oral', parties: ['nobody'], duties: [] }),
    ).rejects.toThrow('nobody')
    await step(mediator, made, 'perform', { agreement: 'a1', duty: 'pay' })
    await expect(step(mediator, made, 'breach', { agreement: 'a1', duty: 'pay' })).rejects.toThrow('409')
  })
})

describe('a duplicate', () => {
  it('is merged with its parties and its clock, and separated with both', async () => {
    const first = await register('一楼店铺起火', '李一')
    const second = await register('小吃店失火，烟很大', '王二')
    const before = (await loopOf(second)).clocks
    const merged = await send<{ status: string; sequence: number }>(officer, path(first, 'merge'), {
      into: second.number,
      sequence: first.sequence,
      reason: '同一起火灾',
    })
    expect(merged.status).toBe('90')
    expect((await partiesOf(mediator, second)).map(({ name, from }) => [name, from])).toEqual([
      ['王二', null],
      ['李一', first.number],
    ])
    // The reporter keeps the receipt, which now shows the case that goes on.
    const progress = await send<ReceiptProgress>(officer, '/receipts/progress', { code: first.receipt })
    expect(progress).toMatchObject({ number: first.number, mergedInto: second.number, status: { zh: '已受理' } })
    await expect(step(officer, first, 'classify', { type: 'D06', risk: 'red', urgency: '2' })).rejects.toThrow('409')
    const back = await send<{ status: string }>(officer, path(first, 'unmerge'), {
      sequence: merged.sequence,
      reason: '并非同一处',
    })
    expect(back.status).toBe('20')
    expect((await partiesOf(mediator, second)).map(({ name }) => name)).toEqual(['王二'])
    expect((await partiesOf(mediator, first)).map(({ name }) => name)).toEqual(['李一'])
    expect((await loopOf(second)).clocks).toEqual(before)
    expect(await checkCounts(officer.database)).toEqual([])
  })

  it('is not merged into itself, into one that is closed, or twice', async () => {
    const one = await register('广场舞噪音', '吴九')
    const other = await register('广场舞音响太大', '郑十')
    const merge = (into: string, sequence: number) =>
      send(officer, path(one, 'merge'), { into, sequence, reason: '重复' })
    await expect(merge(one.number, one.sequence)).rejects.toThrow('400')
    await expect(merge('none', one.sequence)).rejects.toThrow('404')
    await merge(other.number, one.sequence)
    await expect(merge(other.number, one.sequence)).rejects.toThrow('409')
    await expect(merge(other.number, one.sequence + 1)).rejects.toThrow('409')
    await expect(
      send(officer, path(other, 'merge'), { into: one.number, sequence: other.sequence + 1, reason: '反向' }),
    ).rejects.toThrow('409')
  })

  it('is merged once where two merge the two into each other at once', async () => {
    const one = await register('电梯故障', '冯一')
    const other = await register('电梯停运', '陈二')
    const results = await Promise.allSettled([
      send(officer, path(one, 'merge'), { into: other.number, sequence: one.sequence, reason: '重复' }),
      send(officer, path(other, 'merge'), { into: one.number, sequence: other.sequence, reason: '重复' }),
    ])
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })
})
