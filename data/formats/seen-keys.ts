/** Parts that grow one by one: what is copied while one grows is a thousandth of the whole. */
const parts = 1024
const firstSlots = 16
/** How full a part gets, and how much larger it then is made: little room is empty, and a look takes a few steps. */
const fullest = 0.85
const growth = 1.2
const words = 3
const lineBits = 27

/**
 * Which keys a file has already had, and on which line, in 15 bytes a key: a slot holds 45 bits of a hash whose other
 * ten choose the part, 27 bits of the line and 24 of a hash of the row's content. (Two different keys of a million are
 * taken for the same with a probability of 1 in 70,000, of ten million with 1 in 700.)
 */
export class SeenKeys {
  readonly #parts: { slots: Uint32Array; size: number }[] = Array.from({ length: parts }, () => ({
    slots: new Uint32Array(firstSlots * words),
    size: 0,
  }))

  /**
   * The line of the same key's first row and whether its content was the same, or null when the key is new and now
   * noted.
   */
  note(key: string, line: number, content: number): { line: number; same: boolean } | null {
    const first = hash32(key, 0x811c9dc5)
    const second = hash32(key, 0x9747b28c)
    const part = this.#parts[first >>> 22]!
    if (part.size >= (part.slots.length / words) * fullest) grow(part)
    const low = (first & 31) << lineBits
    const high = ((first >>> 5) & 255) << 24
    const at = find(part.slots, second, low >>> lineBits, high >>> 24)
    const { slots } = part
    if (slots[at + 1] !== 0) {
      const same = ((slots[at + 2]! ^ content) & 0xffffff) === 0
      return { line: slots[at + 1]! & ((1 << lineBits) - 1), same }
    }
    slots[at] = second
    slots[at + 1] = low | line
    slots[at + 2] = high | (content & 0xffffff)
    part.size++
    return null
  }
}

/** Index of the key's slot, or of the free one where it belongs (its line is 0). */
function find(slots: Uint32Array, second: number, low: number, high: number): number {
  const count = slots.length / words
  for (let slot = Math.floor((second / 2 ** 32) * count); ; slot = slot + 1 === count ? 0 : slot + 1) {
    const at = slot * words
    if (slots[at + 1] === 0) return at
    if (slots[at] === second && slots[at + 1]! >>> lineBits === low && slots[at + 2]! >>> 24 === high) return at
  }
}

function grow(part: { slots: Uint32Array }): void {
  const old = part.slots
  part.slots = new Uint32Array(Math.ceil((old.length / words) * growth) * words)
  for (let at = 0; at < old.length; at += words)
    if (old[at + 1] !== 0) {
      const target = find(part.slots, old[at]!, old[at + 1]! >>> lineBits, old[at + 2]! >>> 24)
      part.slots.set(old.subarray(at, at + words), target)
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
