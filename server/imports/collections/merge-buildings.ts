import { FileProblem } from '@minqing/data/formats/file-problem'
import type { Transaction } from '../../store/connect.ts'
import { createMissing, refreshDerived } from '../apply/derived-areas.ts'
import { reasons } from '../check/reasons.ts'
import { mergeByKey, refuseForeign } from '../apply/merge-rows.ts'
import type { Applied, Merge } from './collection.ts'
import { lacksOutline, matchBuildings } from './match-buildings.ts'
import { mergeListed, mergePieces } from './merge-pieces.ts'
import { placeBuildings } from './place-buildings.ts'

/** Merges the staged buildings: pieces into one, those already known by their codes, new ones numbered. */
export const mergeBuildings: Merge = async (transaction, collection, plan, reporter) => {
  const { refused, merged: pieces } = await mergePieces(transaction, reporter.note)
  const merged = pieces + (await mergeListed(transaction, reporter.note))
  await transaction`analyze import_row`
  await fetchKnown(transaction)
  await identify(transaction, plan.source)
  await numberNew(transaction)
  // An address may have said the community, by which more is known again.
  if (await placeBuildings(transaction, reporter)) await identify(transaction, plan.source)
  for (const ordinal of await withoutCommunity(transaction)) refused.set(ordinal, reasons.noCommunity)
  await reporter.refuse(new Map([...refused, ...(await refuseForeign(transaction, collection))]))
  await numberNew(transaction)
  const communities = await transaction<{ code: string }[]>`
    select distinct community_code as code from import_row r
    where not exists (select 1 from area a where a.code = r.community_code)`
  const names = await transaction<{ code: string; name: string }[]>`
    select community_code as code, min(community_name) as name from import_row
    group by community_code having count(distinct community_name) = 1`
  const hasNewAreas = await createMissing(
    transaction,
    plan,
    communities.map(({ code }) => code),
    { names: new Map(names.map(({ code, name }) => [code, name])) },
  )
  const counts = await mergeByKey(transaction, collection, plan)
  const touched: Applied['touched'] = hasNewAreas ? ['areas'] : []
  if (counts.inserted + counts.updated > 0) {
    touched.push('buildings')
    const streets = await transaction<{ code: string }[]>`select distinct street_code as code from import_row`
    const codes = streets.map(({ code }) => code)
    if ((await refreshDerived(transaction, codes)) && !hasNewAreas) touched.push('areas')
  }
  return { ...counts, merged, touched }
}

/** Gives staged rows the codes of what is there, and leaves that where it was measured. */
async function identify(transaction: Transaction, source: string): Promise<void> {
  await findKnown(transaction, source)
  await matchBuildings(transaction)
  await keepOutlines(transaction)
}

/** Takes away what neither a column nor an address puts into a community; gives the ordinals. */
async function withoutCommunity(transaction: Transaction): Promise<number[]> {
  const rows = await transaction<{ ordinal: number }[]>`
    delete from import_row where community_code is null returning ordinal`
  return rows.map(({ ordinal }) => ordinal)
}

/**
 * Brings what there is in the streets of the file beside the staged rows: a distributed database refuses to change rows
 * that it does not distribute from a query over both kinds.
 */
async function fetchKnown(transaction: Transaction): Promise<void> {
  const streets = await transaction<{ code: string }[]>`select distinct street_code as code from import_row`
  await transaction`
    create temp table import_known on commit drop as
    select street_code, code, community_code, source, source_id, md5(geometry) as outline, name, address, estate, center,
      position_source, not ${lacksOutline(transaction, transaction`geometry`)} as has_outline
    from building where street_code = any(${streets.map(({ code }) => code)}::text[])`
  await transaction`analyze import_known`
}

/**
 * The code that a staged building has had since an earlier import: by the source's id, else by the same footprint. Of
 * several with one footprint each takes a code of its own; a code that another row of the file has is nobody else's.
 * Points of one place may be many buildings, as those placed at their estate are: they must have one name as well.
 */
async function findKnown(transaction: Transaction, source: string): Promise<void> {
  await transaction`
    update import_row r set code = k.code, community_code = k.community_code from import_known k
    where r.code is null and k.street_code = r.street_code and k.source = ${source} and k.source_id = r.source_id
      and not exists (select from import_row o where o.code = k.code)`
  const called = transaction`concat_ws('|', estate, name, address)`
  await transaction`
    update import_row r set code = k.code, community_code = k.community_code
    from (
      select ordinal, street_code, outline, called,
        row_number() over (partition by street_code, outline, called order by ordinal) as place
      from (
        select ordinal, street_code, md5(geometry) as outline,
          case when ${lacksOutline(transaction, transaction`geometry`)} then ${called} else '' end as called
        from import_row where code is null and geometry is not null
      ) staged
    ) s
    join (
      select street_code, outline, called, code, community_code,
        row_number() over (partition by street_code, outline, called order by code) as place
      from (
        select street_code, outline, code, community_code, case when has_outline then '' else ${called} end as called
        from import_known n
        where starts_with(source, 'import:') and not exists (select from import_row o where o.code = n.code)
      ) known
    ) k using (street_code, outline, called, place)
    where r.ordinal = s.ordinal`
}

/**
 * A row without an outline leaves a building where it was measured, and in its grid, and takes no outline away. What was
 * placed by its address is placed again.
 */
async function keepOutlines(transaction: Transaction): Promise<void> {
  await transaction`
    update import_row r
    set geometry = b.geometry, extent = b.extent, center = b.center, position = b.center,
      position_source = b.position_source, position_certainty = b.position_certainty, community_code = b.community_code,
      grid_code = coalesce(r.grid_code, b.grid_code)
    from building b
    where b.street_code = r.street_code and b.code = r.code and ${lacksOutline(transaction, transaction`r.geometry`)}
      and b.position_source = 'measured' and b.center is not null
      and (r.geometry is null or r.position_source <> 'measured' or not ${lacksOutline(transaction, transaction`b.geometry`)})`
}

/** A building's number in its community has five digits. */
const highestNumber = 99_999

/**
 * The next numbers of each community, in the order of the file; none where the community is not known yet.
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
    where r.code is null and r.community_code is not null group by r.community_code
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
