import { type WallAreas, type WallCells, WallCounts, WallHotSpots, WallPicture } from '@minqing/data/domain/wall'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readAs, wallScope } from '../../server/store/scope.ts'
import { now, type ServedApi, serveApi, serveOn } from './serve-api.ts'
import {
  centerOf,
  changed,
  communities,
  grids,
  insertAreas,
  insertFacility,
  insertIncident,
  insertWorker,
  street,
} from './world.ts'

let empty: ServedApi
let served: ServedApi
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString()
const marks = ['"number"', '标题暗号', '正文暗号', '地址暗号', '意见暗号', '张暗号', '13900000000']

beforeAll(async () => {
  empty = await serveApi()
  served = await serveApi()
  const { database } = served
  await insertAreas(database)
  await database`update area set households = 100 where level = 'grid'`
  for (const grid of grids) await insertWorker(database, grid, '张暗号', '13900000000')
  await insertFacility(database, 'S1', { kind: 'smoke_detector', status: 'online' })
  await insertFacility(database, 'S2', { kind: 'smoke_detector', status: 'offline' })
  const secret = { title: '标题暗号', text: '正文暗号', address: '地址暗号' }
  const seeds = [
    // Now is noon: today began twelve hours ago.
    { number: 'today', status: '10', reportedAt: hoursAgo(2) },
    { number: 'night', status: '80', reportedAt: hoursAgo(11), closedAt: hoursAgo(1), dueAt: hoursAgo(3) },
    {
      number: 'yesterday',
      status: '50',
      reportedAt: hoursAgo(13),
      dueAt: hoursAgo(5),
      risk: 'red',
      gridCode: grids[2]!,
    },
    {
      number: 'month',
      status: '80',
      reportedAt: hoursAgo(24 * 20),
      dueAt: hoursAgo(24 * 10),
      closedAt: hoursAgo(24 * 12),
    },
    {
      number: 'before',
      status: '80',
      reportedAt: hoursAgo(24 * 40),
      type: 'E03',
      dueAt: hoursAgo(24 * 35),
      closedAt: hoursAgo(24 * 36),
    },
    { number: 'old', status: '80', reportedAt: hoursAgo(24 * 90) },
    { number: 'void', status: '90', reportedAt: hoursAgo(1) },
    { number: 'draft', status: '00', reportedAt: hoursAgo(1) },
  ] as const
  for (const seed of seeds) await insertIncident(database, { ...secret, ...seed })
  await database`update log_head set position = 100 where street_code = ${street}`
  let position = 0
  const step = async (number: string, sequence: number, from: string | null, to: string, at: string) => {
    position += 1
    await database`
      insert into incident_step (street_code, number, sequence, position, from_status, to_status, opinion, at)
      values (${street}, ${number}, ${sequence}, ${position}, ${from}, ${to}, '意见暗号', ${at})`
  }
  // Signed within two hours, after three, not yet and late, not yet and still in time.
  await step('month', 1, '30', '40', hoursAgo(24 * 20))
  await step('month', 2, '40', '50', hoursAgo(24 * 20 - 1.5))
  await step('night', 1, '30', '40', hoursAgo(10))
  await step('night', 2, '40', '50', hoursAgo(7))
  await step('yesterday', 1, '30', '40', hoursAgo(12))
  await step('today', 1, '30', '40', hoursAgo(0.5))
  for (const [id, birth, alone] of [
    ['R1', '1940-01-01', true],
    ['R2', '2022-01-01', false],
    ['R3', '1980-01-01', false],
  ] as const) {
    await database`
      insert into resident (street_code, id, household_id, grid_code, building_code, sex, birth_date, population_type, lives_alone)
      values (${street}, ${id}, 'H', ${grids[0]!}, 'B', '1', ${birth}, '10', ${alone})`
  }
  await changed(database, 'areas', 'incidents', 'people', 'facilities')
})
afterAll(async () => {
  await empty.close()
  await served.close()
})

const picture = async (query = '') => WallPicture.parse(await served.getJson(`/wall${query}`))

test('an empty database is a picture of zeros', async () => {
  const nothing = WallPicture.parse(await empty.getJson('/wall'))
  expect(nothing).toMatchObject({ street: null, area: null, open: 0, latest: [], respondedInTime: { count: 0, of: 0 } })
})

test('cases are counted by what the definitions say', async () => {
  const wall = await picture()
  expect(wall).toMatchObject({
    now: now.toISOString(),
    street: { code: street, demo: false },
    today: { reported: 2, closed: 1 },
    open: 2,
    overdue: 1,
    recent: 4,
    previous: 1,
    closedInTime: { count: 1, of: 3 },
    respondedInTime: { count: 1, of: 3 },
  })
  expect(wall.openByStage).toEqual([
    { stage: 'intake', count: 1 },
    { stage: 'dispatch', count: 0 },
    { stage: 'handling', count: 1 },
  ])
  expect(wall.byRisk.find(({ risk }) => risk === 'red')?.count).toBe(1)
})

