/** The first row of the same key, and whether it said the same. */
export type Earlier = { ordinal: number; line: number; same: boolean }

/** Which rows repeat an earlier one of their file. */
export interface Repeats {
  /**
   * The first row with this key, or null when this is it.
   *
   * @param content hash of all that makes two rows of one key the same
   */
  earlier: (key: string, row: { ordinal: number; line: number }, content: number) => Earlier | null
}

/** Remembers every key: for a preview, and for areas, of which a file has few. */
export class SeenKeys implements Repeats {
  readonly #first = new Map<string, { ordinal: number; line: number; content: number }>()

  earlier(key: string, { ordinal, line }: { ordinal: number; line: number }, content: number): Earlier | null {
    const first = this.#first.get(key)
    if (first !== undefined) return { ordinal: first.ordinal, line: first.line, same: first.content === content }
    this.#first.set(key, { ordinal, line, content })
    return null
  }
}

/** Remembers nothing, however long the file is: the database finds them among the staged rows (`../apply/find-repeats.ts`). */
export const leftToDatabase: Repeats = { earlier: () => null }

/** A staged row that repeats another: its ordinal, the other's ordinal and line, and whether both say the same. */
export type Repeat = [ordinal: number, first: number, line: number, same: boolean]

/** What the database found, sent piece by piece as the file is read again: memory holds two pieces. */
export class ReportedRepeats implements Repeats {
  readonly #more: () => Promise<readonly Repeat[]>
  readonly #reported = new Map<number, Earlier>()
  #reached = 0

  /** @param more the next repeats in the order of the file; none when that was all */
  constructor(more: () => Promise<readonly Repeat[]>) {
    this.#more = more
  }

  /** Makes sure that every repeat up to a row is known; each is forgotten when its row has come. */
  async upTo(ordinal: number): Promise<void> {
    while (this.#reached < ordinal) {
      // One piece after the other is what keeps memory small.
      const repeats = await this.#more()
      this.#reached = repeats.at(-1)?.[0] ?? Infinity
      for (const [at, ordinal, line, same] of repeats) this.#reported.set(at, { ordinal, line, same })
    }
  }

  earlier(_key: string, { ordinal }: { ordinal: number }): Earlier | null {
    const earlier = this.#reported.get(ordinal) ?? null
    this.#reported.delete(ordinal)
    return earlier
  }
}
