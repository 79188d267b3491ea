import type { Label } from '../label.ts'
import { ProblemError } from '../problem.ts'
import { type CalendarYear, plainName, type SpecialDay } from './calendar.ts'
import { effectiveYears } from './clock-settings.ts'
import { daysBetween } from './national-holidays.ts'
import { dayFault } from './settings-faults.ts'

/** A row of a notice as a file has it, not yet looked at: one day, or all days until another one. */
export type HolidayRow = { date: string; until?: string | undefined; kind: string; name?: string | undefined }

/** What a file set: of each year how many days are free and how many are worked instead. */
export type LoadedYear = { year: number; holidays: number; workdays: number }

/** Rows of a file of three years, and days of a holiday: more are a mistake. */
const mostRows = 400
const longestHoliday = 31

const kinds: ReadonlyMap<string, SpecialDay['kind']> = new Map<string, SpecialDay['kind']>([
  ...['holiday', 'free', 'off', '放假', '节假日', '假日', '休', '休息'].map((word) => [word, 'holiday'] as const),
  ...['workday', 'work', '上班', '调休', '调休上班', '补班', '工作日', '班'].map((word) => [word, 'workday'] as const),
])

type Column = 'date' | 'until' | 'kind' | 'name'
const heads: ReadonlyMap<string, Column> = new Map<string, Column>([
  ...['date', 'from', 'day', '日期', '开始日期', '起始日期'].map((word) => [word, 'date'] as const),
  ...['until', 'to', '截止日期', '结束日期', '至'].map((word) => [word, 'until'] as const),
  ...['kind', 'type', '类型', '类别', '性质'].map((word) => [word, 'kind'] as const),
  ...['name', 'holiday', '名称', '节日', '节假日', '说明'].map((word) => [word, 'name'] as const),
])

/** The text of a file in UTF-8, or in GB18030 as Chinese spreadsheets write it. */
export function decodeHolidayFile(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

/**
 * The special days of a notice of the State Council by year, from CSV (day, kind, name; with a line of headings also the
 * last day of several) or a JSON list of such rows.
 *
 * @throws ProblemError `bad_parameter` that names the row
 */
export function readHolidayFile(text: string): CalendarYear[] {
  const content = text.replace(/^\uFEFF/, '').trim()
  return readHolidayRows(content.startsWith('[') ? rowsOfJson(content) : rowsOfCsv(content))
}

/** @throws ProblemError `bad_parameter` that names the row, of which the first is 1 or has the line that it says */
export function readHolidayRows(rows: readonly (HolidayRow & { row?: number })[]): CalendarYear[] {
  if (rows.length === 0 || rows.length > mostRows)
    throw new ProblemError(
      'bad_parameter',
      rows.length === 0
        ? { zh: '文件里没有日期', en: 'The file holds no days' }
        : { zh: `文件超过 ${mostRows} 行`, en: `The file has more than ${mostRows} rows` },
      { remedy: formatRemedy },
    )
  const years = new Map<number, SpecialDay[]>()
  const seen = new Set<string>()
  for (const [index, given] of rows.entries()) {
    const row = given.row ?? index + 1
    for (const day of daysOfRow(given, row)) {
      const year = Number(day.date.slice(0, 4))
      const fault = dayFault(day, year, seen)
      if (fault !== null) throw rowFault(row, fault.problem, fault.remedy)
      seen.add(day.date)
      years.set(year, [...(years.get(year) ?? []), day])
    }
  }
  return [...years]
    .map(([year, days]) => ({ year, days: days.toSorted((a, b) => a.date.localeCompare(b.date)) }))
    .toSorted((a, b) => a.year - b.year)
}

/**
 * The years of a calendar with those of a file in their place. A year of which the file has days of December alone is the
 * year before the notice's, whose New Year holiday begins in it: these days are added.
 */
export function withLoadedYears(own: readonly CalendarYear[], loaded: readonly CalendarYear[]): CalendarYear[] {
  const known = effectiveYears(own)
  const years = new Map(own.map((one) => [one.year, one]))
  for (const { year, days } of loaded) {
    const isEnd = days.every(({ date }) => date.slice(5, 7) === '12')
    const before = isEnd ? (known.find((one) => one.year === year)?.days ?? []) : []
    const byDate = new Map([...before, ...days].map((day) => [day.date, day]))
    years.set(year, { year, days: [...byDate.values()].toSorted((a, b) => a.date.localeCompare(b.date)) })
  }
  return [...years.values()].toSorted((a, b) => a.year - b.year)
}

export function loadedYears(loaded: readonly CalendarYear[]): LoadedYear[] {
  return loaded.map(({ year, days }) => {
    const holidays = days.filter(({ kind }) => kind === 'holiday').length
    return { year, holidays, workdays: days.length - holidays }
  })
}

function daysOfRow({ date, until = '', kind, name = '' }: HolidayRow, row: number): SpecialDay[] {
  const from = dayOf(date, row)
  const last = until.trim() === '' ? from : dayOf(until, row)
  const found = kinds.get(kind.trim().toLowerCase())
  if (found === undefined)
    throw rowFault(
      row,
      { zh: `类型“${excerpt(kind)}”无法识别`, en: `“${excerpt(kind)}” is no kind of day` },
      { zh: '请写“放假”或“上班”', en: 'Write holiday or workday' },
    )
  if (last < from)
    throw rowFault(
      row,
      { zh: `截止日期 ${last} 早于开始日期 ${from}`, en: `The last day ${last} is before the first ${from}` },
      { zh: '请核对日期', en: 'Check both days' },
    )
  const days = daysBetween(from, last)
  if (days.length > longestHoliday)
    throw rowFault(
      row,
      { zh: `${from} 至 ${last} 共 ${days.length} 天`, en: `From ${from} to ${last} there are ${days.length} days` },
      {
        zh: `一行最多 ${longestHoliday} 天，请核对日期`,
        en: `A row has ${longestHoliday} days at most: check both days`,
      },
    )
  return days.map((day) => ({ date: day, kind: found, name: plainName(name.slice(0, 20)).trim() }))
}

/** `YYYY-MM-DD` of a day as spreadsheets and notices write it. */
function dayOf(text: string, row: number): string {
  const match = /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))$/.exec(text.trim())
  const [, year = '', ...parts] = match ?? []
  const [month = '', day = ''] = parts.filter((part) => part !== undefined)
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const time = match === null ? NaN : Date.parse(`${date}T00:00:00Z`)
  // A 31st of June would be read as the 1st of July.
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(date) && year >= '2000' && year < '2100')
    return date
  throw rowFault(
    row,
    { zh: `日期“${excerpt(text)}”无法识别`, en: `“${excerpt(text)}” is no day` },
    { zh: '请写成 2027-01-01', en: 'Write it as 2027-01-01' },
  )
}

