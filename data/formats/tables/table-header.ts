import { columnKeys } from '../columns/columns.ts'
import { areaFields, buildingFields, facilityFields, incidentFields } from '../field-names.ts'
import { FileProblem } from '../file-problem.ts'
import { limits, type FileChoices } from '../source-row.ts'

/**
 * A row of a sheet or of a text table; `line` counts from 1 as a person would. `cells` are at most one more than a table
 * may have columns; `width` counts all of them, where there are more.
 */
export type TableRow = { line: number; cells: readonly unknown[]; width?: number }

/** Cells joined into one; all from 1 (rows) and 0 (columns), ends included. */
export type Merge = { top: number; bottom: number; left: number; right: number }

type TableHeader = {
  /** Position of the first body row among the rows given. */
  body: number
  /** The rows that hold the names. */
  rows: readonly TableRow[]
  /** `上级/下级` where the names stand in two rows. */
  columns: string[]
}

/** Titles and notes stand above a table; nobody writes more of them. */
export const headerSearch = 60
const maximumLevels = 4
/** Joined cells among the first rows that are looked at: each is held against every column. */
const mostMerges = 5_000

/**
 * Finds the rows that name the columns: the first that is filled as the table is, not a title above it, with the
 * second row of a two-level heading.
 *
 * @param rows the first rows that are not blank
 * @param merges joined cells, where the file has them
 * @throws FileProblem when there is no row to be the header, or it has too many columns
 */
export function findHeader(rows: readonly TableRow[], merges: readonly Merge[], choices: FileChoices): TableHeader {
  const bottom = rows.at(-1)?.line ?? 0
  const near = merges.filter(({ top }) => top <= bottom).slice(0, mostMerges)
  const first = choices.headerRow === undefined ? guess(rows, near) : chosen(rows, choices.headerRow)
  const said = choices.headerRow === undefined ? undefined : choices.headerRows
  const last = said === undefined ? lowest(rows, first, near) : Math.min(first + said, rows.length) - 1
  const header = rows.slice(first, last + 1)
  const columns = names(header, near)
  const width = Math.max(columns.length, ...header.map((row) => row.width ?? 0))
  if (columns.length > limits.columns)
    throw new FileProblem(
      `表头有 ${width} 列，最多支持 ${limits.columns} 列`,
      `The header has ${width} columns; at most ${limits.columns} can be read`,
    )
  return { body: last + 1, rows: header, columns }
}

/** The last row of the heading that begins at `first`. */
function lowest(rows: readonly TableRow[], first: number, merges: readonly Merge[]): number {
  const limit = Math.min(first + maximumLevels, rows.length) - 1
  let last = first
  while (last < limit && isUnder(rows, last, merges)) last++
  return last
}

function chosen(rows: readonly TableRow[], line: number): number {
  const index = rows.findIndex((row) => row.line === line)
  if (index !== -1) return index
  throw new FileProblem(
    `第 ${line} 行不能作表头：它是空行，或不在表格的前 ${headerSearch} 行之内`,
    `Row ${line} cannot be the header: it is empty, or not among the first ${headerSearch} rows of the table`,
  )
}

function guess(rows: readonly TableRow[], merges: readonly Merge[]): number {
  const filled = rows.map(({ cells }) => cells.filter(isFilled).length)
  const width = Math.max(0, ...filled)
  const headings = rows.map(({ cells }) => cells.filter((cell) => isText(cell) && isHeading(cell)).length)
  const isTitle = (index: number) => {
    const count = filled[index] ?? 0
    if (width <= 2) return count < width && headings[index] === 0 && (headings[index + 1] ?? 0) > 0
    return count === 1 || (count < width * 0.6 && width >= 4)
  }
  let found = 0
  while (found < rows.length - 1 && isTitle(found)) found++
  if (isTitle(found)) return 0
  // Lines of notes can be as wide as a table; a row of well-known names marks where it begins.
  if (headings[found] === 0) {
    const better = headings.findIndex(
      (count, index) => index > found && count >= 3 && count * 2 >= (filled[index] ?? 0),
    )
    if (better !== -1) found = better
  }
  // A heading is sparse where its names span many columns: it still stands above the values, not among them.
  if (found > 0 && !areNames(rows[found]) && areNames(rows[found - 1])) found--
  while (found > 0 && areNames(rows[found - 1]) && isUnder(rows, found - 1, merges)) found--
  return found
}

/** Words side by side; “填报单位：…” stands above a table and is no name. */
function areNames(row: TableRow | undefined): boolean {
  const filled = row?.cells.filter(isFilled) ?? []
  return filled.length >= 2 && filled.every((cell) => isText(cell) && !/[:：]./.test(cell))
}

/** Whether the row after `index` continues the heading that `index` belongs to. */
function isUnder(rows: readonly TableRow[], index: number, merges: readonly Merge[]): boolean {
  const upper = rows[index]
  const lower = rows[index + 1]
  if (upper === undefined || lower === undefined) return false
  const below = lower.cells.filter(isFilled)
  if (!areNames(upper) || below.length === 0 || !below.every(isText)) return false
  if (joined(upper, lower, merges)) return true
  if (areJoined(merges, upper, lower)) return false
  // Without joined cells: the two rows fill each other's gaps, and the lower one has names we know.
  const width = Math.max(upper.cells.length, lower.cells.length)
  let gaps = 0
  let covered = 0
  for (let column = 0; column < width; column++) {
    const above = isFilled(upper.cells[column])
    const under = isFilled(lower.cells[column])
    if (!above && !under) return false
    if (!above) covered++
    if (!under) gaps++
  }
  const known = below.filter((cell) => isHeading(cell)).length
  return covered > 0 && known >= 2 && (gaps > 0 || known === below.length)
}

