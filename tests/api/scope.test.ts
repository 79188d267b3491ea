import type { AreaProfile, IncidentSummary, SearchHit } from '@minqing/data/domain/summary'
import { facetNames, facetOf } from '@minqing/data/domain/incident-facets'
import type { FeatureCollection } from 'geojson'
import { tableFromIPC } from '@uwdata/flechette'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actorAs } from '../../server/access/actor.ts'
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
  gridWorker = await serveOn(open.database, { actor: actorAs({}, 'grid_worker', [own]) })
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
})

test('an export holds the rows of the own area alone', async () => {
  const community = await serveOn(open.database, { actor: actorAs({}, 'community', [own]) })
  const csv = await (await community.get('/exports/incidents.csv')).text()
  expect(csv.match(/CASE-\d/g)).toEqual(['CASE-1', 'CASE-1'])
  await community.close()
})

test('a grid worker sees the own grid and what it lies in, and no other area', async () => {
  const codes = async (collection: string) => {
    const { features } = await gridWorker.getJson<FeatureCollection>(`/collections/${collection}/items`)
    return features.map(({ properties }) => properties?.code as string)
  }
  expect(await codes('grids')).toEqual([own])
  expect(await codes('communities')).toEqual([own.slice(0, 12)])
  expect(await codes('streets')).toEqual([street])
  const other = grids.find((grid) => grid !== own)
  expect((await gridWorker.get(`/areas/${other}`)).status).toBe(404)
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

/** Every column that a role may read, by table or view. */
async function readableColumns(role: string): Promise<Record<string, string[]>> {
  const rows = await open.database<{ relation: string; names: string[] }[]>`
    select c.relname as relation, array_agg(a.attname::text order by a.attname::text) as names
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v') and a.attnum > 0 and not a.attisdropped
      and has_column_privilege(${role}, c.oid, a.attnum, 'select')
    group by 1 order by 1`
  return Object.fromEntries(rows.map(({ relation, names }) => [relation, names]))
}

const counts = {
  collection_version: ['changed_at', 'collection', 'rewrites', 'version'],
  demo_state: ['carried_to', 'made_at', 'model', 'scale', 'seed', 'street_code'],
  log_head: ['position', 'street_code'],
  overdue_horizon: ['at', 'street_code'],
}

test('the wall may read these columns and no other: no person, no free text, no exact position', async () => {
  const {
    incident_month: months,
    incident_total: totals,
    base_feature: base,
    ...columns
  } = await readableColumns('minqing_wall')
  expect(columns).toEqual({
    ...counts,
    area: [
      'area_m2',
      'center',
      'code',
      'extent',
      'geometry',
      'grid_type',
      'households',
      'level',
      'name',
      'parent_code',
      'residents',
      'source',
      'street_code',
    ],
    building: ['community_code', 'extent', 'floors', 'geometry', 'grid_code', 'height', 'street_code', 'use'],
    facility: ['community_code', 'grid_code', 'kind', 'status', 'street_code'],
    incident: [
      'channel',
      'closed_at',
      'community_code',
      'due_at',
      'grid_code',
      'number',
      'reported_at',
      'risk',
      'status',
      'street_code',
      'type',
    ],
    incident_step: ['at', 'from_status', 'number', 'position', 'sequence', 'street_code', 'to_status'],
  })
  // What cases are filtered and counted by.
  expect(columns.incident).toEqual(expect.arrayContaining(facetNames.map((name) => facetOf(name).column)))
  // Sums by street and month, and the base map.
  for (const names of [months, totals, base]) expect(names?.length).toBeGreaterThan(5)
  expect(await readableColumns('minqing_wall_all')).toEqual(await readableColumns('minqing_wall'))
})

test('the role of duty contacts may read those of grid workers in its scope, and nothing else', async () => {
  for (const role of ['minqing_duty', 'minqing_duty_all'])
    expect(await readableColumns(role)).toEqual({
      collection_version: counts.collection_version,
      duty_contact: ['grid_code', 'name', 'phone', 'street_code'],
    })
  await open.database`update staff set duty = 'worker' where role = 'grid_worker'`
  await open.database`
    insert into staff (id, street_code, area_code, role, name, work_phone, duty)
    values ('L', ${street}, ${own}, 'grid_leader', '长', '027-1111111', 'leader')`
  const read = (area: string) =>
    readAs(
      open.database,
      { role: 'duty', areas: [area] },
      (transaction) => transaction`select name from duty_contact order by 1`,
    )
  expect(await read('all')).toEqual(grids.map((_, index) => ({ name: `员${index}` })))
  expect(await read(own)).toEqual([{ name: '员1' }])
})

test('what is not granted is refused by the database', async () => {
  const queries = [
    'select title from incident',
    'select position from incident',
    'select building_code from incident',
    'select phone from facility',
    'select residents from building',
    'select * from area_with_contacts',
    'select * from duty_contact',
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

test('people are counted for the wall by community at the least, whatever area is asked for', async () => {
  const count = (area: string) =>
    readAs(
      open.database,
      wallScope,
      (transaction) => transaction`
        select sum(residents)::integer as residents from count_residents(${area}, '2026-01-01'::date, array[0, 60])`,
    )
  expect(await count(own)).toEqual(await count(communities[0]!))
  expect(await count(own)).toEqual([{ residents: 2 }])
})
