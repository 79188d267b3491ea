import type { Incident } from '@minqing/data/domain/incident'
import type { Measured } from '@minqing/data/domain/position-source'
import type { Urgency } from '@minqing/data/domain/risk'
import { bboxOf, ringContains, distance } from '../../geo/plane.ts'
import type { Point } from '../plane.ts'
import { lonLatAt, type DemoScale } from '../city/site.ts'
import { Random } from '../../stats/random.ts'
import type { DemoStreet } from '../street.ts'
import { compose } from '../text/compose.ts'
import { emptyPlainValues } from '../../domain/incident-fields.ts'
import { dayLength, homeDayNumber } from '../../domain/local-time.ts'
import { isWorkday, hourOf, stampOf, midnightMonthsBefore } from './calendar.ts'
import { IncidentSource, paceOf } from './incidents-of-day.ts'
import type { LifeStep } from './course.ts'
import { lifeOf } from './life.ts'
import type { Traits } from './traits.ts'
import { type Standing, standingOf, usualLimits } from './standing.ts'
import { rates } from './rates.ts'
import type { IncidentSeed } from './bursts.ts'

/** One whose time and position are known exactly. */
type DemoIncident = Omit<Measured<Incident>, 'happenedUntil'>

/** An incident with its whole scripted life, the future included. */
export type ScriptedIncident = {
  incident: Omit<DemoIncident, 'status' | 'dueAt' | 'closedAt'>
  life: LifeStep[]
  origin: IncidentSeed['origin']
  burst: string | null
}

/** An incident as it stands at an instant. */
export type IncidentNow = Pick<Standing, 'steps' | 'loop'> & { incident: DemoIncident }

/** Months of incidents that a demo begins with. */
const seriesMonths: Record<DemoScale, number> = { street: 18, district: 60, city: 60 }

/** The first instant of a series that was made at an instant. */
export function seriesStart(scale: DemoScale, madeAt: number, months = seriesMonths[scale]): number {
  return midnightMonthsBefore(madeAt, months)
}

/**
 * The incidents reported in [from, to), in the order in which they came in.
 *
 * @param terseBefore incidents reported before it have shorter texts and steps without words: of ten million, few are read.
 */
export function* scriptedIncidents(
  street: DemoStreet,
  from: number,
  to: number,
  terseBefore = -Infinity,
): Generator<ScriptedIncident> {
  const source = new IncidentSource(street.homes, street.seed, paceOf(street))
  const lonLat = lonLatAt(street.site)
  for (let day = homeDayNumber(from); day <= homeDayNumber(to - 1); day++)
    for (const [i, seed] of source.on(day).entries())
      if (seed.reportedAt >= from && seed.reportedAt < to)
        yield scripted(street, seed, day, i, lonLat, seed.reportedAt < terseBefore)
}

/** What is known of an incident at an instant: its steps up to then, and the state they lead to. */
export function incidentAt({ incident, life }: ScriptedIncident, instant: number, limits = usualLimits): IncidentNow {
  const standing = standingOf(
    life.filter((step) => step.at <= instant),
    limits,
  )
  const { loop, dueAt } = standing
  const { status, risk, urgency, closedAt } = loop
  return {
    incident: {
      ...incident,
      status: status ?? '10',
      risk: risk ?? incident.risk,
      urgency: urgency ?? incident.urgency,
      dueAt: dueAt === null ? null : iso(dueAt),
      closedAt: closedAt === null ? null : iso(closedAt),
    },
    ...standing,
  }
}

function scripted(
  street: DemoStreet,
  seed: IncidentSeed,
  day: number,
  index: number,
  lonLat: (point: Point) => [number, number],
  isTerse: boolean,
): ScriptedIncident {
  const number = `${stampOf(day)}-${String(index + 1).padStart(4, '0')}`
  const random = new Random(street.seed, 'case', number)
  const { type, home, reportedAt } = seed
  const { building } = home
  const rate = rates[type]
  const onRoad = rate.where === 'road'
  const [lon, lat] = lonLat(onRoad ? home.door : pointIn(seed, random))
  const urgency: Urgency =
    type === 'E10' ? (random.chance(0.3) ? '3' : '2') : random.chance(0.03) ? '3' : random.chance(0.12) ? '2' : '1'
  const risk = random.weighted({ red: urgency === '3' ? 0.2 : 0.008, orange: 0.06, yellow: 0.28, blue: 0.65 })
  const traits: Omit<Traits, 'involvedCount'> = {
    type,
    channel: channelOf(seed, random),
    urgency,
    risk,
    reportedAt,
    community: isTerse ? '' : (street.areas.find((area) => area.code === building.communityCode)?.name ?? ''),
  }
  const { title, text } = compose({ type, home, channel: traits.channel, onRoad, day, index }, random, isTerse)
  const lag =
    traits.channel === 'iot' ? random.between(5, 60) * 1000 : random.exponential(urgency === '3' ? 0.3 : 5) * 3_600_000
  const involvedCount = involved(type, random)
  return {
    incident: {
      number,
      streetCode: building.streetCode,
      communityCode: building.communityCode,
      gridCode: building.gridCode,
      buildingCode: onRoad ? null : building.code,
      type,
      sourceType: null,
      channel: traits.channel,
      urgency,
      risk,
      title,
      text,
      address: onRoad ? `${home.road}（近${building.name}）` : building.address,
      ...emptyPlainValues,
      involvedCount,
      position: { lon, lat },
      sourceCrs: 'cgcs2000',
      sourcePosition: [lon, lat],
      happenedAt: iso(reportedAt - Math.floor(Math.min(lag, 6 * dayLength))),
      reportedAt: iso(reportedAt),
      source: 'demo',
    },
    life: lifeOf(
      { ...traits, involvedCount },
      new Random(street.seed, 'life', number),
      isTerse ? null : new Random(street.seed, 'opinions', number),
    ),
    origin: seed.origin,
    burst: seed.burst?.id ?? null,
  }
}

/** Counters are closed at night and on holidays: whoever comes then has come another way. */
function channelOf({ type, reportedAt }: IncidentSeed, random: Random): Traits['channel'] {
  const weights = { ...rates[type].channels }
  const hour = hourOf(reportedAt)
  if (!isWorkday(homeDayNumber(reportedAt)) || hour < 8 || hour >= 18)
    for (const closed of ['walk_in', 'leader_reception', 'online_reception', 'superior', 'department'] as const)
      weights[closed] = 0
  return Object.values(weights).some((weight) => weight > 0) ? random.weighted(weights) : 'sunshine_petition'
}

function involved(type: Traits['type'], random: Random): number {
  const crowd = ['D08', 'D10', 'D14', 'E11', 'D09'].includes(type)
  if (random.chance(crowd ? 0.05 : 0.005)) return random.whole(30, 120)
  if (random.chance(crowd ? 0.3 : 0.08)) return random.whole(5, 28)
  return type.startsWith('D') ? random.whole(2, 4) : random.whole(0, 3)
}

/** A point inside the footprint; that of a burst also inside its circle, so that the truth holds to the metre. */
function pointIn({ home, burst }: IncidentSeed, random: Random): Point {
  const { outer, courts } = home.draft.shape
  const [west, south, east, north] = bboxOf(outer)
  for (let round = 0; round < 60; round++) {
    const point: Point = [random.between(west, east), random.between(south, north)]
    const outside = burst !== undefined && distance(point, burst.center) > burst.radius
    if (!outside && ringContains(outer, point) && !courts.some((court) => ringContains(court, point))) return point
  }
  return home.center
}

function iso(instant: number): string {
  return new Date(instant).toISOString()
}
