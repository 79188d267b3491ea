import type { Label } from '../domain/label.ts'
import { FileProblem } from './file-problem.ts'
import { isHeading } from './header-words.ts'
import { isFilled } from './table-header.ts'
import type { SheetRow } from './xlsx-sheet.ts'
import type { Sheet } from './xlsx-workbook.ts'

/** Sheets looked into, and rows of each: a workbook with more has a table among the first. */
const looked = { sheets: 30, rows: 40 } as const

/**
 * The sheet that was named, or the visible one that looks most like a ledger; the notes say which, and what else
 * there is.
 *
 * @throws FileProblem when there is no such sheet, or none with a table
 */
export async function chooseSheet(
  sheets: readonly Sheet[],
  named: string | undefined,
  file: string,
  rowsOf: (sheet: Sheet) => AsyncIterable<SheetRow[]>,
  notes: Label[],
): Promise<Sheet> {
  if (named !== undefined) {
    const sheet = sheets.find(({ name }) => name === named) ?? sheets.find(({ name }) => name.trim() === named.trim())
    if (sheet !== undefined) return sheet
    throw new FileProblem(
      `“${file}”里没有工作表“${named}”。工作表有：${sheets.map(({ name }) => name).join('、')}`,
      `“${file}” has no sheet “${named}”. It has: ${sheets.map(({ name }) => name).join(', ')}`,
    )
  }
  const visible = sheets.filter(({ hidden }) => !hidden)
  const scored: { sheet: Sheet; score: number }[] = []
  for (const sheet of visible.slice(0, looked.sheets)) scored.push({ sheet, score: await likeness(rowsOf(sheet)) })
  const best = scored.reduce<(typeof scored)[number] | null>(
    (best, one) => (one.score > (best?.score ?? 0) ? one : best),
    null,
  )
  if (best === null)
    throw new FileProblem(
      `“${file}”的工作表里没有表格${sheets.length > visible.length ? '（隐藏的工作表不读取，可用 --sheet 指定）' : ''}`,
      `“${file}” has no sheet with a table${sheets.length > visible.length ? ' (hidden ones are passed over; name one with --sheet)' : ''}`,
    )
  const others = sheets.filter((sheet) => sheet !== best.sheet)
  if (others.length > 0) notes.push(noteOf(best.sheet, others))
  return best.sheet
}

function noteOf({ name }: Sheet, others: readonly Sheet[]): Label {
  const zh = others.map((sheet) => `“${sheet.name}”${sheet.hidden ? '（隐藏）' : ''}`)
  const en = others.map((sheet) => `“${sheet.name}”${sheet.hidden ? ' (hidden)' : ''}`)
  return {
    zh: `读取的是工作表“${name}”，未读取${zh.join('、')}；用 --sheet 可另选`,
    en: `The sheet “${name}” was read, not ${en.join(', ')}; --sheet takes another`,
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
