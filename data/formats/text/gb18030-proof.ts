/** Characters below which nothing is tolerated: they prove too little. */
const fewest = 12

/**
 * Counts what bytes would be as GB18030. Valid pairs alone prove little (other Asian encodings have them too), so most
 * must be common: punctuation or the 3,755 first-level characters of GB 2312, which make up 99 % of modern text.
 */
export class ChineseBytes {
  #lead = 0
  #second = 0
  #third = 0
  #pairs = 0
  #common = 0
  #broken = 0

  add(chunk: Uint8Array): void {
    for (const byte of chunk) {
      if (this.#third !== 0) this.#fourth(byte)
      else if (this.#second !== 0) this.#thirdOf(byte)
      else if (this.#lead !== 0) this.#trail(byte)
      else if (byte >= 0x81 && byte <= 0xfe) this.#lead = byte
      else if (byte >= 0x80) this.#broken++
    }
  }

  /** @param tolerated the share of characters that may be broken: exports cut a field's last one in half */
  proven(tolerated = 0): boolean {
    const broken = this.#broken + (this.#lead === 0 ? 0 : 1)
    // In a small table one character is more than the share.
    const allowed = tolerated > 0 && this.#pairs >= fewest ? Math.max(1, tolerated * this.#pairs) : 0
    return this.#pairs > 0 && broken <= allowed && this.#common / this.#pairs >= 0.8
  }

  #trail(byte: number): void {
    if (byte >= 0x30 && byte <= 0x39) {
      this.#second = byte
      return
    }
    this.#take((byte >= 0x40 && byte <= 0x7e) || (byte >= 0x80 && byte <= 0xfe), () => {
      this.#pairs++
      const ordinary = (this.#lead >= 0xb0 && this.#lead <= 0xd7) || (this.#lead >= 0xa1 && this.#lead <= 0xa3)
      if (ordinary && byte >= 0xa1) this.#common++
    })
    this.#lead = 0
  }

  #thirdOf(byte: number): void {
    const valid = byte >= 0x81 && byte <= 0xfe
    this.#take(valid, () => (this.#third = byte))
    if (valid) return
    this.#lead = 0
    this.#second = 0
  }

  #fourth(byte: number): void {
    this.#take(byte >= 0x30 && byte <= 0x39, () => this.#pairs++)
    this.#lead = 0
    this.#second = 0
    this.#third = 0
  }

  #take(valid: boolean, then: () => void): void {
    if (valid) then()
    else this.#broken++
  }
}
