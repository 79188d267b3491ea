/** Characters below which nothing is tolerated: they prove too little. */
const fewestCharacters = 12

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
    const allowed = tolerated > 0 && this.#pairs >= fewestCharacters ? Math.max(1, tolerated * this.#pairs) : 0
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

/** Pairs below which chance could pass for Big5. */
const fewestPairs = 20

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
    if (!this.#valid || this.#lead !== 0 || this.#pairs < fewestPairs) return false
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
