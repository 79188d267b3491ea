import type { Neighbours } from './neighbours.ts'

/** Decay of the counts of earlier weeks: this week alone, and with the weeks before it. */
const decays = [0, 0.6] as const
/** Added to what is expected, so that one incident of a type that never occurs is no excess. */
const floor = 0.05

/** An area's excess: how far what came in is beyond what was expected, and in which types. */
export type Excess = {
  score: number
  /** Types that make it up, the largest excess first. */
  types: number[]
}

/**
 * Scores of how far areas exceed what is expected of them, over one week or several, in those types that make the excess
 * largest. Of counts C with expectation B, the score is the expectation-based Poisson log-likelihood ratio
 *
 *   F = C ln(C / B) − (C − B) for C > B, else 0   (Neill 2009, International Journal of Forecasting 25, 498–517)
 *
 * maximised over all subsets of types, for which only the subsets of the types with the largest C / B need to be tried
 * (linear-time subset scanning: Neill 2012, Journal of the Royal Statistical Society B 74, 337–360), and over this week
 * alone and sums of the weeks with geometric weights. To it is added what the most affected neighbour has of the same types
 * and weeks, up to the area's own score: trouble that spreads counts twice, and an area that is calm itself counts nothing.
 *
 * Weeks are added in order. O(areas · types · log types + neighbours · types) a week.
 */
export class ExcessScore {
  readonly #types: number
  readonly #neighbours: Neighbours
  readonly #sums: { decay: number; counts: Float64Array; expected: Float64Array }[]

  constructor(areas: number, types: number, neighbours: Neighbours) {
    this.#types = types
    this.#neighbours = neighbours
    this.#sums = decays.map((decay) => ({
      decay,
      counts: new Float64Array(areas * types),
      expected: new Float64Array(areas * types),
    }))
  }

  /** Adds a week: its counts and expectations by area and type. */
  add(week: ArrayLike<number>, expectations: ArrayLike<number>): void {
    for (const { decay, counts, expected } of this.#sums)
      for (let i = 0; i < counts.length; i++) {
        counts[i] = counts[i]! * decay + week[i]!
        expected[i] = expected[i]! * decay + expectations[i]!
      }
  }

  /** The excess of each area as of the week added last. */
  ofAreas(): Excess[] {
    const { offsets, indices } = this.#neighbours
    return Array.from({ length: offsets.length - 1 }, (_, area) => {
      const own = this.#ownOf(area)
      let beside = 0
      for (let at = offsets[area]!; own.score > 0 && at < offsets[area + 1]!; at++)
        beside = Math.max(beside, this.#scoreOf(indices[at]!, own.types, own.sum))
      return { score: own.score + Math.min(own.score, beside), types: own.types }
    })
  }

  #ownOf(area: number): Excess & { sum: number } {
    let best = { score: 0, types: [] as number[], sum: 0 }
    for (const [sum, { counts, expected }] of this.#sums.entries()) {
      const first = area * this.#types
      const ratio = (type: number) => counts[first + type]! / (expected[first + type]! + floor)
      const order = Array.from({ length: this.#types }, (_, type) => type)
        .filter((type) => counts[first + type]! > 0)
        .sort((a, b) => ratio(b) - ratio(a) || a - b)
      let [count, mean] = [0, floor]
      for (const [last, type] of order.entries()) {
        count += counts[first + type]!
        mean += expected[first + type]!
        const score = likelihoodRatio(count, mean)
        if (score > best.score) best = { score, types: order.slice(0, last + 1), sum }
      }
    }
    return best
  }

  #scoreOf(area: number, types: readonly number[], sum: number): number {
    const { counts, expected } = this.#sums[sum]!
    let [count, mean] = [0, floor]
    for (const type of types) {
      count += counts[area * this.#types + type]!
      mean += expected[area * this.#types + type]!
    }
    return likelihoodRatio(count, mean)
  }
}

function likelihoodRatio(count: number, mean: number): number {
  return count > mean ? count * Math.log(count / mean) - (count - mean) : 0
}
