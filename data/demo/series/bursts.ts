import type { IncidentType } from '@minqing/data/domain/incident-type'
import { distance } from '../../geo/plane.ts'
import type { Home } from '../make-buildings.ts'
import { Random } from '../random.ts'
import { startOfDay } from './calendar.ts'
import { rates } from './rates.ts'
import { hourWeights } from './rhythm.ts'
import { scenarios } from './scenarios.ts'
import type { Scenario } from './scenarios.ts'
import type { CaseSeed } from './seeds.ts'

/** A planted rise of cases in place and time: its truth, and the cases that make it up. */
export type Burst = {
  id: string
  kind: 'cluster' | 'lift' | 'redevelopment'
  name: string
  types: IncidentType[]
  center: Home['center']
  /** Metres. */
  radius: number
  /** Days, from the first to the day after the last. */
  fromDay: number
  toDay: number
  cases: CaseSeed[]
}

/** Days of one slot, counted from 1970: each slot holds one burst, so any 18 months hold about the same number. */
const slots = { cluster: 90, lift: 60, redevelopment: 270 } as const

/** Every burst that touches the days [from, to). */
export function burstsBetween(homes: readonly Home[], seed: number, from: number, to: number): Burst[] {
  return (Object.keys(slots) as Burst['kind'][]).flatMap((kind) => {
    const bursts: Burst[] = []
    // A burst may reach beyond its slot, by no more than three of them.
    for (let slot = Math.floor(from / slots[kind]) - 3; slot <= Math.floor((to - 1) / slots[kind]); slot++) {
      const burst = burstOf(homes, seed, kind, slot)
      if (burst.fromDay < to && from < burst.toDay) bursts.push(burst)
    }
    return bursts
  })
}

const known = new WeakMap<readonly Home[], Map<string, Burst>>()

/** The burst of a slot, made once. */
function burstOf(homes: readonly Home[], seed: number, kind: Burst['kind'], slot: number): Burst {
  const id = `${kind}-${slot}`
  let made = known.get(homes)
  if (made === undefined) known.set(homes, (made = new Map()))
  let burst = made.get(`${seed}/${id}`)
  if (burst === undefined) made.set(`${seed}/${id}`, (burst = makeBurst(homes, seed, kind, slot, id)))
  return burst
}

function makeBurst(homes: readonly Home[], seed: number, kind: Burst['kind'], slot: number, id: string): Burst {
  const random = new Random(seed, id)
  const scenario = scenarioOf(seed, kind, slot)
  const start = slot * slots[kind] + random.whole(2, 14)
  const days = random.whole(...scenario.days)
  const radius = random.whole(...scenario.radius)
  const { middle, near } = placeFor(homes, random, radius, scenario)
  const burst: Burst = {
    id,
    kind,
    name: scenario.name,
    types: Object.keys(scenario.types) as IncidentType[],
    center: middle.center,
    radius,
    fromDay: start,
    toDay: start + days,
    cases: [],
  }
  const count = random.whole(...scenario.count)
  for (let i = 0; i < count; i++) {
    const type = random.weighted(scenario.types)
    // Rises fast, then fades.
    const along = random.chance(0.3) ? random.between(0, 0.3) : random.between(0.08, 1) ** 1.15
    const reportedAt = momentOn(start + Math.floor(along * days), type, random)
    const fitting = near.filter((home) => rates[type].at(home) > 0)
    const origin = kind === 'cluster' ? 'cluster' : 'project'
    burst.cases.push({
      type,
      home: random.pick(fitting.length > 0 ? fitting : near),
      reportedAt,
      origin,
      key: `${id}-${i}`,
      burst,
    })
  }
  return burst
}

/** A circle that holds enough buildings for a scenario; where none does, as many as there are. */
function placeFor(homes: readonly Home[], random: Random, radius: number, scenario: Scenario) {
  const fitting = homes.filter(scenario.at)
  let best: { middle: Home; near: Home[] } | undefined
  for (const middle of random.shuffle(fitting.length > 0 ? fitting : homes)) {
    const near = neighbours(homes, middle, radius, scenario)
    if (near.length >= scenario.least) return { middle, near }
    if (best === undefined || near.length > best.near.length) best = { middle, near }
  }
  if (best === undefined) throw new RangeError('there are no buildings')
  return best.near.length > 0 ? best : { middle: best.middle, near: [best.middle] }
}

/** Clusters take their scenarios in turn, shuffled anew each time all have had one. */
function scenarioOf(seed: number, kind: Burst['kind'], slot: number): Scenario {
  const list = scenarios[kind]
  const round = Math.floor(slot / list.length)
  return new Random(seed, 'scenarios', kind, round).shuffle(list)[
    ((slot % list.length) + list.length) % list.length
  ] as Scenario
}

/** Buildings that lie, with their doors, inside the circle. */
function neighbours(homes: readonly Home[], { center }: Home, radius: number, scenario: Scenario): Home[] {
  return homes.filter(
    (home) =>
      distance(home.center, center) <= radius - 12 && distance(home.door, center) <= radius - 1 && scenario.near(home),
  )
}

/** A moment of the day at which cases of the type come up. */
export function momentOn(day: number, type: IncidentType, random: Random): number {
  const weights = hourWeights[rates[type].daily]
  let rest = random.next()
  let hour = 0
  while (hour < 23 && (rest -= weights[hour] as number) >= 0) hour++
  return startOfDay(day) + Math.floor(random.between(hour, hour + 1) * 3_600_000)
}
