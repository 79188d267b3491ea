import type { Label } from '../../domain/label.ts'
import { isTimeColumn, type TableRow } from './table-header.ts'

/** What says the year of a table: words above it, with the month where they name one; or the dates that have a year. */
type Source = { year: number; month: number | null; title: string | null }

const titleYear =
  /(?<!\d)((?:19|20)\d{2})\s*(?:年(?:度)?\s*(?:第?[一二三四1-4]季度|(\d{1,2})\s*月)?|[-./](\d{1,2})(?!\d))/g
const anyYear = /(?<!\d)(?:19|20)\d{2}(?!\d)/g
const withYear = /^\s*((?:19|20)\d{2})\s*[-/.年]/
const withoutYear = /^\s*(\d{1,2})\s*月\s*\d{1,2}\s*(?:[日号]|$|\s)/

/**
 * Writes the year into dates of a table's time columns that have none (`3月5日`), where its title or its other dates
 * leave no doubt: a ledger of one year rarely repeats it in every row.
 */
export class MissingYears {
  readonly #columns: readonly { index: number; name: string }[]
  readonly #source: Source | null
  readonly #completed = new Map<string, number>()

  /**
   * @param titles what is written above the table and on its sheet, nearest first
   * @param rows the first rows of the table
   */
  constructor(titles: readonly string[], rows: readonly TableRow[], columns: readonly string[]) {
    this.#columns = columns.flatMap((name, index) => (isTimeColumn(name) ? { index, name } : []))
    this.#source = this.#columns.length === 0 ? null : (ofTitles(titles) ?? this.#ofDates(rows))
  }

  /** A row's cells, with years. */
  complete(cells: readonly unknown[]): readonly unknown[] {
    if (this.#source === null) return cells
    let completed: unknown[] | null = null
    for (const { index, name } of this.#columns) {
      const cell = cells[index]
      const month = typeof cell === 'string' ? withoutYear.exec(cell)?.[1] : undefined
      if (month === undefined) continue
      completed ??= [...cells]
      completed[index] = `${yearOf(this.#source, Number(month))}年${String(cell).trim()}`
      this.#completed.set(name, (this.#completed.get(name) ?? 0) + 1)
    }
    return completed ?? cells
  }

  notes(): Label[] {
    const { year, title } = this.#source ?? { year: 0, title: null }
    const zh = title === null ? `其他日期的年份（${year} 年）` : `标题“${title}”`
    const en = title === null ? `the year of the other dates (${year})` : `the title “${title}”`
    return [...this.#completed].map(([name, count]) => ({
      zh: `列“${name}”有 ${count} 个日期没有写年份，年份取自${zh}，请核对`,
      en: `${count} dates of “${name}” have no year: it was taken from ${en}. Check them`,
    }))
  }

  /** The year of all dates that have one; null where there are several. */
  #ofDates(rows: readonly TableRow[]): Source | null {
    const years = new Set<number>()
    for (const { cells } of rows)
      for (const { index } of this.#columns) {
        const cell = cells[index]
        const year = typeof cell === 'string' ? withYear.exec(cell)?.[1] : undefined
        if (year !== undefined) years.add(Number(year))
      }
    const [year] = years
    return year !== undefined && years.size === 1 ? { year, month: null, title: null } : null
  }
}

/** What the first title says that names one year; null where none does, or one names several. */
function ofTitles(titles: readonly string[]): Source | null {
  for (const title of titles) {
    const found = [...title.slice(0, longest).matchAll(titleYear)]
    const [, year] = found[0] ?? []
    if (year === undefined) continue
    // 2023-2024 is no year.
    if (new Set(title.match(anyYear)).size > 1) return null
    const months = new Set(found.flatMap(([, , named, numbered]) => named ?? numbered ?? []))
    const [month] = months
    return {
      year: Number(year),
      month: months.size === 1 ? Number(month) : null,
      title: title.trim().slice(0, 40).toWellFormed(),
    }
  }
  return null
}

/** Characters of a title. */
const longest = 200

/** Of a ledger of January, a date in December lies in the year before. */
function yearOf({ year, month }: Source, of: number): number {
  if (month === null || Math.abs(of - month) <= 6) return year
  return of > month ? year - 1 : year + 1
}
