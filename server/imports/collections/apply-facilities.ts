import type { Transaction } from '../../store/connect.ts'
import type { Applied, Tell } from './appliers.ts'
import type { ApplyPlan } from '../plan.ts'
import { reasons } from '../check/reasons.ts'
import { assigned, differ, type Sources, statedColumns } from '../apply/stated.ts'

const sources: Sources = {
  community_code: null,
  grid_code: null,
  building_code: ['buildingCode'],
  kind: ['kind'],
  name: ['name'],
  address: ['address'],
  phone: ['phone'],
  status: ['status'],
  position: null,
  source_crs: null,
  source_x: null,
  source_y: null,
}

/** Merges the staged facilities into the table. */
export async function applyFacilities(transaction: Transaction, plan: ApplyPlan, tell: Tell): Promise<Applied> {
  const foreign = await transaction<{ ordinal: number }[]>`
    delete from import_row r using facility f
    where f.street_code = r.street_code and f.id = r.id and not starts_with(f.source, 'import:')
    returning r.ordinal`
  await tell.refuse(new Map(foreign.map(({ ordinal }) => [ordinal, reasons.belongsElsewhere])))
  const [before] = await transaction<{ known: number }[]>`
    select count(*) as known from import_row r join facility f on f.street_code = r.street_code and f.id = r.id`
  const { known = 0 } = before ?? {}
  const columns = statedColumns(sources, plan.stated)
  await transaction`
    insert into import_before (street_code, batch, collection, key, area_code, before, version)
    select f.street_code, ${plan.batch}, 'facility', f.id, coalesce(f.grid_code, f.community_code, f.street_code),
      to_jsonb(f), f.version + 1
    from facility f join import_row r using (street_code, id)
    where ${differ(transaction, columns, 'r', 'f')}`
  const others = await transaction<{ source: string; facilities: number }[]>`
    select f.source, count(*) as facilities
    from facility f join import_before o on o.street_code = f.street_code and o.key = f.id
    where o.batch = ${plan.batch} and o.collection = 'facility' and f.source <> ${plan.source}
    group by f.source order by count(*) desc, f.source limit 5`
  for (const other of others) tell.note(reasons.ofAnotherSource(other.source), other.facilities)
  const updated = await transaction`
    update facility f
    set ${assigned(transaction, columns, 'r')}, version = f.version + 1, updated_at = now()
    from import_row r, import_before o
    where f.street_code = r.street_code and f.id = r.id and o.street_code = r.street_code and o.batch = ${plan.batch}
      and o.collection = 'facility' and o.key = r.id`
  const inserted = await transaction`
    insert into facility (street_code, id, community_code, grid_code, building_code, kind, name, address, phone, status,
      position, source_crs, source_x, source_y, source, source_id, import_batch)
    select street_code, id, community_code, grid_code, building_code, kind, name, address, phone, status, position,
      source_crs, source_x, source_y, ${plan.source}, id, ${plan.batch}
    from import_row
    on conflict (street_code, id) do nothing`
  return {
    inserted: inserted.count,
    updated: updated.count,
    unchanged: known - updated.count,
    touched: inserted.count + updated.count > 0 ? ['facilities'] : [],
  }
}
