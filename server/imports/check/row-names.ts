import type { Label } from '@minqing/data/domain/label'
import type { RowSource } from '@minqing/data/formats/source-row'

/** Where a row stands in its file, for a person to find it again. */
export type RowName = (row: { ordinal: number; line: number }) => Label

/** A row by its line; where several sheets are read, by its sheet and the line there. */
export function rowNames({ sheetOf }: Pick<RowSource, 'sheetOf'>): RowName {
  return ({ ordinal, line }) => rowName(line, sheetOf?.(ordinal) ?? undefined)
}

export function rowName(line: number, sheet: string | undefined): Label {
  return {
    zh: `${sheet === undefined ? '' : `“${sheet}”`}第 ${line} 行`,
    en: `line ${line}${sheet === undefined ? '' : ` of “${sheet}”`}`,
  }
}
