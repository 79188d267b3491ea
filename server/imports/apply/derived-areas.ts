import { convexHull, unite, type Boundary } from '@minqing/data/geo/boundary'
import type { Label } from '@minqing/data/domain/label'
import type { MultiPolygon, Polygon } from 'geojson'
import { codeLength } from '@minqing/data/domain/area-code'
import type { Fragment } from '../../store/conditions.ts'
import type { Transaction } from '../../store/connect.ts'
import type { Reporter } from '../collections/collection.ts'
import type { ApplyPlan } from '../plan.ts'

/** Boundaries that nobody drew: they follow what lies inside, and are replaced when a real one is imported. */
const derived = 'derived'
/** The geometry of an area of which nothing is known that could be drawn around. */
const noBoundary = '{"type":"MultiPolygon","coordinates":[]}'

/**
 * Makes the streets and communities that staged rows need and nobody has imported yet, with a rough boundary that
 * `refreshDerived` draws properly once the rows are in, and names the street as the plan does. Says whether any area
 * changed.
 *
 * @param names of communities, as the file has them
 * @param hasExtent whether staged rows have one, from which the areas are as large as that until they are drawn
 */
export async function createMissing(
  transaction: Transaction,
  plan: ApplyPlan,
  codes: readonly string[],
  { names = new Map<string, string>(), hasExtent = true } = {},
): Promise<boolean> {
  let changed = 0
  const staged = hasExtent
    ? transaction`(
        select coalesce(e.extent, box(point(0, 0), point(0, 0))) as extent, coalesce(e.center, point(0, 0)) as center
        from (values (1)) one (row)
        left join (select extent, center from import_row where extent is not null limit 1) e on true
      ) r`
    : transaction`(select box(point(0, 0), point(0, 0)) as extent, point(0, 0) as center) r`
  const wanted = [...new Set(codes.flatMap((code) => [code.slice(0, 9), code]))].toSorted(
    (left, right) => left.length - right.length || left.localeCompare(right),
  )
  for (const code of wanted) {
    const name = (plan.street?.code === code ? plan.street.name : null) ?? names.get(code)
    const made = await transaction`
      insert into area (code, level, parent_code, street_code, name, area_m2, geometry, extent, center, source,
        import_batch)
      select ${code}, ${code.length === 9 ? 'street' : 'community'}, ${code.length === 9 ? null : code.slice(0, 9)},
        ${code.slice(0, 9)}, ${name ?? (code.length === 9 ? code : numbered(code))}, 0,
        ${noBoundary}, extent, center, ${derived}, ${plan.batch}
      from ${staged}
      on conflict (code) do nothing`
    changed += made.count
  }
  if (plan.street?.name != null) changed += await renameDerived(transaction, plan, plan.street.code, plan.street.name)
  const derivedOnes = await transaction<{ code: string; name: string }[]>`
    select code, name from area where source = ${derived} and code = any(${[...names.keys()]}::text[])`
  for (const { code, name } of derivedOnes)
    if (name === numbered(code)) changed += await renameDerived(transaction, plan, code, names.get(code) ?? name)
  return changed > 0
}

/** What a community is called of which only the code is known. */
function numbered(code: string): string {
  return `第${Number(code.slice(9))}社区`
}

/** Gives a derived area another name. */
async function renameDerived(
  transaction: Transaction,
  { batch }: ApplyPlan,
  code: string,
  name: string,
): Promise<number> {
  const renamed = transaction`code = ${code} and source = ${derived} and name <> ${name}`
  await transaction`
    insert into import_before (street_code, batch, collection, key, area_code, before, version)
    select street_code, ${batch}, 'area', code, code, to_jsonb(a), version + 1 from area_with_contacts a
    where ${renamed} on conflict (street_code, batch, collection, key) do nothing`
  const { count } = await transaction`
    update area set name = ${name}, version = version + 1, updated_at = now() where ${renamed}`
  return count
}

/** The street of staged incidents or facilities, where that is not known yet: without one, nobody would find them. */
export async function createStreets(
  transaction: Transaction,
  plan: ApplyPlan,
  note: Reporter['note'],
): Promise<boolean> {
  const missing = await transaction<{ code: string; rows: number }[]>`
    select street_code as code, count(*) as rows from import_row r
    where not exists (select from area a where a.code = r.street_code) group by 1 order by 1`
  for (const { code, rows } of missing) note(created(code, plan.street?.code === code ? plan.street.name : null), rows)
  const codes = missing.map(({ code }) => code)
  return createMissing(transaction, plan, codes, { hasExtent: false })
}

function created(code: string, name: string | null): Label {
  const called = name === null ? '' : `“${name}”`
  return {
    zh: `新建了街道 ${code}${called}，这些行归入其中。它还没有边界，导入街道、社区或网格后补上`,
    en: `in sub-district ${code}${called}, which was created. It has no boundary until sub-districts, communities or grids are imported`,
  }
}

/**
 * Draws the derived areas of some streets again: around their grids, else their buildings; streets around communities,
 * else their base map. A street of which only cases and facilities are known has no boundary, and is as large as they
 * reach.
 * Says whether any boundary changed.
 */
