import type { KnownBuilding } from '@minqing/data/addresses/known-street'
import type { Transaction } from '../../store/connect.ts'
import type { Reporter } from './collection.ts'

/** As exactly as a building is drawn: the middle of a grid or a community is no place of a building. */
const drawn = ['address-building', 'address-road', 'address-estate']

/**
 * Gives staged buildings that have no place that of their address: a point, until an outline or a measured position
 * comes. They are looked up among the buildings whose places are measured, of the street and of the file, so that the
 * same file finds the same places again. Those of the file have their codes, as far as their communities are known. Gives whether there were any without a place.
 */
export async function placeBuildings(transaction: Transaction, reporter: Reporter): Promise<boolean> {
  const [found] = await transaction<{ any: boolean }[]>`
    select exists (select from import_row where position is null and sought <> '') as any`
  if (found?.any === true)
    await reporter.place({ column: 'sought', buildings: (street) => measuredBuildings(transaction, street) })
  await transaction`
    update import_row
    set center = position, extent = box(position, position),
      geometry = '{"type":"Point","coordinates":[' || position[0] || ',' || position[1] || ']}'
    where center is null and position_source = any(${drawn}::text[])`
  // A row without a place leaves a building where it is, and in its grid.
  await transaction`
    update import_row r
    set geometry = b.geometry, extent = b.extent, center = b.center, position_source = b.position_source,
      position_certainty = b.position_certainty
    from building b
    where b.street_code = r.street_code and b.code = r.code and r.center is null and b.center is not null`
  await transaction`
    update import_row r set grid_code = b.grid_code
    from building b
    where b.street_code = r.street_code and b.code = r.code and r.grid_code is null
      and starts_with(b.grid_code, r.community_code)`
  await transaction`
    update import_row set position_source = 'measured', position_certainty = null where center is null`
  return found?.any === true
}

async function measuredBuildings(transaction: Transaction, street: string): Promise<KnownBuilding[]> {
  const staged = await transaction<KnownBuilding[]>`
    select code, community_code, grid_code, name, address, estate, units, floors,
      center[0] as lon, center[1] as lat, position_source
    from import_row
    where street_code = ${street} and center is not null and position_source = 'measured' and code is not null
    order by code`
  const known = await transaction<KnownBuilding[]>`
    select code, community_code, grid_code, name, address, estate, units, floors, center[0] as lon, center[1] as lat,
      position_source
    from building where street_code = ${street} and center is not null and position_source = 'measured'
    order by code`
  const inFile = new Set(staged.map(({ code }) => code))
  return [...known.filter(({ code }) => !inFile.has(code)), ...staged]
}
