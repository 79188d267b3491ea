import type { Label } from '../../domain/label.ts'
import { FileProblem } from '../file-problem.ts'
import type { RowSource, SourceRow } from '../source-row.ts'
import { isFilled, isHeading } from '../tables/table-header.ts'
import type { Sheet, SheetRow } from './workbook.ts'

/** Sheets looked into, and rows of each: one for each day of a quarter. */
const looked = { sheets: 100, rows: 40 } as const

/** What there is to choose by. */
export type Look<S extends Sheet> = {
  rowsOf: (sheet: S) => AsyncIterable<SheetRow[]>
  /** Names of a sheet's columns; null where it has no header. */
  columnsOf: (sheet: S) => Promise<readonly string[] | null>
}

/** The sheet whose columns count, and all that are read, in the order of the workbook. */
type Chosen<S extends Sheet> = { main: S; sheets: readonly S[] }

/**
 * The sheet that was named; else the visible one that looks most like a ledger, with those that go on with it. The
 * notes say which, and what else there is.
 *
 * @throws FileProblem when there is no such sheet, or none with a table
 */
export async function chooseSheets<S extends Sheet>(
  sheets: readonly S[],
  named: string | undefined,
  file: string,
  look: Look<S>,
  notes: Label[],
): Promise<Chosen<S>> {
  if (named !== undefined) {
    const sheet = sheets.find(({ name }) => name === named) ?? sheets.find(({ name }) => name.trim() === named.trim())
    if (sheet !== undefined) return { main: sheet, sheets: [sheet] }
    throw new FileProblem(
      `“${file}”里没有工作表“${named}”。工作表有：${sheets.map(({ name }) => name).join('、')}`,
      `“${file}” has no sheet “${named}”. It has: ${sheets.map(({ name }) => name).join(', ')}`,
    )
  }
  const visible = sheets.filter(({ hidden }) => !hidden)
  const scored: { sheet: S; score: number }[] = []
  for (const sheet of visible.slice(0, looked.sheets)) scored.push({ sheet, score: await likeness(look.rowsOf(sheet)) })
  const [best] = scored.toSorted(
    (a, b) => b.score - a.score || Number(isBesides(a.sheet.name)) - Number(isBesides(b.sheet.name)),
  )
  if (best === undefined || best.score === 0)
    throw new FileProblem(
      `“${file}”的工作表里没有表格${sheets.length > visible.length ? '（隐藏的工作表不读取，可用 --sheet 指定）' : ''}`,
      `“${file}” has no sheet with a table${sheets.length > visible.length ? ' (hidden ones are passed over; name one with --sheet)' : ''}`,
    )
  const main = best.sheet
  const others = await goingOn(main, scored, look)
  const read = sheets.filter((sheet) => sheet === main || others.has(sheet))
  const left = sheets.filter((sheet) => !read.includes(sheet))
  if (read.length > 1) notes.push(joinedNote(read, left))
  else if (left.length > 0) notes.push(singleNote(main, left))
  return { main, sheets: read }
}

/** The visible sheets that go on with the table of this one; none where it is itself a sum, a copy or a sample. */
async function goingOn<S extends Sheet>(
  main: S,
  scored: readonly { sheet: S; score: number }[],
  { columnsOf }: Look<S>,
): Promise<ReadonlySet<S>> {
  const candidates = scored.filter(({ sheet, score }) => sheet !== main && score >= 2 && !isBesides(sheet.name))
  const found = new Set<S>()
  if (candidates.length === 0 || isBesides(main.name)) return found
  const columns = (await columnsOf(main)) ?? []
  for (const { sheet } of candidates) if (goesOn(columns, (await columnsOf(sheet)) ?? [''])) found.add(sheet)
  return found
}

function singleNote({ name }: Sheet, others: readonly Sheet[]): Label {
  const { zh, en } = namesOf(others)
  return {
    zh: `读取的是工作表“${name}”，未读取${zh}；用 --sheet 可另选`,
    en: `The sheet “${name}” was read, not ${en}; --sheet takes another`,
  }
}

function joinedNote(read: readonly Sheet[], left: readonly Sheet[]): Label {
  const joined = namesOf(read)
  const { zh, en } = namesOf(left)
  return {
    zh: `表头相同的 ${read.length} 张工作表一并读取：${joined.zh}${left.length > 0 ? `；未读取${zh}` : ''}；用 --sheet 可只读一张`,
    en: `${read.length} sheets with the same columns were read together: ${joined.en}${left.length > 0 ? `; not ${en}` : ''}; --sheet takes one alone`,
  }
}

/** Names that a note lists; a workbook can have hundreds of sheets. */
const listedNames = 20

function namesOf(sheets: readonly Sheet[]): Label {
  const listed = sheets.slice(0, listedNames)
  const more = sheets.length > listedNames
  return {
    zh: listed.map(({ name, hidden }) => `“${name}”${hidden ? '（隐藏）' : ''}`).join('、') + (more ? '等' : ''),
    en:
      listed.map(({ name, hidden }) => `“${name}”${hidden ? ' (hidden)' : ''}`).join(', ') + (more ? ' and more' : ''),
  }
}

