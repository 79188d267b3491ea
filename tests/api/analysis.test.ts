import { createHash } from 'node:crypto'
import {
  analysisMethods,
  readsPositions,
  readsTimes,
  type AnalysisQuestion,
  type AnalysisRecord,
  type AnalysisState,
  type UnitResult,
} from '@minqing/data/domain/analysis'
import type { AnalysisPassport } from '@minqing/data/domain/analysis-passport'
import { exportFormats } from '@minqing/data/domain/export'
import type { FeatureCollection, Polygon } from 'geojson'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Actor, actorAs } from '../../server/access/actor.ts'
import { readPositions } from '../../server/analysis/read-input.ts'
import { type ServedApi, serveApi, serveOn } from './serve-api.ts'
import {
  boxOf,
  changed,
  communities,
  grids,
  insertArea,
  insertAreas,
  insertBuilding,
  insertIncident,
  street,
} from './world.ts'

let served: ServedApi
/** Hot in the south-west corner of the first grid, by hotline; a few everywhere; the grid app reports in the last one. */
beforeAll(async () => {
  served = await serveApi()
  const { database } = served
  await insertAreas(database)
  for (let number = 1; number <= 6; number++) await insertBuilding(database, number, { grid: grids[number % 4]! })
  let count = 0
  const report = async (grid: string, dx: number, dy: number, channel: 'hotline_12345' | 'grid_app') => {
    const [west, south] = boxOf(grid)
    count += 1
    await insertIncident(database, {
      number: `N${count}`,
      gridCode: grid,
      channel,
      position: [Number((west + dx).toFixed(7)), Number((south + dy).toFixed(7))],
    })
  }
  for (let index = 0; index < 40; index++)
    await report(grids[0]!, 0.001 + (index % 6) * 0.0005, 0.001 + (index % 5) * 0.0005, 'hotline_12345')
  for (const grid of grids)
    for (let index = 0; index < 10; index++)
      await report(grid, 0.0005 + index * 0.0009, 0.0095 - index * 0.0008, 'hotline_12345')
  for (let index = 0; index < 30; index++) await report(grids[3]!, 0.008, 0.008, 'grid_app')
  await insertIncident(database, { number: 'NOWHERE', gridCode: grids[1]!, channel: 'walk_in', position: null })
  await changed(database, 'buildings', 'incidents')
})
afterAll(() => served.close())

type Question = Partial<Omit<AnalysisQuestion, 'filter'>> & { filter?: Partial<AnalysisQuestion['filter']> }
type Result = FeatureCollection<Polygon, UnitResult> & { analysis: AnalysisRecord }

