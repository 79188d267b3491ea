import type { Label } from '@minqing/data/domain/label'

/** Rows that a note names; of more it says so. */
const mostNamed = 10

/** Notes that are no reason to reject a row, each with the number of its rows. */
export class RowNotes {
  readonly #rows = new Map<string, { label: Label; rows: number; named: Label[] }>()

  /** @param name of the row, where people will want to look at it */
  add(label: Label, rows = 1, name?: Label): void {
    const note = this.#rows.get(label.en) ?? { label, rows: 0, named: [] }
    note.rows += rows
    if (name !== undefined && note.named.length < mostNamed) note.named.push(name)
    this.#rows.set(label.en, note)
  }

  all(): { label: Label; rows: number }[] {
    return [...this.#rows.values()].map(({ label, rows, named }) => ({ label: withNames(label, rows, named), rows }))
  }
}

function withNames(label: Label, rows: number, named: readonly Label[]): Label {
  if (named.length === 0) return label
  const more = rows > named.length
  return {
    zh: `${label.zh}：${named.map(({ zh }) => zh).join('、')}${more ? '等' : ''}`,
    en: `${label.en}: ${named.map(({ en }) => en).join(', ')}${more ? ', …' : ''}`,
  }
}
