import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportCollections, exportFormats, leastCases, leastHouseholds } from '@minqing/data/domain/export'
import { Random } from '@minqing/data/stats/random'
import { openFile } from '@minqing/data/formats/open-file'
import { allRows, onDisk } from '@minqing/data/formats/test-bytes'
import type { FeatureCollection } from 'geojson'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actorAs } from '../../server/access/actor.ts'
import { type ServedApi, serveApi } from './serve-api.ts'
import { changed, communities, grids, insertAreas, insertBuilding, insertIncident, street } from './world.ts'

/** The clock stands in March: January and February have ended. */
const months = ['2026-01', '2026-02', '2026-03']
const types = ['D02', 'D03', 'D14', 'E03', 'E04'] as const
const mark = '李某某13800000000'

let served: ServedApi
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'minqing-export-privacy-'))
  served = await serveApi({ actor: actorAs({ id: 'analyst-1', name: 'analyst' }, 'analyst', [street]) })
  const { database } = served
  await insertAreas(database)
  await database`update area set households = case level when 'grid' then 40 when 'community' then 80 else 160 end, residents = 100`
  const buildings: { code: string; grid: string }[] = []
  // Large and small ones, side by side in each grid.
  for (const [index, grid] of grids.entries())
    for (let part = 0; part < 6; part++) {
      const code = await insertBuilding(database, index * 10 + part + 1, { grid })
      buildings.push({ code, grid })
      await database`
        update building set households = ${[20, 12, 3, 2, 1, 2][part]!}, residents = ${[50, 30, 6, 5, 4, 5][part]!},
          center = point(center[0] + ${part / 1000}::float8, center[1])
        where street_code = ${street} and code = ${code}`
    }
  const random = new Random(12, 'export privacy')
  for (let index = 0; index < 260; index++) {
    // Some buildings have enough of one type to stand for themselves.
    const often = index < 24
    const { code, grid } = often ? buildings[index % 2]! : random.pick(buildings)
    const month = often ? '2026-01' : random.pick(months)
    const number = `N${String(index).padStart(3, '0')}-${mark}`
    await insertIncident(database, {
      number,
      gridCode: grid,
      type: often ? 'D02' : random.pick(types),
      title: mark,
      text: mark,
      address: mark,
      reportedAt: `${month}-${String(random.whole(1, 9)).padStart(2, '0')}T12:00:00+08:00`,
    })
    await database`update incident set building_code = ${code}, position = (select center from building b where b.code = ${code})
      where street_code = ${street} and number = ${number}`
  }
  await changed(database, 'incidents', 'areas', 'buildings')
}, 120_000)
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await served.close()
})

type Group = { place: string; code: string; area: string; period: string; type: string | null; count: number }
type Published = { code: string; incidents: number | null }
const get = async <Properties>(path: string) => {
  const found = await served.getJson<FeatureCollection<null, Properties>>(`/exports/${path}`)
  return found.features.map(({ properties }) => properties)
}
const groupsOf = (query = '') => get<Group>(`incidents.geojson${query}`)

const period = (from: string, to: string) => `datetime=${from}-01T00:00:00%2B08:00/${to}-01T00:00:00%2B08:00`
const areas = [
  '',
  `area=${street}`,
  ...communities.map((code) => `area=${code}`),
  ...grids.map((code) => `area=${code}`),
]
const periods = [
  '',
  period('2026-01', '2026-02'),
  period('2026-02', '2026-03'),
  period('2026-01', '2026-03'),
  period('2025-01', '2026-02'),
]
const selections = [
  '',
  ...types.map((type) => `type=${type}`),
  'type=E01',
  'type=D02,D03',
  'type=D02,D03,D14',
  'type=E03,E04',
]
const queries = areas.flatMap((area) =>
  periods.flatMap((time) => selections.map((type) => ['?lang=zh', area, time, type].filter(Boolean).join('&'))),
)
const sum = (groups: readonly { count: number }[]) => groups.reduce((total, { count }) => total + count, 0)

