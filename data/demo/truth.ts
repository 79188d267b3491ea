import { incidentTypes } from '@minqing/data/domain/incident-type'
import type { IncidentType } from '@minqing/data/domain/incident-type'
import { distance } from '../geo/plane.ts'
import { lonLatAt } from './city/site.ts'
import { burstsBetween } from './series/bursts.ts'
import type { Burst } from './series/bursts.ts'
import { homeDayNumber, startOfHomeDay } from '../domain/local-time.ts'
import { backgroundMean, paceOf } from './series/incidents-of-day.ts'
import { rates } from './series/rates.ts'
import type { DemoStreet } from './street.ts'

/** What was planted in place and time, and what would have happened there anyway. */
export type PlantedTruth = {
  id: string
  kind: Burst['kind']
  name: string
  types: IncidentType[]
  center: { lon: number; lat: number }
  /** Metres: every planted incident lies inside. */
  radius: number
  /** [from, to), cut to the series. */
  from: string
  to: string
  /** Incidents planted in that time. */
  planted: number
  /** Incidents of these types that the base rates lead one to expect in the circle in that time. */
  expected: number
}

export type DemoTruth = {
  street: string
  seed: number
  from: string
  to: string
  clusters: PlantedTruth[]
  projects: PlantedTruth[]
}

/** The truth behind the incidents reported in [from, to), for analyses to be tested against. */
export function truthOf(street: DemoStreet, from: number, to: number): DemoTruth {
  const planted = burstsBetween(street.homes, street.seed, homeDayNumber(from), homeDayNumber(to - 1) + 1)
    .map((burst) => plantedTruth(street, burst, from, to))
    .filter((truth) => truth.planted > 0)
  return {
    street: street.code,
    seed: street.seed,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    clusters: planted.filter((truth) => truth.kind === 'cluster'),
    projects: planted.filter((truth) => truth.kind !== 'cluster'),
  }
}

function plantedTruth(street: DemoStreet, burst: Burst, from: number, to: number): PlantedTruth {
  const [lon, lat] = lonLatAt(street.site)(burst.center)
  const begin = Math.max(from, startOfHomeDay(burst.fromDay))
  const end = Math.min(to, startOfHomeDay(burst.toDay))
  const expected = burst.types
    .map(
      (type) =>
        shareInside(street, burst, type) *
        expectedBetween(type, homeDayNumber(begin), homeDayNumber(end - 1), paceOf(street)),
    )
    .reduce((sum, value) => sum + value, 0)
  return {
    id: burst.id,
    kind: burst.kind,
    name: burst.name,
    types: incidentTypes.filter((type) => burst.types.includes(type)),
    center: { lon, lat },
    radius: burst.radius,
    from: new Date(begin).toISOString(),
    to: new Date(end).toISOString(),
    planted: burst.incidents.filter((seed) => seed.reportedAt >= from && seed.reportedAt < to).length,
    expected: Math.round(expected * 100) / 100,
  }
}

/** Share of a type's rate that falls on buildings whose middle lies in the circle. */
function shareInside({ homes }: DemoStreet, burst: Burst, type: IncidentType): number {
  let [inside, all] = [0, 0]
  for (const home of homes) {
    const weight = rates[type].at(home)
    all += weight
    if (distance(home.center, burst.center) <= burst.radius) inside += weight
  }
  return inside / all
}

function expectedBetween(type: IncidentType, first: number, last: number, pace: number): number {
  let sum = 0
  for (let day = first; day <= last; day++) sum += backgroundMean(type, day, pace)
  return sum
}
