import type { WallCommunity, WallPicture } from '@minqing/data/domain/wall'
import type { Transaction } from '../store/connect.ts'
import { countHours, countResponses, frequentTypes, sumTallies, tallyIncidents } from './count-incidents.ts'
import { addPopulations, countPeople } from './count-people.ts'
import { countInventory, findWallArea, listCommunities } from './find-area.ts'
import { latestIncidents, latestSteps } from './list-latest.ts'
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
): Promise<Omit<WallPicture, 'contacts'>> {
  const window = wallWindow(now)
  const [found, written] = await Promise.all([findWallArea(transaction, code), lastWrite(transaction)])
  if (found === null) return { now: window.now, ...written, ...nothing(window.firstHour) }
  const area = found.area.code
  const [counts, places, people, tallies, respondedInTime, lastHours, latest, steps] = await Promise.all([
    countInventory(transaction, area),
    listCommunities(transaction, area),
    countPeople(transaction, area, window.now),
    tallyIncidents(transaction, area, window),
    countResponses(transaction, area, window),
    countHours(transaction, area, window),
    latestIncidents(transaction, area, window),
    latestSteps(transaction, area, window),
  ])
  const communities = places.map((place): WallCommunity => {
    const own = tallies.filter(({ community }) => community === place.code)
    const { open, overdue, recent, previous } = sumTallies(own)
    return {
      ...place,
      population: people.get(place.code) ?? addPopulations([]),
      open,
      overdue,
      recent,
      previous,
      topTypes: frequentTypes(own),
    }
  })
  return {
    now: window.now,
    ...written,
    ...found,
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

async function lastWrite(transaction: Transaction): Promise<Pick<WallPicture, 'asOf'>> {
  // Version 1 is the empty table that a migration left.
  const [row] = await transaction<[Pick<WallPicture, 'asOf'>]>`
    select max(changed_at) as as_of from collection_version where version > 1`
  return row
}

function nothing(firstHour: string): Omit<WallPicture, 'now' | 'asOf' | 'contacts'> {
  const first = Date.parse(firstHour)
  return {
    street: null,
    area: null,
    inventory: { communities: 0, grids: 0, buildings: 0, gridWorkers: 0 },
    smokeDetectors: [],
    population: addPopulations([]),
    ...sumTallies([]),
    respondedInTime: { count: 0, of: 0 },
    lastHours: Array.from({ length: 24 }, (_, hour) => ({
      from: new Date(first + hour * 3_600_000).toISOString(),
      count: 0,
      mean: 0,
    })),
    communities: [],
    latest: [],
    steps: [],
  }
}
