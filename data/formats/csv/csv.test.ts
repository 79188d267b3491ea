import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testData } from '../../test-data.ts'
import { allRows, inPieces } from '../test-bytes.ts'
import { CsvRecords } from './csv-records.ts'
import { readCsv } from './csv.ts'

const cellsOf = async (text: string, piece?: number) => {
  const source = await readCsv(inPieces(text, piece))
  return [[...source.columns], ...(await allRows(source)).map(({ cells }) => cells)]
}

describe('readCsv', () => {
  it('finds the delimiter', async () => {
    for (const delimiter of [',', '\t', ';', '|', '^', '~', '，'])
      expect(await cellsOf(`编号${delimiter}标题\n1${delimiter}"甲,乙;丙"\n`)).toEqual([
        ['编号', '标题'],
        ['1', '甲,乙;丙'],
      ])
  })

  it('goes by the names of columns where every row has as many commas in its text', async () => {
    const rows = Array.from({ length: 20 }, (_, row) => `${row};楼上漏水,多次反映,未解决,请处理,谢谢\n`)
    expect((await cellsOf(`编号;内容\n${rows.join('')}`))[1]).toEqual(['0', '楼上漏水,多次反映,未解决,请处理,谢谢'])
  })

  it('takes the delimiter that was said, or that the first line says', async () => {
    const text = 'a:b,c\n1:2,3\n'
    expect((await readCsv(inPieces(text), { delimiter: ':' })).columns).toEqual(['a', 'b,c'])
    expect((await readCsv(inPieces('a\tb,c,d\n1\t2,3,4\n'), { delimiter: 'tab' })).columns).toEqual(['a', 'b,c,d'])
    expect(await cellsOf('sep=;\r\na;b,c\r\n1;2,3\r\n')).toEqual([
      ['a', 'b,c'],
      ['1', '2,3'],
    ])
    await expect(readCsv(inPieces(text), { delimiter: 'ab' })).rejects.toThrow(/--delimiter ab/)
  })

  it('knows the physical line of each row, past empty lines and line ends inside quotes', async () => {
    const source = await readCsv(inPieces('a,b\r\n1,"x\r\ny\nz"\r\n\r\n2,b\r3,c\n\n"4",d'))
    expect((await allRows(source)).map(({ line, ordinal, cells }) => [ordinal, line, cells[0]])).toEqual([
      [1, 2, '1'],
      [2, 6, '2'],
      [3, 7, '3'],
      [4, 9, '4'],
    ])
  })

  it('marks a row with cells beyond the header or text after a quote, and reads on', async () => {
    const source = await readCsv(inPieces('a,b\n1,2,3\n"x"y,2\n1,2,,\n1\n"# 注",\n# 说明\n'))
    const rows = await allRows(source)
    expect(rows.map(({ line, fault }) => [line, fault?.zh.slice(0, 4) ?? null])).toEqual([
      [2, '有 3 '],
      [3, '双引号之'],
      [4, null],
      [5, null],
      [6, null],
    ])
  })

  it('says where a quote was opened that never closes', async () => {
    await expect(cellsOf('a,b\n1,2\n3,"open\n4,5\n')).rejects.toThrow('第 3 行')
    await expect(cellsOf('')).rejects.toThrow(/列名/)
  })

  const spectrum = testData('dirty/csvs')
  it.skipIf(spectrum === null)('agrees with csv-spectrum (needs shared/data)', async () => {
    for (const file of readdirSync(spectrum ?? '')) {
      // The set's one Latin-1 file has no table to compare with.
      if (file.startsWith('location')) continue
      const text = readFileSync(`${spectrum}/${file}`, 'utf8')
      const [columns = [], ...rows] = await cellsOf(text)
      const records = rows.map((cells) => Object.fromEntries(columns.map((column, i) => [column, cells[i]])))
      const json = readFileSync(testData(`dirty/json/${file.replace('.csv', '.json')}`) ?? '', 'utf8')
      expect([file, records]).toEqual([file, (JSON.parse(json) as Record<string, string>[]).map(lineEnds(text))])
    }
  })
})

/** The expected values write every line end as the set's authors did; ours are the file's own. */
function lineEnds(text: string) {
  const crlf = text.includes('\r\n')
  return (record: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(record).map(([key, value]) => [key, crlf ? value.replaceAll(/\r?\n/g, '\r\n') : value]),
    )
}

function recordsOf(text: string, piece: number): string[][] {
  const records = new CsvRecords(',')
  const found = []
  for (let at = 0; at < text.length; at += piece) found.push(...records.push(text.slice(at, at + piece)))
  return [...found, ...records.end()].map(({ cells }) => cells)
}

describe('CsvRecords', () => {
  // A record that is begun again with each piece would outlast the time that a test may take.
  it('reads a record of many cells, or of one long one, in pieces', () => {
    const records = (text: string, piece: number) => {
      const reader = new CsvRecords(',')
      const found = []
      for (let at = 0; at < text.length; at += piece) found.push(...reader.push(text.slice(at, at + piece)))
      return [...found, ...reader.end()]
    }
    const [header] = records('x,'.repeat(1_750_000), 64)
    expect([header?.width, header?.cells.length]).toEqual([1_750_001, 1_001])
    expect(records(`"${'""'.repeat(1_000_000)}",b\n`, 65_536)[0]).toMatchObject({ cells: ['"'.repeat(1_000_000), 'b'] })
    expect(records(`"a"${'x'.repeat(2_000_000)},b\n`, 65_536)[0]).toMatchObject({ width: 2, brokenQuotes: true })
  })

  it('keeps what lies beyond the last column that a table may have, as one cell', () => {
    const [row] = new CsvRecords(',').push(`${'a,'.repeat(5_000)}z\n`)
    expect([row?.width, row?.cells.length, row?.cells.at(-1)]).toEqual([5_001, 1_001, 'z'])
  })

  it('reads what csv-stringify writes, as csv-parse does, cut anywhere', () => {
    const cell = fc.oneof(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', '中', '𠮷') }), fc.string())
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { maxLength: 20 }),
        fc.integer({ min: 1, max: 50 }),
        fc.constantFrom<'unix' | 'windows'>('unix', 'windows'),
        (rows, piece, record_delimiter) => {
          const text = stringify([['x', 'y', 'z'], ...rows], { record_delimiter, quoted: true })
          expect(recordsOf(text, piece)).toEqual(parse(text))
        },
      ),
      { numRuns: 500 },
    )
  })
})
