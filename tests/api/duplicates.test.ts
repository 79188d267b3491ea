import type { RoleName } from '@minqing/data/domain/role'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actorAs } from '../../server/access/actor.ts'
import { createTestDatabase, type TestDatabase } from '../../server/store/test-database.ts'
import type { LikelyDuplicate } from '../../server/workflow/find-duplicates.ts'
import { now, type ServedApi, serveOn } from './serve-api.ts'
import { centerOf, grids, type IncidentSeed, insertAreas, insertIncident, street } from './world.ts'

const [lon, lat] = centerOf(grids[0]!)
const place = { gridCode: grids[0]!, position: [lon, lat] as [number, number], address: '测试路竹苑小区2栋' }
const leak = {
  title: '竹苑小区2栋2单元5楼楼上厨房漏水，楼下吊顶发霉',
  text: '王女士家厨房漏水已半个月，造成吊顶发霉，楼上房屋出租，房东在外地。',
}
const before = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString()

let held: TestDatabase
let officer: ServedApi
const served: ServedApi[] = []

async function as(role: RoleName, area: string): Promise<ServedApi> {
  const api = await serveOn(held.database, { actor: actorAs({ id: role }, role, [area]) })
  served.push(api)
  return api
}

beforeAll(async () => {
  held = await createTestDatabase()
  await insertAreas(held.database)
  const seeds: IncidentSeed[] = [
    { number: 'FIRST', ...place, ...leak, channel: 'walk_in', reportedAt: before(40) },
    {
      number: 'AGAIN',
      ...place,
      position: [lon + 0.0003, lat],
      title: '竹苑小区2栋厨房漏水',
      text: '来电称：厨房漏水半个月了，吊顶发霉，王女士找不到房东。',
      channel: 'hotline_12345',
      reportedAt: before(10),
      happenedAt: before(41),
    },
    { number: 'UNPLACED', ...place, position: null, ...leak, reportedAt: before(20) },
    // Another household, another matter; the same too far away, too long ago, as a draft and void.
    {
      number: 'OTHER-FLAT',
      ...place,
      title: '竹苑小区2栋1单元3楼卫生间漏水',
      text: '李师傅家地板起鼓。',
      reportedAt: before(30),
    },
    {
      number: 'OTHER-MATTER',
      ...place,
      title: '竹苑小区2栋2单元5楼婆媳争吵',
      text: '因带孩子。',
      reportedAt: before(30),
    },
    { number: 'FAR', ...place, ...leak, gridCode: grids[3]!, position: centerOf(grids[3]!), reportedAt: before(30) },
    { number: 'OLD', ...place, ...leak, reportedAt: before(31 * 24) },
    { number: 'DRAFT', ...place, ...leak, status: '00', reportedAt: before(30) },
    { number: 'VOID', ...place, ...leak, status: '90', reportedAt: before(30) },
  ]
  for (const seed of seeds) await insertIncident(held.database, seed)
  officer = await as('duty_officer', street)
})
afterAll(async () => {
  await Promise.all(served.map((api) => api.close()))
  await held.close()
})

const numbers = (found: LikelyDuplicate[]) => found.map(({ number }) => number)

async function triage(number: string, api = officer): Promise<LikelyDuplicate[]> {
  const path = `/incidents/${street}/${number}/duplicates`
  return (await api.getJson<{ duplicates: LikelyDuplicate[] }>(path)).duplicates
}

async function typed(body: object, api = officer) {
  const response = await fetch(`${api.api}/incidents/duplicates`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ streetCode: street, ...body }),
  })
  const answer = (await response.json()) as { duplicates: LikelyDuplicate[]; code?: string }
  return { status: response.status, ...answer }
}

