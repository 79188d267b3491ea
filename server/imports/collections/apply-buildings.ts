import type { Label } from '@minqing/data/domain/label'
import { FileProblem } from '@minqing/data/formats/file-problem'
import type { Transaction } from '../../store/connect.ts'
import { createMissing, refreshDerived } from '../apply/derived-areas.ts'
import type { Applied, Tell } from './appliers.ts'
import { mergePieces } from './merge-pieces.ts'
import type { ApplyPlan } from '../plan.ts'
import { reasons } from '../check/reasons.ts'
import { assigned, differ, type Sources, statedColumns } from '../apply/stated.ts'

const sources: Sources = {
  grid_code: null,
  name: ['name'],
  // A number alone is not the one of the road that is known.
  address: ['address', 'addressStreet'],
  estate: ['estate'],
  floors: ['floors'],
  height: ['height'],
  units: ['units'],
  built_year: ['builtYear'],
  structure: ['structure'],
  use: ['use'],
  households: ['households'],
  residents: ['residents'],
  geometry: null,
  std_address_code: ['stdAddressCode'],
}

/** Merges the staged buildings: pieces into one, those already known by their codes, new ones numbered. */
export async function applyBuildings(transaction: Transaction, plan: ApplyPlan, tell: Tell): Promise<Applied> {
  const { refused, merged } = await mergePieces(transaction, tell.note)
  await transaction`analyze import_row`
  await fetchKnown(transaction)
  await findKnown(transaction, plan.source)
  await tell.refuse(new Map([...refused, ...(await refuseForeign(transaction))]))
  await numberNew(transaction)
  const communities = await transaction<{ code: string }[]>`
    select distinct community_code as code from import_row r
    where not exists (select 1 from area a where a.code = r.community_code)`
  const areasBesides = await createMissing(
    transaction,
    plan,
    communities.map(({ code }) => code),
  )
  const counts = await merge(transaction, plan)
  const touched: Applied['touched'] = []
  if (counts.inserted + counts.updated > 0) {
    touched.push('buildings')
    const streets = await transaction<{ code: string }[]>`select distinct street_code as code from import_row`
    const codes = streets.map(({ code }) => code)
    if ((await refreshDerived(transaction, codes)) || areasBesides) touched.push('areas')
  } else if (areasBesides) touched.push('areas')
  return { ...counts, merged, touched }
}

/**
 * Brings what there is in the streets of the file beside the staged rows: a distributed database refuses to change rows
 * that it does not distribute from a query over both kinds.
 */
async function fetchKnown(transaction: Transaction): Promise<void> {
  const streets = await transaction<{ code: string }[]>`select distinct street_code as code from import_row`
  await transaction`
    create temp table import_known on commit drop as
    select street_code, code, community_code, source, source_id, md5(geometry) as outline
    from building where street_code = any(${streets.map(({ code }) => code)}::text[])`
  await transaction`analyze import_known`
}

/**
 * The code that a staged building has had since an earlier import: by the source's id, else by the same footprint. Of
 * several with one footprint each takes a code of its own; a code that another row of the file has is nobody else's.
 */
async function findKnown(transaction: Transaction, source: string): Promise<void> {
  await transaction`
    update import_row r set code = k.code, community_code = k.community_code from import_known k
    where r.code is null and k.street_code = r.street_code and k.source = ${source} and k.source_id = r.source_id
      and not exists (select from import_row o where o.code = k.code)`
  await transaction`
    update import_row r set code = k.code, community_code = k.community_code
    from (
      select ordinal, street_code, md5(geometry) as outline,
        row_number() over (partition by street_code, md5(geometry) order by ordinal) as place
      from import_row where code is null
    ) s
    join (
      select street_code, outline, code, community_code,
        row_number() over (partition by street_code, outline order by code) as place
      from import_known n
      where starts_with(source, 'import:') and not exists (select from import_row o where o.code = n.code)
    ) k using (street_code, outline, place)
    where r.ordinal = s.ordinal`
}

