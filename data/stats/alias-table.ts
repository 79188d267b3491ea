import type { Random } from './random.ts'

/**
 * Draws indices in proportion to weights in constant time: the alias method of Walker (1977), set up in linear time as
 * by Vose (1991, IEEE Transactions on Software Engineering 17(9)).
 */
export class AliasTable {
  readonly #share: Float64Array
  readonly #alias: Uint32Array

  /** @throws RangeError when a weight is negative or no number, or all are 0. */
  constructor(weights: Float64Array) {
    const count = weights.length
    const sum = weights.reduce((sum, weight) => sum + weight, 0)
    if (!(sum > 0 && sum < Infinity)) throw new RangeError(`weights that add up to ${sum}`)
    this.#share = new Float64Array(count)
    // What rounding leaves without a partner takes the likeliest: never one of weight 0.
    this.#alias = new Uint32Array(count).fill(
      weights.indexOf(weights.reduce((most, weight) => Math.max(most, weight), 0)),
    )
    const [small, large]: [number[], number[]] = [[], []]
    for (let i = 0; i < count; i++) {
      const weight = weights[i]!
      if (!(weight >= 0)) throw new RangeError(`a weight of ${weight}`)
      this.#share[i] = (weight / sum) * count
      ;(this.#share[i]! < 1 ? small : large).push(i)
    }
    while (small.length > 0 && large.length > 0) {
      const less = small.pop()!
      const more = large.at(-1)!
      this.#alias[less] = more
      // Adding first keeps the digits (so Vose on rounding).
      this.#share[more] = this.#share[more]! + this.#share[less]! - 1
      if (this.#share[more] < 1) small.push(large.pop()!)
    }
  }

  draw(random: Random): number {
    const i = Math.floor(random.next() * this.#share.length)
    return random.next() < this.#share[i]! ? i : this.#alias[i]!
  }
}
