import type { AreaProfile, IncidentSummary, SearchHit } from '@minqing/data/domain/summary'
import type { FeatureCollection } from 'geojson'
import { tableFromIPC } from '@uwdata/flechette'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readAs, wallScope } from '../../server/store/scope.ts'
import { type ServedApi, serveApi, serveOn } from './serve-api.ts'
import {
  changed,
  communities,
  grids,
  insertAreas,
  insertBuilding,
  insertFacility,
  insertIncident,
  street,
} from './world.ts'

let open: ServedApi
let gridWorker: ServedApi
const own = grids[1]!
beforeAll(async () => {
  open = await serveApi()
  await insertAreas(open.database)
  for (const [index, gridCode] of grids.entries()) {
    await insertIncident(open.database, { number: `CASE-${index}`, gridCode })
    await insertBuilding(open.database, index + 1, { grid: gridCode })
    await insertFacility(open.database, `F${index}`, { grid: gridCode })
    await open.database`
      insert into staff (id, street_code, area_code, role, name, work_phone)
      values (${`W${index}`}, ${street}, ${gridCode}, 'grid_worker', ${`员${index}`}, '027-0000000')`
    await open.database`
      insert into resident (street_code, id, household_id, grid_code, building_code, sex, birth_date, population_type)
      values (${street}, ${`R${index}`}, 'H', ${gridCode}, 'B', '1', '1980-01-01', '10')`
  }
  await changed(open.database, 'buildings', 'facilities', 'incidents')
  gridWorker = await serveOn(open.database, { scope: { role: 'reader', area: own } })
})
afterAll(async () => {
  await gridWorker.close()
  await open.close()
})

test('a grid worker sees the rows of the own grid alone, wherever they are asked for', async () => {
  for (const collection of ['incidents', 'buildings', 'facilities']) {
    const path = `/collections/${collection}/items`
    const all = await open.getJson<FeatureCollection & { numberMatched: number }>(path)
    const few = await gridWorker.getJson<FeatureCollection & { numberMatched: number }>(path)
    expect([all.numberMatched, few.numberMatched], collection).toEqual([4, 1])
    expect(few.features.map(({ properties }) => properties?.gridCode as string)).toEqual([own])
    const foreign = all.features.find(({ properties }) => properties?.gridCode !== own)
    expect((await gridWorker.get(`${path}/${String(foreign?.id)}`)).status).toBe(404)
  }
  expect((await gridWorker.getJson<IncidentSummary>('/summary')).total).toBe(1)
  expect((await gridWorker.get(`/incidents/${street}/CASE-0`)).status).toBe(404)
  expect((await gridWorker.get(`/incidents/${street}/CASE-1`)).status).toBe(200)
  const { hits } = await gridWorker.getJson<{ hits: SearchHit[] }>('/search?q=CASE-')
  expect(hits.map(({ name }) => name)).toEqual([])
  const found = await gridWorker.getJson<{ hits: SearchHit[] }>('/search?q=case-1')
  expect(found.hits.map(({ name }) => name)).toEqual(['CASE-1'])
  const columns = await (await gridWorker.get('/incidents/columns')).arrayBuffer()
  expect(tableFromIPC(new Uint8Array(columns)).numRows).toBe(1)
  const csv = await (await gridWorker.get('/exports/incidents.csv')).text()
  expect(csv.match(/CASE-\d/g)).toEqual(['CASE-1', 'CASE-1'])
})

test('a profile above the own grid counts and names the own grid alone', async () => {
  const profile = await gridWorker.getJson<AreaProfile>(`/areas/${communities[0]}`)
  expect(profile.buildings.count).toBe(1)
  expect(profile.population.residents).toBe(1)
  expect(profile.staff.map(({ name }) => name)).toEqual(['员1'])
})

test('a tag of one reader is not good for another', async () => {
  const path = '/collections/incidents/items'
  const tag = (await open.get(path)).headers.get('etag')!
  expect((await gridWorker.get(path, { 'if-none-match': tag })).status).toBe(200)
})

test('the wall has no right on what a person wrote, nor on people', async () => {
  const queries = [
    'select title from incident',
    'select text from incident',
    'select address from incident',
    'select * from staff',
    'select * from resident',
    'select * from household',
    'select opinion from incident_step',
  ]
  for (const query of queries) {
    const reading = readAs(open.database, wallScope, (transaction) => transaction.unsafe(query))
    await expect(reading, query).rejects.toThrow(/permission denied/)
  }
})
