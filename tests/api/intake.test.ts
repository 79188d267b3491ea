import type { IncidentReport, ReceiptProgress, Registered } from '@minqing/data/domain/intake'
import type { z } from 'zod'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { now, type ServedApi, serveApi, serveOn } from './serve-api.ts'
import { communities, grids, insertAreas, insertBuilding, origin, street } from './world.ts'
import { actorAs } from '../../server/access/actor.ts'
import { verifyAudit } from '../../server/audit/verify-audit.ts'
import { checkCounts } from '../../server/counts/check-counts.ts'
import { takeStep } from '../../server/workflow/take-step.ts'

let lead: ServedApi
let gridWorker: ServedApi
let analyst: ServedApi
let building: string
beforeAll(async () => {
  lead = await serveApi({ actor: actorAs({ id: 'lead' }, 'centre_lead', [street]) })
  await insertAreas(lead.database)
  building = await insertBuilding(lead.database, 7, { grid: grids[1]!, name: '7栋', address: '测试路7号' })
  gridWorker = await serveOn(lead.database, { actor: actorAs({ id: 'worker' }, 'grid_worker', [grids[2]!]) })
  analyst = await serveOn(lead.database, { actor: actorAs({ id: 'analyst' }, 'analyst', [street]) })
})
afterAll(async () => {
  await gridWorker.close()
  await analyst.close()
  await lead.close()
})

type Body = z.input<typeof IncidentReport>
const post = (served: ServedApi, path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${served.api}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
async function register(served: ServedApi, body: Body, key?: string): Promise<Registered> {
  const response = await post(served, '/incidents', body, key === undefined ? {} : { 'idempotency-key': key })
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as Registered
}
async function progressOf(code: string): Promise<ReceiptProgress> {
  const response = await post(lead, '/receipts/progress', { code })
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as ReceiptProgress
}

const leak = {
  text: '楼上卫生间漏水，天花板已经鼓包。请社区协调。',
  reporter: { name: '钱多多', phone: '13800001234' },
}

describe('a walk-in', () => {
  it('is registered, accepted and placed by what the system knows', async () => {
    const made = await register(lead, { ...leak, buildingCode: building, isWilling: true, accept: true })
    expect(made).toMatchObject({
      street,
      number: expect.stringMatching(/^20260310-1\d{4}$/),
      status: '20',
      sequence: 4,
      title: '楼上卫生间漏水，天花板已经鼓包',
      type: 'D02',
      communityCode: communities[0],
      gridCode: grids[1],
      isRepeated: false,
    })
    const { steps, next, procedure, status, unit } = await progressOf(made.receipt)
    expect(steps.map(({ label }) => label.zh)).toEqual(['上报', '选定法定途径', '受理'])
    expect({ procedure, status: status.zh, unit, next: next?.label.zh }).toEqual({
      procedure: 'people_mediation',
      status: '已受理',
      unit: '',
      next: '交办',
    })
    expect(await checkCounts(lead.database)).toEqual([])
  })

  it('leaves the name in one table, and nowhere else', async () => {
    const made = await register(lead, { ...leak, address: '测试路7号' })
    expect(made.gridCode).toBe(grids[1])
    const everything = await lead.database<{ row: string }[]>`
      select row_to_json(s)::text as row from incident_step s
      union all select row_to_json(a)::text from audit a union all select row_to_json(k)::text from intake_key k`
    const text = everything.map(({ row }) => row).join('\n')
    expect(text).toContain(made.number)
    expect(text).not.toMatch(/钱多多|13800001234|漏水/)
    expect(JSON.stringify(await progressOf(made.receipt))).not.toMatch(/钱多多|1380|漏水/)
    const [receipt] = await lead.database`select digest::text from incident_receipt where number = ${made.number}`
    expect(JSON.stringify(receipt)).not.toContain(made.receipt)
  })

  it('is opened by another code as well, where the first was lost', async () => {
    const made = await register(lead, leak)
    const again = await post(lead, `/incidents/${street}/${made.number}/receipts`, {})
    expect(again.status).toBe(201)
    const { receipt } = (await again.json()) as { receipt: string }
    expect(receipt).not.toBe(made.receipt)
    const byBoth = [await progressOf(made.receipt), await progressOf(receipt)]
    expect(byBoth[1]).toEqual(byBoth[0])
    const [audit] = await lead.database`
      select details from audit where target = ${made.number} order by position desc limit 1`
    expect(audit).toEqual({ details: { receipt: 'issued' } })
    expect((await post(lead, `/incidents/${street}/NOWHERE/receipts`, {})).status).toBe(404)
    expect((await post(gridWorker, `/incidents/${street}/${made.number}/receipts`, {})).status).toBe(404)
  })

  it('belongs to the grid of who enters it where nothing says more, and to no other', async () => {
    expect(await register(gridWorker, { text: '楼道堆放杂物' })).toMatchObject({ gridCode: grids[2], type: 'E02' })
    const elsewhere = await post(gridWorker, '/incidents', {
      ...leak,
      position: { lon: origin.lon + 0.005, lat: origin.lat + 0.005 },
    })
    expect([elsewhere.status, await elsewhere.text()]).toEqual([400, expect.stringContaining('不在您负责的区域')])
  })

  it('is placed by a point', async () => {
    const made = await register(lead, { ...leak, position: { lon: origin.lon + 0.035, lat: origin.lat + 0.005 } })
    expect(made.gridCode).toBe(grids[3])
  })

  it('is not for those who only read', async () => {
    expect((await post(analyst, '/incidents', leak)).status).toBe(403)
  })

  it('says what is wrong with a report', async () => {
    const response = await post(lead, '/incidents', { text: '' })
    expect([response.status, await response.json()]).toEqual([400, expect.objectContaining({ parameter: 'text' })])
  })
})

describe('the same key', () => {
  it('makes one incident, however often and at once it is sent', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => register(lead, leak, 'key-of-one-visit')))
    expect(new Set(made.map(({ number }) => number)).size).toBe(1)
    expect(made.filter(({ isRepeated }) => !isRepeated)).toHaveLength(1)
    // Whichever answer arrived, its receipt opens the case.
    for (const { receipt, number } of made) expect((await progressOf(receipt)).number).toBe(number)
  })

  it('is refused for another report', async () => {
    await register(lead, leak, 'key-of-another')
    const other = await post(lead, '/incidents', { ...leak, text: '另一件事' }, { 'idempotency-key': 'key-of-another' })
    expect([other.status, await other.text()]).toEqual([409, expect.stringContaining('内容不同')])
  })
})

