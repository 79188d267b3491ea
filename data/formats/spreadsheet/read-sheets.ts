import type { Label } from '../../domain/label.ts'
import { FileProblem } from '../file-problem.ts'
import type { FileChoices, RowSource } from '../source-row.ts'
import { findHeader, headerSearch, isFilled, isTimeColumn, type Merge } from '../tables/table-header.ts'
import { readTable } from '../tables/table-rows.ts'
import { halfCharacter } from '../text/half-characters.ts'
import { MergeFiller } from './merge-filler.ts'
import { dayCountText, isDayCount } from './number-format.ts'
import { chooseSheets, joinSheets, type Look } from './sheets.ts'
import type { Missing, Sheet, SheetRow, Workbook } from './workbook.ts'

/**
 * The rows of a workbook as a stream, of one sheet or of all that go on with it: dates as ISO text, joined cells filled
 * in, codes that were stored as numbers as their digits.
 *
 * @throws FileProblem when it is damaged, or has no such sheet
 */
export async function readSheets<S extends Sheet>(workbook: Workbook<S>, choices: FileChoices): Promise<RowSource> {
  const notes: Label[] = []
  const layers = workbook.sheets.map(({ name, hidden }) => ({ name, hidden, rows: null }))
  const open = async (sheet: S, own: Label[]) => ({ ...(await readSheet(workbook, sheet, choices, own)), layers })
  const look: Look<S> = {
    rowsOf: (sheet) => workbook.rows(sheet, { errors: 0, formulas: 0 }),
    columnsOf: (sheet) => columnsOf(workbook, sheet, choices),
  }
  const chosen = await chooseSheets(workbook.sheets, choices.layer, workbook.file, look, notes)
  if (chosen.sheets.length === 1) return open(chosen.main, notes)
  const sources = chosen.sheets.map((sheet) => ({ name: sheet.name, open: (own: Label[]) => open(sheet, own) }))
  const main = sources[chosen.sheets.indexOf(chosen.main)]
  if (main === undefined) throw new Error('the main sheet is one of those that are read')
  return joinSheets(sources, main, notes)
}

async function readSheet<S extends Sheet>(
  workbook: Workbook<S>,
  sheet: S,
  choices: FileChoices,
  notes: Label[],
): Promise<RowSource> {
  const merges = (await workbook.merges(sheet)).toSorted((a, b) => a.top - b.top)
  const missing: Missing = { errors: 0, formulas: 0 }
  const table = new SheetTable(missing, workbook.since1904, notes)
  return readTable({
    format: workbook.format,
    rows: filled(workbook.rows(sheet, missing), merges),
    merges,
    name: sheet.name,
    choices,
    notes,
    // Only the text of a web page is of an encoding that may be broken.
    faultOf: ({ cells }) => (workbook.format === 'html' ? halfCharacter(cells) : null),
    adapt: (columns) => table.under(columns),
    finish: () => table.finish(),
  })
}

/** Names of a sheet's columns; null where it has no header. */
async function columnsOf<S extends Sheet>(
  workbook: Workbook<S>,
  sheet: S,
  choices: FileChoices,
): Promise<readonly string[] | null> {
  const head: SheetRow[] = []
  for await (const rows of workbook.rows(sheet, { errors: 0, formulas: 0 })) {
    head.push(...rows.filter(({ cells }) => cells.some(isFilled)))
    if (head.length >= headerSearch) break
  }
  try {
    return findHeader(head.slice(0, headerSearch), await workbook.merges(sheet), choices).columns
  } catch (error) {
    if (error instanceof FileProblem) return null
    throw error
  }
}

async function* filled(batches: AsyncIterable<SheetRow[]>, merges: readonly Merge[]): AsyncGenerator<SheetRow[]> {
  const filler = new MergeFiller(merges)
  for await (const rows of batches) {
    for (const row of rows) filler.fill(row)
    yield rows
  }
}

/** A sheet's rows under the names of its columns, and what had to be done to them. */
class SheetTable {
  readonly #missing: Missing
  readonly #since1904: boolean
  readonly #notes: Label[]
  #columns: readonly string[] = []
  #beyond = 0
  /** Bare day counts read as dates, by column. */
  readonly #dates = new Map<number, number>()

  constructor(missing: Missing, since1904: boolean, notes: Label[]) {
    this.#missing = missing
    this.#since1904 = since1904
    this.#notes = notes
  }

  under(columns: readonly string[]): (row: SheetRow) => readonly unknown[] {
    this.#columns = columns
    const times = columns.flatMap((name, index) => (isTimeColumn(name) ? index : []))
    return ({ cells }) => {
      for (const index of times) this.#date(cells, index)
      if (cells.length <= columns.length) return cells
      if (cells.slice(columns.length).some((cell) => cell !== null)) this.#beyond++
      return cells.slice(0, columns.length)
    }
  }

  /** A number in a column of times that nobody gave a date format is still a date. */
  #date(cells: unknown[], index: number): void {
    const cell = cells[index]
    const count = typeof cell === 'string' && /^\d{4,5}(\.\d+)?$/.test(cell) ? Number(cell) : cell
    if (typeof count !== 'number' || !isDayCount(count)) return
    cells[index] = dayCountText(count, 'date', this.#since1904)
    this.#dates.set(index, (this.#dates.get(index) ?? 0) + 1)
  }

  finish(): void {
    for (const [index, count] of this.#dates)
      this.#notes.push({
        zh: `列“${this.#columns[index]}”有 ${count} 个单元格是未设日期格式的数字，已按 Excel 日期读取`,
        en: `${count} cells of “${this.#columns[index]}” are numbers without a date format; they were read as Excel dates`,
      })
    const { errors, formulas } = this.#missing
    if (errors > 0)
      this.#notes.push({
        zh: `${errors} 个单元格是公式错误（如 #REF!），按空白处理`,
        en: `${errors} cells are errors of formulas (like #REF!); they were taken as empty`,
      })
    if (formulas > 0)
      this.#notes.push({
        zh: `${formulas} 个公式没有保存计算结果，按空白处理。如有需要，请在 Excel 中打开并保存一次`,
        en: `${formulas} formulas have no saved result and were taken as empty. If they matter, open the file in Excel and save it once`,
      })
    if (this.#beyond > 0)
      this.#notes.push({
        zh: `${this.#beyond} 行在最后一个列名之外还有内容，未导入`,
        en: `${this.#beyond} rows have something beyond the last named column, which was left out`,
      })
  }
}