test('the last 24 hours end with the running one', async () => {
  const { lastHours } = await picture()
  expect(lastHours.at(-1)?.from).toBe('2026-03-10T04:00:00.000Z')
  expect(lastHours.filter(({ count }) => count > 0).map(({ from }) => from)).toEqual(
    [13, 11, 2].map((hours) => hoursAgo(hours)),
  )
  expect(lastHours.find(({ from }) => from === hoursAgo(2))?.mean).toBeCloseTo(1 / 30)
})

test('people are numbers, by community', async () => {
  const { population, communities: stops, inventory, smokeDetectors } = await picture()
  expect(population).toMatchObject({ households: 400, residents: 3, elderlyLivingAlone: 1 })
  expect(population.byAge.map(({ count }) => count)).toEqual([1, 0, 1, 0, 1])
  expect(stops.map(({ code, grids: below, population: own }) => [code, below, own.households, own.residents])).toEqual([
    [communities[0], 2, 200, 3],
    [communities[1], 2, 200, null],
  ])
  expect(inventory).toEqual({ communities: 2, grids: 4, buildings: 0, gridWorkers: 1 })
  expect(smokeDetectors).toEqual([
    { status: 'offline', count: 1 },
    { status: 'online', count: 1 },
  ])
})

test('the newest come first', async () => {
  const { latest, steps } = await picture()
  expect(latest.map(({ reportedAt }) => new Date(reportedAt).toISOString())).toEqual(
    [2, 11, 13, 24 * 20, 24 * 40, 24 * 90].map(hoursAgo),
  )
  expect(latest.map(({ overdue }) => overdue)).toEqual([false, false, true, false, false, false])
  expect(steps.map(({ position }) => position)).toEqual([6, 5, 4, 3, 2, 1])
})

test('a community has a picture of its own', async () => {
  const wall = await picture(`?area=${communities[1]}`)
  expect(wall.area?.code).toBe(communities[1])
  expect(wall.latest.map(({ risk }) => risk)).toEqual(['red'])
  expect(wall.communities).toHaveLength(1)
  expect(wall.respondedInTime).toEqual({ count: 0, of: 1 })
  expect(wall.steps.map(({ position }) => position)).toEqual([5])
})

test('a panel counts by what it asks for, against as many days before', async () => {
  const counts = async (query: string) => WallCounts.parse(await served.getJson(`/wall/counts?${query}`))
  const byType = await counts('by=type&days=30')
  expect(byType.toSorted((a, b) => b.count - a.count)).toEqual([
    { type: 'D02', count: 4, previous: 0 },
    { type: 'E03', count: 0, previous: 1 },
  ])
  expect(await counts(`area=${communities[1]}&by=risk,grid&days=1`)).toEqual([
    { risk: 'red', grid: grids[2], count: 1, previous: 0 },
  ])
  expect((await served.get('/wall/counts?by=number&days=30')).status).toBe(400)
})

test('areas come without contacts', async () => {
  const { streets, communities: middle, grids: small } = await served.getJson<WallAreas>(`/wall/areas?area=${street}`)
  expect([streets, middle, small].map(({ features }) => features.length)).toEqual([1, 2, 4])
  expect(Object.keys(small.features[0]?.properties ?? {}).toSorted()).toEqual([
    'areaM2',
    'code',
    'gridType',
    'households',
    'level',
    'name',
    'parentCode',
    'streetCode',
  ])
})

test('cells are counted cases with a position, at the middle of 50 m', async () => {
  const cells = await served.getJson<WallCells>(`/wall/cells?area=${street}`)
  expect(cells.counts.reduce((sum, count) => sum + count, 0)).toBe(4)
  const [lon, lat] = centerOf(grids[0]!)
  for (const [index, x] of cells.x.entries()) {
    const y = cells.y[index]!
    const high = (50 / 111_320) * 1e7
    expect((y / high) % 1).toBeCloseTo(0.5, 3)
    const wide = high / Math.cos((y / 1e7 / 180) * Math.PI)
    expect((x / wide) % 1).toBeCloseTo(0.5, 3)
  }
  const own = await served.getJson<WallCells>(`/wall/cells?area=${communities[0]}`)
  expect(Math.abs(own.x[0]! / 1e7 - lon) * 111_320 * Math.cos((lat / 180) * Math.PI)).toBeLessThanOrEqual(25.1)
  expect(Math.abs(own.y[0]! / 1e7 - lat) * 111_320).toBeLessThanOrEqual(25.1)
  expect([own.x[0], own.y[0]]).not.toEqual([Math.round(lon * 1e7), Math.round(lat * 1e7)])
})

