import { afterAll, beforeAll, expect, it } from 'vitest'
import { actorAs } from '../../server/access/actor.ts'
import type { SimilarCase } from '../../server/workflow/find-similar.ts'
import { type ServedApi, serveApi, serveOn } from './serve-api.ts'
import { changed, grids, insertAreas, insertIncident, street } from './world.ts'

let lead: ServedApi
let worker: ServedApi
let analyst: ServedApi
const text = '楼上卫生间漏水，天花板鼓包，要求赔偿。'
const closed = {
  type: 'D02',
  status: '70',
  reportedAt: '2025-05-01T00:00:00Z',
  closedAt: '2025-05-13T00:00:00Z',
} as const

beforeAll(async () => {
  lead = await serveApi()
  const { database } = lead
  await insertAreas(database)
  await insertIncident(database, { number: 'NOW', type: 'D02', title: '楼上漏水', text, gridCode: grids[0]! })
  await insertIncident(database, { ...closed, number: 'LIKE', title: '卫生间漏水', text, gridCode: grids[0]! })
  await insertIncident(database, { ...closed, number: 'ELSEWHERE', title: '楼上漏水', text, gridCode: grids[1]! })
  await insertIncident(database, { ...closed, number: 'OPEN', status: '50', closedAt: null, title: '楼上漏水', text })
  await insertIncident(database, { ...closed, number: 'OTHER-TYPE', type: 'D14', title: '楼上漏水', text })
  await insertIncident(database, { ...closed, number: 'UNLIKE', title: '广场舞扰民', text: '音响太大，影响休息。' })
  await database`
    insert into incident_step (street_code, number, sequence, position, to_status, unit, opinion, at, action, actor_id,
      actor_role, content)
    values (${street}, 'LIKE', 900, 9000, '60', '', '双方握手言和', now(), 'finish', 'x', 'mediator', ${database.json({ outcome: 'failed' })}),
      (${street}, 'LIKE', 901, 9001, '70', '', '', now(), 'close', 'x', 'community', ${database.json({ outcome: 'written' })})`
  await changed(database, 'incidents')
  worker = await serveOn(database, { actor: actorAs({ id: 'worker' }, 'grid_worker', [grids[0]!]) })
  analyst = await serveOn(database, { actor: actorAs({ id: 'analyst' }, 'analyst', [street]) })
})
afterAll(async () => {
  await Promise.all([worker, analyst].map((served) => served.close()))
  await lead.close()
})

const similarTo = async (served: ServedApi, number: string) =>
  (await served.getJson<{ cases: SimilarCase[] }>(`/incidents/${street}/${number}/similar`)).cases

it('finds closed cases of the same type that say the same, with how and after how long they ended', async () => {
  const found = await similarTo(lead, 'NOW')
  expect(found.map(({ number }) => number).toSorted()).toEqual(['ELSEWHERE', 'LIKE'])
  const like = found.find(({ number }) => number === 'LIKE')!
  // What the last step said counts.
  expect(like).toMatchObject({ outcome: 'written', days: 12, title: '卫生间漏水', ending: '双方握手言和' })
  expect(like.similarity).toBeGreaterThan(0.5)
  expect(like.reasons[0]!.zh).toMatch(/^文字相似 \d+ %$/)
  expect(found.find(({ number }) => number === 'ELSEWHERE')!.outcome).toBeNull()
})

it('finds those alone that the reader may see', async () => {
  expect((await similarTo(worker, 'NOW')).map(({ number }) => number)).toEqual(['LIKE'])
  expect((await worker.get(`/incidents/${street}/ELSEWHERE/similar`)).status).toBe(404)
  expect((await analyst.get(`/incidents/${street}/NOW/similar`)).status).toBe(403)
})
