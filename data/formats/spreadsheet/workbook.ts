import { FileProblem } from '../file-problem.ts'
import type { FileFormat } from '../../domain/file-format.ts'
import { limits } from '../source-row.ts'
import type { Merge } from '../tables/table-header.ts'

export type Sheet = { name: string; hidden: boolean }

/** `width` counts all cells where there are more than a table may have; of those beyond, one is held. */
export type SheetRow = { line: number; cells: unknown[]; width?: number }

/** Cells whose value the file does not hold. */
export type Missing = { errors: number; formulas: number }

/** What the reader of a spreadsheet format offers; everything else is the same for all of them (`read-sheets.ts`). */
export type Workbook<S extends Sheet> = {
  format: FileFormat
  /** How the file is called in a message. */
  file: string
  sheets: readonly S[]
  /** Days are counted from 1904, as Excel on old Macs did. */
  since1904: boolean
  /** A sheet's rows from its first; `missing` counts as they are read. */
  rows: (sheet: S, missing: Missing) => AsyncIterable<SheetRow[]>
  /** A sheet's joined cells. */
  merges: (sheet: S) => Promise<readonly Merge[]>
}

/** Puts a value into a row's cells, without growing the row beyond what a table may have. */
export function placeCell(row: SheetRow, column: number, value: unknown): void {
  const { cells } = row
  if (column >= limits.columns) row.width = Math.max(row.width ?? 0, column + 1)
  const place = Math.min(column, limits.columns)
  while (cells.length < place) cells.push(null)
  cells[place] = value
}

/** The largest sheet there can be (Excel's specifications). */
export const largestSheet = { columns: 16_384, rows: 1_048_576, merges: 100_000 } as const

/** Sheets that a workbook is read of. */
export const maximumSheets = 1_000

/** A cell beyond the largest sheet: of a damaged file, or one made to do harm. */
export function tooLarge(file: string): FileProblem {
  return new FileProblem(
    `“${file}”的工作表超出 Excel 的范围（${largestSheet.columns} 列、${largestSheet.rows} 行），文件可能已损坏`,
    `A sheet of “${file}” goes beyond what Excel can hold (${largestSheet.columns} columns, ${largestSheet.rows} rows): it may be damaged`,
  )
}
