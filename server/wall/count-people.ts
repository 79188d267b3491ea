import { homeTimeZone } from '@minqing/data/domain/instant'
import { ageBands } from '@minqing/data/domain/resident'
import type { WallPopulation } from '@minqing/data/domain/wall'
import type { Transaction } from '../store/connect.ts'

type Registered = { communityCode: string; band: number; residents: number; livingAlone: number }
type Reported = { communityCode: string; households: number | null; residents: number | null }

/**
 * People by community, in numbers only. The wall's role has no right on people: `count_residents` counts for it.
 * Households are those that the grids report; so are residents where none is registered, and nothing more is known
 * of them then.
 */
export async function countPeople(
  transaction: Transaction,
  area: string,
  now: string,
): Promise<Map<string, WallPopulation>> {
  const [registered, reported] = await Promise.all([
    transaction<Registered[]>`
      select community_code, band, residents, living_alone from count_residents(${area},
        (${now}::timestamptz at time zone ${homeTimeZone})::date, ${ageBands.map(({ from }) => from)}::int[])`,
    transaction<Reported[]>`
      select c.code as community_code, coalesce(sum(g.households), c.households) as households,
        coalesce(sum(g.residents), c.residents) as residents
      from area c left join area g on g.parent_code = c.code
      where c.level = 'community' and starts_with(c.code, ${area}) group by c.code`,
  ])
  return new Map(
    reported.map(({ communityCode, households, residents }): [string, WallPopulation] => {
      const own = registered.filter((row) => row.communityCode === communityCode)
      if (own.length === 0) return [communityCode, { households, residents, elderlyLivingAlone: null, byAge: [] }]
      const population = {
        households,
        residents: own.reduce((sum, row) => sum + row.residents, 0),
        elderlyLivingAlone: own.reduce((sum, row) => sum + row.livingAlone, 0),
        byAge: ageBands.map(({ id }, index) => ({
          band: id,
          count: own.find(({ band }) => band === index + 1)?.residents ?? 0,
        })),
      }
      return [communityCode, population]
    }),
  )
}

/** Several populations as one: the sums of what is known, null where none of them knows it. */
export function addPopulations(populations: Iterable<WallPopulation>): WallPopulation {
  const all = [...populations]
  const sum = (pick: (population: WallPopulation) => number | null) =>
    all.map(pick).reduce((total, one) => (one === null ? total : (total ?? 0) + one), null)
  const registered = all.filter(({ byAge }) => byAge.length > 0)
  return {
    households: sum(({ households }) => households),
    residents: sum(({ residents }) => residents),
    elderlyLivingAlone: sum(({ elderlyLivingAlone }) => elderlyLivingAlone),
    byAge:
      registered.length === 0
        ? []
        : ageBands.map(({ id }, index) => ({
            band: id,
            count: registered.reduce((total, { byAge }) => total + (byAge[index]?.count ?? 0), 0),
          })),
  }
}
