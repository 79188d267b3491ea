import type { AnalysisRecord, AnalysisState, UnitResult } from '@minqing/data/domain/analysis'
import type { FeatureCollection, Polygon } from 'geojson'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServedApi, serveApi } from './serve-api.ts'
import { centerOf, changed, grids, insertAreas, insertIncident, street } from './world.ts'

let served: ServedApi

/**
 * In the first grid a thing with three reports, of which one was merged and one made void, and what a worker found; in the
 * second one report whose position stands for the grid.
 */
beforeAll(async () => {
  served = await serveApi()
  const { database } = served
  await insertAreas(database)
  const at = (hour: number) => `2026-03-02T${String(hour).padStart(2, '0')}:00:00+08:00`
  const channel = 'walk_in'
  const happenedAt = at(0)
  await insertIncident(database, { number: 'first', channel, reportedAt: at(3), happenedAt })
  await insertIncident(database, { number: 'merged', channel, reportedAt: at(9), happenedAt, status: '90' })
  await insertIncident(database, { number: 'void', channel, reportedAt: at(10), happenedAt, status: '90' })
  await insertIncident(database, { number: 'draft', channel, reportedAt: at(11), happenedAt, status: '00' })
  await insertIncident(database, { number: 'patrol', channel: 'grid_app', reportedAt: at(12) })
  await database`
    insert into incident_step (street_code, number, sequence, position, from_status, to_status, at, action)
    values (${street}, 'merged', 1, 1, '20', '90', ${at(10)}, 'merge')`
  for (const grid of grids.slice(1))
    await insertIncident(database, {
      number: grid,
      channel,
      gridCode: grid,
      position: centerOf(grid),
      reportedAt: at(5),
    })
  await database`update incident set position_source = 'address-grid' where number = ${grids[1]!}`
  await changed(database, 'incidents')
})
afterAll(() => served.close())

type Result = FeatureCollection<Polygon, UnitResult> & { analysis: AnalysisRecord }

const post = (question: object) =>
  fetch(`${served.api}/analyses`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ method: 'silence', ...question }),
  })

async function answer(question: object): Promise<Result> {
  let state = (await (await post(question)).json()) as AnalysisState
  while (state.state === 'running') state = await served.getJson<AnalysisState>(`/analyses/${state.id}?wait=2000`)
  return served.getJson<Result>(`/analyses/${state.id}/result`)
}

test('reports of residents at exact places count, merged ones included', async () => {
  const { analysis, features } = await answer({ unit: 'grid' })
  expect(analysis.incidents).toBe(4)
  const found = features.map(({ properties: { code, incidents, voice } }) => [code, incidents, voice?.things])
  expect(found).toEqual([
    [grids[0], 2, 1],
    [grids[1], 0, 0],
    [grids[2], 1, 1],
    [grids[3], 1, 1],
  ])
})

test('a thing that began before the period is none of it', async () => {
  const { features } = await answer({ unit: 'grid', filter: { area: street, from: '2026-03-02T06:00:00+08:00' } })
  const [first] = features.map(({ properties: { incidents, value, voice } }) => ({ incidents, value, ...voice }))
  // Nothing is said of what is not known.
  expect(first).toMatchObject({ incidents: 1, things: 0, value: null, voice: 'unknown' })
})

test.each([
  [{ unit: 'building' }, 'unit'],
  [{ unit: 'square' }, 'unit'],
  [{ unit: 'grid', counted: 'both' }, 'counted'],
  [{ unit: 'grid', counted: 'discovered' }, 'counted'],
  [{ unit: 'grid', basis: 'published', counted: 'both' }, 'method'],
] as const)('%o is refused with the parameter to change', async (question, parameter) => {
  const response = await post(question)
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ code: 'bad_parameter', parameter })
})
