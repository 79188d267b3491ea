import type { AreaLevel } from '@minqing/data/domain/area-code'
import type { Label } from '@minqing/data/domain/label'
import type { Transaction } from '../../store/connect.ts'
import { createMissing, refreshDerived } from '../apply/derived-areas.ts'
import type { Applied, Tell } from './appliers.ts'
import { rehome } from '../apply/assign-grids.ts'
import { numberAreas } from './number-areas.ts'
import type { ApplyPlan } from '../plan.ts'
import { reasons } from '../check/reasons.ts'
import { mergeContacts } from './area-contacts.ts'
import { assigned, differ, type Sources, statedColumns } from '../apply/stated.ts'

const sources: Sources = {
  name: ['name'],
  grid_type: ['gridType'],
  households: ['households'],
  residents: ['residents'],
  geometry: null,
  std_code: ['stdCode'],
}

/** Columns of the view `area_with_contacts` that are stored in `staff`. */
const contactSources: Sources = {
  leader: ['leader'],
  leader_phone: ['leaderPhone'],
  worker: ['worker'],
  worker_phone: ['workerPhone'],
}

/** Merges the staged areas: numbers those without a code, makes missing parents, then street, community and grid. */
export async function applyAreas(transaction: Transaction, plan: ApplyPlan, tell: Tell): Promise<Applied> {
  await numberAreas(transaction, plan.source)
  await tell.refuse(await refuseForeign(transaction))
  const missing = await transaction<{ parentCode: string }[]>`
    select distinct parent_code from import_row r
    where parent_code is not null and not exists (select 1 from area a where a.code = r.parent_code)
      and not exists (select from import_row p where p.code = r.parent_code)`
  const streets = await transaction<{ code: string }[]>`select distinct left(code, 9) as code from import_row`
  const counts = { inserted: 0, updated: 0, unchanged: 0 }
  // Parents before children: a missing community may hang on a street that this file brings.
  await merge(transaction, plan, 'street', counts)
  const streetsBesides = await createMissing(
    transaction,
    plan,
    missing.filter(({ parentCode }) => parentCode.length === 9).map(({ parentCode }) => parentCode),
  )
  await merge(transaction, plan, 'community', counts)
  const communitiesBesides = await createMissing(
    transaction,
    plan,
    missing.map(({ parentCode }) => parentCode),
  )
  await merge(transaction, plan, 'grid', counts)
  const hasChanged = counts.inserted + counts.updated > 0
  const touched: Applied['touched'] = hasChanged || streetsBesides || communitiesBesides ? ['areas'] : []
  if (hasChanged) {
    const codes = streets.map(({ code }) => code)
    await refreshDerived(transaction, codes)
    touched.push(...(await rehome(transaction, codes, plan.batch)))
  }
  return { ...counts, touched }
}

/** Areas that were drawn here or belong to the demo keep what they are. */
async function refuseForeign(transaction: Transaction): Promise<Map<number, Label>> {
  const rows = await transaction<{ ordinal: number }[]>`
    delete from import_row r using area a
    where a.code = r.code and a.source <> 'derived' and not starts_with(a.source, 'import:')
    returning r.ordinal`
  return new Map(rows.map(({ ordinal }) => [ordinal, reasons.belongsElsewhere]))
}

async function merge(
  transaction: Transaction,
  { source, batch, stated }: ApplyPlan,
  level: AreaLevel,
  counts: { inserted: number; updated: number; unchanged: number },
): Promise<void> {
  const [before] = await transaction<{ known: number }[]>`
    select count(*) as known from import_row r join area a using (code) where r.level = ${level}`
  const { known = 0 } = before ?? {}
  const columns = statedColumns(sources, stated)
  const compared = [...columns, ...statedColumns(contactSources, stated)]
  await transaction`
    insert into import_before (street_code, batch, collection, key, area_code, before, version)
    select a.street_code, ${batch}, 'area', a.code, a.code, to_jsonb(a), a.version + 1
    from area_with_contacts a join import_row r using (code)
    where r.level = ${level} and ${differ(transaction, compared, 'r', 'a')}
    on conflict (street_code, batch, collection, key) do update set version = excluded.version`
  // As an insert that meets what is there: a table that every machine has cannot be updated from one that one of them has.
  const updated = await transaction`
    insert into area (code, level, parent_code, street_code, name, grid_type, households, residents, area_m2, geometry,
      extent, center, std_code, source, source_id, updated_at)
    select r.code, r.level, r.parent_code, left(r.code, 9), r.name, r.grid_type, r.households, r.residents, r.area_m2,
      r.geometry, r.extent, r.center, r.std_code, ${source}, r.source_id, now()
    from import_row r join import_before o on o.street_code = left(r.code, 9) and o.key = r.code
    where r.level = ${level} and o.batch = ${batch} and o.collection = 'area'
    on conflict (code) do update set ${assigned(transaction, columns, 'excluded')},
      area_m2 = excluded.area_m2, extent = excluded.extent, center = excluded.center,
      source = case when area.source = 'derived' then excluded.source else area.source end,
      source_id = coalesce(area.source_id, excluded.source_id), version = area.version + 1,
      updated_at = excluded.updated_at`
  const inserted = await transaction`
    insert into area (code, level, parent_code, street_code, name, grid_type, households, residents, area_m2, geometry,
      extent, center, std_code, source, source_id, import_batch)
    select code, level, parent_code, left(code, 9), case when name = '' then code else name end, grid_type, households,
      residents, area_m2, geometry, extent, center, std_code, ${source}, source_id, ${batch}
    from import_row where level = ${level}
    on conflict (code) do nothing`
  await mergeContacts(transaction, level, stated)
  counts.inserted += inserted.count
  counts.updated += updated.count
  counts.unchanged += known - updated.count
}
