import type { Label } from '../../domain/label.ts'
import { FileProblem } from '../file-problem.ts'
import type { FileChoices, FileLayer, Question, RowSource, SourceRow } from '../source-row.ts'
import { TableFooter } from './table-footer.ts'
import { MissingYears } from './missing-years.ts'
import { findHeader, headerSearch, type Merge, type TableRow } from './table-header.ts'

/** A table as its file has it, with whatever stands above and below. */
export type RawTable<Row extends TableRow> = {
  format: RowSource['format']
  rows: AsyncIterator<Row[], unknown>
  merges: readonly Merge[]
  /** What its sheet is called. */
  name?: string
  choices: FileChoices
  notes: Label[]
  layers?: readonly FileLayer[]
  delimiter?: string
  questions?: readonly Question[]
  /** What is wrong with a row of a table so wide. */
  faultOf: (row: Row, width: number) => Label | null
  /** A row's cells under these columns, as the reader returns them. */
  adapt?: (columns: readonly string[]) => (row: Row) => readonly unknown[]
  /** Called after the last row, to note what was done to the rows. */
  finish?: () => void
}

/** Rows held back until it shows whether they end the table; a text in one cell, so there are never many. */
const maximumHeld = 50

/**
 * A table's rows under the names that its header gives the columns, without titles, totals and notes.
 *
 * @throws FileProblem when there is no header
 */
export async function readTable<Row extends TableRow>(table: RawTable<Row>): Promise<RowSource> {
  const { format, merges, choices, notes } = table
  const { head, ended } = await headOf(table)
  if (head.length === 0)
    throw new FileProblem(
      '文件里没有任何行：第一行应为列名',
      'The file has no rows: the first one should name the columns',
    )
  const header = findHeader(head.slice(0, headerSearch), merges, choices)
  const first = header.rows[0]
  if (first !== undefined && (header.body > 1 || choices.headerRow !== undefined))
    notes.push(headerNote(first.line, header.rows.length))
  const repeated = header.columns.filter((name, index) => name !== '' && header.columns.indexOf(name) < index)
  if (repeated.length > 0) notes.push(repeatedNote([...new Set(repeated)].slice(0, 5)))
  const footer = new TableFooter(header.rows, header.columns, merges)
  const body = head.slice(header.body)
  const above = head.slice(0, header.body - header.rows.length).toReversed()
  const titles = above.map(({ cells }) => cells.filter((cell) => typeof cell === 'string').join(' '))
  const years = new MissingYears([...titles, table.name ?? ''], body, header.columns)
  const batches = rowsOf(table, header.columns, { footer, years }, body, ended)
  const { layers = [], questions = [], delimiter } = table
  const where = first === undefined ? {} : { header: { row: first.line, rows: header.rows.length } }
  const separated = delimiter === undefined ? {} : { delimiter }
  return { format, columns: header.columns, crs: null, ...where, ...separated, layers, questions, notes, batches }
}

function headerNote(line: number, rows: number): Label {
  const zh = rows === 1 ? `第 ${line} 行` : `第 ${line}–${line + rows - 1} 行（${rows} 级表头）`
  const en = rows === 1 ? `row ${line}` : `rows ${line}–${line + rows - 1} (a header of ${rows} levels)`
  return { zh: `列名取自${zh}`, en: `Column names are taken from ${en}` }
}

function repeatedNote(names: readonly string[]): Label {
  return {
    zh: `列名“${names.join('”“')}”不止出现一次，只使用第一列`,
    en: `“${names.join('”, “')}” stands over more than one column, of which the first is used`,
  }
}

/** The first rows that are not blank, enough to find the header among. */
async function headOf<Row extends TableRow>({ rows }: RawTable<Row>): Promise<{ head: Row[]; ended: boolean }> {
  const blank = new TableFooter([], [], [])
  const head: Row[] = []
  while (head.length < headerSearch) {
    const batch = await rows.next()
    if (batch.done === true) return { head, ended: true }
    for (const row of batch.value) if (blank.judge(row) !== 'blank') head.push(row)
  }
  return { head, ended: false }
}

async function* rowsOf<Row extends TableRow>(
  table: RawTable<Row>,
  columns: readonly string[],
  { footer, years }: { footer: TableFooter; years: MissingYears },
  head: readonly Row[],
  ended: boolean,
): AsyncGenerator<SourceRow[]> {
  const cellsOf = table.adapt?.(columns) ?? ((row: Row) => row.cells)
  let ordinal = 0
  let held: Row[] = []
  const toRow = (row: Row): SourceRow => {
    ordinal++
    const fault = table.faultOf(row, columns.length)
    return {
      ordinal,
      line: row.line,
      cells: years.complete(cellsOf(row)),
      geometry: undefined,
      id: null,
      raw: null,
      fault,
    }
  }
  const take = (batch: readonly Row[]): SourceRow[] => {
    const rows: SourceRow[] = []
    for (const row of batch) {
      const kind = footer.judge(row)
      if (kind === 'blank') continue
      if (kind === 'single') {
        held.push(row)
        if (held.length < maximumHeld) continue
      } else if (kind !== null) {
        footer.leaveOut(kind, row)
        continue
      }
      if (held.length > 0) {
        for (const earlier of held) rows.push(toRow(earlier))
        held = []
      }
      if (kind === null) rows.push(toRow(row))
    }
    return rows
  }
  if (head.length > 0) yield take(head)
  for (let batch = ended ? null : await table.rows.next(); batch?.done === false; batch = await table.rows.next()) {
    const rows = take(batch.value)
    if (rows.length > 0) yield rows
  }
  for (const row of held) footer.leaveOut('footer', row)
  table.finish?.()
  table.notes.push(...years.notes(), ...footer.notes())
}
