import FFT from 'fft.js'
import { kernelAt, kernelStamp, type Kernel } from './density-kernel.ts'

/** Rows that are moved together between the two directions of the transform: their lines stay in the cache. */
const block = 8

/**
 * Convolution of rasters of one size with radially symmetric kernels through the discrete Fourier transform (Silverman
 * 1982, Applied Statistics AS 176; Wand 1994 for two dimensions). Rasters are padded with zeros, so that nothing comes
 * round from the other side. A kernel's transform is real, because it is symmetric; two rasters are therefore convolved
 * at once, as real and imaginary part. Errors are about 1e-16 of the largest value.
 *
 * O(N log N) in the padded nodes whatever the bandwidth; memory 24 bytes a padded node.
 */
export class FourierConvolution {
  readonly #columns: number
  readonly #rows: number
  readonly #width: number
  readonly #height: number
  readonly #alongRow: FFT
  readonly #alongColumn: FFT
  /** Transform of the rasters, column by column, real and imaginary parts in turn. */
  readonly #spectrum: Float64Array
  readonly #rowBlock: Float64Array
  readonly #line: Float64Array
  readonly #result: Float64Array

  /** @param support cells to which the widest kernel reaches; it is cut where it reaches over the whole raster */
  constructor(columns: number, rows: number, support: number) {
    this.#columns = columns
    this.#rows = rows
    this.#width = powerOfTwo(columns + Math.min(Math.ceil(support), columns - 1))
    this.#height = powerOfTwo(rows + Math.min(Math.ceil(support), rows - 1))
    this.#alongRow = new FFT(this.#width)
    this.#alongColumn = new FFT(this.#height)
    this.#spectrum = new Float64Array(2 * this.#width * this.#height)
    this.#rowBlock = new Float64Array(2 * block * this.#width)
    const longest = 2 * Math.max(this.#width, this.#height)
    this.#line = new Float64Array(longest)
    this.#result = new Float64Array(longest)
  }

  /** The transform of a kernel of so many cells' bandwidth whose weights at the nodes add up to 1, to convolve with. */
  transformOf(kernel: Kernel, radius: number): KernelTransform {
    switch (kernel) {
      case 'gaussian':
        return {
          alongRow: this.#gaussianLine(this.#alongRow, this.#width, this.#columns, radius),
          alongColumn: this.#gaussianLine(this.#alongColumn, this.#height, this.#rows, radius),
        }
      case 'quartic':
        return this.#wholeTransform(kernel, radius)
    }
  }

  /**
   * Convolves one raster, or two at the cost of one, row by row in and out.
   * @param values overwritten with the result
   * @param others likewise; null for none
   */
  convolve(values: Float64Array, others: Float64Array | null, transform: KernelTransform): void {
    this.#forwardRows(values, others, this.#columns, this.#rows)
    this.#columnsTimes(transform)
    this.#inverseRows(values, others)
  }

  /** The Gaussian is a product of its two directions, and so is its transform. */
  #gaussianLine(transform: FFT, length: number, nodes: number, radius: number): Float64Array {
    const line = new Float64Array(2 * length)
    const reach = Math.min(nodes - 1, Math.ceil(8 * radius))
    let sum = 0
    for (let at = -Math.ceil(8 * radius); at <= Math.ceil(8 * radius); at++)
      sum += kernelAt('gaussian', (at / radius) ** 2)
    for (let at = -reach; at <= reach; at++)
      line[2 * ((at + length) % length)] = kernelAt('gaussian', (at / radius) ** 2) / sum
    const result = new Float64Array(2 * length)
    transform.transform(result, line)
    return Float64Array.from({ length }, (_, at) => result[2 * at]!)
  }

