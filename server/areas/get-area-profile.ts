import { parentOf, pathOf, streetOf } from '@minqing/data/domain/area-code'
import { homeTimeZone } from '@minqing/data/domain/instant'
import { ProblemError } from '@minqing/data/domain/problem'
import { ageBands } from '@minqing/data/domain/resident'
import type { AreaProfile } from '@minqing/data/domain/summary'
import { corners } from '../store/geometry.ts'
import type { Transaction } from '../store/connect.ts'

/**
 * What the drill-down panel shows of a place, incidents aside. Ages are those of the day of `now` at home.
 *
 * @throws ProblemError `not_found`
 */
export async function getAreaProfile(transaction: Transaction, code: string, now: Date): Promise<AreaProfile> {
  const [found, path, children, declared, recorded, byUse, facilities, staff] = await Promise.all([
    readArea(transaction, code),
    transaction<AreaProfile['path']>`
      select code, level, name, ${corners(transaction, 'extent')} as bbox
      from area where code in ${transaction(pathOf(code))} order by length(code)`,
    transaction<AreaProfile['children']>`
      select code, level, name, ${corners(transaction, 'extent')} as bbox
      from area where parent_code = ${code} order by code`,
    countHouseholds(transaction, code),
    countResidents(transaction, code, now),
    transaction<AreaProfile['buildings']['byUse']>`
      select use, count(*) as count from building
      where street_code = ${streetOf(code)} and starts_with(coalesce(grid_code, community_code), ${code})
      group by use order by count(*) desc, use`,
    transaction<AreaProfile['facilities']>`
      select kind, count(*) as count from facility
      where street_code = ${streetOf(code)} and starts_with(coalesce(grid_code, community_code, street_code), ${code})
      group by kind order by kind`,
    // Those of the area itself and of everything below it, the nearest first.
    transaction<AreaProfile['staff']>`
      select role, name, work_phone, area_code from staff
      where street_code = ${streetOf(code)} and starts_with(area_code, ${code})
      order by length(area_code), area_code, role, id limit 200`,
  ])
  if (found === undefined) throw noSuchArea(code)
  const { bbox, ...area } = found
  return {
    area,
    bbox,
    path: [...path],
    children: [...children],
    // Without residents on record: the numbers declared for the area; ages are then unknown.
    population: {
      ...recorded,
      households: declared.recorded > 0 ? declared.recorded : (declared.households ?? 0),
      residents: recorded.residents > 0 ? recorded.residents : (declared.residents ?? 0),
    },
    buildings: { count: byUse.reduce((sum, { count }) => sum + count, 0), byUse: [...byUse] },
    facilities: [...facilities],
    staff: [...staff],
  }
}

async function readArea(transaction: Transaction, code: string) {
  const [area] = await transaction<(AreaProfile['area'] & { bbox: AreaProfile['bbox'] })[]>`
    select code, level, parent_code, street_code, name, grid_type, households, residents, leader, leader_phone, worker,
      worker_phone, area_m2, json_build_object('lon', center[0], 'lat', center[1]) as center, source,
      ${corners(transaction, 'extent')} as bbox
    from area_with_contacts where code = ${code}`
  return area
}

type Declared = { recorded: number; households: number | null; residents: number | null }

/** Households on record, and what the area, or else the grids in it, are declared to have. */
async function countHouseholds(transaction: Transaction, code: string): Promise<Declared> {
  const [row] = await transaction<[Declared]>`
    select h.recorded, coalesce(own.households, below.households) as households,
      coalesce(own.residents, below.residents) as residents
    from (
      select count(*) as recorded from household where street_code = ${streetOf(code)} and starts_with(grid_code, ${code})
    ) h
    left join area own on own.code = ${code}
    cross join (
      select sum(households) as households, sum(residents) as residents
      from area where level = 'grid' and starts_with(code, ${code})
    ) below`
  return row
}

type Band = AreaProfile['population']['byAge'][number]

/** Residents by age band and sex (GB/T 2261.1: 1 male, 2 female), as index resident_counted finds them. */
async function countResidents(transaction: Transaction, code: string, now: Date) {
  const rows = await transaction<{ edge: number; sex: string; residents: number; alone: number }[]>`
    select width_bucket(extract(year from age((${now}::timestamptz at time zone ${homeTimeZone})::date, birth_date))::integer, ${ageBands.map((band) => band.from)}::int[])
        as edge, sex, count(*) as residents, count(*) filter (where lives_alone) as alone
    from resident where street_code = ${streetOf(code)} and starts_with(grid_code, ${code})
    group by 1, 2`
  const byAge = ageBands.map(({ id }, index): Band => {
    const count = (...sexes: string[]) =>
      rows
        .filter((row) => row.edge === index + 1 && sexes.includes(row.sex))
        .reduce((sum, row) => sum + row.residents, 0)
    return { band: id, male: count('1'), female: count('2'), unknown: count('0', '9') }
  })
  return {
    residents: rows.reduce((sum, row) => sum + row.residents, 0),
    elderlyLivingAlone: rows.reduce((sum, row) => sum + row.alone, 0),
    byAge,
  }
}

function noSuchArea(code: string): ProblemError {
  const parent = parentOf(code)
  return new ProblemError(
    'not_found',
    { zh: `没有编码为 ${code} 的区域`, en: `There is no area ${code}` },
    {
      parameter: 'code',
      remedy:
        parent === null
          ? {
              zh: '请从 /api/collections/streets/items 选择街道',
              en: 'Choose a sub-district from /api/collections/streets/items',
            }
          : { zh: `请查看上级区域 ${parent}`, en: `See the area above it, ${parent}` },
    },
  )
}
