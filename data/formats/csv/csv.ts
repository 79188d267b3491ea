import type { Label } from '../../domain/label.ts'
import { FileProblem } from '../file-problem.ts'
import { limits, type FileChoices, type RowSource } from '../source-row.ts'
import { readTable } from '../tables/table-rows.ts'
import type { Encoding } from '../../domain/file-format.ts'
import { excerpt, halfCharacter } from '../text/half-characters.ts'
import { isHeading } from '../tables/table-header.ts'
import { CsvRecords, type CsvRecord } from './csv-records.ts'

/**
 * A table in text form; the delimiter is found by trying.
 *
 * @param text the decoded file, in pieces
 * @param forgiven the encoding in which what cannot be decoded is no fault of the file but of its row
 * @throws FileProblem when there is no header, or a quote never closes
 */
export async function readCsv(
  text: AsyncIterable<string>,
  choices: FileChoices = {},
  forgiven: Encoding | null = null,
): Promise<RowSource> {
  const pieces = text[Symbol.asyncIterator]()
  // Enough text to judge the delimiter by, however small the pieces are.
  let head = ''
  let ended = false
  while (head.length < 32_768 && !ended) {
    const piece = await pieces.next()
    if (piece.done === true) ended = true
    else head += piece.value
  }
  // Excel's own way of saying the delimiter: a first line “sep=;”.
  const declared = /^sep=(.)\r?\n/i.exec(head)
  const said = choices.delimiter === undefined ? declared?.[1] : parseDelimiter(choices.delimiter)
  const delimiter = said ?? delimiterOf(head, ended)
  const records = new CsvRecords(delimiter)
  const halves = forgiven === null ? null : new HalfCharacters(forgiven, delimiter)
  const rows = recordsOf(records, head, pieces, ended, declared !== null)
  return readTable({
    format: 'csv',
    rows,
    merges: [],
    choices,
    notes: [],
    delimiter,
    faultOf: (record, width) => halves?.faultOf(record.cells, width) ?? faultOf(record, width),
  })
}

async function* recordsOf(
  records: CsvRecords,
  head: string,
  pieces: AsyncIterator<string>,
  ended: boolean,
  skipFirst: boolean,
): AsyncGenerator<CsvRecord[]> {
  const first = records.push(head)
  if (ended) first.push(...records.end())
  yield skipFirst ? first.slice(1) : first
  while (!ended) {
    const piece = await pieces.next()
    ended = piece.done === true
    yield piece.done === true ? records.end() : records.push(piece.value)
  }
}

function faultOf(record: CsvRecord, width: number): Label | null {
  const { cells } = record
  if (record.brokenQuotes)
    return { zh: '双引号之后还有内容，引号没有按规则成对', en: 'text after a closing quote: the quotes do not pair' }
  // Spreadsheets leave out empty cells at the end; cells beyond the header can only be a delimiter inside a value.
  if (cells.length > width && cells.slice(width).some((cell) => cell.trim() !== ''))
    return {
      zh: `有 ${record.width} 个单元格，而表头只有 ${width} 列：可能是值里的分隔符没有加引号`,
      en: `${record.width} cells under ${width} columns: perhaps a delimiter inside a value without quotes`,
    }
  for (const cell of cells)
    if (cell.length > limits.cell) return { zh: '单元格超过一百万字符', en: 'a cell of more than a million characters' }
  return null
}

/** What may stand between cells, the most common first: it wins where two do equally well. */
const delimiters = [',', '\t', ';', '|', '，', '^', '~', '\u0001', '\u001f'] as const

/**
 * The delimiter under which most of the first rows have the same number of cells, and the more the better; above all
 * the one that parts the names of columns that we know: text of many commas can have as many in every row.
 *
 * @param complete whether `head` is the whole file
 */
function delimiterOf(head: string, complete: boolean): string {
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

const names: ReadonlyMap<string, string> = new Map([
  ['tab', '\t'],
  ['\\t', '\t'],
  ['comma', ','],
  ['semicolon', ';'],
  ['pipe', '|'],
  ['space', ' '],
])

/** @throws FileProblem when what a person called the delimiter cannot be one */
function parseDelimiter(name: string): string {
  const delimiter = names.get(name.toLowerCase()) ?? name
  if (delimiter.length === 1 && !/["\r\n\p{L}\p{N}]/u.test(delimiter)) return delimiter
  throw new FileProblem(
    `--delimiter ${name}：分隔符应是一个符号，例如 ; 或 | 或 tab`,
    `--delimiter ${name}: a delimiter is one character that is no letter, e.g. ; or | or tab`,
  )
}

/**
 * Finds cells in which an export cut a character in half, by bytes.
 *
 * What the decoder cannot read is U+FFFD. But in GBK and Big5 a first half makes a character of whatever byte of 0x40
 * and above comes next, `|` and `^` among them: then the delimiter is gone, and the cells after it would stand one
 * column too far left in silence.
 */
class HalfCharacters {
  readonly #delimiter: string
  readonly #swallowing: RegExp | null

  constructor(encoding: Encoding, delimiter: string) {
    this.#delimiter = delimiter
    this.#swallowing = swallowing(encoding, delimiter.charCodeAt(0))
  }

  /** @param width how many cells the row should have */
  faultOf(cells: readonly string[], width: number): Label | null {
    const half = halfCharacter(cells)
    if (half !== null) return half
    if (cells.length >= width || this.#swallowing === null) return null
    const joined = cells.find((cell) => this.#swallowing?.test(cell))
    return joined === undefined ? null : swallowed(excerpt(joined), this.#delimiter)
  }
}

/** The characters whose second byte is the delimiter's; null where there are none. */
function swallowing(encoding: Encoding, delimiter: number): RegExp | null {
  if ((encoding !== 'gb18030' && encoding !== 'big5') || delimiter < 0x40 || delimiter > 0x7e) return null
  const decoder = new TextDecoder(encoding)
  const characters = Array.from({ length: 126 }, (_, lead) => decoder.decode(Uint8Array.of(0x81 + lead, delimiter)))
  return new RegExp(`[${characters.filter((text) => text.length === 1 && text > '\u007f').join('')}]`, 'u')
}

function swallowed(cell: string, delimiter: string): Label {
  return {
    zh: `“${cell}”里可能有被截断的汉字，把后面的分隔符“${delimiter}”连成了另一个字，这一行因此少了单元格。请改正后再导入`,
    en: `“${cell}” may hold half a character that made another one of the delimiter “${delimiter}” after it, so that the row lacks a cell. Correct it and import the row again`,
  }
}
