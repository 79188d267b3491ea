import { createWriteStream, type WriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import type { RowSource, SourceRow } from '@minqing/data/formats/source-row'
import type { Fault } from './row-view.ts'

/**
 * The rejected rows as they came, tables as CSV and features as GeoJSON, each with the line, the column and the reason, so that
 * they can be put right and imported again. Made when there is a first one; a table is UTF-8 with a mark, which
 * spreadsheets need to show Chinese.
 */
export class RejectFile {
  readonly path: string
  #stream: WriteStream | null = null
  #rows = 0
  #table = true

  constructor(path: string) {
    this.path = path
  }

  /** Whether a file was made. */
  get written(): boolean {
    return this.#rows > 0
  }

  async write(source: RowSource, row: SourceRow, faults: readonly Fault[]): Promise<void> {
    const stream = this.#stream ?? this.#create(source)
    const line = this.#table ? tableRow(source, row, faults) : feature(source, row, faults, this.#rows === 0)
    this.#rows++
    if (!stream.write(line)) await new Promise<void>((resume) => stream.once('drain', () => resume()))
  }

  async close(): Promise<void> {
    if (this.#stream === null) return
    this.#stream.end(this.#table ? '' : '\n]}\n')
    await finished(this.#stream)
  }

  #create(source: RowSource): WriteStream {
    this.#table = source.format === 'csv' || source.format === 'xlsx'
    this.#stream = createWriteStream(this.path)
    if (this.#table) this.#stream.write(`\ufeff${csvLine([...source.columns, ...rejectColumns])}`)
    else {
      const crs =
        source.crs === null ? '' : `"crs":${JSON.stringify({ type: 'name', properties: { name: source.crs } })},`
      this.#stream.write(`{"type":"FeatureCollection",${crs}"features":[`)
    }
    return this.#stream
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
  const cells = source.columns.map((_, index) => row.cells[index] ?? '')
  return csvLine([
    ...cells,
    row.line,
    faults.map((fault) => fault.column ?? '').join('；'),
    faults.map((fault) => fault.value).join('；'),
    faults.map((fault) => fault.reason.zh).join('；'),
    faults.map((fault) => fault.reason.en).join('; '),
  ])
}

function csvLine(cells: readonly unknown[]): string {
  return `${cells.map((cell) => (/[",;\t\r\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell))).join(',')}\r\n`
}

/** The feature's own text with one member more; text that is no JSON object becomes a property of an empty feature. */
function feature(source: RowSource, row: SourceRow, faults: readonly Fault[], first: boolean): string {
  const reject = JSON.stringify({ line: row.line, feature: row.ordinal, faults })
  const text = (row.raw ?? featureText(source, row)).trim()
  const kept = isObject(text)
    ? `${text.slice(0, -1).trimEnd()}${text.length > 2 ? ',' : ''}"reject":${reject}}`
    : JSON.stringify({ type: 'Feature', properties: { text }, geometry: null, reject: JSON.parse(reject) as unknown })
  return `${first ? '\n' : ',\n'}${kept}`
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
