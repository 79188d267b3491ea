import { FileProblem } from '../file-problem.ts'
import { limits } from '../source-row.ts'
import type { Merge } from '../tables/table-header.ts'
import type { SheetRow } from './workbook.ts'

/**
 * Gives every row of a joined cell its value: a community that is written once beside twenty cases belongs to all of
 * them.
 */
export class MergeFiller {
  readonly #merges: readonly Merge[]
  #next = 0
  #active: { merge: Merge; value: unknown }[] = []

  /** @param merges those over several rows of the body, by their top */
  constructor(merges: readonly Merge[]) {
    this.#merges = merges.filter(({ top, bottom, left }) => bottom > top && left < limits.columns)
  }

  /** @throws FileProblem when joined cells overlap, as none can that a program wrote */
  fill({ line, cells }: SheetRow): void {
    if (this.#active.length > 0) this.#active = this.#active.filter(({ merge }) => merge.bottom >= line)
    for (const { merge, value } of this.#active) {
      if (value === undefined || value === null || (cells[merge.left] ?? null) !== null) continue
      while (cells.length < merge.left) cells.push(null)
      cells[merge.left] = value
    }
    for (
      let merge = this.#merges[this.#next];
      merge !== undefined && merge.top <= line;
      merge = this.#merges[++this.#next]
    )
      if (merge.bottom > line) this.#active.push({ merge, value: merge.top === line ? cells[merge.left] : null })
    if (this.#active.length > limits.columns * 2)
      throw new FileProblem(
        '工作表里的合并单元格互相重叠，文件可能已损坏。请在 Excel 中打开，取消合并后另存',
        'Joined cells of the sheet overlap: the file may be damaged. Open it in Excel, unjoin them and save it again',
      )
  }
}
