import type { Label } from '@minqing/data/domain/label'

/** What is worth telling and no reason to reject a row, with the number of rows it was said of. */
export class Remarks {
  readonly #rows = new Map<string, { label: Label; rows: number }>()

  add(label: Label, rows = 1): void {
    const remark = this.#rows.get(label.en)
    if (remark === undefined) this.#rows.set(label.en, { label, rows })
    else remark.rows += rows
  }

  all(): { label: Label; rows: number }[] {
    return [...this.#rows.values()]
  }
}
