import type { IncidentType } from '@minqing/data/domain/incident-type'
import { homeDayNumber } from '../../domain/local-time.ts'
import { distance } from '../../geo/plane.ts'
import { Random } from '../../stats/random.ts'
import { lonLatAt } from '../city/site.ts'
import type { Home } from '../make-buildings.ts'
import type { Point } from '../plane.ts'
import type { DemoStreet } from '../street.ts'
import { compose, storyOf, type Occasion } from '../text/compose.ts'
import { retell } from '../text/retell.ts'
import { stampOf } from './calendar.ts'
import { IncidentSource, paceOf } from './incidents-of-day.ts'
import type { ScriptedIncident } from './make-series.ts'
import { rates } from './rates.ts'

export type ReportedCase = ScriptedIncident['incident']

/** Cases of a street in the order in which they came in, and which of them tell of the same. */
export type PlantedDuplicates = {
  cases: ReportedCase[]
  /** Numbers, the earlier one first; a case that was reported three times makes three pairs. */
  pairs: [earlier: string, later: string][]
  /** Numbers of a case and of one that was planted because it looks like it and is another. */
  lookAlikes: [earlier: string, later: string][]
}

const shares = {
  /** Of all cases: reported again, and a third time of those. */
  reported: 0.03,
  thirdTime: 0.15,
  /** Of those: when it happened is said to within hours; otherwise as if it had happened shortly before. */
  sameTime: 0.6,
  /** Of all cases: another one like it was planted. */
  lookAlike: 0.03,
  /** Of the cases that are reported once: placed as loosely as those that are reported again. */
  loose: 0.25,
}
const [hour, day] = [3_600_000, 86_400_000]
/** After how long a case is reported again. */
const delay = { mean: 40 * hour, least: hour / 6, most: 14 * day }
/** Incidents of a day that are made have smaller indices. */
const firstFreeIndex = 100

/**
 * A small share of the cases is reported again by another channel: within hours or days, in other words, with another
 * position or address or none, and sometimes as another type. Another share is followed by a different case that looks
 * like it: in the same building within days, of the same type, half of these of the same matter in another household. So
 * that a loose place does not tell which ones were planted, a quarter of all cases get one. A device's alarm is reported
 * once and stays as it is; the series that was made is not changed.
 */
export function plantDuplicates(
  street: DemoStreet,
  scripted: Iterable<ScriptedIncident>,
  seed: number,
): PlantedDuplicates {
  const source = new IncidentSource(street.homes, street.seed, paceOf(street))
  const near = nearestHomes(street.homes)
  const cases: ReportedCase[] = []
  const pairs: PlantedDuplicates['pairs'] = []
  const lookAlikes: PlantedDuplicates['lookAlikes'] = []
  let serial = 0
  for (const { incident: made } of scripted) {
    const random = new Random(seed, 'duplicates', made.number)
    const [isReported, isLoose] = [random.chance(shares.reported), random.chance(shares.loose)]
    const isFollowed = !isReported && random.chance(shares.lookAlike / (1 - shares.reported))
    if (made.type === 'E10' || !(isReported || isFollowed || isLoose)) {
      cases.push(made)
      continue
    }
    const reportDay = homeDayNumber(Date.parse(made.reportedAt))
    const index = Number(made.number.slice(-4)) - 1
    const { home } = source.on(reportDay)[index]!
    const incident = isLoose ? { ...made, ...placeLoosely(street, home, near, random) } : made
    cases.push(incident)
    const occasion: Occasion = { ...made, home, onRoad: made.buildingCode === null, day: reportDay, index }
    const numberOf = (at: number) => `${stampOf(homeDayNumber(at))}-P${String(++serial).padStart(4, '0')}`
    const given = { street, incident, occasion, near, random, numberOf }
    if (isReported) {
      const again = [reportAgain(given)]
      if (random.chance(shares.thirdTime)) again.push(reportAgain(given))
      const reports = [incident, ...again].toSorted(byTime)
      for (const [i, later] of reports.entries())
        for (const earlier of reports.slice(0, i)) pairs.push([earlier.number, later.number])
      cases.push(...again)
    } else if (isFollowed) {
      const other = anotherLike(given, firstFreeIndex + (serial % 28))
      cases.push(other)
      lookAlikes.push([incident.number, other.number])
    }
  }
  return { cases: cases.sort(byTime), pairs, lookAlikes }
}

type Given = {
  street: DemoStreet
  incident: ReportedCase
  occasion: Occasion
  near: (home: Home) => Home[]
  random: Random
  numberOf: (at: number) => string
}

const byTime = (a: ReportedCase, b: ReportedCase) => Date.parse(a.reportedAt) - Date.parse(b.reportedAt)
const iso = (instant: number) => new Date(instant).toISOString()

