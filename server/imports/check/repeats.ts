/**
 * How a row repeats an earlier one of the same number: `whole` in all of its cells, `recognised` in everything that is
 * imported, `otherwise` not.
 */
export type Likeness = 'whole' | 'recognised' | 'otherwise'

/** The first row of the same key, and how like it the later one is. */
export type Earlier = { ordinal: number; line: number; likeness: Likeness }

/**
 * What decides whether two rows of a file are the same. Rows that have no number of their own (`numbered` 0) share a
 * number made of what they say; they are the same only when they are so as a whole.
 */
export type Identity = { numbered: 0 | 1; whole: number; recognised: number | null }

/** Which rows repeat an earlier one of their file. */
export interface Repeats {
  /** The first row that this one repeats, or null when there is none. */
  earlier: (key: string, row: { ordinal: number; line: number }, identity?: Identity) => Earlier | null
}

const distinct: Identity = { numbered: 1, whole: 0, recognised: null }

/** Remembers every key: for a preview, and for areas, of which a file has few. */
export class SeenKeys implements Repeats {
  readonly #first = new Map<string, { ordinal: number; line: number; identity: Identity }>()

  earlier(key: string, { ordinal, line }: { ordinal: number; line: number }, identity = distinct): Earlier | null {
    const own = identity.numbered === 1 ? key : `${key} ${identity.whole}`
    const first = this.#first.get(own)
    if (first !== undefined)
      return { ordinal: first.ordinal, line: first.line, likeness: like(first.identity, identity) }
    this.#first.set(own, { ordinal, line, identity })
    return null
  }
}

function like(first: Identity, second: Identity): Likeness {
  if (first === second) return 'otherwise'
  if (first.whole === second.whole) return 'whole'
  return first.recognised !== null && first.recognised === second.recognised ? 'recognised' : 'otherwise'
}

/** Remembers nothing, however long the file is: the database finds them among the staged rows (`../apply/find-repeats.ts`). */
export const leftToDatabase: Repeats = { earlier: () => null }

/** A staged row that repeats another: its ordinal, the other's ordinal and line, and how like it is. */
export type Repeat = [ordinal: number, first: number, line: number, likeness: Likeness]

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
      for (const [at, ordinal, line, likeness] of repeats) this.#reported.set(at, { ordinal, line, likeness })
    }
  }

  earlier(_key: string, { ordinal }: { ordinal: number }): Earlier | null {
    const earlier = this.#reported.get(ordinal) ?? null
    this.#reported.delete(ordinal)
    return earlier
  }
}
