import { stringify } from 'csv-stringify/sync'
import { localTimeText } from '../values/local-time-text.ts'
import type { WrittenFile, WrittenTable } from '../written-table.ts'

/** Excel takes a file for UTF-8 only when it begins with this. */
const byteOrderMark = '\uFEFF'

/** A cell that begins like a formula gets an apostrophe before it: a spreadsheet must never run free text. */
const options = { escape_formulas: true, record_delimiter: 'windows' } as const

/** Records as CSV, ending with a line break. Numbers stay numbers, so that a minus sign is no formula. */
export function csvText(records: readonly (readonly (string | number | null)[])[]): string {
  return stringify(
    records.map((record) => [...record]),
    options,
  )
}

/** The first lines of a file: the mark of UTF-8 and the names of its columns. */
export function csvHeader(names: readonly string[]): string {
  return byteOrderMark + csvText([names])
}

/**
 * Lines after the table that say what it holds; `#` marks them for programs. What would have to be quoted is replaced: a
 * quoted line does not begin with `#`.
 */
export function csvTrailer(lines: readonly string[]): string {
  return csvText(lines.map((line) => [`# ${line.replaceAll(',', ';').replaceAll('"', "'").replaceAll(/\s/g, ' ')}`]))
}

/** RFC 4180 in UTF-8 with a mark, times local. Geometry is in the table's own columns, or nowhere. */
export async function* writeCsv({ columns, language, rows, about }: WrittenTable): WrittenFile {
  let head = csvHeader(columns.map(({ label }) => label[language]))
  let count = 0
  for await (const batch of rows) {
    const records = batch.map(({ values }) =>
      values.map((value, index) =>
        typeof value === 'string' && columns[index]?.kind === 'time' ? localTimeText(value) : value,
      ),
    )
    yield head + csvText(records)
    head = ''
    count += batch.length
  }
  const lines = (await about(count)).map(([name, value]) => `${name}${language === 'zh' ? '：' : ': '}${value}`)
  yield head + csvTrailer(lines)
}
