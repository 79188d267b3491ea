import type { Datum } from '@minqing/data/domain/datum'
import type { Fault } from '@minqing/data/domain/import'
import type { Label } from '@minqing/data/domain/label'
import type { ColumnMap } from '@minqing/data/formats/columns/columns'
import { readCoordinateList, readDegrees } from '@minqing/data/formats/values/degrees'
import type { FieldName } from '@minqing/data/domain/field-name'
import type { LocalTime } from '@minqing/data/domain/local-time'
import { isNoDate, isDateOnly, joinDateAndTime, readInstant } from '@minqing/data/formats/values/read-instant'
import { readInterval, type Interval } from '@minqing/data/formats/values/read-interval'
import type { SourceRow } from '@minqing/data/formats/source-row'
import { isDeeper } from '@minqing/data/formats/geojson/geojson-shape'
import { readWkb } from '@minqing/data/formats/geometry/wkb'
import { readWkt } from '@minqing/data/formats/geometry/wkt'
import { ChosenWords, type ClosedSet } from './chosen-words.ts'
import { reasons } from './reasons.ts'

/** What ledgers write where there is nothing. */
const nothing = new Set(
  ['', '-', '--', '—', '——', '－', '/', '\\', '无', '暂无', '未知', '不详', '空', '<空>', '(空)', '(空白)']
    .concat([
      'null',
      'NULL',
      'Null',
      '(null)',
      '<Null>',
      '<null>',
      '\\N',
      'nil',
      'None',
      'undefined',
      'NaN',
      'N/A',
      'n/a',
    ])
    // What a text file keeps of a spreadsheet's errors.
    .concat(['#N/A', '#VALUE!', '#REF!', '#DIV/0!', '#NAME?', '#NULL!', '#NUM!']),
)

/** The row under check: fields by name, and the faults found so far. */
export class RowView {
  row!: SourceRow
  faults: Fault[] = []
  readonly #columns: ColumnMap
  readonly #constants: ReadonlyMap<string, string>
  readonly #words: ChosenWords

  /** @param constants field → value for every row, where the file has no such column */
  constructor(columns: ColumnMap, constants: ReadonlyMap<string, string>, words = new ChosenWords()) {
    this.#columns = columns
    this.#constants = constants
    this.#words = words
  }

  show(row: SourceRow): this {
    this.row = row
    this.faults = []
    if (row.fault !== null) this.faults.push({ field: null, column: null, value: '', reason: row.fault })
    return this
  }

  /** The datum that the columns of its coordinates state by their names; null where they state none. */
  get datum(): Datum | null {
    return this.#columns.datum()
  }

  /** Text of the field's first column that has any; '' when none has. */
  text(field: FieldName, maximum = 200): string {
    const { value, column } = this.#first(field)
    if (value.length > maximum) this.fault(field, value, reasons.tooLong(maximum), column)
    if (value.includes('\0')) this.fault(field, value, reasons.nulCharacter, column)
    // Exports put an apostrophe before what a spreadsheet would run as a formula.
    const plain = /^'[=+\-@\t\r＝＋－＠]/.test(value) ? value.slice(1) : value
    return plain.isWellFormed() ? plain : plain.toWellFormed()
  }

  /** The texts of all of the field's columns, best first. */
  texts(field: FieldName): string[] {
    return this.#columns.indices(field).map(({ index }) => asText(this.row.cells[index]))
  }

  /** The texts of all of the field's columns that say something; the first is checked as `text` does. */
  everyText(field: FieldName, maximum: number): string[] {
    const others = this.texts(field).filter(
      (text) => text.length <= maximum && !text.includes('\0') && text.isWellFormed(),
    )
    return [this.text(field, maximum), ...others].filter((text) => !nothing.has(text))
  }

  /** Text that must be exact to its last digit: a number, a telephone; '' when none. */
  identifier(field: FieldName, maximum: number): string {
    const value = unmarked(this.text(field, maximum))
    if (/^\d(?:\.\d+)?e\+\d+$|^\d\.\d+e\d+$/i.test(value)) this.fault(field, value, reasons.rounded)
    return value
  }

  /** A whole number from `minimum` up; null when empty. */
  whole(field: FieldName, minimum = 0, maximum = 2_147_483_647): number | null {
    const value = this.decimal(field)
    if (value === null) return null
    if (Number.isInteger(value) && value >= minimum && value <= maximum) return value
    this.fault(field, String(value), reasons.notWhole(minimum, maximum))
    return null
  }

