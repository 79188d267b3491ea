import { Gazetteer } from '@minqing/data/addresses/gazetteer'
import type { KnownBuilding, KnownPlace, NamedArea } from '@minqing/data/addresses/known-street'
import type { Fragment } from '../../store/conditions.ts'
import type { Transaction } from '../../store/connect.ts'
import { housesOnRoads, type HouseNumber, type NamedRoad } from './houses-on-roads.ts'

/**
 * What addresses are looked up in, of one street: its areas, buildings, facilities, and what the base map names. A
 * street has some thousand buildings (4 MB); those of a city never stand in memory together.
 *
 * @param among the buildings to look addresses up among; all of the street where it is undefined
 */
export async function readGazetteer(
  transaction: Transaction,
  street: string,
  among?: readonly KnownBuilding[],
): Promise<Gazetteer> {
  // An area of which nothing is known that has a position is at (0, 0).
  const isSomewhere = (center: Fragment) => transaction`not ${center} ~= point(0, 0)`
  const areas = await transaction<NamedArea[]>`
    select code, level, name, center[0] as lon, center[1] as lat from area
    where street_code = ${street} and ${isSomewhere(transaction`center`)} order by length(code), code`
  const buildings = among ?? (await readBuildings(transaction, street, isSomewhere))
  // What stands within a household is no landmark.
  const facilities = await transaction<KnownPlace[]>`
    select 'building' as level, name, position[0] as lon, position[1] as lat, community_code, grid_code, building_code
    from facility
    where street_code = ${street} and kind <> 'smoke_detector' and name <> '' and position_source = 'measured'
    order by id`
  const named = await transaction<KnownPlace[]>`
    select 'estate' as level, name, (center(extent))[0] as lon, (center(extent))[1] as lat, null as community_code,
      null as grid_code, null as building_code
    from base_feature where street_code = ${street} and layer in ('land', 'green', 'place') and name ~ '[^\\d-]{3}'
    order by id`
  const roads = await transaction<NamedRoad[]>`
    select name, geometry from base_feature where street_code = ${street} and layer = 'road' and name <> '' order by id`
  const numbers = await transaction<HouseNumber[]>`
    select name, (center(extent))[0] as lon, (center(extent))[1] as lat from base_feature
    where street_code = ${street} and kind = 'house_number' and name <> '' order by id`
  return new Gazetteer({
    areas,
    buildings,
    places: [...facilities, ...named],
    roads: [...new Set(roads.map(({ name }) => name))],
    houses: housesOnRoads(numbers, roads),
  })
}

/** One without a place of its own stands for the area that it lies in. */
async function readBuildings(
  transaction: Transaction,
  street: string,
  isSomewhere: (center: Fragment) => Fragment,
): Promise<KnownBuilding[]> {
  return transaction<KnownBuilding[]>`
    select b.code, b.community_code, b.grid_code, b.name, b.address, b.estate, b.units, b.floors,
      (coalesce(b.center, g.center, c.center))[0] as lon, (coalesce(b.center, g.center, c.center))[1] as lat,
      case when b.center is not null then b.position_source when g.center is not null then 'address-grid'
        else 'address-community' end as position_source
    from building b left join area g on g.code = b.grid_code left join area c on c.code = b.community_code and ${isSomewhere(transaction`c.center`)}
    where b.street_code = ${street} and coalesce(b.center, g.center, c.center) is not null
    order by b.code`
}
