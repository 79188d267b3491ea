import type { Archive, ArchiveEntry } from '../archive/archive.ts'
import { FileProblem } from '../file-problem.ts'
import { limits } from '../source-row.ts'
import type { Merge } from '../tables/table-header.ts'
import { type XmlHandler, readXml } from '../text/xml.ts'
import { dayCountText, type NumberKind } from './number-format.ts'
import { TextCollector, type SharedStrings } from './workbook.ts'

/** The largest sheet there can be (Excel's specifications). */
const maximum = { columns: 16_384, rows: 1_048_576, merges: 100_000 } as const

export type SheetRow = { line: number; cells: unknown[] }

export type CellContext = {
  file: string
  since1904: boolean
  styles: readonly NumberKind[]
  strings: SharedStrings
}

/** Cells whose value the workbook does not hold. */
type Missing = { errors: number; formulas: number }

/** Gathers a sheet's rows from XML events; `rows` is emptied by the reader. */
export class SheetHandler implements XmlHandler {
  rows: SheetRow[] = []
  readonly merges: Merge[] = []
  readonly missing: Missing = { errors: 0, formulas: 0 }
  readonly #context: CellContext
  readonly #text = new TextCollector()
  #line = 0
  #column = -1
  #cells: unknown[] = []
  #type = ''
  #style = 0
  #value = ''
  #inValue = false
  #formula = false

  constructor(context: CellContext) {
    this.#context = context
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    switch (name) {
      case 'row':
        this.#openRow(Number(attributes['r']))
        return
      case 'c':
        this.#openCell(attributes)
        return
      case 'v':
        this.#inValue = true
        return
      case 'f':
        this.#formula = true
        return
      case 'mergeCell':
        this.#merge(attributes['ref'] ?? '')
        return
      default:
        this.#text.open(name)
    }
  }

