import { facetNames, facetOf } from '@minqing/data/domain/incident-facets'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { homeTimeZone } from '@minqing/data/domain/instant'
import type { Label, Language } from '@minqing/data/domain/label'
import { stringify } from 'csv-stringify/sync'

/** One column of an exported table; numbers stay numbers, so that a minus sign is no formula. */
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

/** What made an export: which filter, data of when, written when. */
export type Provenance = { filter: IncidentFilter; asOf: string | null; generatedAt: string; rows: number }

/** `YYYY-MM-DD HH:mm:ss` in local time, which spreadsheets take for a time. */
export function localTimeText(instant: string): string {
  return localFormat.format(new Date(instant)).replace(',', '')
}

const localFormat = new Intl.DateTimeFormat('sv-SE', {
  timeZone: homeTimeZone,
  dateStyle: 'short',
  timeStyle: 'medium',
})

/** The provenance in words, a line each. */
export function provenanceLines({ filter, asOf, generatedAt, rows }: Provenance, language: Language): string[] {
  const zh = language === 'zh'
  const all = zh ? '全部' : 'all'
  const facets = facetNames.map((name): [string, string, string] => {
    const { plural, labels, exportsCode } = facetOf(name)
    const codes: readonly string[] = filter[name] ?? []
    const words = codes.map((code) => `${exportsCode ? `${code} ` : ''}${labels[code]?.[language] ?? code}`)
    return [plural.zh, plural.en, words.length === 0 ? all : words.join(zh ? '、' : ', ')]
  })
  const from = filter.from === undefined ? '…' : localTimeText(filter.from)
  const to = filter.to === undefined ? '…' : localTimeText(filter.to)
  const parts: [string, string, string][] = [
    ['行数', 'Rows', String(rows)],
    ['区域', 'Area', filter.area ?? all],
    ['上报时间（北京时间，含起不含止）', 'Reported (UTC+8, end excluded)', `${from} – ${to}`],
    ...facets,
    ['数据截至', 'Data as of', asOf === null ? '—' : localTimeText(asOf)],
    ['导出时间', 'Exported', localTimeText(generatedAt)],
  ]
  return parts.map(([chinese, english, value]) => (zh ? `${chinese}：${value}` : `${english}: ${value}`))
}
