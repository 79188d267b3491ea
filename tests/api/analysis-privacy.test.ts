import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  analysisMethods,
  hasPublishedForm,
  type AnalysisRecord,
  type AnalysisState,
  type UnitResult,
} from '@minqing/data/domain/analysis'
import { exportFormats, leastCases } from '@minqing/data/domain/export'
import { openFile } from '@minqing/data/formats/open-file'
import { allRows, onDisk } from '@minqing/data/formats/test-bytes'
import { Random } from '@minqing/data/stats/random'
import type { FeatureCollection, Polygon } from 'geojson'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actorAs } from '../../server/access/actor.ts'
import { type ServedApi, serveApi, serveOn } from './serve-api.ts'
import { changed, communities, grids, insertAreas, insertIncident, square, street } from './world.ts'

/** The clock stands in March 2026: all months before have ended. */
const months = ['2025-01', '2025-02', '2025-12', '2026-01', '2026-02', '2026-03']
const types = ['D02', 'D03', 'E03', 'E04'] as const
/** A second row of grids north of the first: eight units are enough for every method. */
const northern = communities.flatMap((community) => [`${community}003`, `${community}004`])
const allGrids = [...grids, ...northern]

const analyst = actorAs({ id: 'analyst-1', name: 'analyst' }, 'analyst', [street])
const lead = actorAs({ id: 'lead-1', name: 'lead' }, 'centre_lead', ['all'])

let served: ServedApi
let asLead: ServedApi
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'minqing-analysis-privacy-'))
  served = await serveApi({ actor: analyst })
  asLead = await serveOn(served.database, { actor: lead })
  const { database } = served
  await insertAreas(database)
  for (const [index, code] of northern.entries()) {
    const [west, south] = [114 + index / 100, 30.01]
    await database`
      insert into area (code, level, parent_code, street_code, name, area_m2, geometry, extent, center, source)
      values (${code}, 'grid', ${code.slice(0, 12)}, ${street}, ${`网格${index}`}, 1000000,
        ${square([west, south, Number((west + 0.01).toFixed(7)), 30.02])},
        box(point(${west}::float8, 30.01), point(${west + 0.01}::float8, 30.02)),
        point(${west + 0.005}::float8, 30.015), 'test')`
  }
  await database`update area set households = case level when 'grid' then 40 + length(name) when 'community' then 160 else 320 end`
  const random = new Random(7, 'analysis privacy')
  for (let index = 0; index < 520; index++) {
    // One grid has most of them, others few or none in a month.
    const grid = index % 4 === 0 ? allGrids[1]! : random.pick(allGrids)
    await insertIncident(database, {
      number: `N${index}`,
      gridCode: grid,
      position: null,
      type: random.pick(types),
      channel: random.pick(['hotline_12345', 'grid_app']),
      reportedAt: `${random.pick(months)}-${String(random.whole(1, 9)).padStart(2, '0')}T12:00:00+08:00`,
    })
  }
  await changed(database, 'incidents', 'areas')
}, 120_000)
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await asLead.close()
  await served.close()
})

type Result = FeatureCollection<Polygon, UnitResult> & { metadata: AnalysisRecord }
type Question = Record<string, unknown>

const post = (api: ServedApi, question: Question) =>
  fetch(`${api.api}/analyses`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(question),
  })

async function ask(api: ServedApi, question: Question): Promise<string> {
  const response = await post(api, question)
  expect(response.status, JSON.stringify(question)).toBe(200)
  let state = (await response.json()) as AnalysisState
  while (state.state === 'running') state = await api.getJson<AnalysisState>(`/analyses/${state.id}?wait=2000`)
  expect(state.state).toBe('done')
  return state.id
}

const published = (more: Question) => ({ basis: 'published', counted: 'both', ...more })
const exported = async (question: Question) =>
  served.getJson<Result>(`/analyses/${await ask(served, published(question))}/export.geojson`)

const begin = (month: string) => `${month}-01T00:00:00+08:00`
const periods = [
  ['2026-01', '2026-02'],
  ['2026-02', '2026-03'],
  ['2025-12', '2026-03'],
] as const
const filters = ['', ...communities].flatMap((area) =>
  periods.flatMap(([from, to]) =>
    [[], ['D02'], ['D03', 'E03']].map((type) => ({
      from: begin(from),
      to: begin(to),
      ...(area === '' ? {} : { area }),
      ...(type.length === 0 ? {} : { type }),
    })),
  ),
)

/** What the export of areas says of the same filter, moved back by some years. */
async function publishedSums(filter: (typeof filters)[number], level: string, yearsBefore = 0) {
  const back = (time: string) => `${Number(time.slice(0, 4)) - yearsBefore}${time.slice(4)}`
  const query = new URLSearchParams({ level, datetime: `${back(filter.from)}/${back(filter.to)}` })
  if ('area' in filter) query.set('area', filter.area ?? '')
  if ('type' in filter) query.set('type', (filter.type ?? []).join(','))
  const { features } = await served.getJson<FeatureCollection<Polygon, { code: string; incidents: number | null }>>(
    `/exports/areas.geojson?${query}`,
  )
  return new Map(features.map(({ properties: { code, incidents } }) => [code, incidents ?? 0]))
}

test('every count of an analysis that an analyst can export is one that the export of areas publishes', async () => {
  let compared = 0
  for (const filter of filters)
    for (const unit of ['grid', 'community']) {
      const now = await publishedSums(filter, unit)
      const earlier = await publishedSums(filter, unit, 1)
      for (const { properties } of (await exported({ method: 'hot-spots', unit, filter })).features) {
        expect(properties.incidents, `${unit} ${properties.code}`).toBe(now.get(properties.code))
        expect(properties.incidents === 0 || properties.incidents >= leastCases).toBe(true)
        compared += 1
      }
      if ([...earlier.values()].every((count) => count === 0)) continue
      for (const { properties } of (await exported({ method: 'comparison', unit, filter })).features) {
        expect(properties.earlier).toBe(earlier.get(properties.code))
        compared += 1
      }
    }
  expect(compared).toBeGreaterThan(200)
}, 120_000)

