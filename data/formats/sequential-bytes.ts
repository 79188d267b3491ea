/**
 * Bytes that arrive in pieces, taken in portions of known length. `fill` waits, `take` does not: a loop over small
 * records then pays for waiting once a piece and not once a record.
 */
export class SequentialBytes {
  /** Bytes taken so far. */
  offset = 0
  readonly #pieces: AsyncIterator<Uint8Array>
  #held: Uint8Array = new Uint8Array()
  #at = 0

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#pieces = pieces[Symbol.asyncIterator]()
  }

  has(length: number): boolean {
    return this.#held.length - this.#at >= length
  }

  /** Waits until `length` bytes are at hand; false when the file ends before. */
  async fill(length: number): Promise<boolean> {
    if (this.has(length)) return true
    const parts = [this.#held.subarray(this.#at)]
    let held = parts[0]?.length ?? 0
    while (held < length) {
      const next = await this.#pieces.next()
      if (next.done === true) break
      parts.push(next.value)
      held += next.value.length
    }
    this.#held = parts.length === 1 ? (parts[0] ?? this.#held) : Buffer.concat(parts)
    this.#at = 0
    return held >= length
  }

  /** The next `length` bytes, fewer at the end of what `fill` brought. */
  take(length: number): Uint8Array {
    const part = this.#held.subarray(this.#at, this.#at + length)
    this.#at += part.length
    this.offset += part.length
    return part
  }

  /** Passes over bytes without keeping them. */
  async skip(length: number): Promise<void> {
    let left = length
    while (left > 0 && (await this.fill(1))) left -= this.take(left).length
  }

  /** Lets go of the file. */
  async close(): Promise<void> {
    await this.#pieces.return?.()
  }
}

/** A view for reading numbers. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