describe('over every export that an analyst can make', () => {
  test('each number is a sum of whole groups of one partition, and no group has fewer than five cases', async () => {
    const all = await groupsOf()
    expect(all.length).toBeGreaterThan(15)
    expect(new Set(all.map(({ place }) => place)).size).toBeGreaterThan(2)
    for (const { count } of all) expect(count).toBeGreaterThanOrEqual(leastCases)
    const byKey = new Map(all.map((group) => [[group.code, group.period, group.type].join(), group.count]))
    for (const query of queries) {
      const groups = await groupsOf(query)
      // Whatever is chosen, a group is there as it is or not at all: no filter takes one apart.
      for (const group of groups)
        expect(group.count, query).toBe(byKey.get([group.code, group.period, group.type].join()))
    }
  }, 120_000)

  test('sums, complements, nested areas, periods and filters of areas differ by nothing or by five and more', async () => {
    const all = await groupsOf()
    const numbers: { query: string; code: string; incidents: number; from: Set<string> }[] = []
    for (const query of queries)
      for (const level of ['grid', 'community']) {
        const groups = await groupsOf(query)
        for (const { code, incidents } of await get<Published>(`areas.geojson${query}&level=${level}`)) {
          const own = groups.filter(({ area }) => area.startsWith(code))
          expect(incidents ?? 0, `${query} ${code}`).toBe(sum(own))
          const from = new Set(own.map((group) => [group.code, group.period, group.type].join()))
          numbers.push({ query, code, incidents: incidents ?? 0, from })
        }
      }
    expect(numbers.length).toBeGreaterThan(1000)
    const distinct = [...new Map(numbers.map((number) => [[...number.from].toSorted().join(';'), number])).values()]
    const countOf = new Map(all.map((group) => [[group.code, group.period, group.type].join(), group.count]))
    let compared = 0
    for (const a of distinct)
      for (const b of distinct) {
        if (![...a.from].every((key) => b.from.has(key))) continue
        compared += 1
        const left = b.incidents - a.incidents
        expect(left === 0 || left >= leastCases, `${b.query} ${b.code} - ${a.query} ${a.code}: ${left}`).toBe(true)
      }
    expect(compared).toBeGreaterThan(100)
    // Intersections of any two selections are sums of groups as well.
    for (const a of distinct)
      for (const b of distinct) {
        const both = [...a.from]
          .filter((key) => b.from.has(key))
          .reduce((total, key) => total + (countOf.get(key) ?? 0), 0)
        expect(both === 0 || both >= leastCases).toBe(true)
      }
  }, 240_000)

  test('every format has the same groups, for either circulation, and a wide one no building', async () => {
    for (const circulation of ['internal', 'wide']) {
      const groups = await groupsOf(`?circulation=${circulation}`)
      const hasBuildings = groups.some(({ place }) => place === 'building')
      expect(hasBuildings, circulation).toBe(circulation === 'internal')
      expect(sum(groups)).toBe(sum(await groupsOf()))
      const expected = groups.map(({ code, period: when, count }) => `${code} ${when} ${count}`).toSorted()
      for (const format of exportFormats.filter((one) => one !== 'geojson' && one !== 'parquet')) {
        const path = join(folder, `groups.${format}`)
        const response = await served.get(`/exports/incidents.${format}?lang=zh&circulation=${circulation}`)
        writeFileSync(path, Buffer.from(await response.arrayBuffer()))
        const layer = format === 'xlsx' ? { layer: '事件' } : format === 'gpkg' ? { layer: 'incidents' } : {}
        const opened = await openFile(onDisk(path), layer)
        const at = (name: string) =>
          opened.columns.findIndex((column) => column === name || column === name.slice(0, 3))
        const rows = (await allRows(opened)).map(({ cells }) => cells)
        const read = rows.map((cells) =>
          [at('地点编码'), at('时段'), at('事件数')].map((index) => String(cells[index])).join(' '),
        )
        expect(read.filter((line) => /\d{9}/.test(line) && !line.startsWith('#')).toSorted(), format).toEqual(expected)
      }
    }
  }, 60_000)

  test('the numbers of households of buildings and grids show none below eight', async () => {
    type Building = { code: string; gridCode: string; households: number | null; residents: number | null }
    const buildings = await get<Building>('buildings.geojson')
    const ofGrid = await get<{ code: string; households: number | null }>('areas.geojson?level=grid')
    for (const grid of ofGrid) {
      const own = buildings.filter(({ gridCode }) => gridCode === grid.code)
      const shown = own.filter(({ households }) => households !== null)
      expect(own.length - shown.length).toBeGreaterThanOrEqual(2)
      for (const { households } of shown) expect(households).toBeGreaterThanOrEqual(leastHouseholds)
      const rest = (grid.households ?? 0) - shown.reduce((total, { households }) => total + (households ?? 0), 0)
      expect(rest).toBeGreaterThanOrEqual(leastHouseholds)
      expect(own.every(({ households, residents }) => (households === null) === (residents === null))).toBe(true)
    }
  })

  test('nothing in any file names a case or what somebody wrote', async () => {
    for (const collection of exportCollections)
      for (const circulation of ['internal', 'wide']) {
        const text = await (await served.get(`/exports/${collection}.geojson?circulation=${circulation}`)).text()
        const table = await (await served.get(`/exports/${collection}.csv?circulation=${circulation}`)).text()
        expect(`${text}${table}`).not.toContain(mark)
      }
  })
})

