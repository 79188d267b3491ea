import { FileProblem } from '@minqing/data/formats/file-problem'
import type { FieldName } from '@minqing/data/domain/field-name'
import { hash53 } from '@minqing/data/formats/hash32'
import type { WordOption } from '@minqing/data/formats/words/words'

/** What somebody says that a word means: below a field or a column, the code or the label of a member of its set. */
export type WordChoice = { of: string; word: string; meaning: string }

/** A closed set as a check asks it: what can be chosen, and what a word is known for. */
export type ClosedSet<Code extends string> = {
  options: readonly WordOption[]
  read(word: string): Code | null
}

/** A word of a closed set that occurs in a file: what it is taken for, and whether that was known or chosen. */
export type FoundWord = { field: FieldName; word: string; rows: number; code: string; isKnown: boolean }

/** Words of a field that nobody knows, and as many that are known, which are remembered one by one. */
const mostWords = 200
/** Further words of a field of which it is known that they differ. */
const mostFurther = 10_000
/** Characters of a word that is reported: a longer one is chosen by its beginning and “…”. */
const longestWord = 200

/** What is not reported one by one of a field's words that nobody knows: how many there are (at least), and their rows. */
export type FurtherWords = { words: number; rows: number }

/** What the words of closed sets mean in a file: what a person chose, then what is known; and the words that occurred. */
export class ChosenWords {
  readonly #choices: readonly WordChoice[]
  readonly #chosen = new Map<FieldName, ReadonlyMap<string, string>>()
  readonly #found = new Map<FieldName, { known: Map<string, FoundWord>; unknown: Map<string, FoundWord> }>()
  readonly #further = new Map<FieldName, { hashes: Set<number>; rows: number }>()
  readonly #options = new Map<FieldName, readonly WordOption[]>()
  readonly #countsKnown: boolean

  /** @param countsKnown for a preview: the words that are understood are counted too */
  constructor(choices: readonly WordChoice[] = [], countsKnown = false) {
    this.#choices = choices
    this.#countsKnown = countsKnown
  }

  /**
   * The member of its set that a person chose for a word; null where nobody did.
   *
   * @param columns the field's columns, by whose names a choice may be said as well
   * @throws FileProblem where what was chosen is no member of the set
   */
  chosen<Code extends string>(
    field: FieldName,
    columns: readonly { column: string }[],
    word: string,
    set: ClosedSet<Code>,
  ): Code | null {
    if (this.#choices.length === 0) return null
    let chosen = this.#chosen.get(field)
    if (chosen === undefined) {
      const own = this.#choices.filter(({ of }) => of === field || columns.some(({ column }) => column === of))
      chosen = new Map(own.map((choice) => [choice.word, codeOf(choice, set)]))
      this.#chosen.set(field, chosen)
    }
    // `codeOf` read it from the set.
    return ((chosen.get(word) ?? chosen.get(reported(word))) as Code | undefined) ?? null
  }

  /** Counts a word of a row. */
  note(field: FieldName, word: string, { options }: ClosedSet<string>, code: string, isKnown: boolean): void {
    if (isKnown && !this.#countsKnown) return
    this.#options.set(field, options)
    let ofField = this.#found.get(field)
    if (ofField === undefined) this.#found.set(field, (ofField = { known: new Map(), unknown: new Map() }))
    const words = isKnown ? ofField.known : ofField.unknown
    const short = reported(word)
    const found = words.get(short)
    if (found !== undefined) found.rows++
    else if (words.size < mostWords) words.set(short, { field, word: short, rows: 1, code, isKnown })
    else if (!isKnown) this.#noteFurther(field, word)
  }

  #noteFurther(field: FieldName, word: string): void {
    const further = this.#further.get(field) ?? { hashes: new Set<number>(), rows: 0 }
    this.#further.set(field, further)
    further.rows++
    if (further.hashes.size < mostFurther) further.hashes.add(hash53(word))
  }

  /** The words that occurred, the most frequent first. */
  found(): FoundWord[] {
    return [...this.#found.values()]
      .flatMap(({ known, unknown }) => [...known.values(), ...unknown.values()])
      .toSorted((left, right) => right.rows - left.rows)
  }

  /** How many more words of a field nobody knows than `found` gives. */
  further(field: FieldName): FurtherWords {
    const { hashes, rows = 0 } = this.#further.get(field) ?? {}
    return { words: hashes?.size ?? 0, rows }
  }

  /** What the words of a field that occurred can be chosen to mean. */
  options(field: FieldName): readonly WordOption[] {
    return this.#options.get(field) ?? []
  }

  /** Choices of a field or column that the file does not have. */
  missing(fields: ReadonlySet<string>, columns: ReadonlySet<string>): string[] {
    return [...new Set(this.#choices.map(({ of }) => of))].filter((name) => !fields.has(name) && !columns.has(name))
  }
}

function reported(word: string): string {
  return word.length <= longestWord ? word : `${word.slice(0, longestWord).toWellFormed()}…`
}

function codeOf<Code extends string>({ of, word, meaning }: WordChoice, set: ClosedSet<Code>): Code {
  const code = set.read(meaning)
  if (code !== null) return code
  const { options } = set
  throw new FileProblem(
    `--word ${of}=${word}=${meaning}：没有“${meaning}”这个取值。可用：${options.map(({ code: own, label }) => `${label.zh}（${own}）`).join('、')}`,
    `--word ${of}=${word}=${meaning}: there is no value “${meaning}”. Use one of ${options.map(({ code: own, label }) => `${label.en} (${own})`).join(', ')}`,
  )
}