const send = (api: ServedApi, method: string, path: string, body?: unknown) =>
  fetch(`${api.api}${path}`, {
    method,
    headers: { 'content-type': 'application/json', 'accept-language': 'zh' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })

async function ask(api: ServedApi, question: Question): Promise<AnalysisState> {
  const response = await send(api, 'POST', '/analyses', { method: 'hot-spots', ...question })
  expect(response.status).toBe(200)
  return (await response.json()) as AnalysisState
}

/** With its result stored, and the robustness of its hot spots. */
async function finished(api: ServedApi, id: string): Promise<AnalysisState> {
  let state: AnalysisState
  do {
    state = (await (await send(api, 'GET', `/analyses/${id}?wait=2000`)).json()) as AnalysisState
    expect(['running', 'done']).toContain(state.state)
  } while (state.progress < 1)
  return state
}

async function answer(api: ServedApi, question: Question) {
  const { id } = await ask(api, question)
  const state = await finished(api, id)
  const response = await send(api, 'GET', `/analyses/${id}/result`)
  expect(response.headers.get('content-type')).toBe('application/geo+json')
  const bytes = Buffer.from(await response.arrayBuffer())
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(state.sha256)
  return { id, bytes, result: JSON.parse(bytes.toString()) as Result }
}

const ascending = (a: number, b: number) => a - b
const as = (actor: Actor) => serveOn(served.database, { actor })
/** Of a density the classes, in which its spots lie. */
const total = ({ features }: Result) => {
  const classes = features.filter(({ properties }) => properties.band !== undefined)
  return (classes.length > 0 ? classes : features).reduce((sum, { properties }) => sum + properties.incidents, 0)
}

/** Those that ask where incidents cluster. */
const clusterMethods = analysisMethods.filter(
  (method) => method !== 'comparison' && method !== 'near-repeat' && method !== 'silence' && !readsTimes(method),
)

test('a request may wait for the result, and then for how robust its hot spots are', async () => {
  const question = { unit: 'square', size: 90 } as const
  const { id } = await ask(served, question)
  const states: AnalysisState[] = []
  // Each answer comes with something new, or after five seconds.
  while (states.at(-1)?.progress !== 1)
    states.push((await (await send(served, 'GET', `/analyses/${id}?wait=5000`)).json()) as AnalysisState)
  expect(states.at(-1)).toMatchObject({ state: 'done', robustness: [{ spot: 1, of: 4 }] })
  for (const { state, robustness, progress } of states.slice(0, -1)) {
    expect(robustness).toBeNull()
    expect(progress).toBeLessThan(1)
    expect(['running', 'done']).toContain(state)
  }
  // The same from the database, for whoever asks again.
  expect(await ask(served, question)).toMatchObject({ progress: 1, robustness: [{ spot: 1, of: 4 }] })
})

test.each(clusterMethods)('%s finds the planted corner, and counts every incident once', async (method) => {
  const unit = readsPositions(method) ? { unit: 'point' as const } : { unit: 'square' as const, size: 100 }
  const { result } = await answer(served, { method, ...unit })
  const hot = result.features.filter(({ properties }) => properties.spot === 1)
  expect(hot.length).toBeGreaterThan(0)
  expect(hot.some(({ properties }) => properties.incidents > properties.expected)).toBe(true)
  const [west, south] = boxOf(grids[0]!)
  for (const { geometry } of hot) {
    const [lon = 0, lat = 0] = geometry.coordinates[0]?.[0] ?? []
    expect(Math.abs(lon - west - 0.0015)).toBeLessThan(0.004)
    expect(Math.abs(lat - south - 0.0015)).toBeLessThan(0.004)
  }
  // Reported ones alone; one of them has no position.
  expect(total(result) + (result.analysis.outside ?? 0)).toBe(80)
  expect(result.analysis).toMatchObject({ incidents: 80, withoutUnit: 1, units: result.features.length })
  for (const { properties } of result.features) {
    const { q, class: own } = properties
    const level = q === null ? 0 : q <= 0.01 ? 3 : q <= 0.05 ? 2 : q <= 0.1 ? 1 : 0
    expect([0, level]).toContain(Math.abs(own))
    expect([properties.spot === null, own > 0]).not.toEqual([true, true])
  }
})

test.each([
  [{ unit: 'grid' }, [50, 10, 11, 10]],
  [{ unit: 'grid', counted: 'discovered' }, [0, 0, 0, 30]],
  [{ unit: 'grid', counted: 'both' }, [50, 11, 10, 40]],
  [{ unit: 'community', counted: 'both' }, [61, 50]],
  [{ unit: 'grid', filter: { area: communities[1]! } }, [10, 10]],
  [{ unit: 'grid', filter: { channel: ['grid_app'] } }, [0, 0, 0, 0]],
] as [Question, number[]][])('%o counts what the question says', async (question, counts) => {
  const { result } = await answer(served, question)
  expect(result.features.map(({ properties }) => properties.incidents).toSorted(ascending)).toEqual(
    counts.toSorted(ascending),
  )
})

test('hexagons and buildings are units as well', async () => {
  const { result } = await answer(served, { unit: 'hexagon', counted: 'both' })
  expect(total(result)).toBe(110)
  expect(result.analysis.chosen.find(({ name }) => name === 'size')?.because).not.toBe('asked')
  const buildings = await answer(served, { unit: 'building' })
  expect(buildings.result.features).toHaveLength(6)
})

test('the same question of the same data has the same address and the same bytes, also when it is computed again', async () => {
  const question: Question = { unit: 'square', size: 125, filter: { area: street, type: ['D02'] } }
  const first = await answer(served, question)
  const again = await answer(served, { filter: { type: ['D02'], area: street }, size: 125, unit: 'square' })
  expect(again.id).toBe(first.id)
  await served.database`delete from analysis where id = ${first.id}`
  const repeated = await answer(served, question)
  expect(repeated.id).toBe(first.id)
  expect(repeated.bytes.equals(first.bytes)).toBe(true)
  await changed(served.database, 'incidents')
  expect((await ask(served, question)).id).not.toBe(first.id)
  expect((await send(served, 'GET', `/analyses/${first.id}/result`)).status).toBe(200)
})

test('whoever sees a community counts nothing outside, and cannot see a result of more', async () => {
  const community = await as(actorAs({ id: 'community' }, 'community', [communities[0]!]))
  const whole = await answer(served, { unit: 'grid', counted: 'both' })
  const own = await answer(community, { unit: 'grid', counted: 'both' })
  expect(own.id).not.toBe(whole.id)
  expect(own.result.features.map(({ properties }) => properties.code)).toEqual([grids[0], grids[1]])
  expect(total(own.result)).toBe(61)
  const cells = await answer(community, { unit: 'square', size: 100, counted: 'both' })
  expect(total(cells.result)).toBe(60)
  const asked = await answer(community, { unit: 'grid', filter: { area: street } })
  expect(asked.result.features).toHaveLength(2)
  for (const path of [`/analyses/${whole.id}`, `/analyses/${whole.id}/result`])
    expect((await send(community, 'GET', path)).status).toBe(404)
  // The lead of the centre sees all that a community sees.
  expect((await send(served, 'GET', `/analyses/${own.id}/result`)).status).toBe(200)
  const listed = (await (await send(community, 'GET', '/analyses')).json()) as { analyses: { id: string }[] }
  expect(listed.analyses.map(({ id }) => id).toSorted()).toEqual([own.id, cells.id, asked.id].toSorted())
  await community.close()
})

test('a result is recorded in the audit trail', async () => {
  const { id } = await answer(served, { unit: 'grid', filter: { area: street, type: ['D01', 'D02'] } })
  const rows = await served.database<{ action: string; object: string; streetCode: string; details: object }[]>`
    select action, object, street_code, details from audit where target = ${id}`
  expect(rows).toEqual([expect.objectContaining({ action: 'create', object: 'analysis', streetCode: street })])
  expect(rows[0]?.details).toMatchObject({ method: 'hot-spots', unit: 'grid' })
})

test('what cannot be understood is refused with what to do', async () => {
  const refused = async (question: object) => {
    const response = await send(served, 'POST', '/analyses', question)
    expect(response.status).toBe(400)
    return (await response.json()) as { code: string; parameter?: string; remedy?: string }
  }
  expect(await refused({ method: 'tea-leaves' })).toMatchObject({ code: 'bad_parameter' })
  expect(await refused({ method: 'hot-spots', size: 3 })).toMatchObject({ code: 'bad_parameter', parameter: 'size' })
  expect(await refused({ method: 'clusters', unit: 'grid' })).toMatchObject({ parameter: 'unit' })
  expect(await refused({ method: 'hot-spots', unit: 'point' })).toMatchObject({ parameter: 'unit' })
  expect(await refused({ method: 'hot-spots', colour: 'red' })).toMatchObject({ code: 'unknown_parameter' })
  expect((await send(served, 'GET', `/analyses/${'A'.repeat(22)}`)).status).toBe(404)
  expect((await send(served, 'DELETE', `/analyses/${'A'.repeat(22)}`)).status).toBe(204)
})

test('positions and cells of a street without grids are refused before anything is computed', async () => {
  const bare = '960101002'
  await insertArea(served.database, bare)
  for (const question of [
    { method: 'clusters', unit: 'point' },
    { method: 'density', unit: 'point' },
    { method: 'near-repeat', unit: 'point' },
    { method: 'hot-spots', unit: 'square', size: 100 },
  ]) {
    const response = await send(served, 'POST', '/analyses', { ...question, filter: { area: bare } })
    expect(response.status, question.method).toBe(400)
    const refused = (await response.json()) as { code: string; detail: string }
    expect(refused).toMatchObject({ code: 'bad_parameter', parameter: 'filter' })
    expect(JSON.stringify(refused)).toContain('没有网格')
  }
})

test('of more positions than can be analysed, no more are read than show it', async () => {
  const read = (most: number | null) =>
    served.database.begin((transaction) => readPositions(transaction, { area: grids[0]! }, most))
  const all = (await read(null)).positions!
  expect(all.length).toBe(2 * 50)
  expect((await read(11)).positions).toEqual(all.slice(0, 22))
})

test('the passport of a hot spot counts its own incidents, by type, hour and building, and what was done', async () => {
  const { id, result } = await answer(served, { unit: 'square', size: 100, filter: { area: street } })
  const hot = result.features.filter(({ properties }) => properties.spot === 1)
  const first = hot[0]!.properties
  const response = await send(served, 'GET', `/analyses/${id}/units/${first.code}`)
  const passport = (await response.json()) as AnalysisPassport
  expect(passport.units.toSorted()).toEqual(hot.map(({ properties }) => properties.code).toSorted())
  const incidents = hot.reduce((sum, { properties }) => sum + properties.incidents, 0)
  expect(passport).toMatchObject({ incidents, reported: incidents, discovered: 0, change: null, closed: 0 })
  expect(passport.types).toEqual([{ code: 'D02', count: incidents }])
  expect(passport.hours[8]).toBe(incidents)
  expect([passport.firstWeek, passport.lastWeek]).toEqual(['2026-02-23', '2026-02-23'])
  expect((await send(served, 'GET', `/analyses/${id}/units/nowhere`)).status).toBe(404)
})

test.each(['clusters', 'density'] as const)(
  '%s are exported in every format, with a row for each outline',
  async (method) => {
    const { id, result } = await answer(served, { method, unit: 'point', measure: 'density' })
    expect(result.features.length).toBeGreaterThan(0)
    for (const format of exportFormats)
      expect((await send(served, 'GET', `/analyses/${id}/export.${format}`)).status, format).toBe(200)
    const exported = await served.getJson<Result>(`/analyses/${id}/export.geojson`)
    expect(exported.features).toEqual(result.features)
  },
)

test('near repeats are pairs by distance and days, of every incident with a position', async () => {
  const { result } = await answer(served, { method: 'near-repeat', unit: 'point', reach: 200 })
  const { nearRepeat, outside, incidents } = result.analysis
  expect([result.features, outside, incidents]).toEqual([[], 80, 80])
  expect(nearRepeat).toMatchObject({ distance: [10, 200, 400, 600], days: [7, 14, 21, 28] })
  // All were reported on one day: every pair is one of the first band, as by chance.
  for (const [index, { observed, expected, p }] of nearRepeat!.cells.entries()) {
    expect(observed).toBe(index % 4 === 0 ? expected : 0)
    expect(p).toBe(1)
  }
  expect(nearRepeat!.cells.reduce((sum, { observed }) => sum + observed, 0)).toBeGreaterThan((40 * 39) / 2 - 1)
})

test('a cluster has a passport of the incidents in its outline', async () => {
  const { id, result } = await answer(served, { method: 'clusters', unit: 'point', reach: 150, measure: 'density' })
  const { properties } = result.features[0]!
  expect(properties.incidents).toBeGreaterThanOrEqual(40)
  const response = await send(served, 'GET', `/analyses/${id}/units/${properties.code}`)
  const passport = (await response.json()) as AnalysisPassport
  expect(passport.units).toEqual([properties.code])
  expect(passport.types).toEqual([{ code: 'D02', count: properties.incidents }])
})

test('what changed after closing is set beside the same days elsewhere', async () => {
  const { database } = served
  const days = (from: number, count: number, grid: string, closed: boolean) =>
    Array.from({ length: count }, async (_, index) => {
      const day = String(from + (index % 9)).padStart(2, '0')
      await insertIncident(database, {
        number: `CH-${grid}-${from}-${index}`,
        gridCode: grid,
        type: 'E02',
        channel: 'walk_in',
        reportedAt: `2025-06-${day}T10:00:00+08:00`,
        ...(closed ? { status: '70', closedAt: '2025-06-11T09:00:00+08:00' } : {}),
      })
    })
  await Promise.all([
    ...days(2, 18, grids[0]!, true),
    ...days(11, 4, grids[0]!, false),
    ...days(2, 18, grids[2]!, false),
    ...days(11, 16, grids[3]!, false),
  ])
  await changed(database, 'incidents')
  const question: Question = {
    unit: 'grid',
    filter: { type: ['E02'], from: '2025-06-02T00:00:00+08:00', to: '2025-06-20T00:00:00+08:00' },
  }
  const { id } = await answer(served, question)
  const response = await send(served, 'GET', `/analyses/${id}/units/${grids[0]}`)
  const { change, closed } = (await response.json()) as AnalysisPassport
  expect(closed).toBe(18)
  expect(change).toMatchObject({
    day: '2025-06-11',
    days: 9,
    before: 18,
    after: 4,
    elsewhereBefore: 18,
    elsewhereAfter: 16,
  })
  expect(change?.ratio).toBeCloseTo(4 / 18 / (16 / 18), 3)
  expect(change!.lower!).toBeLessThan(change!.ratio!)
  expect(change!.upper!).toBeGreaterThan(change!.ratio!)
})

test('two periods are compared by what was counted in each, and one without a beginning or anything before it is refused', async () => {
  const filter = { type: ['E02' as const], from: '2025-06-11T00:00:00+08:00', to: '2025-06-20T00:00:00+08:00' }
  const question: Question = { method: 'comparison', unit: 'grid', filter, baseline: 'before' }
  const { result } = await answer(served, question)
  const found = result.features.map(({ properties }) => properties)
  expect(found.map(({ earlier, expected, incidents }) => [earlier, expected, incidents])).toEqual([
    [18, 18, 4],
    [0, 0, 0],
    [18, 18, 0],
    [0, 0, 16],
  ])
  expect(found.map(({ class: own }) => Math.sign(own))).toEqual([-1, 0, -1, 1])
  // As many cells as there are, and the same incidents in them.
  const cells = await answer(served, { ...question, unit: 'square', size: 500 })
  expect(total(cells.result)).toBe(20)
  expect(cells.result.features.reduce((sum, { properties }) => sum + properties.earlier!, 0)).toBe(36)
  for (const refused of [
    { ...question, filter: { type: ['E02'] } },
    { ...question, baseline: 'last-year' },
  ]) {
    const response = await send(served, 'POST', '/analyses', refused)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code: 'bad_parameter', parameter: 'filter' })
  }
})
