import { homeTimeZone } from '@minqing/data/domain/instant'
import type { Label, Language } from '@minqing/data/domain/label'
import { stringify } from 'csv-stringify/sync'

/** One column of a table that is downloaded; numbers stay numbers, so that a minus sign is no formula. */
export type CsvColumn<Row> = { label: Label; value: (row: Row, language: Language) => string | number | null }

/** Excel takes a file for UTF-8 only when it begins with this. */
const byteOrderMark = '\uFEFF'

/** A cell that begins like a formula gets an apostrophe before it: a spreadsheet must never run free text. */
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

/** `YYYY-MM-DD HH:mm:ss` in local time, which spreadsheets take for a time. */
export function localTimeText(instant: string): string {
  return localFormat.format(new Date(instant)).replace(',', '')
}

const localFormat = new Intl.DateTimeFormat('sv-SE', {
  timeZone: homeTimeZone,
  dateStyle: 'short',
  timeStyle: 'medium',
})

/**
 * `Content-Disposition` of a download, named by what it is, where and of which day: RFC 6266 with the name in the reader's
 * language (RFC 5987) and a plain one for old clients.
 */
export function attachment(
  what: Label,
  { area, extension, now }: { area: string | undefined; extension: string; now: Date },
  language: Language,
): string {
  const day = localTimeText(now.toISOString()).slice(0, 10).replaceAll('-', '')
  const name = (first: string) => `${[first, area, day].filter((part) => part !== undefined).join('_')}.${extension}`
  return `attachment; filename="${name(what.en)}"; filename*=UTF-8''${encodeURIComponent(name(what[language]))}`
}
