import type { Transaction } from '../../store/connect.ts'

/** What lies in areas that are to go. */
export type Occupants = { areas: number; buildings: number; incidents: number; facilities: number; people: number }

/** Areas that an import had brought, and that others use now. */
export async function findOccupants(
  transaction: Transaction,
  batch: number,
  streets: readonly string[],
): Promise<Occupants> {
  const inStreets = transaction`street_code = any(${[...streets]}::text[])`
  const going = transaction`
    select code from area where ${inStreets} and import_batch = ${batch} and source <> 'derived'`
  const [found] = await transaction<Occupants[]>`
    with going as materialized (${going})
    select
      (select count(*) from area where parent_code in (select code from going) and import_batch is distinct from ${batch})
        as areas,
      (select count(*) from building where ${inStreets}
        and (grid_code in (select code from going) or community_code in (select code from going))) as buildings,
      (select count(*) from incident where ${inStreets}
        and (grid_code in (select code from going) or community_code in (select code from going))) as incidents,
      (select count(*) from facility where ${inStreets}
        and (grid_code in (select code from going) or community_code in (select code from going))) as facilities,
      (select count(*) from household where ${inStreets} and grid_code in (select code from going))
        + (select count(*) from staff where ${inStreets} and area_code in (select code from going)) as people`
  return found ?? { areas: 0, buildings: 0, incidents: 0, facilities: 0, people: 0 }
}

/**
 * Takes away the areas that an import had brought, from the smallest up. One that was only derived stays while
 * there is something to draw it around. Returns how many are gone.
 */
export async function removeAreas(
  transaction: Transaction,
  batch: number,
  streets: readonly string[],
): Promise<number> {
  const inStreets = transaction`street_code = any(${[...streets]}::text[])`
  let removed = 0
  for (const level of ['grid', 'community', 'street']) {
    const gone = await transaction`
      delete from area a
      where ${inStreets} and import_batch = ${batch} and level = ${level} and (source <> 'derived' or not (
        exists (select from area c where c.parent_code = a.code)
        or exists (select from building b where b.street_code = a.street_code and starts_with(b.code, a.code))
      ))`
    removed += gone.count
  }
  await transaction`update area set import_batch = null where ${inStreets} and import_batch = ${batch}`
  return removed
}