  /** A number, with a unit after it at most (`23.5 m`, `3层`); null when empty. */
  decimal(field: FieldName, otherwise: Label = reasons.notNumber): number | null {
    const { value: written, column } = this.#first(field)
    const value = unmarked(written)
    if (nothing.has(value)) return null
    if (/^[+-]?\d+(?:\.\d+)?$/.test(value)) return Number(value)
    const match = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)\s*(?:m|米|层|户|人|个|年|°|度)?$/i.exec(
      value.normalize('NFKC').replace(/^([+-]?\d{1,3}(?:,\d{3})+)(?=\D|$)/, (digits) => digits.replaceAll(',', '')),
    )
    if (match?.[1] !== undefined) return Number(match[1])
    this.fault(field, value, otherwise, column)
    return null
  }

  /** Degrees as maps and people write them, or a projection's metres; null when empty. */
  degrees(field: 'lon' | 'lat'): number | null {
    if (this.#columns.isInParts(field)) return this.#joinedDegrees(field)
    const { value, column } = this.#first(field)
    if (/^-?\d+(?:\.\d+)?$/.test(value)) return Number(value)
    const angle = nothing.has(value) ? null : readDegrees(value)
    if (angle === null) return this.decimal(field, reasons.notDegrees)
    if (angle.axis !== null && angle.axis !== field) this.fault(field, value, reasons.otherAxis, column)
    return angle.degrees
  }

  /** Degrees, minutes and seconds that stand in columns of their own. */
  #joinedDegrees(field: 'lon' | 'lat'): number | null {
    const parts = this.texts(field).map((text) =>
      nothing.has(text) ? '' : text.slice(0, 60).replace(/(?:\.0+)?\s*[°º度′'’分″"”秒]?$/, ''),
    )
    const last = parts.findLastIndex((part) => part !== '')
    if (last === -1) return null
    const value = parts.slice(0, last + 1).join(' ')
    const angle = parts.slice(0, last + 1).includes('') ? null : readDegrees(value)
    if (angle === null) this.fault(field, value, reasons.notAngle)
    return angle?.degrees ?? null
  }

  /**
   * A year, alone or at the beginning of a date, or the first of a decade (`90年代`); null when empty, or 0 as exports
   * write it.
   */
  year(field: FieldName): number | null {
    const { value, column } = this.#first(field)
    if (nothing.has(value) || /^0+(?:\.0+)?$/.test(value)) return null
    const year = /^(1\d{3}|20\d{2})(?:$|\D)/.exec(value)?.[1]
    if (year !== undefined) return Number(year)
    const decade = /^(?:(1\d|20)(?:世纪)?)?(\d)0年代/.exec(value.normalize('NFKC').replaceAll(/\s/g, ''))
    if (decade?.[2] !== undefined) {
      const [, before, tens] = decade
      // 20世纪90年代 is 1990; without a century, those up to 20年代 are of this one.
      const century = value.includes('世纪') ? Number(before) - 1 : (before ?? (Number(tens) >= 3 ? 19 : 20))
      return Number(`${century}${tens}0`)
    }
    this.fault(field, value, reasons.notYear, column)
    return null
  }

  /** A member of a closed set; null when empty. An unknown word is a fault. */
  knownWord<Code extends string>(field: FieldName, set: ClosedSet<Code>): Code | null {
    const { value, column } = this.#first(field)
    const code = value === '' ? null : (this.chosen(field, value, set) ?? set.read(value))
    if (code === null && !nothing.has(value)) this.fault(field, value, reasons.unknownWord(set.options), column)
    return code
  }

  /**
   * A member of a closed set: what the first of the field's columns says that is understood; null when empty. A word that
   * nobody knows is counted for the report and taken for `otherwise`.
   */
  word<Code extends string>(field: FieldName, set: ClosedSet<Code>, otherwise: Code): Code | null {
    let unknown = ''
    for (const value of this.#values(field)) {
      if (value === '') continue
      const code = this.chosen(field, value, set) ?? set.read(value)
      if (code !== null) {
        this.#words.note(field, value, set, code, true)
        return code
      }
      if (unknown === '' && !nothing.has(value)) unknown = value
    }
    if (unknown === '') return null
    this.#words.note(field, unknown, set, otherwise, false)
    return otherwise
  }

  /** What a person chose for a word of the field; null where nobody did. */
  chosen<Code extends string>(field: FieldName, word: string, set: ClosedSet<Code>): Code | null {
    return this.#words.chosen(field, this.#columns.indices(field), word, set)
  }

  /** Counts a word of the field that was read in another way than `word` does. */
  noteWord(field: FieldName, word: string, set: ClosedSet<string>, code: string, isKnown: boolean): void {
    this.#words.note(field, word, set, code, isKnown)
  }

  /**
   * An instant as ISO text; null when empty.
   *
   * @param end a day without a time means its end, as deadlines do
   */
  instant(field: FieldName, local: LocalTime, end = false): string | null {
    const { value: written, column } = this.#first(field)
    const value = unmarked(written)
    if (nothing.has(value) || isNoDate(value)) return null
    const whole = this.#withOtherHalf(field, value)
    const read = readInstant((end ? joinDateAndTime(whole, '23:59:59') : null) ?? whole, local)
    if ('instant' in read) return read.instant
    this.fault(field, value, read.fault, column)
    return null
  }

  /** From when to when, where the field says both; else null. */
  interval(field: FieldName, local: LocalTime): Interval | null {
    return readInterval(unmarked(this.#first(field).value), local)
  }

  /** Whether the field says a day and no time of it. */
  saysDay(field: FieldName): boolean {
    const { value } = this.#first(field)
    return isDateOnly(this.#withOtherHalf(field, value))
  }

  /** Digits of a code, e.g. 9, 12 or 15; null when empty. */
  code(field: FieldName, ...lengths: number[]): string | null {
    const { value, column } = this.#first(field)
    if (nothing.has(value)) return null
    const digits = digitsOf(value)
    if (/^\d+$/.test(digits) && lengths.includes(digits.length)) return digits
    const isRounded = /^\d(\.\d+)?e\+?\d+$/i.test(digits)
    this.fault(field, value, isRounded ? reasons.rounded : reasons.notCode(lengths), column)
    return null
  }

  /** GeoJSON's geometry, or the one in a column as WKT, GeoJSON or a list of corners; undefined when there is none. */
  geometry(field: FieldName): unknown {
    if (this.row.geometry !== undefined && this.row.geometry !== null) return this.row.geometry
    const { value, column } = this.#first(field)
    if (nothing.has(value)) return undefined
    if (binary.test(value)) {
      const reading = readWkb(Buffer.from(value, 'hex'))
      if ('geometry' in reading) return reading.geometry ?? undefined
      this.fault(field, value, reading.fault, column)
      return undefined
    }
    const geometry = value.startsWith('{') ? parseJson(value) : (readWkt(value) ?? readCoordinateList(value))
    if (geometry === null) this.fault(field, value, reasons.notGeometry, column)
    return geometry ?? undefined
  }

  /** Whether a column of the file, or a value for every row, is the field's. */
  knows(field: FieldName): boolean {
    return this.#columns.indices(field).length > 0 || this.#constants.has(field)
  }

  has(field: FieldName): boolean {
    return !nothing.has(this.#first(field).value)
  }

  /** Notes a fault of a field, in the column that its value was read from: its first one where nothing else is said. */
  fault(field: FieldName, value: string, reason: Label, column = this.#columns.indices(field)[0]?.column): void {
    this.faults.push({ field, column: column ?? null, value: excerpt(value), reason })
  }

  /** A date and its time of day, where they stand in columns of their own. */
  #withOtherHalf(field: FieldName, value: string): string {
    const columns = this.#columns.indices(field)
    if (columns.length < 2) return value
    for (const { index } of columns) {
      const joined = joinDateAndTime(value, asText(this.row.cells[index]))
      if (joined !== null) return joined
    }
    return value
  }

  /** The values of the field's columns, best first, and the one for every row after them. */
  *#values(field: FieldName): Generator<string> {
    for (const { index } of this.#columns.indices(field)) yield asText(this.row.cells[index])
    const constant = this.#constants.get(field)
    if (constant !== undefined) yield constant
  }

  #first(field: FieldName): { value: string; column?: string } {
    for (const { index, column } of this.#columns.indices(field)) {
      const value = asText(this.row.cells[index])
      if (value !== '') return { value, column }
    }
    return { value: this.#constants.get(field) ?? '' }
  }
}

/**
 * A code without what is around its digits: a leading apostrophe is how spreadsheets mark digits as text, a zero after
 * a point how they mark them as numbers.
 */
export function digitsOf(value: string): string {
  return value.normalize('NFKC').replaceAll(/^['’]|\s|\.0+$/g, '')
}

/** Well-known binary in hexadecimal digits, as PostGIS writes a geometry into a table. */
const binary = /^0[01](?:[0-9a-f]{2}){8,}$/i

function asText(cell: unknown): string {
  if (typeof cell === 'string') return plainCell(cell.trim())
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell)
  return cell === null || cell === undefined ? '' : JSON.stringify(cell)
}

/** An apostrophe before digits is how spreadsheets mark them as text. */
function unmarked(value: string): string {
  return value.replace(/^['’](?=[\d+-])/, '')
}

/** `="00123"` is how a CSV has Excel keep digits as text. */
function plainCell(text: string): string {
  return text.startsWith('="') ? (/^="([^"]*)"$/.exec(text)?.[1]?.trim() ?? text) : text
}

/** Levels of a geometry: a collection of multipolygons has six. */
const deepest = 20

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return isDeeper(value, deepest) ? null : value
  } catch {
    return null
  }
}

/** Enough of a value to recognise it. */
function excerpt(value: string): string {
  return value.length <= 40 ? value : `${value.slice(0, 40).toWellFormed()}…`
}
