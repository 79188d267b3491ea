import { IncidentDensity } from '@minqing/data/domain/incident-density'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServedApi, serveApi } from './serve-api.ts'
import { boxOf, changed, grids, insertAreas, insertIncident, origin, street } from './world.ts'

let served: ServedApi
beforeAll(async () => {
  served = await serveApi()
  await insertAreas(served.database)
  for (let index = 0; index < 60; index++) {
    const grid = grids[index % 4]!
    const [west, south] = boxOf(grid)
    await insertIncident(served.database, {
      number: `N${index}`,
      gridCode: index === 59 ? null : grid,
      type: index % 3 === 0 ? 'E02' : 'D02',
      // Two corners of each grid, 500 m and more apart.
      position: index === 58 ? null : [west + (index % 8 < 4 ? 0.001 : 0.008), south + 0.002],
      reportedAt: `2026-0${1 + (index % 3)}-15T08:00:00+08:00`,
    })
  }
  await changed(served.database, 'incidents')
})
afterAll(() => served.close())

const all = `bbox=${origin.lon - 0.01},${origin.lat - 0.01},${origin.lon + 0.05},${origin.lat + 0.02}`
const density = async (query: string) => IncidentDensity.parse(await served.getJson(`/incidents/density?${query}`))

test('small cells hold the positions, each within half a cell of its middle', async () => {
  const found = await density(`${all}&cell=50`)
  expect(found).toMatchObject({ by: 'position', cell: 50, total: 59 })
  expect(found.counts.reduce((sum, count) => sum + count, 0)).toBe(59)
  expect(found.x).toHaveLength(8)
  for (const [i, x] of found.x.entries()) {
    const near = grids.flatMap((grid) => [0.001, 0.008].map((by) => boxOf(grid)[0] + by))
    expect(Math.min(...near.map((lon) => Math.abs(lon - x / 1e7)))).toBeLessThan(0.0003)
    expect(Math.abs(found.y[i]! / 1e7 - (origin.lat + 0.002))).toBeLessThan(0.0003)
  }
})

test('large cells hold what is counted in each grid, also without a position', async () => {
  const found = await density(`${all}&cell=400`)
  expect(found).toMatchObject({ by: 'grid', total: 60, withoutPlace: 0 })
  expect(found.x).toHaveLength(5)
  expect(await density(`${all}&cell=400&area=${grids[1]}`)).toMatchObject({ total: 15, counts: [15] })
})

test.each([
  'type=E02',
  'datetime=2026-02-01T00:00:00%2B08:00/2026-03-01T00:00:00%2B08:00',
  'datetime=2026-01-15T00:00:00Z/2026-02-20T13:00:00Z&type=D02',
  `area=${street}001`,
])('both obey the filter %s', async (filter) => {
  const [fine, coarse, summary] = await Promise.all([
    density(`${all}&cell=20&${filter}`),
    density(`${all}&cell=800&${filter}`),
    served.getJson<{ total: number }>(`/summary?${filter}`),
  ])
  expect(coarse.total).toBe(summary.total)
  // One case has no position, and none of these filters leaves everything.
  expect(summary.total - fine.total).toBeLessThanOrEqual(1)
  expect(fine.total).toBeGreaterThan(5)
})

test('a box of the other half of the world holds nothing; a bad one is refused', async () => {
  expect(await density('bbox=-80,-40,-70,-30&cell=500')).toMatchObject({ total: 0, counts: [] })
  expect((await served.get('/incidents/density?bbox=1,2,3&cell=500')).status).toBe(400)
  expect((await served.get(`/incidents/density?${all}&cell=5`)).status).toBe(400)
  expect((await served.get('/incidents/density?cell=50')).status).toBe(400)
  expect((await served.get('/incidents/density?bbox=100,20,120,40&cell=249')).status).toBe(400)
  expect((await density('bbox=-180,-90,180,90&cell=250')).total).toBe(60)
})
