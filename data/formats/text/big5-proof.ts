/** Pairs below which chance could pass for Big5. */
const fewest = 20

/**
 * Counts what bytes would be as Big5 (Taiwan, Hong Kong). Most pairs must be punctuation or of the 5,401 frequently used
 * characters, and a good part of the second bytes must lie where no EUC encoding and no GB 2312 has any.
 */
export class Big5Bytes {
  #lead = 0
  #pairs = 0
  #common = 0
  #low = 0
  #valid = true

  add(chunk: Uint8Array): void {
    for (const byte of chunk) {
      if (this.#lead !== 0) this.#trail(byte)
      else if (byte >= 0x81 && byte <= 0xfe) this.#lead = byte
      else if (byte >= 0x80) this.#valid = false
    }
  }

  proven(): boolean {
    if (!this.#valid || this.#lead !== 0 || this.#pairs < fewest) return false
    return this.#common / this.#pairs >= 0.9 && this.#low / this.#pairs >= 0.15
  }

  #trail(byte: number): void {
    const low = byte >= 0x40 && byte <= 0x7e
    if (!low && (byte < 0xa1 || byte > 0xfe)) this.#valid = false
    this.#pairs++
    if (low) this.#low++
    if (this.#lead >= 0xa1 && this.#lead <= 0xc6) this.#common++
    this.#lead = 0
  }
}