  text(text: string): void {
    if (this.#inValue) this.#value += text
    else this.#text.text(text)
  }

  close(name: string): void {
    if (name === 'v') this.#inValue = false
    else if (name === 'c') this.#closeCell()
    else if (name === 'row') this.rows.push({ line: this.#line, cells: this.#cells })
    else this.#text.close(name)
  }

  #openRow(given: number): void {
    // Rows without a number, or with one that goes backwards, follow the last.
    this.#line = Number.isInteger(given) && given > this.#line ? given : this.#line + 1
    if (this.#line > maximum.rows) throw tooLarge(this.#context.file)
    this.#cells = []
    this.#column = -1
  }

  #openCell(attributes: Readonly<Record<string, string>>): void {
    const given = attributes['r'] === undefined ? -1 : columnOf(attributes['r'])
    this.#column = given === -1 ? this.#column + 1 : given
    if (this.#column >= maximum.columns) throw tooLarge(this.#context.file)
    this.#type = attributes['t'] ?? 'n'
    this.#style = Number(attributes['s'] ?? 0)
    this.#value = ''
    this.#formula = false
  }

  #closeCell(): void {
    const value = this.#valueOf(this.#text.take())
    if (value === null || value === '') return
    while (this.#cells.length < this.#column) this.#cells.push(null)
    this.#cells[this.#column] = value
  }

  #valueOf(inline: string): string | number | boolean | null {
    const value = this.#value
    switch (this.#type) {
      case 'inlineStr':
        return inline
      case 's':
        return this.#context.strings.get(Number(value || -1)) ?? null
      case 'b':
        return value === '1'
      case 'e':
        this.missing.errors++
        return null
      case 'str':
      case 'd':
        return value
      default:
        if (value === '' && this.#formula) this.missing.formulas++
        return value === '' ? null : this.#number(value)
    }
  }

  #number(text: string): string | number | null {
    const value = Number(text)
    if (!Number.isFinite(value)) return text
    const kind = this.#context.styles[this.#style] ?? 'number'
    if (kind === 'number') return exact(value, text)
    if (typeof kind === 'object')
      return Number.isInteger(value) && value >= 0 && value < 1e15
        ? String(value).padStart(kind.digits, '0')
        : exact(value, text)
    // Nought is what a formula gives of an empty cell: a spreadsheet shows it as 1900/1/0, which was never.
    if (value === 0 && kind !== 'time') return null
    return dayCountText(value, kind, this.#context.since1904) ?? value
  }

  #merge(reference: string): void {
    const match = /^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference)
    if (match === null || this.merges.length >= maximum.merges) return
    const [, left = '', top = '', right = '', bottom = ''] = match
    this.merges.push({ top: Number(top), bottom: Number(bottom), left: columnOf(left), right: columnOf(right) })
  }
}

/**
 * A number as the file has it. A spreadsheet keeps fifteen digits: of a longer whole number the others are lost, which
 * its exponent then shows, unless a program wrote them all.
 */
function exact(value: number, text: string): number | string {
  if (!Number.isInteger(value) || Math.abs(value) < 1e15 || Math.abs(value) >= 1e21) return value
  return /^-?\d{16,}$/.test(text) && !/^-?\d{15}0+$/.test(text) ? text : value.toExponential(14)
}

/** Column of a reference like `AB12`, from 0; beyond all columns where it is none. */
function columnOf(reference: string): number {
  let column = 0
  for (let at = 0; at < reference.length; at++) {
    const code = reference.charCodeAt(at) - 64
    if (code < 1 || code > 26) break
    column = column * 26 + code
    if (column > maximum.columns) return maximum.columns
  }
  return column - 1
}

function tooLarge(file: string): FileProblem {
  return new FileProblem(
    `“${file}”的工作表超出 Excel 的范围（${maximum.columns} 列、${maximum.rows} 行），文件可能已损坏`,
    `A sheet of “${file}” goes beyond what Excel can hold (${maximum.columns} columns, ${maximum.rows} rows): it may be damaged`,
  )
}

/**
 * The joined cells of a sheet, which its XML lists after the rows: the rows are passed over unread, which takes a
 * fraction of reading them.
 */
export async function readMerges(archive: Archive, entry: ArchiveEntry, context: CellContext): Promise<Merge[]> {
  const handler = new SheetHandler(context)
  for await (const _ of readXml(tailOf(archive.read(entry)), handler, context.file));
  return handler.merges.toSorted((a, b) => a.top - b.top)
}

const rowsEnd = Buffer.from('sheetData>')

/** A document of the sheet's `mergeCells` alone. */
async function* tailOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let tail: Buffer | null = null
  let carried = Buffer.alloc(0)
  for await (const chunk of chunks) {
    if (tail !== null) {
      tail = Buffer.concat([tail, chunk])
      // Beyond the joined cells come links, pictures and the like.
      if (tail.length > maximumTail) break
      continue
    }
    const seen = Buffer.concat([carried, chunk])
    const end = closing(seen)
    if (end !== -1) tail = seen.subarray(end)
    carried = seen.subarray(Math.max(0, seen.length - 64))
  }
  const text = tail?.toString('utf8') ?? ''
  const list = /<(?:\w+:)?mergeCells[\s>][\s\S]*?<\/(?:\w+:)?mergeCells>/.exec(text)?.[0] ?? ''
  // The prefix that the list may have was declared at the sheet's root, which is not here; we read past prefixes.
  yield Buffer.from(`<sheet>${list}</sheet>`)
}

/** A hundred thousand joined cells take four megabytes. */
const maximumTail = 8 * 2 ** 20

/** Where the rows end: the position after `</sheetData>` or `</x:sheetData>`. */
function closing(text: Buffer): number {
  for (let at = text.indexOf(rowsEnd); at !== -1; at = text.indexOf(rowsEnd, at + 1)) {
    const before = text.toString('latin1', Math.max(0, at - 40), at)
    if (/<\/(?:\w+:)?$/.test(before)) return at + rowsEnd.length
  }
  return -1
}

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
    this.#merges = merges.filter(({ top, bottom }) => bottom > top)
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
