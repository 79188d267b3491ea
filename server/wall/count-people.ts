import { homeTimeZone } from '@minqing/data/domain/instant'
import { ageBands } from '@minqing/data/domain/resident'
import type { WallPopulation } from '@minqing/data/domain/wall'
import type { Transaction } from '../store/connect.ts'

type Counted = { communityCode: string; band: number; residents: number; livingAlone: number }
type Said = { communityCode: string; households: number; residents: number }

/**
 * People by community, in numbers only. The wall has no right on people: `count_residents` counts for it. Households
 * are what the grids are said to have; so are residents where nobody is on record.
 */
export async function countPeople(
  transaction: Transaction,
  area: string,
  now: string,
): Promise<Map<string, WallPopulation>> {
  const [counted, said] = await Promise.all([
    transaction<Counted[]>`
      select community_code, band, residents, living_alone from count_residents(${area},
        (${now}::timestamptz at time zone ${homeTimeZone})::date, ${ageBands.map(({ from }) => from)}::int[])`,
    transaction<Said[]>`
      select c.code as community_code, coalesce(sum(g.households), c.households, 0) as households,
        coalesce(sum(g.residents), c.residents, 0) as residents
      from area c left join area g on g.parent_code = c.code
      where c.level = 'community' and starts_with(c.code, ${area}) group by c.code`,
  ])
  return new Map(
    said.map(({ communityCode, households, residents }) => {
      const own = counted.filter((row) => row.communityCode === communityCode)
      const recorded = own.reduce((sum, row) => sum + row.residents, 0)
      const population = {
        households,
        residents: recorded > 0 ? recorded : residents,
        elderlyLivingAlone: own.reduce((sum, row) => sum + row.livingAlone, 0),
        byAge: ageBands.map(({ id }, index) => ({
          band: id,
          count: own.find(({ band }) => band === index + 1)?.residents ?? 0,
        })),
      }
      return [communityCode, population] as const
    }),
  )
}

/** Several populations as one. */
export function addPopulations(populations: Iterable<WallPopulation>): WallPopulation {
  const all = [...populations]
  const sum = (pick: (population: WallPopulation) => number) => all.reduce((total, one) => total + pick(one), 0)
  return {
    households: sum(({ households }) => households),
    residents: sum(({ residents }) => residents),
    elderlyLivingAlone: sum(({ elderlyLivingAlone }) => elderlyLivingAlone),
    byAge: ageBands.map(({ id }, index) => ({ band: id, count: sum(({ byAge }) => byAge[index]?.count ?? 0) })),
  }
}
