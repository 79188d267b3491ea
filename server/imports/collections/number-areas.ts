import type { AreaLevel } from '@minqing/data/domain/area-code'
import { FileProblem } from '@minqing/data/formats/file-problem'
import type { Transaction } from '../../store/connect.ts'
import { areaStem } from '@minqing/data/addresses/area-names'

type Uncoded = {
  ordinal: number
  level: string
  parentCode: string
  name: string
  sourceId: string | null
  lon: number
  lat: number
  height: number
}

/**
 * Gives every staged area without a code one, communities before grids: a grid may name a community that has no code
 * yet, or that nobody has imported, which then gets the next number of its street.
 *
 * @throws FileProblem where a parent has no number left
 */
export async function numberAreas(transaction: Transaction, source: string): Promise<void> {
  await numberLevel(transaction, source, 'community')
  await findCommunities(transaction)
  await numberLevel(transaction, source, 'grid')
}

/** Replaces a street by the community of the name that a staged grid gives, as the parent of that grid. */
async function findCommunities(transaction: Transaction): Promise<void> {
  const wanted = await transaction<{ street: string; name: string }[]>`
    select parent_code as street, parent_name as name from import_row
    where level = 'grid' and length(parent_code) = 9 group by 1, 2 order by min(ordinal)`
  if (wanted.length === 0) return
  const streets = [...new Set(wanted.map(({ street }) => street))]
  const known = await transaction<{ code: string; name: string }[]>`
    select code, name from area where level = 'community' and street_code = any(${streets}::text[])
    union all select code, name from import_row where level = 'community'
    union all select distinct coalesce(left(code, 12), parent_code), coalesce(parent_name, '') from import_row
    where level = 'grid' and (code is not null or length(parent_code) = 12)`
  const used = new Set(known.map(({ code }) => code))
  const communities = wanted.map(({ street, name }) => {
    const same = known.filter((one) => one.code.startsWith(street) && areaStem(one.name) === areaStem(name))
    const code = (same.find((one) => one.name === name) ?? same[0])?.code ?? nextCode(street, used)
    known.push({ code, name })
    return { street, name, code }
  })
  await transaction`
    update import_row r set parent_code = c.code
    from unnest(${communities.map(({ street }) => street)}::text[], ${communities.map(({ name }) => name)}::text[],
      ${communities.map(({ code }) => code)}::text[]) as c (street, name, code)
    where r.level = 'grid' and r.parent_code = c.street and r.parent_name = c.name`
}

/**
 * Gives every staged area of a level without a code one: the code it got when the same file was imported before, or that of the
 * area of the same name in the same place, else the next number in its community or street, west to east and north to
 * south.
 *
 * @throws FileProblem where a parent has no number left
 */
async function numberLevel(transaction: Transaction, source: string, level: AreaLevel): Promise<void> {
  const rows = await transaction<Uncoded[]>`
    select ordinal, level, parent_code, name, source_id, center[0] as lon, center[1] as lat, height(extent) as height
    from import_row where code is null and level = ${level} order by ordinal`
  if (rows.length === 0) return
  const existing = await transaction<
    { code: string; parentCode: string; name: string; own: boolean; sourceId: string | null }[]
  >`
    select code, parent_code, name, source = ${source} as own, source_id from area
    where parent_code in (select parent_code from import_row where code is null)`
  const taken = await transaction<{ code: string }[]>`
    select code from area where parent_code in (select parent_code from import_row where code is null)
    union select code from import_row where code is not null`
  const byId = new Map(
    existing.filter(({ own }) => own).map((area) => [`${area.parentCode} ${area.sourceId}`, area.code]),
  )
  const byName = Map.groupBy(existing, (area) => `${area.parentCode} ${area.name}`)
  const used = new Set(taken.map(({ code }) => code))
  const coded = await transaction<{ code: string }[]>`select code from import_row where code is not null`
  const given = new Set(coded.map(({ code }) => code))
  const codes = new Map<number, string>()
  const fresh: Uncoded[] = []
  for (const row of rows) {
    const known =
      (row.sourceId === null ? undefined : byId.get(`${row.parentCode} ${row.sourceId}`)) ??
      (row.name === ''
        ? undefined
        : byName.get(`${row.parentCode} ${row.name}`)?.find(({ code }) => !given.has(code))?.code)
    // Two areas of one name are two areas: a code goes to one row alone.
    if (known === undefined || given.has(known)) fresh.push(row)
    else {
      codes.set(row.ordinal, known)
      given.add(known)
    }
  }
  for (const row of readingOrder(fresh)) codes.set(row.ordinal, nextCode(row.parentCode, used))
  await transaction`
    update import_row r set code = c.code,
      name = case when r.name <> '' then r.name else '第' || (right(c.code, 3)::integer)::text
        || case r.level when 'grid' then '网格' else '社区' end end
    from unnest(${[...codes.keys()]}::integer[], ${[...codes.values()]}::text[]) as c (ordinal, code)
    where r.ordinal = c.ordinal`
}

/**
 * From north to south in rows, each read from west to east. A row goes on as long as the middles lie within half the
 * height of a middling area below its first one.
 */
function readingOrder(areas: readonly Uncoded[]): Uncoded[] {
  const heights = areas.map(({ height }) => height).toSorted((left, right) => left - right)
  const half = (heights[Math.floor(heights.length / 2)] ?? 0) / 2
  const rows: Uncoded[][] = []
  for (const area of areas.toSorted((left, right) => right.lat - left.lat || left.ordinal - right.ordinal)) {
    const row = rows.at(-1)
    if (row?.[0] !== undefined && row[0].lat - area.lat <= half) row.push(area)
    else rows.push([area])
  }
  return rows.flatMap((row) => row.toSorted((left, right) => left.lon - right.lon || left.ordinal - right.ordinal))
}

function nextCode(parent: string, used: Set<string>): string {
  for (let number = 1; number <= 999; number++) {
    const code = `${parent}${String(number).padStart(3, '0')}`
    if (used.has(code)) continue
    used.add(code)
    return code
  }
  throw new FileProblem(
    `${parent} 下的区域编号最大为 999，已经用完。请检查所属的街道或社区，或在文件中写明编码`,
    `${parent} has all of its 999 area numbers in use. Check which sub-district or community the areas belong to, or give their codes in the file`,
  )
}
