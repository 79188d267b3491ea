import { FileProblem } from '../file-problem.ts'

/** Text that a workbook may hold in common: a million cells of forty Chinese characters. */
const maximumBytes = 128 * 2 ** 20
const maximumCount = 4_000_000

/**
 * The texts that cells refer to by number, packed as UTF-8 outside the JavaScript heap: as strings, those of a large
 * ledger would take several times their size.
 */
export class SharedStrings {
  #buffer = Buffer.alloc(1 << 16)
  #ends = new Uint32Array(1 << 12)
  #count = 0
  #size = 0
  #recent = new Map<number, string>()

  /** The text of that number; undefined when there is none. */
  get(index: number): string | undefined {
    if (!(index >= 0 && index < this.#count)) return undefined
    let text = this.#recent.get(index)
    if (text === undefined) {
      text = this.#buffer.toString('utf8', index === 0 ? 0 : this.#ends[index - 1], this.#ends[index])
      // Names of types and areas come again in every row.
      if (this.#recent.size >= 5_000) this.#recent.clear()
      this.#recent.set(index, text)
    }
    return text
  }

  /**
   * @param file how the file is called in a message
   * @throws FileProblem when it is more than memory should hold
   */
  add(text: string, file: string): void {
    const length = Buffer.byteLength(text)
    if (this.#size + length > maximumBytes || this.#count >= maximumCount)
      throw new FileProblem(
        `“${file}”里的文字太多（超过 ${maximumBytes / 2 ** 20} MiB 或 ${maximumCount / 10_000} 万条），无法读取。请另存为“CSV UTF-8”后导入`,
        `“${file}” holds too much text (more than ${maximumBytes / 2 ** 20} MiB or ${maximumCount / 1e6} million entries). Save it as “CSV UTF-8” and import that`,
      )
    if (this.#size + length > this.#buffer.length) {
      const larger = Buffer.alloc(Math.max(this.#buffer.length * 2, this.#size + length))
      this.#buffer.copy(larger, 0, 0, this.#size)
      this.#buffer = larger
    }
    if (this.#count === this.#ends.length) {
      const larger = new Uint32Array(this.#count * 2)
      larger.set(this.#ends)
      this.#ends = larger
    }
    this.#size += this.#buffer.write(text, this.#size)
    this.#ends[this.#count++] = this.#size
  }
}