it('gives each of many at once a number and a place in the log of its own', async () => {
  const made = await Promise.all(
    Array.from({ length: 30 }, (_, index) => register(lead, { text: `第 ${index} 件：邻居噪音` })),
  )
  expect(new Set(made.map(({ number }) => number)).size).toBe(30)
  const [log] = await lead.database<[{ steps: number; positions: number; last: number; head: number }]>`
    select count(*) as steps, count(distinct position) as positions, max(position) as last,
      (select position from log_head where street_code = ${street}) as head from incident_step where street_code = ${street}`
  expect(new Set([log.steps, log.positions, log.last, log.head]).size).toBe(1)
  expect(await checkCounts(lead.database)).toEqual([])
  expect((await verifyAudit(lead.database)).faults).toEqual([])
})

describe('a receipt', () => {
  it('opens nothing where the code is another one', async () => {
    const guessed = await post(lead, '/receipts/progress', { code: '0'.repeat(26) })
    expect([guessed.status, await guessed.text()]).toEqual([404, expect.stringContaining('查询码')])
  })

  it('rates its case once, after the closing', async () => {
    const { number, receipt, sequence } = await register(lead, { ...leak, accept: true })
    const rate = () => post(lead, '/receipts/rating', { code: receipt.toLowerCase(), rating: 'satisfied' })
    const early = await rate()
    expect([early.status, await early.text()]).toEqual([409, expect.stringContaining('已受理')])
    const officer = actorAs({ id: 'officer' }, 'duty_officer', [street])
    const mediator = actorAs({ id: 'mediator' }, 'mediator', [street])
    let last = sequence
    for (const [actor, content] of [
      [officer, { action: 'classify', type: 'D02', risk: 'blue', urgency: '1' }],
      [officer, { action: 'dispatch', unit: '社区调委会' }],
      [mediator, { action: 'sign' }],
      [mediator, { action: 'finish', outcome: 'oral' }],
      [officer, { action: 'close' }],
    ] as const) {
      const asked = { sequence: last, content, opinion: '' }
      last = (await takeStep(lead.database, actor, street, number, asked, now)).sequence
    }
    expect((await progressOf(receipt)).mayRate).toBe(true)
    expect((await rate()).status).toBe(204)
    expect(await progressOf(receipt)).toMatchObject({ mayRate: false, rating: 'satisfied' })
    expect((await rate()).status).toBe(409)
  })
})

describe('a message of another system', () => {
  const message = {
    工单编号: '12345-20260310-0001',
    诉求: { 内容: '小区门口流动摊贩占道经营，晚上十点还在吆喝。', 类别: '市容秩序' },
    来电: { 姓名: '孙小美', 电话: '027-88880000' },
    来电时间: '2026-03-10 11:30',
    地址: '测试路7号',
  }
  const mapping = {
    fields: {
      text: '诉求.内容',
      type: '诉求.类别',
      reporterName: '来电.姓名',
      reporterPhone: '来电.电话',
      happenedAt: '来电时间',
      address: '地址',
      externalNumber: '工单编号',
    },
    types: { 市容秩序: 'E05' },
  }

  it('is read by the mapping of its channel, and once', async () => {
    const set = await fetch(`${lead.api}/intake/hotline_12345/mapping?street=${street}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(mapping),
    })
    expect(set.status).toBe(204)
    expect(await lead.getJson(`/intake/hotline_12345/mapping?street=${street}`)).toMatchObject(mapping)
    const first = await post(lead, '/intake/hotline_12345', message)
    const made = (await first.json()) as Registered
    expect([first.status, made.type, made.gridCode]).toEqual([201, 'E05', grids[1]])
    const again = await post(lead, '/intake/hotline_12345', message)
    expect([again.status, ((await again.json()) as Registered).number]).toEqual([200, made.number])
    const [row] = await lead.database`
      select channel, happened_at, content from incident join incident_step using (street_code, number)
      where number = ${made.number} and sequence = 1`
    expect(row).toMatchObject({ channel: 'hotline_12345', content: { externalNumber: '12345-20260310-0001' } })
    expect(new Date(row!['happenedAt']).toISOString()).toBe('2026-03-10T03:30:00.000Z')
  })

  it('says which of its fields is missing', async () => {
    const { 诉求: _, ...without } = message
    const response = await post(lead, '/intake/hotline_12345', without)
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('诉求.内容')])
  })

  it('needs no mapping where it names the members themselves, but a key', async () => {
    const plain = {
      text: '路灯不亮',
      reporter: { name: '李四' },
      position: { lon: origin.lon + 0.015, lat: origin.lat + 0.005 },
    }
    expect((await post(lead, '/intake/mini_program', plain)).status).toBe(400)
    const made = await post(lead, '/intake/mini_program', plain, { 'idempotency-key': 'mini-0001' })
    expect([made.status, ((await made.json()) as Registered).gridCode]).toEqual([201, grids[1]])
  })
})
