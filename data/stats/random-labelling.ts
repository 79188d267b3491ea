import { AliasTable } from './alias-table.ts'
import type { Random } from './random.ts'
import type { WeightedPoints } from './raster-frame.ts'

/**
 * Cases drawn from a population under the hypothesis of random labelling: any of it was as likely to be a case (Diggle
 * 2003, Statistical Analysis of Spatial Point Patterns, §4.5). Points without weights are incidents, the cases among them:
 * as many are chosen, each once. Points with weights are places with so many households or residents: each case falls on
 * one in proportion to them.
 */
export class RandomLabelling {
  readonly #population: WeightedPoints
  readonly #count: number
  readonly #table: AliasTable | null
  readonly #order: Uint32Array

  /**
   * @param count cases of a drawing
   * @throws RangeError when there are more cases than points without weights, or nobody at all
   */
  constructor(population: WeightedPoints, count: number) {
    const points = population.x.length
    if (population.weights === null && count > points)
      throw new RangeError(`${count} cases cannot be among ${points} incidents`)
    this.#population = population
    this.#count = count
    this.#table = population.weights === null ? null : new AliasTable(Float64Array.from(population.weights))
    this.#order = Uint32Array.from({ length: this.#table === null ? points : 0 }, (_, at) => at)
  }

  /** What a case drawn at random varies less than one drawn again and again: 1 − n/N without weights, else 1. */
  get remainder(): number {
    return this.#table === null ? 1 - this.#count / this.#population.x.length : 1
  }

  draw(random: Random): { x: Float64Array; y: Float64Array } {
    const x = new Float64Array(this.#count)
    const y = new Float64Array(this.#count)
    const chosen = this.#table === null ? this.#choose(random) : null
    for (let i = 0; i < this.#count; i++) {
      const point = chosen === null ? this.#table!.draw(random) : chosen[i]!
      x[i] = this.#population.x[point]!
      y[i] = this.#population.y[point]!
    }
    return { x, y }
  }

  /** The first steps of a shuffle, undone afterwards, so that a drawing does not depend on those before it. */
  #choose(random: Random): Uint32Array {
    const order = this.#order
    const swapped = new Uint32Array(this.#count)
    for (let i = 0; i < this.#count; i++) {
      const j = random.whole(i, order.length - 1)
      swapped[i] = j
      ;[order[i], order[j]] = [order[j]!, order[i]!]
    }
    const chosen = order.slice(0, this.#count)
    for (let i = this.#count - 1; i >= 0; i--) {
      const j = swapped[i]!
      ;[order[i], order[j]] = [order[j]!, order[i]!]
    }
    return chosen
  }
}

/** Which drawings are made: from..to, so that threads share them with the same result. */
export type Labellings = {
  seed: string | number
  from: number
  to: number
  /** Called with the share of this range that is done. */
  progress?: (share: number) => void
}

/**
 * The least value of a statistic whose p, its rank among the maxima of all drawings and itself (Dwass 1957), is at most a
 * level; Infinity when there are too few drawings for that. Whatever reaches it anywhere is then a false finding in at most
 * that share of maps.
 */
export function thresholdOf(maxima: Float64Array, level: number): number {
  const allowed = Math.floor(level * (maxima.length + 1) + 1e-9) - 1
  if (allowed < 0) return Infinity
  const descending = maxima.toSorted((a, b) => b - a)
  // Strictly above the first maximum that is one too many; equal ones count as larger.
  const limit = descending[allowed]
  return limit === undefined ? -Infinity : limit + Math.abs(limit) * Number.EPSILON + Number.MIN_VALUE
}
