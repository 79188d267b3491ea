import type { Label } from '../../domain/label.ts'

/**
 * What is wrong with a row that holds bytes which its encoding does not know (U+FFFD, where the encoding was read
 * forgivingly); null where all of its texts are whole.
 */
export function halfCharacter(cells: readonly unknown[]): Label | null {
  const broken = cells.find((cell): cell is string => typeof cell === 'string' && cell.includes('\uFFFD'))
  if (broken === undefined) return null
  const cell = excerpt(broken)
  return {
    zh: `“${cell}”里有不完整的汉字：导出时可能被截断。请补全后再导入`,
    en: `“${cell}” holds half a character, perhaps cut off by the export. Complete it and import the row again`,
  }
}

/** The end of a cell: exports cut there. */
export function excerpt(cell: string): string {
  return cell.length <= 40 ? cell : `…${cell.slice(-40).toWellFormed()}`
}
