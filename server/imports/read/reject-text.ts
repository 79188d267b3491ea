import type { RowSource, SourceRow } from '@minqing/data/formats/source-row'
import { isTableFormat } from '@minqing/data/domain/file-format'
import { faultPlace, type Fault } from '@minqing/data/domain/import'
import { stringify } from 'csv-stringify/sync'

/**
 * The rejected rows as they came, tables as CSV and features as GeoJSON, each with the line, the column and the reason,
 * so that they can be put right and imported again. A table is UTF-8 with a mark, which spreadsheets need to show
 * Chinese.
 */
export class RejectText {
  #rows = 0
  #table = true

  /** What to append for one row; the first brings the head of the file. */
  row(source: RowSource, row: SourceRow, faults: readonly Fault[]): string {
    const head = this.#rows === 0 ? this.#head(source) : ''
    const text = this.#table ? tableRow(source, row, faults) : feature(source, row, faults, this.#rows === 0)
    this.#rows++
    return head + text
  }

  /** What to append after the last row. */
  end(): string {
    return this.#rows === 0 || this.#table ? '' : '\n]}\n'
  }

  #head(source: RowSource): string {
    this.#table = isTableFormat(source.format)
    if (this.#table) {
      const own = ownColumns(source).map((index) => guarded(source.columns[index]))
      return `\ufeff${csvLine([...own, ...rejectColumns])}`
    }
    const crs =
      source.crs === null ? '' : `"crs":${JSON.stringify({ type: 'name', properties: { name: source.crs } })},`
    return `{"type":"FeatureCollection",${crs}"features":[`
  }
}

const rejectColumns = [
  '拒绝_行号 reject_line',
  '拒绝_列 reject_column',
  '拒绝_值 reject_value',
  '拒绝_原因 reject_reason',
  'reject_reason_en',
]

function tableRow(source: RowSource, row: SourceRow, faults: readonly Fault[]): string {
  return csvLine([
    ...ownColumns(source).map((index) => guarded(row.cells[index])),
    row.line,
    guarded(faults.map((fault) => faultPlace(fault)?.zh ?? '').join('；')),
    guarded(faults.map((fault) => fault.value).join('；')),
    faults.map((fault) => fault.reason.zh).join('；'),
    faults.map((fault) => fault.reason.en).join('; '),
  ])
}

/** Columns of the file itself: one that was rejected before brings our own along, which are written again. */
function ownColumns({ columns }: RowSource): number[] {
  return columns.flatMap((column, index) => (rejectColumns.includes(column) ? [] : [index]))
}

/** What a spreadsheet would run as a formula is kept as text; the import takes the apostrophe off again. */
function guarded(cell: unknown): string {
  const text = typeof cell === 'string' ? cell : cell === null || cell === undefined ? '' : JSON.stringify(cell)
  return /^[=+\-@\t\r＝＋－＠]/.test(text) && !/^[+-]?[\d.]+$/.test(text) ? `'${text}` : text
}

function csvLine(cells: readonly (string | number)[]): string {
  // Quoted as well is what could pass for another separator, and a line break of any kind.
  return stringify([[...cells]], { record_delimiter: 'windows', quoted_match: /[;\t\r\n]/ })
}

/** The feature's own text with one member more; text that is no JSON object becomes a property of an empty feature. */
function feature(source: RowSource, row: SourceRow, faults: readonly Fault[], first: boolean): string {
  const reject = JSON.stringify({ line: row.line, feature: row.ordinal, faults })
  const text = (row.raw ?? featureText(source, row)).trim()
  const rejected = isObject(text)
    ? `${text.slice(0, -1).trimEnd()}${text.length > 2 ? ',' : ''}"reject":${reject}}`
    : JSON.stringify({ type: 'Feature', properties: { text }, geometry: null, reject: JSON.parse(reject) as unknown })
  return `${first ? '\n' : ',\n'}${rejected}`
}

/** A feature of a binary file, written as GeoJSON. */
function featureText({ columns }: RowSource, { cells, geometry, id }: SourceRow): string {
  const properties = Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? null]))
  return JSON.stringify({ type: 'Feature', ...(id === null ? {} : { id }), properties, geometry: geometry ?? null })
}

function isObject(text: string): boolean {
  try {
    const value = JSON.parse(text) as unknown
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
