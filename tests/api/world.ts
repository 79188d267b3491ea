import type { Area } from '@minqing/data/domain/area'
import { levelOf, parentOf, streetOf } from '@minqing/data/domain/area-code'
import type { Incident } from '@minqing/data/domain/incident'
import type { Database } from '../../server/store/connect.ts'
import { countIncidents } from '../../server/counts/count-incidents.ts'
import { touch } from '../../server/store/collection-versions.ts'

/** A street of these tests alone: 96 is no province. */
export const street = '960101001'
export const communities = [`${street}001`, `${street}002`]
export const grids = communities.flatMap((community) => [`${community}001`, `${community}002`])

/** Each grid is a square of a hundredth of a degree, west to east from here. */
export const origin = { lon: 114, lat: 30 }
const side = 0.01

type Box = [west: number, south: number, east: number, north: number]

export function boxOf(code: string): Box {
  const inside = grids.map((grid, index) => ({ grid, index })).filter(({ grid }) => grid.startsWith(code))
  const west = origin.lon + Math.min(...inside.map(({ index }) => index)) * side
  return [west, origin.lat, west + inside.length * side, origin.lat + side].map((n) => Number(n.toFixed(7))) as Box
}

export function square([west, south, east, north]: Box): string {
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
  return JSON.stringify({ type: 'Polygon', coordinates: [ring] })
}

export async function insertArea(database: Database, code: string, more: Partial<Area> = {}): Promise<void> {
  const [west, south, east, north] = boxOf(code)
  const { name = `区域${code.slice(9)}`, households = null, residents = null, worker = null, source = 'test' } = more
  const { workerPhone = null } = more
  await database`
    insert into area (code, level, parent_code, street_code, name, households, residents, area_m2, geometry, extent,
      center, source)
    values (${code}, ${levelOf(code)}, ${parentOf(code)}, ${streetOf(code)}, ${name}, ${households}, ${residents},
      1000000, ${square([west, south, east, north])},
      box(point(${west}::float8, ${south}::float8), point(${east}::float8, ${north}::float8)),
      point(${(west + east) / 2}::float8, ${(south + north) / 2}::float8), ${source})`
  if (worker !== null || workerPhone !== null) await insertWorker(database, code, worker ?? '', workerPhone ?? '')
}

/** The grid worker on duty in an area. */
export async function insertWorker(database: Database, code: string, name: string, phone: string): Promise<void> {
  await database`
    insert into staff (id, street_code, area_code, role, name, work_phone, duty)
    values (${`${code}-worker`}, ${streetOf(code)}, ${code}, 'grid_worker', ${name}, ${phone}, 'worker')`
}

export type IncidentSeed = Partial<Omit<Incident, 'position'>> & { number: string; position?: [number, number] | null }

export async function insertIncident(database: Database, seed: IncidentSeed): Promise<void> {
  const grid = seed.gridCode === undefined ? grids[0]! : seed.gridCode
  const {
    streetCode = street,
    type = 'D02',
    channel = 'grid_app',
    risk = 'blue',
    status = '20',
    title = `事件${seed.number}`,
    text = '楼上漏水，请协调。',
    address = '',
    reportedAt = '2026-03-01T08:00:00+08:00',
    dueAt = null,
    closedAt = null,
  } = seed
  const position = seed.position === undefined ? centerOf(grid ?? grids[0]!) : seed.position
  await database`
    insert into incident (street_code, number, community_code, grid_code, type, channel, risk, status, title, text,
      address, position, happened_at, reported_at, due_at, closed_at, source)
    values (${streetCode}, ${seed.number}, ${grid === null ? null : grid.slice(0, 12)}, ${grid}, ${type}, ${channel},
      ${risk}, ${status}, ${title}, ${text}, ${address},
      ${position === null ? null : database`point(${position[0]}::float8, ${position[1]}::float8)`},
      ${seed.happenedAt ?? reportedAt}, ${reportedAt}, ${dueAt}, ${closedAt}, 'test')`
  await hasLog(database, streetCode)
}

/** As its log would have it, which these cases do not write. */
async function hasLog(database: Database, streetCode: string): Promise<void> {
  await database`insert into log_head (street_code) values (${streetCode}) on conflict do nothing`
}

export function centerOf(grid: string): [number, number] {
  const [west, south, east, north] = boxOf(grid)
  return [Number(((west + east) / 2).toFixed(7)), Number(((south + north) / 2).toFixed(7))]
}

export async function insertBuilding(
  database: Database,
  number: number,
  more: { grid?: string; use?: string; name?: string; address?: string } = {},
): Promise<string> {
  const { grid = grids[0]!, use = 'residential', name = `${number}栋`, address = `测试路${number}号` } = more
  const code = `${grid.slice(0, 12)}${String(number).padStart(5, '0')}`
  const [west, south] = boxOf(grid)
  const box: Box = [west + 0.001, south + 0.001, west + 0.002, south + 0.002].map((n) => Number(n.toFixed(7))) as Box
  await database`
    insert into building (street_code, code, community_code, grid_code, name, address, floors, height, use, geometry,
      extent, center, source)
    values (${streetOf(grid)}, ${code}, ${grid.slice(0, 12)}, ${grid}, ${name}, ${address}, 6, 18, ${use}, ${square(box)},
      box(point(${box[0]}::float8, ${box[1]}::float8), point(${box[2]}::float8, ${box[3]}::float8)),
      point(${(box[0] + box[2]) / 2}::float8, ${(box[1] + box[3]) / 2}::float8), 'test')`
  return code
}

export async function insertFacility(
  database: Database,
  id: string,
  more: { grid?: string; kind?: string; name?: string; status?: string } = {},
): Promise<void> {
  const { grid = grids[0]!, kind = 'service_station', name = `驿站${id}`, status = 'not_applicable' } = more
  const [lon, lat] = centerOf(grid)
  await database`
    insert into facility (street_code, id, community_code, grid_code, kind, name, status, position, source)
    values (${streetOf(grid)}, ${id}, ${grid.slice(0, 12)}, ${grid}, ${kind}, ${name}, ${status},
      point(${lon}::float8, ${lat}::float8), 'test')`
}

/** The street, its two communities and four grids. */
export async function insertAreas(database: Database): Promise<void> {
  // Parents before children.
  for (const code of [street, ...communities, ...grids]) await insertArea(database, code)
  await changed(database, 'areas')
}

/** What every writer does at its end. */
export async function changed(database: Database, ...collections: Parameters<typeof touch>[1]): Promise<void> {
  await database.begin(async (transaction) => {
    if (collections.includes('incidents'))
      await countIncidents(transaction, transaction`select street_code, reported_at from incident`)
    await touch(transaction, collections)
  })
}
