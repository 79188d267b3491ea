import type { Label } from '../domain/label.ts'

/** What a reader tells of a file: sentences, and things that it counts while it reads. */
export class RowNotes {
  /** Grows and changes while rows are read. */
  readonly list: Label[]
  readonly #counted = new Map<Label, { index: number; times: number }>()

  constructor(first: readonly Label[] = []) {
    this.list = [...first]
  }

  add(note: Label): void {
    this.list.push(note)
  }

  /** One more of what the label names; the list shows `3 条记录没有图形`. */
  count(what: Label): void {
    const entry = this.#counted.get(what) ?? { index: this.list.push(what) - 1, times: 0 }
    entry.times++
    this.#counted.set(what, entry)
    this.list[entry.index] = { zh: `${entry.times} ${what.zh}`, en: `${entry.times} ${what.en}` }
  }
}
