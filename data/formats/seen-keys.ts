/**
 * Which keys a file has already had, and on which line, in 20 bytes a key: two 32-bit hashes, the line and a hash of
 * the row's content. (Two different keys of a million agree in both with a probability of 3 in 10⁸.)
 */
export class SeenKeys {
  #size = 0
  #capacity = 1 << 12
  #slots = new Uint32Array(this.#capacity * 4)

  /** The line and content of the same key's first row, or null when the key is new and now noted. */
  note(key: string, line: number, content: number): { line: number; content: number } | null {
    if (this.#size * 2 > this.#capacity) this.#grow()
    const first = hash32(key, 0x811c9dc5)
    const second = hash32(key, 0x9747b28c)
    const slot = this.#find(this.#slots, first, second)
    if (this.#slots[slot + 2] !== 0) return { line: this.#slots[slot + 2] ?? 0, content: this.#slots[slot + 3] ?? 0 }
    this.#slots.set([first, second, line, content], slot)
    this.#size++
    return null
  }

  /** Index of the key's slot, or of the free one where it belongs (its line is 0). */
  #find(slots: Uint32Array, first: number, second: number): number {
    const mask = slots.length / 4 - 1
    for (let at = first & mask; ; at = (at + 1) & mask) {
      const slot = at * 4
      if (slots[slot + 2] === 0 || (slots[slot] === first && slots[slot + 1] === second)) return slot
    }
  }

  #grow(): void {
    this.#capacity *= 2
    const old = this.#slots
    this.#slots = new Uint32Array(this.#capacity * 4)
    for (let slot = 0; slot < old.length; slot += 4)
      if (old[slot + 2] !== 0) {
        const target = this.#find(this.#slots, old[slot] ?? 0, old[slot + 1] ?? 0)
        this.#slots.set(old.subarray(slot, slot + 4), target)
      }
  }
}

/** MurmurHash3's mixing over UTF-16 units: quick and well spread, not for secrets. */
export function hash32(text: string, seed = 0): number {
  let hash = seed
  for (let i = 0; i < text.length; i++) {
    let unit = Math.imul(text.charCodeAt(i), 0xcc9e2d51)
    unit = (unit << 15) | (unit >>> 17)
    hash ^= Math.imul(unit, 0x1b873593)
    hash = Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64
  }
  hash = Math.imul(hash ^ text.length ^ ((hash ^ text.length) >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