  #wholeTransform(kernel: Kernel, radius: number): Float64Array {
    const support = Math.ceil(radius)
    const { weights } = kernelStamp(kernel, radius, support)
    const size = 2 * support + 1
    const [width, height] = [this.#width, this.#height]
    const wrapped = new Float64Array(width * height)
    const [reachX, reachY] = [Math.min(support, this.#columns - 1), Math.min(support, this.#rows - 1)]
    for (let dy = -reachY; dy <= reachY; dy++) {
      const to = ((dy + height) % height) * width
      for (let dx = -reachX; dx <= reachX; dx++)
        wrapped[to + ((dx + width) % width)] = weights[(dy + support) * size + dx + support]!
    }
    this.#forwardRows(wrapped, null, width, height)
    for (let column = 0; column < width; column++) {
      const from = 2 * column * height
      this.#alongColumn.transform(this.#result, this.#spectrum.subarray(from, from + 2 * height))
      for (let row = 0; row < height; row++) wrapped[column * height + row] = this.#result[2 * row]!
    }
    return wrapped
  }

  #forwardRows(values: Float64Array, others: Float64Array | null, columns: number, rows: number): void {
    const [width, height, spectrum, line] = [this.#width, this.#height, this.#spectrum, this.#line]
    spectrum.fill(0)
    for (let first = 0; first < rows; first += block) {
      const count = Math.min(block, rows - first)
      line.fill(0, 0, 2 * width)
      for (let row = 0; row < count; row++) {
        const from = (first + row) * columns
        for (let column = 0; column < columns; column++) {
          line[2 * column] = values[from + column]!
          if (others !== null) line[2 * column + 1] = others[from + column]!
        }
        this.#alongRow.transform(this.#rowBlock.subarray(2 * row * width, 2 * (row + 1) * width), line)
      }
      for (let column = 0; column < width; column++) {
        const to = 2 * (column * height + first)
        for (let row = 0; row < count; row++) {
          spectrum[to + 2 * row] = this.#rowBlock[2 * (row * width + column)]!
          spectrum[to + 2 * row + 1] = this.#rowBlock[2 * (row * width + column) + 1]!
        }
      }
    }
  }

  #columnsTimes(transform: KernelTransform): void {
    const [width, height, line] = [this.#width, this.#height, this.#result]
    for (let column = 0; column < width; column++) {
      const spectrum = this.#spectrum.subarray(2 * column * height, 2 * (column + 1) * height)
      this.#alongColumn.transform(line, spectrum)
      for (let row = 0; row < height; row++) {
        const factor =
          transform instanceof Float64Array
            ? transform[column * height + row]!
            : transform.alongRow[column]! * transform.alongColumn[row]!
        line[2 * row]! *= factor
        line[2 * row + 1]! *= factor
      }
      this.#alongColumn.inverseTransform(spectrum, line)
    }
  }

  #inverseRows(values: Float64Array, others: Float64Array | null): void {
    const [width, height, columns, rows] = [this.#width, this.#height, this.#columns, this.#rows]
    for (let first = 0; first < rows; first += block) {
      const count = Math.min(block, rows - first)
      for (let column = 0; column < width; column++) {
        const from = 2 * (column * height + first)
        for (let row = 0; row < count; row++) {
          this.#rowBlock[2 * (row * width + column)] = this.#spectrum[from + 2 * row]!
          this.#rowBlock[2 * (row * width + column) + 1] = this.#spectrum[from + 2 * row + 1]!
        }
      }
      for (let row = 0; row < count; row++) {
        this.#alongRow.inverseTransform(this.#line, this.#rowBlock.subarray(2 * row * width, 2 * (row + 1) * width))
        const to = (first + row) * columns
        for (let column = 0; column < columns; column++) {
          values[to + column] = this.#line[2 * column]!
          if (others !== null) others[to + column] = this.#line[2 * column + 1]!
        }
      }
    }
  }
}

/** Real transform of a kernel: at every padded node, column by column, or as a product of two lines. */
export type KernelTransform = Float64Array | { alongRow: Float64Array; alongColumn: Float64Array }

function powerOfTwo(least: number): number {
  let size = 4
  while (size < least) size *= 2
  return size
}
