import type { IncidentType } from '@minqing/data/domain/incident-type'
import type { Home } from '../make-buildings.ts'
import { distance } from '../plane.ts'
import { Random } from '../random.ts'
import { startOfDay } from './calendar.ts'
import { hourWeights, rates } from './rates.ts'
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

/** Every burst that can have a case on the given day. */
export function burstsOn(homes: readonly Home[], seed: number, day: number): Burst[] {
  return (Object.keys(slots) as Burst['kind'][]).flatMap((kind) => {
    const slot = Math.floor(day / slots[kind])
    return [slot - 3, slot - 2, slot - 1, slot]
      .map((index) => burstOf(homes, seed, kind, index))
      .filter((burst) => burst.fromDay <= day && day < burst.toDay)
  })
}

const known = new WeakMap<readonly Home[], Map<string, Burst>>()

/** The burst of a slot, made once. */
export function burstOf(homes: readonly Home[], seed: number, kind: Burst['kind'], slot: number): Burst {
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
  const middle = random
    .shuffle(homes.filter(scenario.at))
    .find((home) => neighbours(homes, home, radius, scenario).length >= scenario.least)
  if (middle === undefined) throw new RangeError(`there is no place for ${scenario.name}`)
  const near = neighbours(homes, middle, radius, scenario)
  const count = random.whole(...scenario.count)
  const cases = Array.from({ length: count }, (_, i): CaseSeed => {
    const type = random.weighted(scenario.types)
    // Rises fast, then fades.
    const along = random.chance(0.3) ? random.between(0, 0.3) : random.between(0.08, 1) ** 1.15
    const day = start + Math.floor(along * days)
    return {
      type,
      home: random.pick(near),
      reportedAt: momentOn(day, type, random),
      origin: kind === 'cluster' ? 'cluster' : 'project',
      key: `${id}-${i}`,
      burst: id,
    }
  })
  return {
    id,
    kind,
    name: scenario.name,
    types: Object.keys(scenario.types) as IncidentType[],
    center: middle.center,
    radius,
    fromDay: start,
    toDay: start + days,
    cases,
  }
}

/** Clusters take their scenarios in turn, shuffled anew each time all have had one. */
function scenarioOf(seed: number, kind: Burst['kind'], slot: number): Scenario {
  const list = scenarios[kind]
  const round = Math.floor(slot / list.length)
  return new Random(seed, 'scenarios', kind, round).shuffle(list)[
    ((slot % list.length) + list.length) % list.length
  ] as Scenario
}

function neighbours(homes: readonly Home[], middle: Home, radius: number, scenario: Scenario): Home[] {
  return homes.filter((home) => distance(home.center, middle.center) <= radius - 12 && scenario.near(home))
}

/** A moment of the day at which cases of the type come up. */
export function momentOn(day: number, type: IncidentType, random: Random): number {
  const weights = hourWeights[rates[type].daily]
  let rest = random.next()
  let hour = 0
  while (hour < 23 && (rest -= weights[hour] as number) >= 0) hour++
  return startOfDay(day) + Math.floor(random.between(hour, hour + 1) * 3_600_000)
}