export async function refreshDerived(transaction: Transaction, streets: readonly string[]): Promise<boolean> {
  const areas = await transaction<{ code: string; geometry: string }[]>`
    select code, geometry from area where source = ${derived} and street_code = any(${[...streets]}::text[])
    order by length(code) desc, code`
  let changed = false
  for (const { code, geometry } of areas) {
    const boundary =
      (await aroundChildren(transaction, code)) ??
      (code.length === codeLength.street
        ? await aroundBase(transaction, code)
        : await aroundBuildings(transaction, code))
    if (boundary === null && code.length === codeLength.street) {
      if (await reachOfPositions(transaction, code)) changed = true
    }
    if (boundary === null || JSON.stringify(boundary.geometry) === geometry) continue
    changed = true
    const [west, south, east, north] = boundary.extent
    await transaction`
      update area set geometry = ${JSON.stringify(boundary.geometry)}, area_m2 = ${boundary.areaM2},
        extent = ${`((${west},${south}),(${east},${north}))`}::text::box,
        center = ${`(${boundary.center.join(',')})`}::text::point, updated_at = now()
      where code = ${code}`
  }
  return changed
}

/**
 * Makes a street without a boundary as large as its cases and facilities reach, a hundredth at each side left out,
 * because a few are always mistyped; where none has a position, as large as the other streets together.
 */
export async function refreshReach(transaction: Transaction, streets: readonly string[]): Promise<boolean> {
  const areas = await transaction<{ code: string }[]>`
    select code from area where source = ${derived} and level = 'street' and geometry = ${noBoundary}
      and code = any(${[...streets]}::text[])`
  let changed = false
  for (const { code } of areas) if (await reachOfPositions(transaction, code)) changed = true
  return changed
}

async function reachOfPositions(transaction: Transaction, street: string): Promise<boolean> {
  const { west, south, east, north } =
    (await aroundPositions(transaction, street)) ?? (await aroundOthers(transaction, street)) ?? china
  const extent = `((${east},${north}),(${west},${south}))`
  const center = `(${(west + east) / 2},${(south + north) / 2})`
  const { count } = await transaction`
    update area set geometry = ${noBoundary}, area_m2 = 0, extent = ${extent}::text::box, center = ${center}::text::point,
      updated_at = now()
    where code = ${street} and (geometry <> ${noBoundary} or not (extent ~= ${extent}::text::box))`
  return count > 0
}

/** Degrees around the outermost positions. */
const margin = 0.002
const china: Corners = { west: 73, south: 18, east: 135, north: 54 }

async function aroundPositions(transaction: Transaction, street: string): Promise<Corners | null> {
  const [reach] = await transaction<{ lon: [number, number] | null; lat: [number, number] | null }[]>`
    select percentile_disc(array[0.01, 0.99]) within group (order by position[0]) as lon,
      percentile_disc(array[0.01, 0.99]) within group (order by position[1]) as lat
    from (
      select position from incident where street_code = ${street} and position is not null
      union all
      select position from facility where street_code = ${street} and position is not null
    ) p`
  if (reach?.lon == null || reach.lat === null) return null
  const [[west, east], [south, north]] = [reach.lon, reach.lat]
  return { west: west - margin, south: south - margin, east: east + margin, north: north + margin }
}

/** All other streets that somebody has drawn. */
async function aroundOthers(transaction: Transaction, street: string): Promise<Corners | null> {
  const [others] = await transaction<{ [Side in keyof Corners]: number | null }[]>`
    select min((extent[1])[0]) as west, min((extent[1])[1]) as south, max((extent[0])[0]) as east,
      max((extent[0])[1]) as north
    from area where level = 'street' and code <> ${street} and source not in (${derived}, 'demo')`
  if (others === undefined || others.west === null) return null
  return others as Corners
}

async function aroundChildren(transaction: Transaction, code: string): Promise<Boundary | null> {
  const children = await transaction<{ geometry: string }[]>`
    select geometry from area where parent_code = ${code} and area_m2 > 0 order by code`
  if (children.length === 0) return null
  return unite(children.map(({ geometry }) => JSON.parse(geometry) as Polygon | MultiPolygon))
}

type Corners = { west: number; south: number; east: number; north: number }

async function aroundBuildings(transaction: Transaction, code: string): Promise<Boundary | null> {
  return around(
    await transaction<Corners[]>`
      select ${cornersOf(transaction)} from building
      where street_code = ${code.slice(0, 9)} and community_code = ${code} and extent is not null order by code`,
  )
}

async function aroundBase(transaction: Transaction, street: string): Promise<Boundary | null> {
  return around(
    await transaction<Corners[]>`
      select ${cornersOf(transaction)} from base_feature where street_code = ${street} order by id`,
  )
}

function cornersOf(transaction: Transaction): Fragment {
  return transaction`(extent[1])[0] as west, (extent[1])[1] as south, (extent[0])[0] as east, (extent[0])[1] as north`
}

function around(corners: readonly Corners[]): Boundary | null {
  if (corners.length === 0) return null
  // Points on a line have nothing around them: some metres are given to each.
  const margin = corners.every(({ west, east }) => west === east) ? 1e-4 : 0
  return convexHull(
    corners.flatMap(({ west, south, east, north }) => [
      [west - margin, south - margin],
      [west - margin, north + margin],
      [east + margin, south - margin],
      [east + margin, north + margin],
    ]),
  )
}
