import { CsvRecords, type CsvRecord } from './csv-records.ts'
import { FileProblem } from './file-problem.ts'
import { limits, type RowSource, type SourceRow } from './source-row.ts'

const delimiters = [',', '\t', ';', '|'] as const

/**
 * A table in text form: the first row names the columns, the delimiter is found by trying.
 *
 * @param text the decoded file, in pieces
 * @throws FileProblem when there is no header, or a quote never closes
 */
export async function readCsv(text: AsyncIterable<string>): Promise<RowSource> {
  const pieces = text[Symbol.asyncIterator]()
  // Enough text to judge the delimiter by, however small the pieces are.
  let head = ''
  let ended = false
  while (head.length < 32_768 && !ended) {
    const piece = await pieces.next()
    if (piece.done === true) ended = true
    else head += piece.value
  }
  const records = new CsvRecords(delimiterOf(head, ended))
  let batch = records.push(head)
  if (ended) batch.push(...records.end())
  while (batch.length === 0 && !ended) {
    const piece = await pieces.next()
    ended = piece.done === true
    batch = piece.done === true ? records.end() : records.push(piece.value)
  }
  const header = batch.shift()
  if (header === undefined)
    throw new FileProblem(
      '文件里没有任何行：第一行应为列名',
      'The file has no rows: the first one should name the columns',
    )
  const columns = header.cells.map((cell) => cell.trim())
  if (columns.length > limits.columns)
    throw new FileProblem(
      `表头有 ${columns.length} 列，最多支持 ${limits.columns} 列`,
      `The header has ${columns.length} columns; at most ${limits.columns} can be read`,
    )
  return { format: 'csv', columns, crs: null, notes: [], batches: rows(columns.length, batch, pieces, records, ended) }
}

async function* rows(
  width: number,
  head: CsvRecord[],
  pieces: AsyncIterator<string>,
  records: CsvRecords,
  ended: boolean,
): AsyncGenerator<SourceRow[]> {
  let ordinal = 0
  // Notes after a table, as exports write them: one cell that begins with a hash, where a row has several.
  const rowsOf = (batch: CsvRecord[]) =>
    batch.filter(({ cells }) => width === 1 || cells.length > 1 || cells[0]?.startsWith('# ') !== true).map(toRow)
  const toRow = (record: CsvRecord): SourceRow => {
    ordinal++
    const { line, cells } = record
    return { ordinal, line, cells, geometry: undefined, id: null, raw: null, fault: faultOf(record, width) }
  }
  if (head.length > 0) yield rowsOf(head)
  if (ended) return
  for (;;) {
    const piece = await pieces.next()
    const batch = piece.done === true ? records.end() : records.push(piece.value)
    if (batch.length > 0) yield rowsOf(batch)
    if (piece.done === true) return
  }
}

function faultOf(record: CsvRecord, width: number): SourceRow['fault'] {
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

/** The delimiter under which the first rows have the most columns and the same number of them. */
function delimiterOf(head: string, complete: boolean): string {
  let best = { delimiter: ',', score: 0 }
  for (const delimiter of delimiters) {
    const records = new CsvRecords(delimiter)
    const sample = records.push(head.slice(0, limits.row))
    if (complete) {
      try {
        sample.push(...records.end())
      } catch {
        // An unclosed quote is reported when the file is read for good.
      }
    }
    const widths = sample.slice(0, 50).map((record) => record.cells.length)
    const [width = 0] = widths
    const agreeing = widths.filter((other) => other === width).length
    const score = width > 1 ? (width * agreeing) / widths.length : 0
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}
