import { Random } from './random.ts'

/** Rows of a block. */
export const rowsOfBlock = 1000

/** Bytes of blocks that are cached. */
const mostCached = 64 * 2 ** 20

/** Rows of distinct areas, one after the other, and where each area is in them. */
export type RowBlock = {
  width: number
  areas: Uint32Array
  /** Area a is at the indices `places[starts[a]] … places[starts[a + 1] - 1]` of `areas`. */
  starts: Uint32Array
  places: Uint32Array
}

/**
 * Rows of distinct areas, drawn without replacement: the begin of a shuffle (Fisher & Yates) that each row carries on. A
 * row without one area is such a shuffle of all others.
 */
class RandomRows {
  readonly key: string
  readonly #random: Random
  readonly #order: Uint32Array
  readonly #width: number
  readonly #blocks: RowBlock[] = []

  constructor(key: string, seed: number, areas: number, width: number) {
    this.key = key
    this.#random = new Random(seed, 'conditional permutations')
    this.#order = Uint32Array.from({ length: areas }, (_, i) => i)
    this.#width = width
  }

  /** Blocks are asked for in their order, from 0. */
  block(index: number): RowBlock {
    const known = this.#blocks[index]
    if (known !== undefined) return known
    const block = indexed(this.#draw(), this.#order.length, this.#width)
    const bytes = 4 * (2 * block.areas.length + block.starts.length)
    if ((this.#blocks.length + 1) * bytes <= mostCached) this.#blocks.push(block)
    // Its first blocks cannot be had again.
    else if (last === this) last = undefined
    return block
  }

  #draw(): Uint32Array {
    const order = this.#order
    const areas = new Uint32Array(rowsOfBlock * this.#width)
    for (let row = 0; row < rowsOfBlock; row++) {
      for (let i = 0; i < this.#width; i++) {
        const j = this.#random.whole(i, order.length - 1)
        const drawn = order[j]!
        order[j] = order[i]!
        order[i] = drawn
        areas[row * this.#width + i] = drawn
      }
    }
    return areas
  }
}

let last: RandomRows | undefined

/**
 * The seed alone decides the rows, so that those of the last call are kept: several figures of the same areas are compared
 * with the same rows, which take longer to draw than to add up.
 *
 * @param areas number of areas
 * @param width areas of a row, at most `areas`
 */
export function randomRows(seed: number, areas: number, width: number): Pick<RandomRows, 'block'> {
  const key = `${seed} ${areas} ${width}`
  if (last?.key !== key) last = new RandomRows(key, seed, areas, width)
  return last
}

function indexed(rows: Uint32Array, areas: number, width: number): RowBlock {
  const starts = new Uint32Array(areas + 1)
  const places = new Uint32Array(rows.length)
  for (const area of rows) starts[area + 1]!++
  for (let area = 0; area < areas; area++) starts[area + 1]! += starts[area]!
  const next = starts.slice()
  for (let at = 0; at < rows.length; at++) places[next[rows[at]!]!++] = at
  return { width, areas: rows, starts, places }
}

/**
 * Sums of the values of the first k areas of each row, for every k below the width, the current area left out: where it
 * is among the first k, the one after them takes its place. Rows are added up once; for an area only those are looked at
 * in which it is, rows × width ÷ n of n areas, where adding up each row for each area would take n × rows × width steps.
 */
export class RowSums {
  /** Sum of the first k values of a row, at (k − 1) × rows + row. */
  readonly #sums: Float64Array
  readonly #values: Float64Array
  readonly #block: RowBlock
  readonly #rows: number
  readonly #others: Float64Array<ArrayBuffer>

  /** @param rows of the block that are used, from its first */
  constructor(values: Float64Array, block: RowBlock, rows: number) {
    const { width, areas } = block
    this.#rows = rows
    this.#values = values
    this.#block = block
    this.#sums = new Float64Array(rows * width)
    this.#others = new Float64Array(rows)
    for (let row = 0; row < rows; row++) {
      let sum = 0
      for (let i = 0; i < width; i++) this.#sums[i * rows + row] = sum += values[areas[row * width + i]!]!
    }
  }

  /** Of each row the sum of the first k areas other than `area`; the next call writes into the same array. */
  ofFirst(k: number, area: number): Float64Array<ArrayBuffer> {
    const rows = this.#rows
    const { width, starts, places } = this.#block
    this.#others.set(this.#sums.subarray((k - 1) * rows, k * rows))
    for (let at = starts[area]!; at < starts[area + 1]!; at++) {
      const place = places[at]!
      const row = Math.floor(place / width)
      if (row < rows && place - row * width < k) this.#others[row] = this.#sums[k * rows + row]! - this.#values[area]!
    }
    return this.#others
  }
}
