import { CsvRecords } from './csv-records.ts'
import { FileProblem } from '../file-problem.ts'
import { isHeading } from '../words/header-words.ts'

/** What may stand between cells, the usual first: it wins where two do equally well. */
const delimiters = [',', '\t', ';', '|', '，', '^', '~', '\u0001', '\u001f'] as const

/**
 * The delimiter under which most of the first rows have the same number of cells, and the more the better; above all
 * the one that parts the names of columns that we know: text of many commas can have as many in every row.
 *
 * @param complete whether `head` is the whole file
 */
export function delimiterOf(head: string, complete: boolean): string {
  let best = { delimiter: ',', score: 0 }
  for (const delimiter of delimiters) {
    const rows = sample(head, delimiter, complete)
    const widths = rows.map((cells) => cells.length)
    const names = Math.max(0, ...rows.slice(0, 10).map((cells) => cells.filter((cell) => isHeading(cell)).length))
    const counts = new Map<number, number>()
    for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1)
    for (const [width, agreeing] of counts) {
      const score = width > 1 ? ((1 + names) * width * agreeing) / widths.length : 0
      if (score > best.score) best = { delimiter, score }
    }
  }
  return best.delimiter
}

function sample(head: string, delimiter: string, complete: boolean): string[][] {
  const records = new CsvRecords(delimiter)
  const rows = records.push(head)
  if (complete) {
    try {
      rows.push(...records.end())
    } catch {
      // An unclosed quote is reported when the file is read for good.
    }
  }
  return rows.slice(0, 50).map((record) => record.cells)
}

const names: Record<string, string> = { tab: '\t', '\\t': '\t', comma: ',', semicolon: ';', pipe: '|', space: ' ' }

/** @throws FileProblem when what a person called the delimiter cannot be one */
export function parseDelimiter(name: string): string {
  const delimiter = names[name.toLowerCase()] ?? name
  if (delimiter.length === 1 && !/["\r\n\p{L}\p{N}]/u.test(delimiter)) return delimiter
  throw new FileProblem(
    `--delimiter ${name}：分隔符应是一个符号，例如 ; 或 | 或 tab`,
    `--delimiter ${name}: a delimiter is one character that is no letter, e.g. ; or | or tab`,
  )
}
