import type { Label, Language } from '@minqing/data/domain/label'
import { stringify } from 'csv-stringify/sync'

/** One column of an exported table; numbers stay numbers, so that a minus sign is no formula. */
export type CsvColumn<Row> = { label: Label; value: (row: Row, language: Language) => string | number | null }

/** Excel takes a file for UTF-8 only when it begins with this. */
const byteOrderMark = '\uFEFF'

/** A cell that begins like a formula gets an apostrophe before it: a spreadsheet must never run what a person wrote. */
const options = { escape_formulas: true, record_delimiter: 'windows' } as const

export function csvHeader<Row>(columns: readonly CsvColumn<Row>[], language: Language): string {
  return byteOrderMark + stringify([columns.map(({ label }) => label[language])], options)
}

export function csvRows<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[], language: Language): string {
  return stringify(
    rows.map((row) => columns.map(({ value }) => value(row, language))),
    options,
  )
}

/** Lines after the table that say what it holds; `#` marks them for programs. */
export function csvTrailer(lines: readonly string[]): string {
  return stringify(
    lines.map((line) => [`# ${line}`]),
    options,
  )
}
