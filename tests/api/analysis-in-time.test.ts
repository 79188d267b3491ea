import type { AnalysisRecord, AnalysisState, UnitResult } from '@minqing/data/domain/analysis'
import { dayLength } from '@minqing/data/domain/local-time'
import type { FeatureCollection, Polygon } from 'geojson'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServedApi, serveApi } from './serve-api.ts'
import { boxOf, changed, grids, insertAreas, insertIncident } from './world.ts'

const weeks = 14
const last = Date.parse('2026-03-08T20:00:00+08:00')

let served: ServedApi
/** One a grid and week for fourteen weeks, and in the last three weeks many in the first grid. */
beforeAll(async () => {
  served = await serveApi()
  const { database } = served
  await insertAreas(database)
  let number = 0
  const report = async (grid: string, day: number) => {
    const [west, south] = boxOf(grid)
    number += 1
    await insertIncident(database, {
      number: `N${number}`,
      gridCode: grid,
      channel: 'walk_in',
      position: [west + 0.002 + (number % 7) * 0.0009, south + 0.002 + (number % 5) * 0.0011],
      reportedAt: new Date(last - day * dayLength).toISOString(),
    })
  }
  for (let week = 0; week < weeks; week++)
    for (const grid of grids) {
      await report(grid, week * 7)
      if (grid === grids[0] && week < 3) for (let more = 0; more < 8; more++) await report(grid, week * 7 + (more % 7))
    }
  await changed(database, 'incidents')
})
afterAll(() => served.close())

type Result = FeatureCollection<Polygon, UnitResult> & { analysis: AnalysisRecord }

const post = (question: object) =>
  fetch(`${served.api}/analyses`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(question),
  })

async function answer(question: object): Promise<Result> {
  const response = await post({ method: 'emerging', measure: 'count', ...question })
  expect(response.status).toBe(200)
  let state = (await response.json()) as AnalysisState
  while (state.state === 'running') state = await served.getJson<AnalysisState>(`/analyses/${state.id}?wait=2000`)
  expect(state.state).toBe('done')
  return served.getJson<Result>(`/analyses/${state.id}/result`)
}

const total = weeks * grids.length + 24

test.each(['grid', 'community', 'square'])(
  'steps of %s units end with the last day, and hold every incident',
  async (unit) => {
    const { analysis, features } = await answer({ unit, ...(unit === 'square' ? { size: 500 } : {}) })
    expect(analysis.incidents).toBe(total)
    expect(features.reduce((sum, { properties }) => sum + properties.incidents, 0)).toBe(total)
    expect(analysis.chosen).toContainEqual({ name: 'step', value: 7, because: 'ten-steps' })
    expect(analysis.chosen).toContainEqual({ name: 'steps', value: 13, because: 'ten-steps' })
    expect(features.every(({ properties }) => properties.emerging !== undefined)).toBe(true)
  },
)

test('a rise in one place is a hot spot of the last steps there, and nowhere else', async () => {
  const { features } = await answer({ unit: 'square', size: 500, reference: 'whole-cube' })
  const hot = features.filter(({ properties: { emerging = '' } }) => emerging.endsWith('-hot'))
  expect(hot.length).toBeGreaterThan(0)
  const [west, , east] = boxOf(grids[0]!)
  for (const { geometry, properties } of hot) {
    expect(['new-hot', 'consecutive-hot']).toContain(properties.emerging)
    const [lon = 0] = geometry.coordinates[0]?.[0] ?? []
    // A neighbour may be hot with it.
    expect(lon).toBeGreaterThan(west - 0.006)
    expect(lon).toBeLessThan(east + 0.006)
  }
})

test.each([
  [{ method: 'emerging', unit: 'grid', filter: { from: '2026-02-10T00:00:00+08:00' } }, 'filter'],
  [{ method: 'warning', unit: 'grid' }, 'filter'],
] as const)('a period that is too short is refused, with the parameter to change: %o', async (question, parameter) => {
  const { id } = (await (await post(question)).json()) as AnalysisState
  const state = await served.get(`/analyses/${id}?wait=5000`)
  expect(state.status).toBe(400)
  expect(await state.json()).toMatchObject({ code: 'bad_parameter', parameter })
})

test('warnings are of areas alone', async () => {
  const response = await post({ method: 'warning', unit: 'building' })
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ code: 'bad_parameter', parameter: 'unit' })
})