test('worlds that differ in a cell below five give the same figures by every method', async () => {
  const { database } = served
  const filter = { from: begin('2025-12'), to: begin('2026-03') }
  const picture = async () => {
    const results = []
    for (const method of analysisMethods.filter(hasPublishedForm))
      for (const unit of ['grid', 'community'])
        for (const type of [undefined, ['D02']]) {
          const { features, metadata } = await exported({ method, unit, filter: { ...filter, ...(type && { type }) } })
          results.push([features, metadata.incidents, metadata.withoutUnit, metadata.chosen, metadata.global])
        }
    return JSON.stringify(results)
  }
  const before = await picture()
  const cells = await database<{ gridCode: string; month: string; type: string }[]>`
    select grid_code, to_char(reported_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month, type
    from incident where street_code = ${street} and reported_at >= ${filter.from}
    group by 1, 2, 3 having count(*) < ${leastCases} order by 1, 2, 3`
  expect(cells.length).toBeGreaterThan(5)
  for (const { gridCode, month, type } of cells.slice(0, 5)) {
    const change = async (from: string, to: string) => {
      await database`
        update incident set type = ${to} where street_code = ${street} and grid_code = ${gridCode} and type = ${from}
          and to_char(reported_at at time zone 'Asia/Shanghai', 'YYYY-MM') = ${month}`
      await changed(database, 'incidents')
    }
    await change(type, 'E11')
    expect(await picture(), `${gridCode} ${month} ${type}`).toBe(before)
    await change('E11', type)
  }
  // The test can fail: what is large enough shows.
  await database`update incident set type = 'E11' where street_code = ${street} and grid_code = ${allGrids[1]!}`
  await changed(database, 'incidents')
  expect(await picture()).not.toBe(before)
}, 120_000)

test('counts of cases stay on the screen for who may export counts only, and for wider circulation', async () => {
  const question = { method: 'hot-spots', unit: 'grid' }
  const mine = await ask(served, question)
  for (const format of exportFormats) {
    const response = await served.get(`/analyses/${mine}/export.${format}`, { 'accept-language': 'zh' })
    expect(response.status, format).toBe(403)
    expect(await response.json()).toMatchObject({ code: 'forbidden' })
  }
  const theirs = await ask(asLead, question)
  expect((await asLead.get(`/analyses/${theirs}/export.csv`)).status).toBe(200)
  expect((await asLead.get(`/analyses/${theirs}/export.csv?circulation=wide`)).status).toBe(403)
  const open = await ask(asLead, published(question))
  expect((await asLead.get(`/analyses/${open}/export.csv?circulation=wide`)).status).toBe(200)
})

test('what would take a group apart is refused, with the parameter to change', async () => {
  for (const [question, parameter] of [
    [{ unit: 'square' }, 'unit'],
    [{ unit: 'building' }, 'unit'],
    [{ counted: 'reported' }, 'counted'],
    [{ method: 'emerging' }, 'method'],
    [{ method: 'clusters', unit: 'point' }, 'method'],
    [{ filter: { from: '2026-01-05T00:00:00+08:00' } }, 'datetime'],
    [{ filter: { status: ['20'] } }, 'status'],
  ] as const) {
    const response = await post(served, { method: 'hot-spots', ...published(question) })
    expect(response.status, JSON.stringify(question)).toBe(400)
    expect(await response.json()).toMatchObject({ code: 'bad_parameter', parameter })
  }
})

test('every format has the units that the map and the table show, and each export is recorded', async () => {
  const id = await ask(asLead, { method: 'local-moran', unit: 'grid' })
  const { features } = await asLead.getJson<Result>(`/analyses/${id}/result`)
  const expected = features
    .map(({ properties }) => `${properties.code} ${properties.incidents} ${properties.class}`)
    .toSorted()
  expect(expected).toHaveLength(allGrids.length)
  const file = await asLead.getJson<Result>(`/analyses/${id}/export.geojson`)
  expect(file.features).toEqual(features)
  const tables = exportFormats.filter((one) => one !== 'geojson' && one !== 'parquet')
  for (const format of tables) {
    const response = await asLead.get(`/analyses/${id}/export.${format}?lang=zh&crs=cgcs2000`)
    expect(response.headers.get('content-disposition')).toContain(encodeURIComponent('热点分析_CGCS2000'))
    const path = join(folder, `analysis.${format}`)
    writeFileSync(path, Buffer.from(await response.arrayBuffer()))
    const layer = format === 'xlsx' ? { layer: '热点分析' } : format === 'gpkg' ? { layer: 'analysis' } : {}
    const opened = await openFile(onDisk(path), layer)
    const at = ['编码', '事件数', '分级'].map((name) =>
      opened.columns.findIndex((column) => column === name || column === name.slice(0, 3)),
    )
    const read = (await allRows(opened)).map(({ cells }) => at.map((index) => String(cells[index])).join(' '))
    expect(read.filter((line) => line.startsWith(street)).toSorted(), format).toEqual(expected)
  }
  const rows = await served.database<{ details: Record<string, unknown> }[]>`
    select details from audit where action = 'export' and object = 'analysis' and target = ${id} order by at`
  expect(rows.map(({ details }) => details['format'])).toEqual(['geojson', ...tables])
  expect(rows[0]?.details).toMatchObject({ method: 'local-moran', basis: 'cases', rows: allGrids.length })
})
