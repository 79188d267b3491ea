import { streetOf } from '@minqing/data/domain/area-code'
import { ProblemError } from '@minqing/data/domain/problem'
import type { BoundingBox } from '@minqing/data/domain/position'
import type { WallCommunity, WallPicture } from '@minqing/data/domain/wall'
import { corners } from '../store/geometry.ts'
import { streetRank } from '../areas/street-rank.ts'
import type { Transaction } from '../store/connect.ts'

export type FoundArea = {
  street: NonNullable<WallPicture['street']>
  area: { code: string; name: string; bbox: BoundingBox }
}

/**
 * The area that the picture is about: the one asked for, or the street whose newest case is the newest of all, the
 * demo's where there is no other, or any street. Null in a database without streets.
 *
 * @throws ProblemError `not_found` when there is no such area.
 */
export async function findWallArea(transaction: Transaction, code: string | undefined): Promise<FoundArea | null> {
  const wanted = code ?? (await newestStreet(transaction))
  if (wanted === undefined) return null
  const [row] = await transaction<(FoundArea['area'] & { streetName: string; demo: boolean })[]>`
    select a.code, a.name, ${corners(transaction, 'a.extent')} as bbox, s.name as street_name, s.source = 'demo' as demo
    from area a join area s on s.code = ${streetOf(wanted)} where a.code = ${wanted}`
  if (row === undefined) {
    throw new ProblemError(
      'not_found',
      { zh: `没有编码为 ${wanted} 的街道或社区`, en: `There is no sub-district or community ${wanted}` },
      {
        parameter: 'area',
        remedy: {
          zh: '不带 area 打开大屏即显示最新数据所在的街道',
          en: 'Leave “area” out to see the sub-district with the newest data',
        },
      },
    )
  }
  const { streetName, demo, ...area } = row
  return { street: { code: streetOf(wanted), name: streetName, demo }, area }
}

async function newestStreet(transaction: Transaction): Promise<string | undefined> {
  const [row] = await transaction<{ code: string }[]>`
    select a.code from area a
    left join (select street_code, max(last_reported) as newest from incident_month group by street_code) m
      on m.street_code = a.code
    where a.level = 'street'
    order by ${streetRank(transaction, transaction`m.newest`)}, m.newest desc nulls last, a.code limit 1`
  return row?.code
}

type Inventory = Pick<WallPicture, 'inventory' | 'smokeDetectors'>

/** Communities, grids, grid workers and buildings of an area, and its smoke detectors by state. */
export async function countInventory(transaction: Transaction, area: string): Promise<Inventory> {
  const [[inventory], smokeDetectors] = await Promise.all([
    transaction<[WallPicture['inventory']]>`
      select count(*) filter (where level = 'community') as communities, count(*) filter (where level = 'grid') as grids,
        (select count(*) from building where street_code = ${streetOf(area)} and starts_with(community_code, ${area}))
          as buildings,
        count_grid_workers(${area}) as grid_workers
      from area where starts_with(code, ${area})`,
    transaction<WallPicture['smokeDetectors']>`
      select status, count(*) as count from facility
      where kind = 'smoke_detector' and street_code = ${streetOf(area)}
        and starts_with(coalesce(grid_code, community_code, street_code), ${area})
      group by status order by status`,
  ])
  return { inventory, smokeDetectors: [...smokeDetectors] }
}

/** The stops of the tour. */
export async function listCommunities(
  transaction: Transaction,
  area: string,
): Promise<Pick<WallCommunity, 'code' | 'name' | 'bbox' | 'grids'>[]> {
  return transaction<Pick<WallCommunity, 'code' | 'name' | 'bbox' | 'grids'>[]>`
    select c.code, c.name, ${corners(transaction, 'c.extent')} as bbox,
      (select count(*) from area g where g.parent_code = c.code) as grids
    from area c where c.level = 'community' and starts_with(c.code, ${area}) order by c.code`
}
