import type { Random } from './random.ts'

/**
 * Rows of distinct positions 0 … n − 2, drawn without replacement: the begin of a shuffle (Fisher & Yates) that each row
 * carries on. Position p stands for area p before the current one, and for area p + 1 from there on.
 */
export class RandomRows {
  readonly #random: Random
  readonly #order: Uint32Array
  readonly #width: number

  constructor(random: Random, positions: number, width: number) {
    this.#random = random
    this.#order = Uint32Array.from({ length: Math.max(0, positions) }, (_, i) => i)
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
 * Sums of the values at the first k positions of each row, for every k up to the width, as seen from one area after the
 * other. From an area to the next, one position only stands for another area, so that few rows change: over all n
 * areas, rows × width of them, where adding up each row for each area would take n × rows × width steps.
 */
export class RowSums {
  readonly rows: number
  /** Sum of the first k values of a row, at (k − 1) × rows + row. */
  readonly #sums: Float64Array<ArrayBuffer>
  readonly #values: Float64Array
  readonly #table: Uint32Array
  readonly #width: number
  /** Rows by the position that they contain: those of position p are at `#starts[p] … #starts[p + 1] - 1`. */
  readonly #starts: Uint32Array
  readonly #rowsOf: Uint32Array
  #area: number

  constructor(values: Float64Array, table: Uint32Array, width: number, area: number) {
    this.rows = table.length / width
    this.#sums = new Float64Array(table.length)
    this.#values = values
    this.#table = table
    this.#width = width
    this.#area = area
    this.#starts = new Uint32Array(values.length + 1)
    this.#rowsOf = new Uint32Array(table.length)
    for (const position of table) this.#starts[position + 1]!++
    for (let position = 0; position < values.length; position++) this.#starts[position + 1]! += this.#starts[position]!
    const next = this.#starts.slice()
    for (let at = 0; at < table.length; at++) this.#rowsOf[next[table[at]!]!++] = Math.floor(at / width)
    for (let row = 0; row < this.rows; row++) this.#add(row)
  }

  /** Of each row the sum of its first k values, of the current area; a view that the next advance changes. */
  ofFirst(k: number): Float64Array<ArrayBuffer> {
    return this.#sums.subarray((k - 1) * this.rows, k * this.rows)
  }

  /** To the area after the current one. */
  advance(): void {
    const position = this.#area++
    for (let at = this.#starts[position]!; at < this.#starts[position + 1]!; at++) this.#add(this.#rowsOf[at]!)
  }

  /** Added up from the start each time, so that rounding does not depend on the area at which the range began. */
  #add(row: number): void {
    let sum = 0
    for (let i = 0; i < this.#width; i++) {
      const position = this.#table[row * this.#width + i]!
      sum += this.#values[position < this.#area ? position : position + 1]!
      this.#sums[i * this.rows + row] = sum
    }
  }
}
