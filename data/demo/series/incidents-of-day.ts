import { incidentTypes } from '@minqing/data/domain/incident-type'
import type { IncidentType } from '@minqing/data/domain/incident-type'
import { distance } from '../../geo/plane.ts'
import type { Home } from '../make-buildings.ts'
import type { DemoScale } from '../city/site.ts'
import { Random } from '../../stats/random.ts'
import { burstsBetween, instantOn, type IncidentSeed } from './bursts.ts'
import { homeDayNumber } from '../../domain/local-time.ts'
import { rates, seasonOf, weekdayFactor } from './rates.ts'

/** Days in 18 months: what the rates' counts are meant for. */
const span = 548
/** Bursts and near-repeats bring the rest of the 9,000. */
const share = 0.87
/** Near-repeats: how many follow an incident on average, how far away (metres) and how late (days). */
const repeats = { mean: 0.075, reach: 60, delay: 4, latest: 20, generations: 2 }

/** A city's streets are busier: 50,000 incidents in five years. */
const paces: Record<DemoScale, number> = { street: 1, district: 1.79, city: 1.79 }

/** By how much a street has more background incidents than the rates' counts say. */
export function paceOf({ site }: { site: { scale: DemoScale } }): number {
  return paces[site.scale]
}

/** How many background incidents of a type a day has on average, over the whole street. */
export function backgroundMean(type: IncidentType, day: number, pace: number): number {
  return ((rates[type].count * share * pace) / span) * weekdayFactor(type, day) * seasonOf(type, day)
}

/**
 * The street's incidents, day by day. A day's incidents depend on the seed, the day, and at most the 40 days before it, so that
 * a series may begin anywhere and always agrees with one that began earlier.
 */
export class IncidentSource {
  readonly #homes: readonly Home[]
  readonly #seed: number
  readonly #pace: number
  readonly #weights: Map<IncidentType, Float64Array>
  readonly #families = new Map<number, IncidentSeed[]>()
  readonly #near = new Map<Home, Home[]>()

  constructor(homes: readonly Home[], seed: number, pace: number) {
    this.#pace = pace
    this.#homes = homes
    this.#seed = seed
    this.#weights = new Map(incidentTypes.map((type) => [type, cumulated(homes.map((home) => rates[type].at(home)))]))
  }

  /** All incidents reported on a day, by time. */
  on(day: number): IncidentSeed[] {
    const seeds: IncidentSeed[] = []
    for (let first = day - repeats.latest * repeats.generations; first <= day; first++)
      for (const seed of this.#familyOf(first)) if (homeDayNumber(seed.reportedAt) === day) seeds.push(seed)
    for (const burst of burstsBetween(this.#homes, this.#seed, day, day + 1))
      for (const seed of burst.incidents) if (homeDayNumber(seed.reportedAt) === day) seeds.push(seed)
    return seeds.sort((a, b) => a.reportedAt - b.reportedAt || (a.key < b.key ? -1 : 1))
  }

  /** The background incidents of a day and all that follow from them, also on later days. */
  #familyOf(day: number): IncidentSeed[] {
    const known = this.#families.get(day)
    if (known !== undefined) return known
    const random = new Random(this.#seed, 'day', day)
    let parents: IncidentSeed[] = []
    for (const type of incidentTypes) {
      const count = random.poisson(backgroundMean(type, day, this.#pace))
      for (let i = 0; i < count; i++) {
        const home = this.#homes[random.cumulative(this.#weights.get(type) as Float64Array)] as Home
        parents.push({
          type,
          home,
          reportedAt: instantOn(day, type, random),
          origin: 'background',
          key: `${day}-${type}-${i}`,
        })
      }
    }
    const family = [...parents]
    for (let generation = 0; generation < repeats.generations; generation++) {
      parents = parents.flatMap((parent) => this.#repeatsOf(parent))
      family.push(...parents)
    }
    this.#families.set(day, family)
    // Only the last weeks are asked for again.
    this.#families.delete(day - 2 * repeats.latest * repeats.generations)
    return family
  }

  #repeatsOf(parent: IncidentSeed): IncidentSeed[] {
    // A device's alarm does not make a neighbour's device go off.
    if (parent.type === 'E10') return []
    const random = new Random(this.#seed, 'repeat', parent.key)
    return Array.from({ length: random.poisson(repeats.mean) }, (_, i): IncidentSeed => {
      const day =
        homeDayNumber(parent.reportedAt) +
        1 +
        Math.floor(Math.min(random.exponential(repeats.delay), repeats.latest - 2))
      return {
        type: parent.type,
        home: random.pick(this.#around(parent.home)),
        reportedAt: instantOn(day, parent.type, random),
        origin: 'near_repeat',
        key: `${parent.key}-${i}`,
      }
    })
  }

  #around(home: Home): Home[] {
    let near = this.#near.get(home)
    if (near === undefined) {
      near = this.#homes.filter(
        (other) => other.block === home.block && distance(other.center, home.center) <= repeats.reach,
      )
      this.#near.set(home, near)
    }
    return near
  }
}

function cumulated(weights: readonly number[]): Float64Array {
  const sums = new Float64Array(weights.length)
  let sum = 0
  for (const [i, weight] of weights.entries()) sums[i] = sum += weight
  return sums
}
