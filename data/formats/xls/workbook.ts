import { TextDecoder } from 'node:util'
import { FileProblem } from '../file-problem.ts'
import { builtInKind, kindOfFormat, type NumberKind } from '../spreadsheet/number-format.ts'
import { SharedStrings } from '../spreadsheet/shared-strings.ts'
import { maximumSheets, type Sheet } from '../spreadsheet/workbook.ts'
import { damagedWorkbook, type ByteStream } from './compound-file.ts'
import { readRecords, recordType, type RecordHandler } from './records.ts'
import { codePageEncoding, Cursor, readSharedTexts, type Continued } from './texts.ts'

/** A worksheet and where in the stream it begins. */
export type SheetPart = Sheet & { at: number }

/** What a workbook says of itself, before any sheet is read. */
export class WorkbookHandler implements RecordHandler {
  done = false
  since1904 = false
  readonly sheets: SheetPart[] = []
  readonly strings = new SharedStrings()
  readonly #file: string
  /** What a person said, instead of the code page. */
  readonly #encoding: string | undefined
  #decoder: TextDecoder
  #version = 0
  #sheetRecords: Buffer[] = []
  readonly #formats = new Map<number, NumberKind>()
  readonly #formatOf: number[] = []
  #texts: Continued<void> | null = null

  constructor(file: string, encoding?: string) {
    this.#file = file
    this.#encoding = encoding
    this.#decoder = new TextDecoder(encoding ?? 'gb18030')
  }

  /** Excel 97 and later; otherwise Excel 5 or 95, whose texts are bytes of a code page. */
  get isUnicode(): boolean {
    return this.#version === unicodeVersion
  }

  /** The number kinds by a cell's format. */
  get styles(): NumberKind[] {
    return this.#formatOf.map((id) => this.#formats.get(id) ?? builtInKind(id) ?? 'number')
  }

  record(type: number, data: Buffer): void {
    if (type === recordType.continue) this.#goOn(data)
    else this.#texts = null
    if (this.#version === 0) this.#begin(type, data)
    else if (type === recordType.password) throw protectedWorkbook(this.#file)
    else if (type === recordType.dateMode) this.since1904 = data[0] === 1
    else if (type === recordType.codePage && data.length >= 2 && this.#encoding === undefined)
      this.#decoder = new TextDecoder(codePageEncoding(data.readUInt16LE(0)))
    else if (type === recordType.numberFormat && data.length >= 5 && this.#formats.size < maximumStyles)
      this.#formats.set(data.readUInt16LE(0), kindOfFormat(this.#formatCode(data)))
    else if (type === recordType.cellFormat && data.length >= 4 && this.#formatOf.length < maximumStyles)
      this.#formatOf.push(data.readUInt16LE(2))
    else if (type === recordType.sheet && data.length >= 8 && this.#sheetRecords.length < maximumSheets)
      this.#sheetRecords.push(Buffer.from(data))
    else if (type === recordType.sharedTexts) {
      this.#texts = readSharedTexts(new Cursor(data), (text) => this.strings.add(text, this.#file))
      this.#texts.next()
    } else if (type === recordType.endOfPart) this.#end()
  }

  /** Texts in bytes, as Excel 5 and 95 have them. */
  decode(bytes: Buffer): string {
    return this.#decoder.decode(bytes)
  }

  #begin(type: number, data: Buffer): void {
    const version = data.length >= 4 ? data.readUInt16LE(0) : 0
    if (type !== recordType.beginOfPart || data.readUInt16LE(2) !== globals) throw damagedWorkbook(this.#file)
    if (version !== unicodeVersion && version !== bytesVersion) throw damagedWorkbook(this.#file)
    this.#version = version
  }

  #goOn(data: Buffer): void {
    if (this.#texts?.next(data).done === true) this.#texts = null
  }

  #formatCode(data: Buffer): string {
    if (!this.isUnicode) return this.decode(data.subarray(3, 3 + (data[2] ?? 0)))
    return textOf(data, 5, data.readUInt16LE(2), data[4] ?? 0)
  }

  /** Sheets are named when the code page is known, which may come after them. */
  #end(): void {
    this.done = true
    const places = new Set<number>()
    for (const data of this.#sheetRecords) {
      const at = data.readUInt32LE(0)
      // Charts, dialogs and macros have no table. Two sheets in one place: none can that a program wrote.
      if (data[5] !== 0) continue
      if (places.has(at)) throw damagedWorkbook(this.#file)
      places.add(at)
      const length = data[6] ?? 0
      const name = this.isUnicode ? textOf(data, 8, length, data[7] ?? 0) : this.decode(data.subarray(7, 7 + length))
      this.sheets.push({ name, hidden: ((data[4] ?? 0) & 3) !== 0, at })
    }
    this.#sheetRecords = []
  }
}

const globals = 5
const unicodeVersion = 0x600
const bytesVersion = 0x500

/** The most that Excel keeps is 65,490. */
const maximumStyles = 100_000

function textOf(data: Buffer, at: number, length: number, flags: number): string {
  return (flags & 1) === 0 ? data.toString('latin1', at, at + length) : data.toString('utf16le', at, at + length * 2)
}

/** @throws FileProblem when it is no workbook of Excel 5 to 2003, has a password, or is damaged */
export async function readWorkbook(stream: ByteStream, file: string, encoding?: string): Promise<WorkbookHandler> {
  const workbook = new WorkbookHandler(file, encoding)
  for await (const _ of readRecords(stream, 0, workbook));
  if (!workbook.done) throw damagedWorkbook(file)
  return workbook
}

export function protectedWorkbook(file: string): FileProblem {
  return new FileProblem(
    `“${file}”加了密码，无法读取。请在 Excel 或 WPS 中打开，去掉密码后另存，再导入`,
    `“${file}” has a password. Open it in Excel or WPS, remove the password, save it and import that`,
  )
}
