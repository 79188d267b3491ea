import type { Random } from './random.ts'

/**
 * Rows of distinct areas, drawn without replacement: the begin of a shuffle (Fisher & Yates) that each row carries on. A
 * row without one area is such a shuffle of all others.
 */
export class RandomRows {
  readonly #random: Random
  readonly #order: Uint32Array
  readonly #width: number

  /** @param width areas of a row, at most `areas` */
  constructor(random: Random, areas: number, width: number) {
    this.#random = random
    this.#order = Uint32Array.from({ length: areas }, (_, i) => i)
    this.#width = width
  }

  /** The next rows, one after the other. */
  draw(rows: number): Uint32Array {
    const order = this.#order
    const table = new Uint32Array(rows * this.#width)
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < this.#width; i++) {
        const j = this.#random.whole(i, order.length - 1)
        const drawn = order[j]!
        order[j] = order[i]!
        order[i] = drawn
        table[row * this.#width + i] = drawn
      }
    }
    return table
  }
}

/**
 * Sums of the values of the first k areas of each row, for every k below the width, the current area left out: where it
 * is among the first k, the one after them takes its place. Rows are added up once; for an area only those are looked at
 * in which it is, rows × width ÷ n of n areas, where adding up each row for each area would take n × rows × width steps.
 */
export class RowSums {
  readonly rows: number
  /** Sum of the first k values of a row, at (k − 1) × rows + row. */
  readonly #sums: Float64Array
  readonly #values: Float64Array
  /** Where in the table an area is: area a at `#places[#starts[a]] … #places[#starts[a + 1] - 1]`. */
  readonly #starts: Uint32Array
  readonly #places: Uint32Array
  readonly #width: number
  readonly #others: Float64Array<ArrayBuffer>

  constructor(values: Float64Array, table: Uint32Array, width: number) {
    this.rows = table.length / width
    this.#values = values
    this.#width = width
    this.#sums = new Float64Array(table.length)
    this.#others = new Float64Array(this.rows)
    for (let row = 0; row < this.rows; row++) {
      let sum = 0
      for (let i = 0; i < width; i++) this.#sums[i * this.rows + row] = sum += values[table[row * width + i]!]!
    }
    this.#starts = new Uint32Array(values.length + 1)
    this.#places = new Uint32Array(table.length)
    for (const area of table) this.#starts[area + 1]!++
    for (let area = 0; area < values.length; area++) this.#starts[area + 1]! += this.#starts[area]!
    const next = this.#starts.slice()
    for (let at = 0; at < table.length; at++) this.#places[next[table[at]!]!++] = at
  }

  /** Of each row the sum of the first k areas other than `area`; the next call writes into the same array. */
  ofFirst(k: number, area: number): Float64Array<ArrayBuffer> {
    const { rows } = this
    this.#others.set(this.#sums.subarray((k - 1) * rows, k * rows))
    for (let at = this.#starts[area]!; at < this.#starts[area + 1]!; at++) {
      const place = this.#places[at]!
      const row = Math.floor(place / this.#width)
      if (place - row * this.#width < k) this.#others[row] = this.#sums[k * rows + row]! - this.#values[area]!
    }
    return this.#others
  }
}
