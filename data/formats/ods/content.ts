import { exact } from '../spreadsheet/number-format.ts'
import type { SheetGatherer } from '../spreadsheet/sheet-document.ts'
import { largestSheet, placeCell, type SheetRow } from '../spreadsheet/workbook.ts'
import type { XmlHandler } from '../text/xml.ts'

type Attributes = Readonly<Record<string, string>>

/** Gathers the sheets of an OpenDocument spreadsheet from the events of its `content.xml`. */
export class ContentHandler implements XmlHandler {
  readonly #gatherer: SheetGatherer
  /** Styles of tables that are not shown. */
  readonly #hidden = new Set<string>()
  #style = ''
  /** Tables in tables: only the outer ones are sheets. */
  #tables = 0
  #line = 1
  #rowRepeats = 1
  #row: SheetRow = { line: 1, cells: [] }
  #column = 0
  #cell: Attributes | null = null
  #covered = false
  #text = ''
  #paragraphs = 0
  /** Within a paragraph; within what is beside the cell's text: comments and pictures. */
  #inParagraph = false
  #beside = 0

  constructor(gatherer: SheetGatherer) {
    this.#gatherer = gatherer
  }

  open(name: string, attributes: Attributes): void {
    if (name === 'table') this.#openTable(attributes)
    else if (name === 'style') this.#style = attributes['style:name'] ?? ''
    else if (name === 'table-properties' && attributes['table:display'] === 'false') this.#hidden.add(this.#style)
    if (this.#tables !== 1) return
    if (name === 'table-row') this.#openRow(attributes)
    else if (name === 'table-cell' || name === 'covered-table-cell') this.#openCell(name, attributes)
    else if (this.#cell !== null) this.#openText(name, attributes)
  }

  text(text: string): void {
    if (this.#inParagraph && this.#beside === 0) this.#text += text
  }

  close(name: string): void {
    if (name === 'table') this.#tables--
    if (this.#tables !== 1) return
    if (name === 'table-row') this.#closeRow()
    else if (name === 'table-cell' || name === 'covered-table-cell') this.#closeCell()
    else if (beside.has(name)) this.#beside--
    else if (name === 'p' && this.#beside === 0) this.#inParagraph = false
  }

  #openTable(attributes: Attributes): void {
    if (++this.#tables > 1) return
    this.#gatherer.begin(attributes['table:name'] ?? '', this.#hidden.has(attributes['table:style-name'] ?? ''))
    this.#line = 1
  }

  #openRow(attributes: Attributes): void {
    this.#rowRepeats = countOf(attributes['table:number-rows-repeated'])
    this.#row = { line: this.#line, cells: [] }
    this.#column = 0
  }

  #closeRow(): void {
    if (this.#row.cells.length > 0) this.#gatherer.row(this.#row, this.#rowRepeats)
    this.#line += this.#rowRepeats
  }

  #openCell(name: string, attributes: Attributes): void {
    this.#cell = attributes
    this.#covered = name === 'covered-table-cell'
    this.#text = ''
    this.#paragraphs = 0
    this.#inParagraph = false
    this.#beside = 0
  }

  #closeCell(): void {
    const attributes = this.#cell ?? {}
    this.#cell = null
    const repeats = countOf(attributes['table:number-columns-repeated'])
    // What a joined cell covers is not shown.
    const value = this.#covered ? null : this.#valueOf(attributes)
    const [rows, columns] = ['table:number-rows-spanned', 'table:number-columns-spanned'].map((name) =>
      countOf(attributes[name]),
    ) as [number, number]
    if (rows > 1 || columns > 1)
      this.#gatherer.merge({
        top: this.#line,
        bottom: this.#line + rows - 1,
        left: this.#column,
        right: this.#column + columns - 1,
      })
    if (value !== null && value !== '') {
      if (this.#column + repeats > largestSheet.columns) this.#gatherer.refuse()
      this.#gatherer.repeat(repeats - 1)
      for (let more = 0; more < repeats; more++) placeCell(this.#row, this.#column + more, value)
    }
    this.#column += repeats
  }

  #openText(name: string, attributes: Attributes): void {
    if (beside.has(name)) this.#beside++
    else if (this.#beside > 0) return
    else if (name === 'p') {
      if (this.#paragraphs++ > 0) this.#text += '\n'
      this.#inParagraph = true
    } else if (name === 's') this.#text += ' '.repeat(Math.min(countOf(attributes['text:c']), 1_000))
    else if (name === 'tab') this.#text += '\t'
    else if (name === 'line-break') this.#text += '\n'
  }

  #valueOf(attributes: Attributes): unknown {
    if (attributes['calcext:value-type'] === 'error') return this.#missing('errors')
    switch (attributes['office:value-type'] ?? '') {
      case 'float':
      case 'currency':
      case 'percentage':
        return numberOf(attributes['office:value'] ?? '', this.#text)
      case 'date':
        return dateOf(attributes['office:date-value'] ?? '') ?? this.#text
      case 'time':
        return timeOf(attributes['office:time-value'] ?? '') ?? this.#text
      case 'boolean':
        return attributes['office:boolean-value'] === 'true'
      case 'string':
        return this.#text === '' ? (attributes['office:string-value'] ?? '') : this.#text
      default:
        return this.#text === '' && attributes['table:formula'] !== undefined ? this.#missing('formulas') : this.#text
    }
  }

  #missing(what: 'errors' | 'formulas'): null {
    this.#gatherer.missing(what)
    return null
  }
}

/** Elements in a cell whose text is not the cell's. */
const beside = new Set(['annotation', 'frame', 'custom-shape', 'ruby-text', 'shapes'])

function countOf(text: string | undefined): number {
  const count = Number(text ?? 1)
  return Number.isSafeInteger(count) && count >= 1 ? count : 1
}

/** A number; a code whose leading zeros are shown is the code. */
function numberOf(text: string, shown: string): string | number {
  const value = Number(text)
  if (text === '' || !Number.isFinite(value)) return shown
  return /^0\d+$/.test(shown) && Number(shown) === value ? shown : exact(value, text)
}

/** `2024-05-01` or `2024-05-01T08:30:00`, to the second; null where it is no date. */
function dateOf(text: string): string | null {
  const match = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(\.\d+)?)?Z?$/.exec(text)
  // The days before 1900 are what a formula makes of nothing.
  if (match === null || text < '1900') return null
  const [, date = '', time, fraction] = match
  if (time === undefined) return date
  if (Number(fraction ?? 0) < 0.5) return `${date}T${time}`
  return new Date(Date.parse(`${date}T${time}Z`) + 1000).toISOString().slice(0, 19)
}

/** `PT08H30M00S` as `08:30:00`; a longer one as its days; null where it is no time. */
function timeOf(text: string): string | number | null {
  const match = /^P(?:(\d{1,6})D)?T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:[.,](\d+))?S)?$/.exec(text)
  if (match === null) return null
  const [days = 0, hours = 0, minutes = 0, whole = 0] = match.slice(1, 5).map((part) => Number(part ?? 0))
  const seconds = days * 86_400 + hours * 3_600 + minutes * 60 + Math.round(whole + Number(`0.${match[5] ?? 0}`))
  return seconds < 86_400 ? new Date(seconds * 1000).toISOString().slice(11, 19) : seconds / 86_400
}
