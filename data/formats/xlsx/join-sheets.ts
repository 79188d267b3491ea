import type { Label } from '../../domain/label.ts'
import type { RowSource, SourceRow } from '../source-row.ts'

/** A sheet's table, opened when its turn comes. */
export type SheetSource = { name: string; open: (notes: Label[]) => Promise<RowSource> }

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
  const told = new SheetNotes(notes)
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
      // What was found where the columns are named is mostly the same in every sheet: it is told once.
      for (const note of own) if (!opening.some(({ zh }) => zh === note.zh)) told.add(sheet.name, note)
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

/** What is the same for several sheets is told once, with their names. */
class SheetNotes {
  readonly #notes: Label[]
  readonly #told = new Map<string, { at: number; names: string[] }>()

  constructor(notes: Label[]) {
    this.#notes = notes
  }

  add(name: string, note: Label): void {
    const told = this.#told.get(note.zh) ?? { at: this.#notes.length, names: [] }
    this.#told.set(note.zh, told)
    told.names.push(name)
    this.#notes[told.at] = under(told.names, note)
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