test('at triage the same case by another channel is proposed, with its reasons', async () => {
  const found = await triage('AGAIN')
  expect(numbers(found).toSorted()).toEqual(['FIRST', 'UNPLACED'])
  const first = found.find(({ number }) => number === 'FIRST')!
  expect(first).toMatchObject({ channel: 'walk_in', title: leak.title, hours: 30, metres: 29 })
  const reasons = new Map(first.reasons.map(({ comparison, label }) => [comparison, label.zh]))
  expect(reasons.get('place')).toBe('同一楼栋')
  expect(reasons.get('time')).toBe('上报相隔 30 小时')
  expect(reasons.get('happened')).toBe('发生时间相差 3 小时以内')
  expect(reasons.get('subject')).toBe('事由相符 100 %')
  expect(reasons.get('party')).toBe('提到同一人或同一电话')
  expect(reasons.get('text')).toMatch(/^文字相似 \d+ %$/)
  expect(first.score).toBeGreaterThanOrEqual(2)
  expect(found.find(({ number }) => number === 'UNPLACED')?.metres).toBeNull()
})

test('the other way round too, and of another case nothing', async () => {
  expect(numbers(await triage('FIRST')).toSorted()).toEqual(['AGAIN', 'UNPLACED'])
  expect(await triage('OTHER-MATTER')).toEqual([])
  expect(await triage('OTHER-FLAT')).toEqual([])
  expect(await triage('FAR')).toEqual([])
})

test('while typing a title is enough, wherever the place is known from, and nothing is stored', async () => {
  const { database } = held
  const rows = async () => (await database`select count(*) as rows from incident`)[0]
  const stored = await rows()
  const title = '竹苑小区2栋2单元5楼厨房漏水'
  const all = ['AGAIN', 'FIRST', 'UNPLACED']
  const asked: [body: object, found: string[]][] = [
    [{ title, position: { lon, lat }, gridCode: grids[0]! }, all],
    [{ title, gridCode: grids[0]! }, all],
    // An address alone is all that is known of where: it is the same in another grid.
    [{ title, address: '竹苑小区2号楼' }, [...all, 'FAR'].toSorted()],
  ]
  for (const [body, found] of asked)
    expect(numbers((await typed(body)).duplicates).toSorted(), JSON.stringify(body)).toEqual(found)
  expect((await typed({ title: '竹苑小区7栋厨房漏水', position: { lon, lat } })).duplicates).toEqual([])
  expect((await typed({})).duplicates).toEqual([])
  expect(await rows()).toEqual(stored)
})

test('at most five are proposed, the likeliest first', async () => {
  for (const index of [1, 2, 3, 4, 5, 6])
    await insertIncident(held.database, {
      number: `MANY${index}`,
      ...place,
      gridCode: grids[1]!,
      position: centerOf(grids[1]!),
      ...leak,
      reportedAt: before(index),
    })
  const [east, north] = centerOf(grids[1]!)
  const { duplicates } = await typed({ ...leak, position: { lon: east, lat: north } })
  expect(duplicates).toHaveLength(5)
  const scores = duplicates.map(({ score }) => score)
  expect(scores).toEqual(scores.toSorted((a, b) => b - a))
})

test('only what one may see is proposed, only to those who change incidents, and never from a cache', async () => {
  const elsewhere = await as('grid_worker', grids[3]!)
  const body = { ...leak, position: { lon, lat }, gridCode: grids[0]! }
  expect((await typed(body, elsewhere)).duplicates).toEqual([])
  expect((await elsewhere.get(`/incidents/${street}/FIRST/duplicates`)).status).toBe(404)
  const analyst = await as('analyst', street)
  expect((await typed(body, analyst)).status).toBe(403)
  expect((await analyst.get(`/incidents/${street}/FIRST/duplicates`)).status).toBe(403)
  const response = await officer.get(`/incidents/${street}/FIRST/duplicates`)
  expect(response.headers.get('cache-control')).toBe('no-store')
  await response.arrayBuffer()
})

test('what is no report, or too long, is refused without repeating it', async () => {
  const wrong = await typed({ title: '竹苑小区', phone: '15400001111' })
  expect(wrong.status).toBe(400)
  expect(JSON.stringify(wrong)).not.toContain('15400001111')
  expect((await typed({ text: '漏'.repeat(4000), title: '漏水' })).status).toBe(200)
  expect((await typed({ text: '漏'.repeat(4001) })).status).toBe(400)
  expect((await typed({ text: '漏'.repeat(20_000) })).status).toBe(413)
})
