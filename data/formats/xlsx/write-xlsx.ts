import { zipStream } from '../archive/zip-stream.ts'
import { localTimeText } from '../values/local-time-text.ts'
import {
  explainColumns,
  explanationHeadings,
  type WrittenColumn,
  type WrittenFile,
  type WrittenRow,
  type WrittenTable,
} from '../written-table.ts'
import { fixedParts, styleOf, xml } from './workbook-parts.ts'

/** Rows of a sheet in Excel, its heading included. */
const rowsPerSheet = 1_048_576

/**
 * A workbook (ECMA-376), written while its rows are read: the table with a frozen heading, times as real times, and
 * sheets that explain the columns and say what made the file. Texts are typed as texts, and those that begin like a
 * formula are marked as such (`quotePrefix`), so that they stay texts when a cell is edited. A table of more rows than a
 * sheet holds goes on in another one.
 */
export async function* writeXlsx(table: WrittenTable): WrittenFile {
  yield* zipStream(partsOf(table))
}

type Part = { name: string; content: AsyncIterable<string> }

async function* partsOf(table: WrittenTable): AsyncGenerator<Part> {
  const { title, language, columns, about } = table
  const source = new RowSource(table.rows)
  const names: string[] = []
  const part = (name: string, content: AsyncIterable<string>): Part => {
    names.push(sheetName(name))
    return { name: `xl/worksheets/sheet${names.length}.xml`, content }
  }
  try {
    do {
      const name = title[language] + (names.length === 0 ? '' : ` ${names.length + 1}`)
      yield part(name, tableSheet(source, columns, language))
    } while (!(await source.ended()))
  } finally {
    await source.close()
  }
  const zh = language === 'zh'
  const headings = explanationHeadings.map((label) => label[language])
  yield part(zh ? '列说明' : 'Columns', textSheet([headings, ...explainColumns(table)], [18, 60, 18, 14, 30]))
  const lines = await about(source.count)
  yield part(
    zh ? '来源' : 'Provenance',
    textSheet([zh ? ['项目', '内容'] : ['Item', 'Value'], ...lines.map((line) => [...line])], [30, 80]),
  )
  for (const [name, text] of fixedParts(names)) yield { name, content: once(text) }
}

async function* once(text: string): AsyncGenerator<string> {
  yield text
}

/** Without what Excel refuses in the name of a sheet, in 31 characters. */
function sheetName(text: string): string {
  return text.replaceAll(/[[\]:*?/\\]/g, ' ').slice(0, 31)
}

/** Rows that several sheets take one after the other. */
class RowSource {
  readonly #batches: AsyncIterator<readonly WrittenRow[]>
  #rows: readonly WrittenRow[] = []
  #at = 0
  count = 0

  constructor(rows: AsyncIterable<readonly WrittenRow[]>) {
    this.#batches = rows[Symbol.asyncIterator]()
  }

  /** Whether all have been taken. */
  async ended(): Promise<boolean> {
    while (this.#at >= this.#rows.length) {
      // One batch after the other, as they are taken.
      const step = await this.#batches.next()
      if (step.done === true) return true
      this.#rows = step.value
      this.#at = 0
    }
    return false
  }

  /** At most so many of those that have been read. */
  take(most: number): readonly WrittenRow[] {
    const taken = this.#rows.slice(this.#at, this.#at + most)
    this.#at += taken.length
    this.count += taken.length
    return taken
  }

  async close(): Promise<void> {
    await this.#batches.return?.()
  }
}

async function* tableSheet(
  source: RowSource,
  columns: readonly WrittenColumn[],
  language: 'zh' | 'en',
): AsyncGenerator<string> {
  let row = 1
  const first = (await source.ended()) ? [] : source.take(rowsPerSheet - 1)
  yield sheetHead(widthsOf(columns, first, language))
  yield rowText(
    row,
    columns.map(({ label }) => textCell(label[language], 'heading')),
  )
  for (let taken = first; taken.length > 0;) {
    yield taken
      .map(({ values }) => {
        row += 1
        return rowText(
          row,
          columns.map(({ kind }, index) => cellOf(values[index] ?? null, kind)),
        )
      })
      .join('')
    const room = rowsPerSheet - row
    taken = room === 0 || (await source.ended()) ? [] : source.take(room)
  }
  yield `</sheetData><autoFilter ref="A1:${columnName(columns.length - 1)}${row}"/></worksheet>`
}

async function* textSheet(rows: readonly (readonly string[])[], widths: readonly number[]): AsyncGenerator<string> {
  yield sheetHead(widths)
  yield rows
    .map((cells, index) =>
      rowText(
        index + 1,
        cells.map((text) => textCell(text, index === 0 ? 'heading' : 'wrapped')),
      ),
    )
    .join('')
  yield '</sheetData></worksheet>'
}

function sheetHead(widths: readonly number[]): string {
  const columns = widths.map(
    (width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  )
  return `${xml}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns.join('')}</cols><sheetData>`
}

function rowText(row: number, cells: readonly (((place: string) => string) | null)[]): string {
  const written = cells.map((cell, index) => cell?.(`${columnName(index)}${row}`) ?? '')
  return `<row r="${row}">${written.join('')}</row>`
}

function cellOf(value: string | number | null, kind: WrittenColumn['kind']): ((place: string) => string) | null {
  if (value === null || value === '') return null
  if (typeof value === 'number') return Number.isFinite(value) ? (place) => `<c r="${place}"><v>${value}</v></c>` : null
  if (kind === 'time') return (place) => `<c r="${place}" s="${styleOf.time}"><v>${serialOf(value)}</v></c>`
  return textCell(value, /^[=+\-@\t\r]/.test(value) ? 'quoted' : 'plain')
}

/** Days since 1899-12-30, local time: Excel knows no time zones. */
function serialOf(instant: string): number {
  const local = Date.parse(`${localTimeText(instant).replace(' ', 'T')}Z`)
  return Math.round((local / 86_400_000 + 25_569) * 1e9) / 1e9
}

/** Most characters of a cell in Excel. */
const longestText = 32_767

function textCell(text: string, style: 'plain' | keyof typeof styleOf): (place: string) => string {
  const shown = escapeXml(text.slice(0, longestText))
  const styled = style === 'plain' ? '' : ` s="${styleOf[style]}"`
  return (place) => `<c r="${place}"${styled} t="inlineStr"><is><t xml:space="preserve">${shown}</t></is></c>`
}

/** Control characters are no part of XML 1.0. */
function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
}

/** A, B, … Z, AA, … */
function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter
}

const widest = 60

/** Characters that the heading and the first rows take; those of Chinese are twice as wide. */
function widthsOf(columns: readonly WrittenColumn[], rows: readonly WrittenRow[], language: 'zh' | 'en'): number[] {
  return columns.map(({ label, kind }, index) => {
    if (kind === 'time') return 20
    const texts = [label[language], ...rows.slice(0, 200).map(({ values }) => String(values[index] ?? ''))]
    const wide = texts.map((text) => text.length + (text.match(/[^\0-\u02ff]/g)?.length ?? 0))
    return Math.min(widest, Math.max(...wide) + 3)
  })
}
