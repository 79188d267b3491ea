import { streetOf } from '@minqing/data/domain/area-code'
import type { WallCommunity, WallPicture } from '@minqing/data/domain/wall'
import { corners } from '../store/geometry.ts'
import type { Transaction } from '../store/connect.ts'

type GroundCounts = Pick<WallPicture, 'ground' | 'smokeDetectors'>

/** What stands on the ground: communities, grids with and without a worker, buildings, smoke detectors by state. */
export async function countGround(transaction: Transaction, area: string): Promise<GroundCounts> {
  const [[ground], smokeDetectors] = await Promise.all([
    transaction<[WallPicture['ground']]>`
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
  return { ground, smokeDetectors: [...smokeDetectors] }
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
