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
        + (select count(*) from staff where ${inStreets} and duty is null and area_code in (select code from going))
        as people`
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
  for (const [level, digits] of [
    ['grid', 15],
    ['community', 12],
    ['street', 9],
  ] as const) {
    // Found first, then deleted by code: a table that every machine has is changed by what is known of it alone.
    const going = await transaction<{ code: string }[]>`
      select code from area
      where ${inStreets} and import_batch = ${batch} and level = ${level} and (source <> 'derived' or (
        code not in (select parent_code from area where ${inStreets} and parent_code is not null)
        and code not in (select left(code, ${digits}) from building where ${inStreets})
        and code not in (select street_code from incident where ${inStreets})
        and code not in (select street_code from facility where ${inStreets})
      ))`
    const codes = going.map(({ code }) => code)
    await transaction`delete from staff where duty is not null and area_code = any(${codes}::text[])`
    const gone = await transaction`delete from area where code = any(${codes}::text[])`
    removed += gone.count
  }
  await transaction`update area set import_batch = null where ${inStreets} and import_batch = ${batch}`
  return removed
}