/** What is often taken for what. */
const confused: Partial<Record<IncidentType, readonly IncidentType[]>> = {
  D01: ['D02', 'E06', 'E07'],
  D02: ['D09', 'D14', 'E04', 'E06'],
  D03: ['D02', 'D04', 'D08'],
  D04: ['D11', 'D10', 'D05'],
  D05: ['D04', 'D11', 'E05'],
  D06: ['D02', 'D13', 'D99'],
  D07: ['D03', 'D08'],
  D08: ['D03', 'E11', 'D09'],
  D09: ['E03', 'D02', 'E05'],
  D10: ['E11', 'D04'],
  D11: ['D04', 'D15'],
  D12: ['D06', 'D11'],
  D13: ['D06', 'E05'],
  D14: ['D02', 'E04', 'E08'],
  D15: ['D11', 'D04'],
  D99: ['E99', 'D02', 'E11'],
  E02: ['E04', 'D02', 'E05'],
  E03: ['E04', 'D09', 'E05'],
  E04: ['D14', 'E02', 'E03'],
  E05: ['D13', 'E03', 'E06'],
  E06: ['E05', 'D99', 'E99'],
  E07: ['E08', 'D01'],
  E08: ['E09', 'D14', 'E07'],
  E09: ['E08', 'E05'],
  E11: ['D08', 'D99', 'E08'],
  E99: ['D99', 'E08'],
}

/** The same case by another channel. */
function reportAgain({ street, incident, occasion, near, random, numberOf }: Given): ReportedCase {
  const waited = Math.min(delay.most, delay.least + random.exponential(delay.mean))
  const reportedAt = Date.parse(incident.reportedAt) + Math.floor(waited)
  const channels = { ...rates[incident.type].channels, [incident.channel]: 0 }
  const channel = random.weighted(
    Object.values(channels).some((weight) => weight > 0) ? channels : { hotline_12345: 1 },
  )
  const type = random.chance(0.82) ? incident.type : random.pick(confused[incident.type] ?? [incident.type])
  const happened = random.chance(shares.sameTime)
    ? Math.min(reportedAt, Date.parse(incident.happenedAt) + Math.floor(random.bell(0, 2 * hour)))
    : reportedAt - Math.floor(Math.min(random.exponential(5 * hour), day))
  return {
    ...incident,
    ...placeLoosely(street, occasion.home, near, random),
    ...retell(occasion, incident, channel, random),
    number: numberOf(reportedAt),
    channel,
    type,
    happenedAt: iso(happened),
    reportedAt: iso(reportedAt),
  }
}

/** Where it is said to be: in the building, at its door, some way off, or by words alone. */
function placeLoosely(street: DemoStreet, home: Home, near: Given['near'], random: Random) {
  const { building, center, door, road } = home
  const kind = random.weighted({ building: 45, door: 20, off: 27, words: 8 })
  const [x, y] = kind === 'door' ? door : center
  const reach = { building: 6, door: 8, off: 40, words: 0 }[kind]
  const point: Point = [x + random.bell(0, reach), y + random.bell(0, reach)]
  const [lon, lat] = lonLatAt(street.site)(point)
  // Where the point is off, the nearest building is often taken for the one that is meant.
  const isNeighbour = kind === 'off' && random.chance(0.3)
  const said = isNeighbour ? near(home)[0]!.building : building
  const address = random.pick([said.address, said.address, said.name, `${road}（近${said.name}）`, road])
  return {
    buildingCode: kind === 'words' || random.chance(0.5) ? null : said.code,
    address,
    position: kind === 'words' ? null : { lon, lat },
    sourcePosition: kind === 'words' ? null : ([lon, lat] as [number, number]),
  }
}

/** Another case that looks like it. */
function anotherLike({ street, incident, occasion, near, random, numberOf }: Given, index: number): ReportedCase {
  const reportedAt = Date.parse(incident.reportedAt) + Math.floor(random.between(hour, 10 * day))
  const on = homeDayNumber(reportedAt)
  const type = random.chance(0.8) ? incident.type : random.pick(confused[incident.type] ?? [incident.type])
  const channel = random.weighted(rates[type].channels)
  const others = { ...occasion, type, channel, day: on }
  const isSameMatter = !occasion.onRoad && type === incident.type && random.chance(0.5)
  const indices = Array.from({ length: 28 }, (_, i) => firstFreeIndex + ((index + i) % 28))
  const { matter } = storyOf(occasion)
  const chosen = isSameMatter
    ? (indices.find((one) => storyOf({ ...others, index: one }).matter === matter) ?? index)
    : index
  return {
    ...incident,
    ...(random.chance(shares.loose) ? placeLoosely(street, occasion.home, near, random) : {}),
    ...compose({ ...others, index: chosen }, random),
    number: numberOf(reportedAt),
    type,
    channel,
    happenedAt: iso(reportedAt - Math.floor(Math.min(random.exponential(5 * hour), day))),
    reportedAt: iso(reportedAt),
  }
}

/** The homes around one, nearest first. */
function nearestHomes(homes: readonly Home[]): (home: Home) => Home[] {
  return (home) =>
    homes
      .filter((other) => other !== home && other.building.gridCode === home.building.gridCode)
      .toSorted((a, b) => distance(a.center, home.center) - distance(b.center, home.center))
}