test('no window can be chosen by which one case is told from the others', async () => {
  const from = hoursAgo(1)
  expect((await served.get(`/wall/cells?area=${street}&from=${from}`)).status).toBe(400)
  const cells = (at: string) =>
    readAs(
      served.database,
      wallScope,
      (transaction) => transaction`select x, y, cases from count_wall_cells(${street}, ${at}) order by 1, 2`,
    )
  expect(await cells('2026-11-21T06:00:00Z')).toEqual(await cells('2026-11-21T06:59:59.999Z'))
  // Reported alone, at a full hour 90 days ago: seen from the beginning of that hour to the end of the one 30 days later.
  const [hour, day] = [3_600_000, 86_400_000]
  const reported = now.getTime() - 90 * day
  const seen = async (time: number) => (await cells(new Date(time).toISOString())).length
  for (const time of [reported, reported + 30 * day, reported + 30 * day + hour - 1]) expect(await seen(time)).toBe(1)
  for (const time of [reported - 1, reported + 30 * day + hour]) expect(await seen(time)).toBe(0)
})

test('where residents report significantly more than elsewhere is outlined, from cells of 50 m and ninety days', async () => {
  const own = await serveApi()
  const { database } = own
  await insertAreas(database)
  let count = 0
  const place = async (total: number, channel: 'walk_in' | 'grid_app', days: number, grid: string, spread: number) => {
    const [lon, lat] = centerOf(grid)
    for (let index = 0; index < total; index++) {
      // On a spiral: always the same, and nowhere the same twice.
      const [far, turn] = [spread * Math.sqrt((index + 1) / total), index * 2.4]
      const position: [number, number] = [lon + far * Math.cos(turn), lat + far * Math.sin(turn)]
      const reportedAt = hoursAgo(24 * days + 1)
      count += 1
      await insertIncident(database, { number: `H${count}`, gridCode: grid, channel, reportedAt, position })
    }
  }
  for (const grid of grids) await place(40, 'walk_in', 30, grid, 0.0045)
  await place(120, 'walk_in', 80, grids[1]!, 0.0008)
  // What workers found, and what is too old, is no hot spot of reports.
  await place(120, 'grid_app', 20, grids[2]!, 0.0008)
  await place(120, 'walk_in', 91, grids[3]!, 0.0008)
  await changed(database, 'incidents')

  const { size, spots } = WallHotSpots.parse(await own.getJson(`/wall/hot-spots?area=${street}`))
  expect(size! % 50).toBe(0)
  expect(spots.map(({ name, class: level }) => [name, level])).toEqual([['区域001002', 3]])
  const [spot] = spots
  expect(spot!.count).toBeGreaterThanOrEqual(120)
  expect(spot!.count).toBeLessThanOrEqual(160)
  expect(spot!.expected).toBeLessThan(spot!.count / 2)
  // A closed border around the middle of the grid: each corner ends an even number of sides.
  const corners = Map.groupBy(spot!.border.flat().map(String), (corner) => corner)
  for (const same of corners.values()) expect(same.length % 2).toBe(0)
  const [lon, lat] = centerOf(grids[1]!)
  const lons = spot!.border.flat().map(([x]) => x!)
  const lats = spot!.border.flat().map(([, y]) => y!)
  expect(Math.min(...lons)).toBeLessThan(lon)
  expect(Math.max(...lons)).toBeGreaterThan(lon)
  expect(Math.min(...lats)).toBeLessThan(lat)
  expect(Math.max(...lats)).toBeGreaterThan(lat)

  // A community is compared within itself; of no cases nothing can be said.
  const other = WallHotSpots.parse(await own.getJson(`/wall/hot-spots?area=${communities[1]}`))
  expect(other.spots).toEqual([])
  await database`update incident set status = '90'`
  await changed(database, 'incidents')
  expect(await own.getJson(`/wall/hot-spots?area=${street}`)).toEqual({ size: null, spots: [] })
  expect(await empty.getJson('/wall/hot-spots')).toEqual({ size: null, spots: [] })
  await own.close()
})

test('the grid workers on duty are named by a route of their own, unless that is switched off', async () => {
  const path = `/wall/contacts?area=${communities[1]}`
  expect(await served.getJson(path)).toEqual(
    grids.slice(2).map((gridCode) => ({ gridCode, name: '张暗号', phone: '13900000000' })),
  )
  expect((await picture()).contacts).toBe(true)
  const without = await serveOn(served.database, { wallContacts: false })
  expect((await without.get(path)).status).toBe(404)
  expect(await without.getJson('/wall')).toMatchObject({ contacts: false })
  await without.close()
})

test('no free text, name, phone or incident number is sent to the wall', async () => {
  const paths = ['', `?area=${communities[0]}`, `/areas?area=${street}`, `/cells?area=${street}`]
  for (const path of paths) {
    const text = await (await served.get(`/wall${path}`)).text()
    for (const mark of marks) expect(text).not.toContain(mark)
  }
})
