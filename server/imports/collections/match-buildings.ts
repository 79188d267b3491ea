import { AreaLocator } from '@minqing/data/geo/locate'
import type { MultiPolygon, Polygon } from 'geojson'
import type { Fragment } from '../../store/conditions.ts'
import type { Transaction } from '../../store/connect.ts'

/** `geometry` of a building that has no outline: a point, or null. */
export function lacksOutline(transaction: Transaction, geometry: Fragment): Fragment {
  return transaction`(${geometry} is null or ${geometry} like '{"type":"Point"%')`
}

type Named = { code: string; community: string; name: string; address: string; estate: string | null }
type Staged = Omit<Named, 'code'> & { ordinal: number }
type Spot = { code: string; lon: number; lat: number }

/**
 * Gives staged buildings without a code that of the one that is meant, where one of both has no outline: the one around
 * a point, or the one of the same estate and name (or else address) in the same community, where that is the only one on
 * either side. `import_known` holds what is there (`merge-buildings.ts`).
 */
export async function matchBuildings(transaction: Transaction): Promise<void> {
  const [found] = await transaction<{ staged: boolean; known: boolean }[]>`
    select exists (select from import_row r where r.code is null and ${lacksOutline(transaction, transaction`r.geometry`)}) as staged,
      exists (select from import_known where not has_outline) as known`
  if (found?.staged === true) await takeCodes(transaction, await aroundStagedPoints(transaction))
  if (found?.known === true) await takeCodes(transaction, await aroundKnownPoints(transaction))
  if (found?.staged === true || found?.known === true) await takeCodes(transaction, await ofOneName(transaction))
}

/** By ordinal, the codes of buildings whose outline holds a staged point; of several points in one, none. */
async function aroundStagedPoints(transaction: Transaction): Promise<Map<number, string>> {
  const points = await transaction<{ ordinal: number; street: string; lon: number; lat: number }[]>`
    select r.ordinal, r.street_code as street, r.center[0] as lon, r.center[1] as lat from import_row r
    where r.code is null and r.center is not null and r.position_source = 'measured' and ${lacksOutline(transaction, transaction`r.geometry`)}`
  const codes: [number, string][] = []
  for (const [street, inStreet] of Map.groupBy(points, (point) => point.street)) {
    const [lons, lats] = [inStreet.map(({ lon }) => lon), inStreet.map(({ lat }) => lat)]
    const box = `((${least(lons)},${least(lats)}),(${most(lons)},${most(lats)}))`
    // A street at a time, as everything that is large.
    const known = await transaction<{ code: string; geometry: string }[]>`
      select code, geometry from building
      where street_code = ${street} and extent && ${box}::text::box and geometry not like '{"type":"Point"%'`
    const outlines = new AreaLocator(
      known.map(({ code, geometry }) => ({ code, geometry: JSON.parse(geometry) as Polygon | MultiPolygon })),
    )
    for (const { ordinal, lon, lat } of inStreet) {
      const code = outlines.locate(lon, lat)
      if (code !== null) codes.push([ordinal, code])
    }
  }
  return ofEach(codes)
}

/** By ordinal, the codes of buildings that are a point within a staged outline. */
async function aroundKnownPoints(transaction: Transaction): Promise<Map<number, string>> {
  const found = await transaction<({ ordinal: number; geometry: string } & Spot)[]>`
    select r.ordinal, r.geometry, k.code, k.center[0] as lon, k.center[1] as lat
    from import_row r join import_known k on k.street_code = r.street_code and k.center <@ r.extent
    where r.code is null and not k.has_outline and k.position_source = 'measured' and not ${lacksOutline(transaction, transaction`r.geometry`)}`
  const within = found.filter(({ code, geometry, lon, lat }) => {
    const outline = new AreaLocator([{ code, geometry: JSON.parse(geometry) as Polygon | MultiPolygon }])
    return outline.locate(lon, lat) !== null
  })
  return ofEach(within.map(({ ordinal, code }) => [ordinal, code]))
}

async function ofOneName(transaction: Transaction): Promise<Map<number, string>> {
  const staged = await transaction<(Staged & { outlined: boolean })[]>`
    select r.ordinal, r.community_code as community, r.name, r.address, r.estate,
      not ${lacksOutline(transaction, transaction`r.geometry`)} as outlined
    from import_row r where r.code is null and (r.name <> '' or r.address <> '')`
  const known = await transaction<(Named & { outlined: boolean })[]>`
    select code, community_code as community, name, address, estate, has_outline as outlined from import_known k
    where (name <> '' or address <> '') and starts_with(source, 'import:')
      and not exists (select from import_row o where o.code = k.code)`
  const byKey = Map.groupBy(known, keyOf)
  const codes: [number, string][] = []
  for (const [key, rows] of Map.groupBy(staged, keyOf)) {
    const [row, another] = rows
    const [building, others] = byKey.get(key) ?? []
    if (row === undefined || building === undefined || another !== undefined || others !== undefined) continue
    // Two outlines are two buildings, whatever they are called.
    if (!row.outlined || !building.outlined) codes.push([row.ordinal, building.code])
  }
  return ofEach(codes)
}

/** The same for 江北新村3栋 and the 3号楼 of 江北新村: community, estate and number; the address where there is no name. */
function keyOf({ community, estate, name, address }: Omit<Named, 'code'>): string {
  const around = plain(estate ?? '')
  const own = plain(name === '' ? address : name)
  const number = own.startsWith(around) ? own.slice(around.length) : own
  return `${community} ${around}${number.replace(/(?:号楼|号栋|栋|幢|座|#楼|#)$/, '栋')}`
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '')
}

/** Codes that one row alone would take, and rows that would take one alone. */
function ofEach(codes: readonly [ordinal: number, code: string][]): Map<number, string> {
  const byCode = Map.groupBy(codes, ([, code]) => code)
  const byOrdinal = Map.groupBy(codes, ([ordinal]) => ordinal)
  return new Map(
    codes.filter(([ordinal, code]) => byCode.get(code)?.length === 1 && byOrdinal.get(ordinal)?.length === 1),
  )
}

async function takeCodes(transaction: Transaction, codes: ReadonlyMap<number, string>): Promise<void> {
  if (codes.size === 0) return
  await transaction`
    update import_row r set code = c.code, community_code = k.community_code
    from unnest(${[...codes.keys()]}::integer[], ${[...codes.values()]}::text[]) as c (ordinal, code)
    join import_known k on k.code = c.code
    where r.ordinal = c.ordinal and r.code is null and not exists (select from import_row o where o.code = c.code)`
}

const least = (values: readonly number[]) => values.reduce((one, other) => Math.min(one, other), Infinity)
const most = (values: readonly number[]) => values.reduce((one, other) => Math.max(one, other), -Infinity)
