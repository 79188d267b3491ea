import { FileProblem } from '../file-problem.ts'
import { limits } from '../source-row.ts'
import type { SheetGatherer } from '../spreadsheet/sheet-document.ts'
import { placeCell, type SheetRow } from '../spreadsheet/workbook.ts'

type Attributes = Readonly<Record<string, string>>

/** Elements within each other, and attributes of one, that a page has at most. */
const maximumDepth = 250
const maximumAttributes = 1_000
/** Rows of several cells by which a table is one of data, and a table in a cell of it part of a text. */
const fewestRows = 3
/** What HTML itself allows a cell to span (WHATWG HTML, 4.9.11). */
const maximumSpan = { columns: 1_000, rows: 65_534 } as const

/** A table that is open. One that holds others only lays out the page: it is none itself. */
type Table = {
  row: SheetRow
  column: number
  /** By column: in how many of the next rows a cell from above stands there. */
  covered: number[]
  cell: Attributes | null
  text: string
  /** How many rows of several cells it has had. */
  wide: number
  layout: boolean
  /** Small tables in a cell of a real one, which are part of its text. */
  inner: number
}

/** Gathers the tables of a page from its tags. */
export class TableHandler {
  readonly #gatherer: SheetGatherer
  readonly #file: string
  readonly #tables: Table[] = []
  #depth = 0
  #attributes = 0
  /** Elements whose text nobody sees. */
  #unseen = 0

  constructor(gatherer: SheetGatherer, file: string) {
    this.#gatherer = gatherer
    this.#file = file
  }

  attribute(): void {
    if (++this.#attributes > maximumAttributes)
      throw this.#refusal(
        `有一个标签的属性超过 ${maximumAttributes} 个`,
        `a tag with more than ${maximumAttributes} attributes`,
      )
  }

  open(name: string, attributes: Attributes): void {
    this.#attributes = 0
    if (++this.#depth > maximumDepth)
      throw this.#refusal(`标签嵌套超过 ${maximumDepth} 层`, `tags nested more than ${maximumDepth} deep`)
    if (unseen.has(name)) this.#unseen++
    const table = this.#tables.at(-1)
    if (name === 'table') this.#openTable(table)
    else if (table === undefined) return
    else if (table.inner > 0) table.text += blocks.has(name) || name === 'td' || name === 'tr' ? '\n' : ''
    else if (name === 'td' || name === 'th') this.#openCell(table, attributes)
    else if (table.cell !== null && blocks.has(name)) table.text += '\n'
  }

  text(text: string): void {
    const table = this.#tables.at(-1)
    if (table?.cell == null || this.#unseen > 0) return
    table.text += text.replaceAll(/[\s\u00a0]+/g, ' ')
    if (table.text.length > limits.cell)
      throw this.#refusal(`有一个单元格超过 ${limits.cell} 个字符`, `a cell of more than ${limits.cell} characters`)
  }

  close(name: string): void {
    this.#depth--
    if (unseen.has(name)) this.#unseen--
    const table = this.#tables.at(-1)
    if (table === undefined) return
    if (table.inner > 0) table.inner -= name === 'table' ? 1 : 0
    else if (name === 'td' || name === 'th') this.#closeCell(table)
    else if (name === 'tr') this.#closeRow(table)
    else if (name === 'table') this.#closeTable(table)
  }

  #openTable(outer: Table | undefined): void {
    if (outer !== undefined && outer.wide >= fewestRows && !outer.layout) {
      outer.inner++
      return
    }
    if (outer !== undefined) outer.layout = true
    this.#gatherer.begin(`表格 ${this.#gatherer.sheets.length + 1}`, false)
    this.#tables.push({
      row: { line: 1, cells: [] },
      column: 0,
      covered: [],
      cell: null,
      text: '',
      wide: 0,
      layout: false,
      inner: 0,
    })
  }

  #closeTable(table: Table): void {
    this.#closeCell(table)
    if (table.row.cells.length > 0) this.#closeRow(table)
    this.#tables.pop()
  }

  #openCell(table: Table, attributes: Attributes): void {
    this.#closeCell(table)
    while ((table.covered[table.column] ?? 0) > 0) table.column++
    table.cell = attributes
    table.text = ''
  }

  #closeCell(table: Table): void {
    if (table.cell === null) return
    const { colspan, rowspan } = table.cell
    const columns = spanOf(colspan, maximumSpan.columns)
    const rows = spanOf(rowspan, maximumSpan.rows)
    const { row, column } = table
    const value = valueOf(table.text, table.cell['x:num'])
    table.cell = null
    if (value !== '') placeCell(row, column, value)
    if (rows > 1 || columns > 1) {
      this.#gatherer.repeat(columns)
      if (!table.layout)
        this.#gatherer.merge({ top: row.line, bottom: row.line + rows - 1, left: column, right: column + columns - 1 })
      for (let at = column; at < Math.min(column + columns, limits.columns); at++) table.covered[at] = rows
    }
    table.column += columns
  }

  #closeRow(table: Table): void {
    this.#closeCell(table)
    const { line, cells } = table.row
    if (cells.length > 0 && !table.layout) this.#gatherer.row(table.row)
    if (cells.filter((cell) => cell !== null).length > 1) table.wide++
    table.row = { line: line + 1, cells: [] }
    table.column = 0
    for (let at = 0; at < table.covered.length; at++) table.covered[at] = Math.max(0, (table.covered[at] ?? 0) - 1)
  }

  #refusal(zh: string, en: string): FileProblem {
    return new FileProblem(
      `网页“${this.#file}”里${zh}，无法读取`,
      `The web page “${this.#file}” holds ${en}, and cannot be read`,
    )
  }
}

const unseen = new Set(['script', 'style', 'select', 'template', 'noscript'])
const blocks = new Set(['br', 'p', 'div', 'li'])

function spanOf(text: string | undefined, most: number): number {
  const span = Number.parseInt(text ?? '1', 10)
  return span >= 1 ? Math.min(span, most) : 1
}

/**
 * A cell's text as it is shown, without the page's own spaces. Excel shows long numbers with an exponent, and too long
 * ones not at all; the number itself stands beside it.
 */
function valueOf(text: string, number: string | undefined): string {
  const shown = text
    .split('\n')
    .map((line) => line.replaceAll(/ {2,}/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n')
  return number !== undefined && number !== '' && /^#+$|^[\d.]+E[+-]?\d+$/i.test(shown) ? number : shown
}
