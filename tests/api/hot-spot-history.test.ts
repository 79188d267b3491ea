import type { AnalysisState } from '@minqing/data/domain/analysis'
import { AnalysisHistory, historyPeriods } from '@minqing/data/domain/analysis-passport'
import { dayLength } from '@minqing/data/domain/local-time'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServedApi, serveApi } from './serve-api.ts'
import { boxOf, changed, grids, insertAreas, insertIncident, street } from './world.ts'

const last = Date.parse('2026-03-28T20:00:00+08:00')

let served: ServedApi
/** Every week a few everywhere; many in a corner of the first grid all the time, and of the last one in the last ten days. */
beforeAll(async () => {
  served = await serveApi()
  const { database } = served
  await insertAreas(database)
  let number = 0
  const report = async (grid: string, day: number, dx: number, dy: number) => {
    const [west, south] = boxOf(grid)
    number += 1
    await insertIncident(database, {
      number: `N${number}`,
      gridCode: grid,
      channel: 'walk_in',
      position: [west + dx, south + dy],
      reportedAt: new Date(last - day * dayLength).toISOString(),
    })
  }
  for (let week = 0; week < 16; week++)
    for (const grid of grids)
      for (let index = 0; index < 4; index++) {
        await report(grid, week * 7 + index, 0.0005 + ((week * 4 + index) % 9) * 0.001, 0.0095 - (index % 9) * 0.001)
        if (grid === grids[0])
          for (let more = 0; more < 4; more++)
            await report(grid, week * 7 + index, 0.001 + index * 0.0006, 0.001 + more * 0.0006)
        if (grid === grids[3] && week < 2)
          for (let more = 0; more < 8; more++)
            await report(grid, week * 7 + index, 0.007 + index * 0.0006, 0.001 + (more % 4) * 0.0006)
      }
  await changed(database, 'incidents')
})
afterAll(() => served.close())

async function historyOf(question: object): Promise<AnalysisHistory> {
  const response = await fetch(`${served.api}/analyses`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ method: 'hot-spots', ...question }),
  })
  expect(response.status).toBe(200)
  let state = (await response.json()) as AnalysisState
  while (state.state === 'running') state = await served.getJson<AnalysisState>(`/analyses/${state.id}?wait=2000`)
  return AnalysisHistory.parse(await served.getJson(`/analyses/${state.id}/history`))
}

const filter = { area: street, from: '2026-03-01T00:00:00+08:00', to: '2026-03-29T00:00:00+08:00' }

test('a hot spot that was there in every period is the same one, and one of the last weeks is new', async () => {
  const { ends, spots } = await historyOf({ unit: 'square', size: 100, filter })
  expect(ends).toHaveLength(historyPeriods)
  expect([ends[0], ends.at(-1)]).toEqual(['2026-01-10', '2026-03-28'])
  const bySpot = spots.map(({ transition, periods, since }) => ({ transition, periods, since }))
  expect(bySpot).toContainEqual({ transition: 'continued', periods: historyPeriods, since: '2026-01-10' })
  const [young, ...more] = bySpot.filter(({ periods }) => periods < historyPeriods)
  expect(more).toEqual([])
  expect(young!.periods).toBeLessThanOrEqual(2)
  expect(young!.since >= '2026-03-21').toBe(true)
})

test.each([
  ['an open period', { unit: 'square', size: 100, filter: { area: street } }],
  [
    'published counts',
    {
      unit: 'grid',
      basis: 'published',
      counted: 'both',
      filter: { area: street, from: '2026-01-01T00:00:00+08:00', to: '2026-03-01T00:00:00+08:00' },
    },
  ],
  ['a method without hot spots', { method: 'silence', unit: 'grid', filter }],
])('there is none of %s', async (_, question) => {
  expect(await historyOf(question)).toEqual({ ends: [], spots: [] })
})

test('what is not there has no history', async () => {
  const response = await served.get(`/analyses/${'x'.repeat(22)}/history`)
  expect(response.status).toBe(404)
})