/** Buildings that were drawn here or belong to the demo keep what they are. */
async function refuseForeign(transaction: Transaction): Promise<Map<number, Label>> {
  const rows = await transaction<{ ordinal: number }[]>`
    delete from import_row r using import_known k
    where k.street_code = r.street_code and k.code = r.code and not starts_with(k.source, 'import:')
    returning r.ordinal`
  return new Map(rows.map(({ ordinal }) => [ordinal, reasons.belongsElsewhere]))
}

/** A building's number in its community has five digits. */
const highestNumber = 99_999

/**
 * The next numbers of each community, in the order of the file.
 *
 * @throws FileProblem where a community has fewer numbers left than buildings that need one
 */
async function numberNew(transaction: Transaction): Promise<void> {
  const taken = transaction`
    select left(code, 12) as community_code, max(right(code, 5)::integer) as last
    from (select code from import_known union all select code from import_row where code is not null) c group by 1`
  const [full] = await transaction<{ community: string; last: number; wanted: number }[]>`
    select r.community_code as community, coalesce(max(t.last), 0) as last, count(*) as wanted
    from import_row r left join (${taken}) t using (community_code)
    where r.code is null group by r.community_code
    having coalesce(max(t.last), 0) + count(*) > ${highestNumber} order by r.community_code limit 1`
  if (full !== undefined) throw tooManyBuildings(full)
  await transaction`
    update import_row r set code = n.community_code || lpad((n.last + n.place)::text, 5, '0')
    from (
      select r.ordinal, r.community_code, row_number() over (partition by r.community_code order by r.ordinal) as place,
        coalesce(t.last, 0) as last
      from import_row r left join (${taken}) t using (community_code)
      where r.code is null
    ) n
    where n.ordinal = r.ordinal`
}

function tooManyBuildings({ community, last, wanted }: { community: string; last: number; wanted: number }) {
  return new FileProblem(
    `社区 ${community} 的楼栋编号最大为 ${highestNumber}，已用到 ${last}，无法再为 ${wanted} 栋楼编号。请先导入社区和网格，让楼栋归入各自的社区；或在文件中写明楼栋编码`,
    `Community ${community} numbers its buildings up to ${highestNumber} and is at ${last}: ${wanted} more cannot be numbered. Import its communities and grids first, so that the buildings are spread over them, or give the building codes in the file`,
  )
}

async function merge(transaction: Transaction, { source, batch, stated }: ApplyPlan) {
  const [before] = await transaction<{ known: number }[]>`
    select count(*) as known
    from import_row r join building b on b.street_code = r.street_code and b.code = r.code`
  const { known = 0 } = before ?? {}
  const columns = statedColumns(sources, stated)
  await transaction`
    insert into import_before (street_code, batch, collection, key, area_code, before, version)
    select b.street_code, ${batch}, 'building', b.code, coalesce(b.grid_code, b.community_code), to_jsonb(b), b.version + 1
    from building b join import_row r using (street_code, code)
    where ${differ(transaction, columns, 'r', 'b')}`
  const updated = await transaction`
    update building b
    set ${assigned(transaction, columns, 'r')}, community_code = r.community_code, extent = r.extent,
      center = r.center, source_id = coalesce(b.source_id, r.source_id), version = b.version + 1, updated_at = now()
    from import_row r, import_before o
    where b.street_code = r.street_code and b.code = r.code and o.street_code = r.street_code and o.batch = ${batch}
      and o.collection = 'building' and o.key = r.code`
  const inserted = await transaction`
    insert into building (street_code, code, community_code, grid_code, name, address, estate, floors, height, units,
      built_year, structure, use, households, residents, geometry, extent, center, std_address_code, source, source_id,
      import_batch)
    select street_code, code, community_code, grid_code, name, address, estate, floors, height, units, built_year,
      structure, use, households, residents, geometry, extent, center, std_address_code, ${source}, source_id,
      ${batch}
    from import_row
    on conflict (street_code, code) do nothing`
  return { inserted: inserted.count, updated: updated.count, unchanged: known - updated.count }
}
