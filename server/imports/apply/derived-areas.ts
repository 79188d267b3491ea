import { convexHull, unite, type Boundary } from '@minqing/data/geo/boundary'
import type { MultiPolygon, Polygon } from 'geojson'
import { codeLength } from '@minqing/data/domain/area-code'
import type { Fragment } from '../../store/conditions.ts'
import type { Transaction } from '../../store/connect.ts'
import type { ApplyPlan } from '../plan.ts'

/** Boundaries that nobody drew: they follow what lies inside, and are replaced when a real one is imported. */
const derived = 'derived'

/**
 * Makes the streets and communities that staged rows need and nobody has imported yet, with a rough boundary that
 * `refreshDerived` draws properly once the rows are in, and names the street as the plan does. Says whether any area
 * changed.
 */
export async function createMissing(
  transaction: Transaction,
  plan: ApplyPlan,
  codes: readonly string[],
): Promise<boolean> {
  let changed = 0
  const wanted = [...new Set(codes.flatMap((code) => [code.slice(0, 9), code]))].toSorted(
    (left, right) => left.length - right.length || left.localeCompare(right),
  )
  for (const code of wanted) {
    const name = plan.street?.code === code ? plan.street.name : null
    const made = await transaction`
      insert into area (code, level, parent_code, street_code, name, area_m2, geometry, extent, center, source,
        import_batch)
      select ${code}, ${code.length === 9 ? 'street' : 'community'}, ${code.length === 9 ? null : code.slice(0, 9)},
        ${code.slice(0, 9)}, ${name ?? (code.length === 9 ? code : `第${Number(code.slice(9))}社区`)}, 0,
        '{"type":"MultiPolygon","coordinates":[]}', extent, center, ${derived}, ${plan.batch}
      from import_row limit 1
      on conflict (code) do nothing`
    changed += made.count
  }
  if (plan.street?.name != null) {
    await transaction`
      insert into import_before (street_code, batch, collection, key, area_code, before, version)
      select street_code, ${plan.batch}, 'area', code, code, to_jsonb(a), version + 1 from area_with_contacts a
      where code = ${plan.street.code} and source = ${derived} and name <> ${plan.street.name}`
    const named = await transaction`
      update area set name = ${plan.street.name}, version = version + 1, updated_at = now()
      where code = ${plan.street.code} and source = ${derived} and name <> ${plan.street.name}`
    changed += named.count
  }
  return changed > 0
}

/**
 * Draws the derived areas of some streets again: around their grids, else their buildings; streets around communities,
 * else their base map.
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
      where street_code = ${code.slice(0, 9)} and community_code = ${code} order by code`,
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
  return convexHull(
    corners.flatMap(({ west, south, east, north }) => [
      [west, south],
      [west, north],
      [east, south],
      [east, north],
    ]),
  )
}