function rowsOfJson(content: string): HolidayRow[] {
  const rows = parseJson(content)
  if (!Array.isArray(rows)) throw notReadable()
  return rows.map((row: unknown, index) => {
    const { date, until, kind, name } = (row ?? {}) as Partial<Record<Column, unknown>>
    if (typeof date !== 'string' || typeof kind !== 'string')
      throw rowFault(
        index + 1,
        { zh: '缺少 date 或 kind', en: 'date or kind is missing' },
        { zh: '每行须有 date、kind、name', en: 'Each row has date, kind and name' },
      )
    return {
      date,
      kind,
      until: typeof until === 'string' ? until : undefined,
      name: typeof name === 'string' ? name : undefined,
    }
  })
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    throw notReadable()
  }
}

function rowsOfCsv(content: string): (HolidayRow & { row: number })[] {
  const lines = content
    .split(/\r\n|\n|\r/)
    .map((line, index) => ({ row: index + 1, cells: line.split(/[,，;；\t]/).map(unquoted) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
  const [first] = lines
  if (first === undefined) return []
  const named = first.cells.map((cell) => heads.get(cell.toLowerCase()))
  const hasHeads = named.includes('date')
  const columns: (Column | undefined)[] = hasHeads ? named : ['date', 'kind', 'name']
  return (hasHeads ? lines.slice(1) : lines).map(({ row, cells }) => {
    const cell = (column: Column) => {
      const index = columns.indexOf(column)
      return index === -1 ? '' : (cells[index] ?? '')
    }
    return { row, date: cell('date'), until: cell('until'), kind: cell('kind'), name: cell('name') }
  })
}

function unquoted(cell: string): string {
  return cell
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim()
}

function excerpt(text: string): string {
  return text.length <= 20 ? text : `${text.slice(0, 20).toWellFormed()}…`
}

const formatRemedy: Label = {
  zh: '请用 CSV，每行为日期、类型（放假或上班）、名称，例如 2027-01-01,放假,元旦',
  en: 'Use CSV with a day, a kind (holiday or workday) and a name in each line, as in 2027-01-01,holiday,New Year',
}

function notReadable(): ProblemError {
  return new ProblemError(
    'bad_parameter',
    { zh: '文件不是有效的 JSON', en: 'The file is no valid JSON' },
    { remedy: formatRemedy },
  )
}

function rowFault(row: number, problem: Label, remedy: Label): ProblemError {
  return new ProblemError(
    'bad_parameter',
    { zh: `第 ${row} 行：${problem.zh}`, en: `Row ${row}: ${problem.en}` },
    { remedy },
  )
}