/** Whether cells of these rows are joined: then what stands over several columns is, too. Titles above do not count. */
function areJoined(merges: readonly Merge[], upper: TableRow, lower: TableRow): boolean {
  return merges.some(({ top, bottom }) => top <= lower.line && bottom >= upper.line)
}

/** Whether joined cells tie two rows into one heading: one above several columns, or one over both rows. */
function joined(upper: TableRow, lower: TableRow, merges: readonly Merge[]): boolean {
  const wide = merges.filter(
    ({ top, bottom, left, right }) => top <= upper.line && bottom === upper.line && right > left,
  )
  const spans = wide.filter(({ left, right }) => {
    const under = lower.cells.slice(left, right + 1).filter(isFilled).length
    return under > 1
  })
  // A title is joined over the whole width: there is a heading only where several stand side by side.
  const width = lower.cells.findLastIndex(isFilled) + 1
  if (spans.some(({ left, right }) => right - left + 1 < Math.max(width, upper.cells.findLastIndex(isFilled) + 1)))
    return true
  return merges.some(
    ({ top, bottom, left, right }) =>
      top <= upper.line && bottom >= lower.line && left === right && isFilled(upper.cells[left]),
  )
}

function names(header: readonly TableRow[], merges: readonly Merge[]): string[] {
  const width = Math.max(0, ...header.map(({ cells }) => cells.findLastIndex(isFilled) + 1))
  const single = header.length === 1
  const parts = header.map((row, level) => {
    const texts = Array.from({ length: width }, (_, column) => name(row.cells[column]))
    if (level === header.length - 1) return texts
    const lower = header.slice(level + 1)
    return texts.map((text, column) => (text === '' ? spanning(row, column, texts, lower, merges) : text))
  })
  if (single) return trimmedEnd(parts[0] ?? [], header[0]?.cells.length ?? 0)
  return Array.from({ length: width }, (_, column) => {
    const levels = parts.map((level) => level[column] ?? '').filter((text) => text !== '')
    return levels.filter((text, index) => text !== levels[index - 1]).join('/')
  })
}

/** What stands over a column from the left: the joined cell's text, or the last one before it. */
function spanning(
  row: TableRow,
  column: number,
  texts: string[],
  lower: readonly TableRow[],
  merges: readonly Merge[],
): string {
  const merge = merges.find(
    ({ top, bottom, left, right }) => top <= row.line && row.line <= bottom && left <= column && column <= right,
  )
  if (merge !== undefined) return texts[merge.left] ?? ''
  const isNamed = (at: number) => lower.some(({ cells }) => isFilled(cells[at]))
  if (lower.some((under) => areJoined(merges, row, under)) || !isNamed(column)) return ''
  const left = texts.slice(0, column).findLastIndex((text) => text !== '')
  return left === -1 || !isNamed(left) ? '' : (texts[left] ?? '')
}

/** A text table's header counts its unnamed columns too: rows may fill them. */
function trimmedEnd(texts: string[], length: number): string[] {
  return [
    ...texts,
    ...Array.from({ length: Math.max(0, Math.min(length, limits.columns + 1) - texts.length) }, () => ''),
  ]
}

/** A name in one line. */
function name(cell: unknown): string {
  const text =
    typeof cell === 'string' ? cell : typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : ''
  return text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .join('')
}

export function isFilled(cell: unknown): boolean {
  if (typeof cell === 'string') return cell !== '' && cell.trim() !== ''
  return cell !== null && cell !== undefined
}

/** A word rather than a value. */
function isText(cell: unknown): cell is string {
  return typeof cell === 'string' && cell.length <= 60 && !/^[\s\d.,:/+-]*$/.test(cell) && !/^\d{4}[-/年.]\d/.test(cell)
}

/** Headings of ledgers that hold nothing for us, but say that a row is a heading. */
const others = [
  '序号',
  '姓名',
  '性别',
  '年龄',
  '身份证号',
  '联系人',
  '联系方式',
  '诉求人',
  '当事人',
  '经办人',
  '责任人',
  '责任单位',
  '承办单位',
  '办理单位',
  '处理结果',
  '办理结果',
  '处理意见',
  '是否办结',
  '满意度',
  '社区',
  '所属社区',
  '所属区域',
  '街道',
  '备注',
  '度',
  '分',
  '秒',
  'no',
  'remarks',
]

const words = new Set(
  [incidentFields, areaFields, buildingFields, facilityFields]
    .flatMap((fields) => Object.entries(fields).flatMap(([field, names]) => [field, ...names]))
    .concat(others)
    .flatMap((name) => columnKeys(name)),
)

/** Whether ledgers are known to call a column so. */
export function isHeading(text: string): boolean {
  return text.length <= 60 && columnKeys(text).some((key) => words.has(key))
}

/** A column that only counts the rows. */
export function isSequence(name: string): boolean {
  return columnKeys(name).some((key) => ['序号', '行号', '序', 'no', 'seq'].includes(key))
}

/** A column of dates or times, so that a bare number in it is a spreadsheet's day count. */
export function isTimeColumn(name: string): boolean {
  return /时间|日期|时限|期限|年月日|date|time|deadline|_at$/i.test(name)
}
