import type { AreaLevel } from '@minqing/data/domain/area-code'
import type { Label } from '@minqing/data/domain/label'
import type { Transaction } from '../../store/connect.ts'
import { assignGrids } from '../apply/assign-grids.ts'
import { createMissing, refreshDerived } from '../apply/derived-areas.ts'
import { assigned, differ, insertRows, storeBefore } from '../apply/merge-rows.ts'
import { reasons } from '../check/reasons.ts'
import type { ApplyPlan } from '../plan.ts'
import { mergeContacts } from './area-contacts.ts'
import { givenColumns, type Applied, type Collection, type Merge } from './collection.ts'
import { numberAreas } from './number-areas.ts'

/** Merges the staged areas: numbers those without a code, makes missing parents, then street, community and grid. */
export const mergeAreas: Merge = async (transaction, collection, plan, reporter) => {
  await numberAreas(transaction, plan.source)
  const undrawn = await keepBoundaries(transaction)
  await reporter.refuse(await refuseForeign(transaction))
  const missing = await transaction<{ parentCode: string }[]>`
    select distinct parent_code from import_row r
    where parent_code is not null and not exists (select 1 from area a where a.code = r.parent_code)
      and not exists (select from import_row p where p.code = r.parent_code)`
  const names = await communityNames(transaction)
  const streets = await transaction<{ code: string }[]>`select distinct left(code, 9) as code from import_row`
  const counts = { inserted: 0, updated: 0, unchanged: 0 }
  // Parents before children: a missing community may hang on a street that this file brings.
  await mergeLevel(transaction, collection, plan, 'street', counts)
  const hasNewStreets = await createMissing(
    transaction,
    plan,
    missing.filter(({ parentCode }) => parentCode.length === 9).map(({ parentCode }) => parentCode),
  )
  await mergeLevel(transaction, collection, plan, 'community', counts)
  const hasNewCommunities = await createMissing(
    transaction,
    plan,
    missing.map(({ parentCode }) => parentCode),
    { names },
  )
  await mergeLevel(transaction, collection, plan, 'grid', counts)
  // They go on following what lies inside.
  await transaction`update area set source = 'derived' where code = any(${undrawn}::text[])`
  const hasChanged = counts.inserted + counts.updated > 0
  const touched: Applied['touched'] = hasChanged || hasNewStreets || hasNewCommunities ? ['areas'] : []
  if (hasChanged) {
    const codes = streets.map(({ code }) => code)
    await refreshDerived(transaction, codes)
    touched.push(...(await assignGrids(transaction, codes, plan.batch)))
  }
  return { ...counts, touched }
}

/** What the file calls the communities that its grids lie in. */
async function communityNames(transaction: Transaction): Promise<Map<string, string>> {
  const rows = await transaction<{ code: string; name: string }[]>`
    select distinct on (parent_code) parent_code as code, parent_name as name from import_row
    where level = 'grid' and parent_name is not null order by parent_code, ordinal`
  return new Map(rows.map(({ code, name }) => [code, name]))
}

/** A row without a boundary leaves the one that is there. Gives the codes of those that nobody has drawn. */
async function keepBoundaries(transaction: Transaction): Promise<string[]> {
  const derived = await transaction<{ code: string }[]>`
    select code from import_row r join area a using (code) where r.geometry is null and a.source = 'derived'`
  await transaction`
    update import_row r set geometry = a.geometry, extent = a.extent, center = a.center, area_m2 = a.area_m2
    from area a where a.code = r.code and r.geometry is null`
  return derived.map(({ code }) => code)
}

/** Areas that were drawn here or belong to the demo keep what they are. */
async function refuseForeign(transaction: Transaction): Promise<Map<number, Label>> {
  const rows = await transaction<{ ordinal: number }[]>`
    delete from import_row r using area a
    where a.code = r.code and a.source <> 'derived' and not starts_with(a.source, 'import:')
    returning r.ordinal`
  return new Map(rows.map(({ ordinal }) => [ordinal, reasons.belongsElsewhere]))
}

async function mergeLevel(
  transaction: Transaction,
  collection: Collection,
  plan: ApplyPlan,
  level: AreaLevel,
  counts: { inserted: number; updated: number; unchanged: number },
): Promise<void> {
  const [before] = await transaction<{ known: number }[]>`
    select count(*) as known from import_row r join area a using (code) where r.level = ${level}`
  const { known = 0 } = before ?? {}
  const columns = givenColumns(collection.columns, plan.given)
  const contacts = contactColumns.filter(([, field]) => plan.given.has(field)).map(([column]) => column)
  await storeBefore(transaction, collection, plan, {
    rows: transaction`
      area_with_contacts t join import_row r using (code)
      where r.level = ${level} and ${differ(transaction, [...columns, ...contacts])}`,
  })
  const street = { street_code: transaction`left(r.code, 9)` }
  // As an insert that meets what is there: a table that every machine has cannot be updated from one that one of them has.
  const updated = await insertRows(transaction, collection, plan, {
    rows: transaction`
      import_row r join import_before o on o.street_code = left(r.code, 9) and o.key = r.code
      where r.level = ${level} and o.batch = ${plan.batch} and o.collection = 'area'`,
    values: street,
    conflict: transaction`
      on conflict (code) do update set ${assigned(transaction, columns, 'excluded')},
        area_m2 = excluded.area_m2, extent = excluded.extent, center = excluded.center,
        source = case when area.source = 'derived' then excluded.source else area.source end,
        source_id = coalesce(area.source_id, excluded.source_id), version = area.version + 1, updated_at = now()`,
  })
  counts.inserted += await insertRows(transaction, collection, plan, {
    rows: transaction`import_row r where r.level = ${level}`,
    values: { ...street, name: transaction`case when r.name = '' then r.code else r.name end` },
    conflict: transaction`on conflict (code) do nothing`,
  })
  await mergeContacts(transaction, level, plan.given)
  counts.updated += updated
  counts.unchanged += known - updated
}

/** Staged columns that are stored in `staff`, with their fields. */
const contactColumns = [
  ['leader', 'leader'],
  ['leader_phone', 'leaderPhone'],
  ['worker', 'worker'],
  ['worker_phone', 'workerPhone'],
] as const
