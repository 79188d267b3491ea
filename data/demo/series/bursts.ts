import type { IncidentType } from '@minqing/data/domain/incident-type'
import { distance } from '../../geo/plane.ts'
import type { Home } from '../make-buildings.ts'
import { Random } from '../../stats/random.ts'
import { startOfHomeDay } from '../../domain/local-time.ts'
import { hourWeights } from './calendar.ts'
import { rates } from './rates.ts'

/** A planted rise of incidents in place and time: its truth, and the incidents that make it up. */
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
  incidents: IncidentSeed[]
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
    incidents: [],
  }
  const count = random.whole(...scenario.count)
  for (let i = 0; i < count; i++) {
    const type = random.weighted(scenario.types)
    // Rises fast, then fades.
    const along = random.chance(0.3) ? random.between(0, 0.3) : random.between(0.08, 1) ** 1.15
    const reportedAt = instantOn(start + Math.floor(along * days), type, random)
    const fitting = near.filter((home) => rates[type].at(home) > 0)
    const origin = kind === 'cluster' ? 'cluster' : 'project'
    burst.incidents.push({
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

/** Clusters take their scenarios in turn, shuffled again each time all have had one. */
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

/** An instant of the day at which incidents of the type come up. */
export function instantOn(day: number, type: IncidentType, random: Random): number {
  const weights = hourWeights[rates[type].daily]
  let rest = random.next()
  let hour = 0
  while (hour < 23 && (rest -= weights[hour] as number) >= 0) hour++
  return startOfHomeDay(day) + Math.floor(random.between(hour, hour + 1) * 3_600_000)
}

/** Why an incident exists: the model's part that made it. */
type Origin = 'background' | 'near_repeat' | 'cluster' | 'project'

/** An incident before it has words and a fate: what, where and when. */
export type IncidentSeed = {
  type: IncidentType
  home: Home
  reportedAt: number
  origin: Origin
  key: string
  burst?: Burst
}

/** What makes incidents cluster for a while. */
type Scenario = {
  name: string
  /** Shares of the types. */
  types: Partial<Record<IncidentType, number>>
  /** Buildings at whose middle it can be, buildings it can touch, and how many of those it needs. */
  at: (home: Home) => boolean
  near: (home: Home) => boolean
  least: number
  radius: [number, number]
  days: [number, number]
  count: [number, number]
}

const lived = (home: Home) => (home.building.households ?? 0) > 0
const trade = (home: Home) => ['commercial', 'market', 'mixed', 'transport'].includes(home.building.use)
const any = () => true
const old = (home: Home) => home.block === 'lanes' || home.block === 'terraces'

/** In a community of its own where possible, so that two clusters of the same months do not lie upon each other. */
const cluster = (
  name: string,
  community: string,
  types: Scenario['types'],
  at: Scenario['at'],
  near: Scenario['near'],
  least: number,
  radius: Scenario['radius'] = [95, 130],
): Scenario => ({
  name,
  types,
  at: (home) => home.building.communityCode.endsWith(community) && at(home),
  near,
  least,
  radius,
  days: [42, 72],
  count: [150, 185],
})

const slab = (home: Home) => home.draft.sort === 'slab'
const used = (use: Home['building']['use']) => (home: Home) => home.building.use === use
const built = (block: Home['block']) => (home: Home) => home.block === block

const scenarios: Record<'cluster' | 'lift' | 'redevelopment', Scenario[]> = {
  cluster: [
    cluster(
      '老里份公房腾退与产权争议',
      '004',
      { D03: 6, D02: 2, E11: 1, D99: 1 },
      old,
      (home) => old(home) && lived(home),
      20,
    ),
    cluster('北港市场计量与退赔纠纷', '008', { D11: 5, D05: 3, E05: 2, D06: 1 }, built('market'), trade, 8),
    cluster('夜宵摊油烟与噪声', '003', { D09: 6, E05: 3, D02: 2 }, trade, any, 14),
    cluster(
      '出租屋飞线充电',
      '009',
      { E02: 7, D02: 1, E04: 1 },
      built('village'),
      (home) => lived(home) && home.block === 'village',
      24,
    ),
    cluster(
      '物业更替与停车收费',
      '002',
      { D14: 7, E08: 1, E05: 2 },
      (home) => home.draft.sort === 'tower',
      lived,
      4,
      [100, 130],
    ),
    cluster('征收片区工地欠薪与夜间施工', '009', { D10: 4, D09: 4, D08: 2 }, built('clearing'), any, 8),
    cluster('老旧小区下水管网堵塞', '006', { E04: 6, E03: 3, D02: 2 }, slab, lived, 7),
    cluster('站前揽客与占道', '008', { E05: 5, E06: 4, D11: 2 }, used('transport'), any, 4, [110, 140]),
    cluster('校门口接送占道', '001', { E05: 6, D13: 3, E09: 1 }, used('school'), any, 8),
    cluster('医院周边停车与医患争议', '005', { D12: 3, E05: 5, D13: 2 }, used('medical'), any, 6),
    cluster(
      '职工宿舍漏雨与维修资金',
      '007',
      { E04: 4, D14: 3, D02: 3 },
      (home) => home.block === 'factoryHousing' && slab(home),
      lived,
      9,
    ),
  ],
  lift: [
    {
      name: '加装电梯',
      types: { D02: 6, D14: 2, E08: 2, D99: 1 },
      at: (home) => home.block === 'walkUp' && home.draft.sort === 'slab',
      near: (home) => home.draft.sort === 'slab',
      least: 3,
      radius: [60, 75],
      days: [90, 150],
      count: [10, 18],
    },
  ],
  redevelopment: [
    {
      name: '房屋征收',
      types: { D08: 6, D03: 2, E11: 1, E08: 1 },
      at: (home) => home.block === 'lanes' || home.block === 'village',
      near: lived,
      least: 20,
      radius: [85, 110],
      days: [160, 230],
      count: [45, 65],
    },
  ],
}
