import { FileProblem } from '../file-problem.ts'
import { numberCell, type NumberKind } from '../spreadsheet/number-format.ts'
import type { SharedStrings } from '../spreadsheet/shared-strings.ts'
import { largestSheet, placeCell, tooLarge, type Missing, type SheetRow } from '../spreadsheet/workbook.ts'
import type { Merge } from '../tables/table-header.ts'
import { recordType, type RecordHandler } from './records.ts'
import { Cursor, readText, type Continued } from './texts.ts'

/** Excel 5 to 2003 have no more columns. */
const maximumColumns = 256

export type CellContext = {
  file: string
  isUnicode: boolean
  decode: (bytes: Buffer) => string
  since1904: boolean
  styles: readonly NumberKind[]
  strings: SharedStrings
}

/** Gathers a sheet's rows from its records; `rows` is emptied by the reader. */
export class SheetHandler implements RecordHandler {
  rows: SheetRow[] = []
  done = false
  readonly #context: CellContext
  readonly #missing: Missing
  #row: SheetRow = { line: 0, cells: [] }
  /** Parts of parts, like charts in a sheet. */
  #depth = 0
  /** Where the text goes that comes next: the result of a formula, or the rest of a long label. */
  #place = { row: 0, column: 0 }
  #text: Continued<string> | null = null

  constructor(context: CellContext, missing: Missing) {
    this.#context = context
    this.#missing = missing
  }

  record(type: number, data: Buffer): void {
    if (type === recordType.beginOfPart) this.#depth++
    else if (type === recordType.endOfPart && --this.#depth === 0) this.#finish()
    else if (this.#depth === 1) this.#inSheet(type, data)
  }

  #inSheet(type: number, data: Buffer): void {
    if (type === recordType.continue) {
      if (this.#text !== null) this.#goOn(this.#text, data)
      return
    }
    this.#text = null
    if (type === recordType.text) this.#begin(data, 0)
    else if (data.length >= smallest) this.#cellsOf(type, data)
  }

  #cellsOf(type: number, data: Buffer): void {
    const row = data.readUInt16LE(0)
    const column = data.readUInt16LE(2)
    const style = data.readUInt16LE(4)
    switch (type) {
      case recordType.sharedText:
        if (data.length >= 10) this.#cell(row, column, this.#context.strings.get(data.readUInt32LE(6)) ?? null)
        return
      case recordType.number:
        if (data.length >= 14) this.#cell(row, column, this.#number(data.readDoubleLE(6), style))
        return
      case recordType.rk:
        if (data.length >= 10) this.#cell(row, column, this.#number(rkNumber(data.readInt32LE(6)), style))
        return
      case recordType.multipleRk:
        for (let at = 4, next = column; at + 6 <= data.length - 2; at += 6, next++)
          this.#cell(row, next, this.#number(rkNumber(data.readInt32LE(at + 2)), data.readUInt16LE(at)))
        return
      case recordType.label:
      case recordType.richLabel:
        this.#place = { row, column }
        this.#begin(data, 6)
        return
      case recordType.booleanOrError:
        this.#cell(row, column, data[7] === 1 ? this.#error() : data[6] === 1)
        return
      case recordType.formula:
        if (data.length >= 14) this.#formula(row, column, style, data)
    }
  }

  /** A formula's result; a text stands in a record of its own. */
  #formula(row: number, column: number, style: number, data: Buffer): void {
    if (data.readUInt16LE(12) !== 0xffff) {
      this.#cell(row, column, this.#number(data.readDoubleLE(6), style))
      return
    }
    this.#place = { row, column }
    if (data[6] === 1) this.#cell(row, column, data[8] === 1)
    else if (data[6] === 2) this.#cell(row, column, this.#error())
  }

  #begin(data: Buffer, at: number): void {
    const { row, column } = this.#place
    const { isUnicode, decode } = this.#context
    if (isUnicode) this.#goOn(readText(new Cursor(data, at)))
    else if (data.length >= at + 2)
      this.#cell(row, column, decode(data.subarray(at + 2, at + 2 + data.readUInt16LE(at))))
  }

  #goOn(text: Continued<string>, data?: Buffer): void {
    const { value, done } = data === undefined ? text.next() : text.next(data)
    this.#text = done === true ? null : text
    if (done === true) this.#cell(this.#place.row, this.#place.column, value)
  }

  #number(value: number, style: number): unknown {
    if (!Number.isFinite(value)) return null
    return numberCell(value, this.#context.styles[style] ?? 'number', this.#context.since1904)
  }

  #error(): null {
    this.#missing.errors++
    return null
  }

  #cell(row: number, column: number, value: unknown): void {
    if (column >= maximumColumns) throw tooLarge(this.#context.file)
    if (row + 1 < this.#row.line) throw outOfOrder(this.#context.file)
    if (row + 1 > this.#row.line) this.#beginRow(row + 1)
    if (value !== null && value !== undefined && value !== '') placeCell(this.#row, column, value)
  }

  #beginRow(line: number): void {
    if (this.#row.line > 0) this.rows.push(this.#row)
    this.#row = { line, cells: [] }
  }

  #finish(): void {
    this.#beginRow(this.#row.line)
    this.done = true
  }
}

/** Bytes of the shortest record of a cell. */
const smallest = 8

const scratch = Buffer.alloc(8)

/** A number in four bytes: a whole one of thirty bits or the upper half of a double, either perhaps in hundredths. */
function rkNumber(rk: number): number {
  scratch.writeInt32LE(rk & ~3, 4)
  const value = (rk & 2) !== 0 ? rk >> 2 : scratch.readDoubleLE(0)
  return (rk & 1) !== 0 ? value / 100 : value
}

function outOfOrder(file: string): FileProblem {
  return new FileProblem(
    `“${file}”的单元格没有按行的顺序保存，无法读取。请在 Excel 或 WPS 中打开，另存为“Excel 工作簿（.xlsx）”后再导入`,
    `The cells of “${file}” are not stored row by row. Open it in Excel or WPS, save it as “Excel Workbook (.xlsx)” and import that`,
  )
}

/** Gathers a sheet's joined cells, passing over everything else. */
export class MergeHandler implements RecordHandler {
  done = false
  readonly merges: Merge[] = []
  #depth = 0

  record(type: number, data: Buffer): void {
    if (type === recordType.beginOfPart) this.#depth++
    else if (type === recordType.endOfPart) this.done = --this.#depth <= 0
    else if (type === recordType.joinedCells && this.#depth === 1)
      for (let at = 2; at + 8 <= data.length && this.merges.length < largestSheet.merges; at += 8)
        this.merges.push({
          top: data.readUInt16LE(at) + 1,
          bottom: data.readUInt16LE(at + 2) + 1,
          left: data.readUInt16LE(at + 4),
          right: data.readUInt16LE(at + 6),
        })
  }
}
