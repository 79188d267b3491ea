import type { Archive, ArchiveEntry } from '../archive/archive.ts'
import type { Merge } from '../tables/table-header.ts'
import { type XmlHandler, readXml } from '../text/xml.ts'
import { numberCell, type NumberKind } from '../spreadsheet/number-format.ts'
import type { SharedStrings } from '../spreadsheet/shared-strings.ts'
import { largestSheet, placeCell, tooLarge, type Missing, type SheetRow } from '../spreadsheet/workbook.ts'
import { TextCollector } from './package.ts'

export type CellContext = {
  file: string
  since1904: boolean
  styles: readonly NumberKind[]
  strings: SharedStrings
}

/** Gathers a sheet's rows from XML events; `rows` is emptied by the reader. */
export class SheetHandler implements XmlHandler {
  rows: SheetRow[] = []
  readonly merges: Merge[] = []
  readonly #missing: Missing
  readonly #context: CellContext
  readonly #text = new TextCollector()
  #row: SheetRow = { line: 0, cells: [] }
  #column = -1
  #type = ''
  #style = 0
  #value = ''
  #inValue = false
  #formula = false

  constructor(context: CellContext, missing: Missing = { errors: 0, formulas: 0 }) {
    this.#context = context
    this.#missing = missing
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
    else if (name === 'row') this.rows.push(this.#row)
    else this.#text.close(name)
  }

  #openRow(given: number): void {
    // Rows without a number, or with one that goes backwards, follow the last.
    const line = Number.isInteger(given) && given > this.#row.line ? given : this.#row.line + 1
    if (line > largestSheet.rows) throw tooLarge(this.#context.file)
    this.#row = { line, cells: [] }
    this.#column = -1
  }

  #openCell(attributes: Readonly<Record<string, string>>): void {
    const given = attributes['r'] === undefined ? -1 : columnOf(attributes['r'])
    this.#column = given === -1 ? this.#column + 1 : given
    if (this.#column >= largestSheet.columns) throw tooLarge(this.#context.file)
    this.#type = attributes['t'] ?? 'n'
    this.#style = Number(attributes['s'] ?? 0)
    this.#value = ''
    this.#formula = false
  }

  #closeCell(): void {
    const value = this.#valueOf(this.#text.take())
    if (value === null || value === '') return
    placeCell(this.#row, this.#column, value)
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
        this.#missing.errors++
        return null
      case 'str':
      case 'd':
        return value
      default:
        if (value === '' && this.#formula) this.#missing.formulas++
        return value === '' ? null : this.#number(value)
    }
  }

  #number(text: string): string | number | null {
    const value = Number(text)
    if (!Number.isFinite(value)) return text
    return numberCell(value, this.#context.styles[this.#style] ?? 'number', this.#context.since1904, text)
  }

  #merge(reference: string): void {
    const match = /^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference)
    if (match === null || this.merges.length >= largestSheet.merges) return
    const [, left = '', top = '', right = '', bottom = ''] = match
    this.merges.push({ top: Number(top), bottom: Number(bottom), left: columnOf(left), right: columnOf(right) })
  }
}

/** Column of a reference like `AB12`, from 0; beyond all columns where it is none. */
function columnOf(reference: string): number {
  let column = 0
  for (let at = 0; at < reference.length; at++) {
    const code = reference.charCodeAt(at) - 64
    if (code < 1 || code > 26) break
    column = column * 26 + code
    if (column > largestSheet.columns) return largestSheet.columns
  }
  return column - 1
}

/**
 * The joined cells of a sheet, which its XML lists after the rows: the rows are passed over unread, which takes a
 * fraction of reading them.
 */
export async function readMerges(archive: Archive, entry: ArchiveEntry, context: CellContext): Promise<Merge[]> {
  const handler = new SheetHandler(context)
  for await (const _ of readXml(tailOf(archive.read(entry)), handler, context.file));
  return handler.merges
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
