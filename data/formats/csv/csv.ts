import type { Label } from '../../domain/label.ts'
import { CsvRecords, type CsvRecord } from './csv-records.ts'
import { delimiterOf, parseDelimiter } from './delimiter.ts'
import type { Encoding } from '../text/encoding.ts'
import { HalfCharacters } from './half-characters.ts'
import { limits, type FileChoices, type RowSource } from '../source-row.ts'
import { readTable } from '../tables/table-rows.ts'

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
  const stated = /^sep=(.)\r?\n/i.exec(head)
  const said = choices.delimiter === undefined ? stated?.[1] : parseDelimiter(choices.delimiter)
  const delimiter = said ?? delimiterOf(head, ended)
  const records = new CsvRecords(delimiter)
  const halves = forgiven === null ? null : new HalfCharacters(forgiven, delimiter)
  const rows = recordsOf(records, head, pieces, ended, stated !== null)
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
      zh: `有 ${cells.length} 个单元格，而表头只有 ${width} 列：可能是值里的分隔符没有加引号`,
      en: `${cells.length} cells under ${width} columns: perhaps a delimiter inside a value without quotes`,
    }
  for (const cell of cells)
    if (cell.length > limits.cell) return { zh: '单元格超过一百万字符', en: 'a cell of more than a million characters' }
  return null
}
