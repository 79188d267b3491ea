import type { Fragment } from '../../store/conditions.ts'
import { createMissing, refreshDerived } from '../apply/derived-areas.ts'
import { insertRows } from '../apply/merge-rows.ts'
import type { Applied, Merge } from './collection.ts'

/**
 * Makes the base map of this source what the file has: what is not in it any more goes, what is new comes, the rest is
 * left alone. A street that nobody has imported yet is drawn around it. Ground and green that have a name get a label
 * of their own, as far as no place of that name is there; labels are staged as row 0, for they are no rows of the file.
 */
export const mergeBase: Merge = async (transaction, collection, plan, reporter) => {
  await reporter.refuse(new Map())
  const { source, batch } = plan
  await transaction`
    insert into import_row (ordinal, line, street_code, id, layer, kind, name, rank, geometry, extent, center)
    select distinct on (street_code, name) 0, 0, street_code, id || '-name', 'place', kind, name, 5,
      json_build_object('type', 'Point', 'coordinates', json_build_array(center[0], center[1]))::text,
      box(center, center), center
    from import_row r
    where layer in ('land', 'green') and name <> ''
      and not exists (select from import_row p where p.layer = 'place' and p.name = r.name)
    order by street_code, name, area(extent) desc`
  await transaction`analyze import_row`
  const streets = await transaction<{ streetCode: string }[]>`
    select street_code from import_row union select street_code from base_feature where source = ${source}`
  const inStreets = transaction`b.street_code = any(${streets.map(({ streetCode }) => streetCode)}::text[])`
  await transaction`
    insert into import_before (street_code, batch, collection, key, area_code, before, version)
    select b.street_code, ${batch}, 'base_feature', b.id, b.street_code, to_jsonb(b), 0 from base_feature b
    where ${inStreets} and b.source = ${source}
      and not exists (select from import_row r where r.street_code = b.street_code and r.id = b.id)`
  const gone = await transaction`
    delete from base_feature b
    where ${inStreets} and b.source = ${source}
      and not exists (select from import_row r where r.street_code = b.street_code and r.id = b.id)`
  if (gone.count > 0) reporter.note(noLongerThere, gone.count)
  // What a shape is is its id: one that is there already is the same.
  const [known] = await transaction<{ count: number }[]>`
    select count(*) as count from import_row r join base_feature b using (street_code, id) where r.ordinal > 0`
  const insert = (rows: Fragment) =>
    insertRows(transaction, collection, plan, {
      rows: transaction`import_row r where ${rows}`,
      conflict: transaction`on conflict (street_code, id) do nothing`,
    })
  const inserted = await insert(transaction`r.ordinal > 0`)
  const labels = await insert(transaction`r.ordinal = 0`)
  const codes = streets.map(({ streetCode }) => streetCode)
  const hasNewAreas = await createMissing(transaction, plan, codes)
  const touched: Applied['touched'] = inserted + labels + gone.count > 0 ? ['base'] : []
  if ((await refreshDerived(transaction, codes)) || hasNewAreas) touched.push('areas')
  return { inserted, updated: 0, unchanged: known?.count ?? 0, touched }
}

const noLongerThere = {
  zh: '底图内容在文件中已不存在，已删除',
  en: 'shapes of this source that the file no longer has, removed',
}