test('worlds that differ in a cell below five are the same to whoever sees all exports', async () => {
  const { database } = served
  const pictureOf = async () =>
    JSON.stringify([
      await groupsOf(),
      await groupsOf('?circulation=wide'),
      ...(await Promise.all(['D02', 'D03'].map((type) => groupsOf(`?type=${type}`)))),
      await get<Published>('areas.geojson?level=grid'),
      await get<Published>(`areas.geojson?level=community&${period('2026-01', '2026-02')}`),
    ])
  const before = await pictureOf()
  // Cells of a grid, a month and a type that have fewer than five cases, and a type that has none there.
  const cells = await database<{ gridCode: string; month: string; type: string; cases: number }[]>`
    select grid_code, to_char(reported_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month, type, count(*)::int as cases
    from incident where street_code = ${street} group by 1, 2, 3 having count(*) < ${leastCases} order by 1, 2, 3`
  expect(cells.length).toBeGreaterThan(5)
  for (const { gridCode, month, type } of cells.slice(0, 8)) {
    const change = (from: string, to: string) => database`
      update incident set type = ${to} where street_code = ${street} and grid_code = ${gridCode} and type = ${from}
        and to_char(reported_at at time zone 'Asia/Shanghai', 'YYYY-MM') = ${month}`
    await change(type, 'E11')
    await changed(database, 'incidents')
    expect(await pictureOf(), `${gridCode} ${month} ${type}`).toBe(before)
    await change('E11', type)
    await changed(database, 'incidents')
  }
}, 120_000)

test('what would take a group apart is refused, with what to choose instead', async () => {
  for (const [query, parameter] of [
    ['datetime=2026-01-01T00:00:00%2B08:00/2026-01-08T00:00:00%2B08:00', 'datetime'],
    ['datetime=2026-01-01T00:00:01%2B08:00/..', 'datetime'],
    ['channel=grid_app', 'channel'],
    ['status=20', 'status'],
    ['risk=blue', 'risk'],
  ] as const)
    for (const path of ['incidents.csv', 'areas.gpkg']) {
      const response = await served.get(`/exports/${path}?${query}`)
      expect(response.status, query).toBe(400)
      expect(await response.json()).toMatchObject({ code: 'bad_parameter', parameter })
    }
})
