import { FileProblem } from './file-problem.ts'
import { limits } from './source-row.ts'

/** Columns of a file that shows its properties feature by feature: each name gets the next place when it is first seen. */
export class GrowingColumns {
  readonly names: string[] = []
  readonly #index = new Map<string, number>()
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  /** A feature's cells, in the order of the columns. @throws FileProblem when there are too many names */
  cells(properties: Iterable<readonly [name: string, value: unknown]>): unknown[] {
    const cells: unknown[] = []
    for (const [name, value] of properties) cells[this.#place(name)] = value
    return cells
  }

  #place(name: string): number {
    const known = this.#index.get(name)
    if (known !== undefined) return known
    const index = this.names.push(name) - 1
    this.#index.set(name, index)
    if (this.names.length <= limits.columns) return index
    throw new FileProblem(
      `“${this.#file}”的属性名超过 ${limits.columns} 个，不像正常的数据，已停止读取`,
      `“${this.#file}” has more than ${limits.columns} names of properties, as no real data has: reading was stopped`,
    )
  }
}