/** How much the first rows look like a ledger: 0 without a table, more for each well-known column name in one row. */
async function likeness(batches: AsyncIterable<SheetRow[]>): Promise<number> {
  let rows = 0
  let wide = 0
  let names = 0
  for await (const batch of batches) {
    for (const { cells } of batch.slice(0, looked.rows - rows)) {
      if (cells.filter(isFilled).length >= 2) wide++
      names = Math.max(names, cells.filter((cell) => typeof cell === 'string' && isHeading(cell)).length)
    }
    rows += batch.length
    if (rows >= looked.rows) break
  }
  if (rows === 0) return 0
  // A sheet of one column is a table only where there is no better one.
  return wide >= 2 ? 2 + names : 1
}

/** Sheets that hold rows of other sheets again, or none that are meant: sums, copies, samples. */
const besides =
  /汇总|总表|合计|统计|示例|样例|样表|样板|范例|模板|备份|副本|作废|[(（]\d+[)）]\s*$|total|summary|sample|example|template|backup|copy/i

/** Whether a sheet's name says that its rows are no part of the ledger, or stand elsewhere too. */
function isBesides(name: string): boolean {
  return besides.test(name)
}

/**
 * Whether a sheet goes on with another one's table, as a sheet for each month does: it has no column that the other
 * lacks, and two thirds of those whose names are well known. Their order does not matter.
 *
 * @param columns names of the table that may go on
 * @param others names of the sheet's columns
 */
function goesOn(columns: readonly string[], others: readonly string[]): boolean {
  const names = columns.filter((name) => name !== '')
  const known = names.filter(isHeading)
  const needed = known.length >= 2 ? known : names
  const shared = needed.filter((name) => others.includes(name)).length
  return shared >= 2 && shared * 3 >= needed.length * 2 && others.every((name) => name === '' || names.includes(name))
}

/** A sheet's table, opened when its turn comes. */
type SheetSource = { name: string; open: (notes: Label[]) => Promise<RowSource> }

/**
 * Several sheets with the same columns as one table: first a column that names the sheet of each row, then the columns
 * of the main sheet. Rows are counted through; their lines are those of their sheets.
 *
 * @param main the sheet whose columns count, one of the sheets
 * @param notes gets the notes of every sheet, each under its name
 */
export async function joinSheets(
  sheets: readonly SheetSource[],
  main: SheetSource,
  notes: Label[],
): Promise<RowSource> {
  const mainNotes: Label[] = []
  const first = await main.open(mainNotes)
  const opening = mainNotes.splice(0)
  notes.push(...opening)
  const sheetNotes = new SheetNotes(notes)
  const begun: { name: string; after: number }[] = []
  const { columns } = first
  async function* batches(): AsyncGenerator<SourceRow[]> {
    let count = 0
    for (const sheet of sheets) {
      const own = sheet === main ? mainNotes : []
      const source = sheet === main ? first : await sheet.open(own)
      begun.push({ name: sheet.name, after: count })
      const after = count
      const inOrder = cellsUnder(columns, source.columns)
      for await (const batch of source.batches) {
        count += batch.length
        yield batch.map((row) => ({
          ...row,
          ordinal: after + row.ordinal,
          cells: [sheet.name, ...inOrder(row.cells)],
        }))
      }
      // What was found where the columns are named is mostly the same in every sheet: it is reported once.
      for (const note of own) if (!opening.some(({ zh }) => zh === note.zh)) sheetNotes.add(sheet.name, note)
    }
  }
  return {
    ...first,
    columns: [columns.includes(sheetColumn) ? `${sheetColumn}名称` : sheetColumn, ...columns],
    notes,
    sheetOf: (ordinal) => begun.findLast(({ after }) => after < ordinal)?.name ?? null,
    batches: batches(),
  }
}

const sheetColumn = '工作表'

function cellsUnder(
  columns: readonly string[],
  given: readonly string[],
): (cells: readonly unknown[]) => readonly unknown[] {
  if (columns.every((name, index) => given[index] === name)) return (cells) => cells
  const places = columns.map((name) => (name === '' ? -1 : given.indexOf(name)))
  return (cells) => places.map((at) => cells[at])
}

/** What is the same for several sheets is reported once, with their names. */
class SheetNotes {
  readonly #notes: Label[]
  readonly #known = new Map<string, { at: number; names: string[] }>()

  constructor(notes: Label[]) {
    this.#notes = notes
  }

  add(name: string, note: Label): void {
    const known = this.#known.get(note.zh) ?? { at: this.#notes.length, names: [] }
    this.#known.set(note.zh, known)
    known.names.push(name)
    this.#notes[known.at] = under(known.names, note)
  }
}

const namedSheets = 3

function under(names: readonly string[], { zh, en }: Label): Label {
  const quoted = names.slice(0, namedSheets).map((name) => `“${name}”`)
  const more = names.length > namedSheets
  return {
    zh: `${quoted.join('、')}${more ? `等 ${names.length} 张工作表` : ''}：${zh}`,
    en: `${quoted.join(', ')}${more ? ` and ${names.length - namedSheets} more` : ''}: ${en}`,
  }
}
