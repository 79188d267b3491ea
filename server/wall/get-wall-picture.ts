import type { WallCommunity, WallPicture } from '@minqing/data/domain/wall'
import type { Transaction } from '../store/connect.ts'
import { byType, sumTallies, tallyCases } from './count-cases.ts'
import { countGround, listCommunities } from './count-ground.ts'
import { countHours } from './count-hours.ts'
import { addPopulations, countPeople } from './count-people.ts'
import { countResponses } from './count-responses.ts'
import { findGround } from './find-ground.ts'
import { latestCases, latestSteps } from './list-latest.ts'
import { wallWindow } from './wall-window.ts'

/**
 * All that a wall shows beside the map (`data/domain/wall.ts`), for a street or community, or for the street with the
 * newest case. Reads nothing that the wall's own rights do not give.
 *
 * @throws ProblemError `not_found` when the area does not exist.
 */
export async function getWallPicture(
  transaction: Transaction,
  code: string | undefined,
  now: Date,
): Promise<WallPicture> {
  const window = wallWindow(now)
  const [ground, written] = await Promise.all([findGround(transaction, code), lastWrite(transaction)])
  if (ground === null) return { now: window.now, ...written, ...nothing(window.firstHour) }
  const area = ground.area.code
  const [counts, places, people, tallies, respondedInTime, lastHours, latest, steps] = await Promise.all([
    countGround(transaction, area),
    listCommunities(transaction, area),
    countPeople(transaction, area, window.now),
    tallyCases(transaction, area, window),
    countResponses(transaction, area, window),
    countHours(transaction, area, window),
    latestCases(transaction, area, window),
    latestSteps(transaction, area, window),
  ])
  const communities = places.map((place): WallCommunity => {
    const own = tallies.filter(({ communityCode }) => communityCode === place.code)
    const { open, overdue, recent, previous } = sumTallies(own)
    const topTypes = byType(own)
      .filter(({ count }) => count > 0)
      .slice(0, 3)
    return {
      ...place,
      population: people.get(place.code) ?? addPopulations([]),
      open,
      overdue,
      recent,
      previous,
      topTypes: topTypes.map(({ type, count }) => ({ type, count })),
    }
  })
  return {
    now: window.now,
    ...written,
    ...ground,
    ...counts,
    population: addPopulations(people.values()),
    ...sumTallies(tallies),
    respondedInTime,
    lastHours,
    communities,
    latest: [...latest],
    steps: [...steps],
  }
}

async function lastWrite(transaction: Transaction): Promise<Pick<WallPicture, 'asOf' | 'incidentsVersion'>> {
  const [row] = await transaction<[Pick<WallPicture, 'asOf' | 'incidentsVersion'>]>`
    select max(changed_at) filter (where version > 1) as as_of,
      max(version) filter (where collection = 'incidents') as incidents_version
    from collection_version`
  return row
}

function nothing(firstHour: string): Omit<WallPicture, 'now' | 'asOf' | 'incidentsVersion'> {
  const first = Date.parse(firstHour)
  return {
    street: null,
    area: null,
    ground: { communities: 0, grids: 0, buildings: 0, gridWorkers: 0 },
    smokeDetectors: [],
    population: addPopulations([]),
    ...sumTallies([]),
    respondedInTime: { count: 0, of: 0 },
    lastHours: Array.from({ length: 24 }, (_, hour) => ({
      from: new Date(first + hour * 3_600_000).toISOString(),
      count: 0,
      usual: 0,
    })),
    communities: [],
    latest: [],
    steps: [],
  }
}
