import type { Transaction } from '../store/connect.ts'
import type { Applied } from './appliers.ts'
import type { ImportPlan } from './plan.ts'
import { reasons } from './reasons.ts'

/** Merges the staged facilities into the table. */
export async function applyFacilities(transaction: Transaction, plan: ImportPlan): Promise<Applied> {
  const foreign = await transaction<{ ordinal: number }[]>`
    delete from import_row r using facility f
    where f.street_code = r.street_code and f.id = r.id and not starts_with(f.source, 'import:')
    returning r.ordinal`
  const refused = new Map(foreign.map(({ ordinal }) => [ordinal, reasons.belongsElsewhere]))
  const [before] = await transaction<{ staged: number; known: number }[]>`
    select count(*) as staged, count(f.id) as known
    from import_row r left join facility f on f.street_code = r.street_code and f.id = r.id`
  const { staged = 0, known = 0 } = before ?? {}
  const updated = await transaction`
    update facility f
    set community_code = r.community_code, grid_code = r.grid_code, building_code = r.building_code, kind = r.kind,
      name = r.name, address = r.address, phone = r.phone, status = r.status, position = r.position,
      source_crs = r.source_crs, source_x = r.source_x, source_y = r.source_y, version = f.version + 1,
      updated_at = now()
    from import_row r
    where f.street_code = r.street_code and f.id = r.id and
      (r.community_code, r.grid_code, r.building_code, r.kind, r.name, r.address, r.phone, r.status, r.position[0],
       r.position[1], r.source_crs, r.source_x, r.source_y) is distinct from
      (f.community_code, f.grid_code, f.building_code, f.kind, f.name, f.address, f.phone, f.status, f.position[0],
       f.position[1], f.source_crs, f.source_x, f.source_y)`
  await transaction`
    insert into facility (street_code, id, community_code, grid_code, building_code, kind, name, address, phone, status,
      position, source_crs, source_x, source_y, source, source_id)
    select street_code, id, community_code, grid_code, building_code, kind, name, address, phone, status, position,
      source_crs, source_x, source_y, ${plan.source}, id
    from import_row
    on conflict (street_code, id) do nothing`
  return {
    inserted: staged - known,
    updated: updated.count,
    unchanged: known - updated.count,
    refused,
    touched: ['facilities'],
  }
}
