/** Sets of the numbers from 0 that are joined step by step (union–find; Tarjan 1975): nearly O(1) a step. */
export class DisjointSets {
  readonly #parents: Int32Array
  readonly #sizes: Int32Array

  constructor(count: number) {
    this.#parents = Int32Array.from({ length: count }, (_, at) => at)
    this.#sizes = new Int32Array(count).fill(1)
  }

  /** The number that stands for the set of a number. */
  rootOf(at: number): number {
    const parents = this.#parents
    let root = at
    while (parents[root] !== root) {
      // Path halving: every second step is shortened for the next search.
      parents[root] = parents[parents[root]!]!
      root = parents[root]!
    }
    return root
  }

  areJoined(a: number, b: number): boolean {
    return this.rootOf(a) === this.rootOf(b)
  }

  /** @returns the number that stands for both from now on */
  join(a: number, b: number): number {
    let [large, small] = [this.rootOf(a), this.rootOf(b)]
    if (large === small) return large
    if (this.#sizes[large]! < this.#sizes[small]!) [large, small] = [small, large]
    this.#parents[small] = large
    this.#sizes[large]! += this.#sizes[small]!
    return large
  }

  sizeOf(at: number): number {
    return this.#sizes[this.rootOf(at)]!
  }
}
