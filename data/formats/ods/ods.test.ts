import { describe, expect, it } from 'vitest'
import { testData } from '../../test-data.ts'
import { zip } from '../archive/test-zip.ts'
import { FileProblem } from '../file-problem.ts'
import { openFile } from '../open-file.ts'
import type { FileChoices } from '../source-row.ts'
import { allRows, inMemory, onDisk } from '../test-bytes.ts'
import { document } from './test-spreadsheet.ts'

const table = (name: string, rows: string, attributes = '') =>
  `<table:table table:name="${name}" ${attributes}>${rows}</table:table>`
const row = (...cells: string[]) => `<table:table-row>${cells.join('')}</table:table-row>`
const cell = (content: string, attributes = 'office:value-type="string"') =>
  `<table:table-cell ${attributes}>${content}</table:table-cell>`
const text = (...words: string[]) => words.map((word) => cell(`<text:p>${word}</text:p>`))
const value = (type: string, name: string, given: string, shown = given) =>
  cell(`<text:p>${shown}</text:p>`, `office:value-type="${type}" office:${name}="${given}"`)

async function read(file: Buffer, choices: FileChoices = {}) {
  const source = await openFile(inMemory('台账.ods', file, 65_536), choices)
  const found = await allRows(source)
  return {
    format: source.format,
    columns: source.columns,
    cells: found.map(({ cells }) => cells),
    lines: found.map(({ line }) => line),
    notes: source.notes.map(({ zh }) => zh),
  }
}

const heading = row(...text('编号', '类型', '时间', '人数'))

describe('readOds', () => {
  it('reads every kind of cell', async () => {
    const rows = [
      heading,
      row(
        cell('<text:p>一<text:s text:c="2"/>二</text:p><office:annotation><text:p>批注</text:p></office:annotation>'),
        cell('<text:p>甲<text:line-break/><text:span>乙</text:span></text:p><text:p>丙</text:p>'),
        value('date', 'date-value', '2024-05-01T08:29:59.9999999', '2024/5/1 8:30'),
        value('float', 'value', '3', '3.00'),
      ),
      row(
        value('float', 'value', '42', '00042'),
        value('percentage', 'value', '0.25', '25%'),
        value('date', 'date-value', '2024-05-02', '5月2日'),
        value('time', 'time-value', 'PT08H30M00S', '8:30'),
      ),
      row(
        value('float', 'value', '420102012001001', '4.20102E+14'),
        value('boolean', 'boolean-value', 'true', 'TRUE'),
        value('date', 'date-value', '1899-12-30', '1899/12/30'),
        cell('<text:p>#REF!</text:p>', 'office:value-type="string" calcext:value-type="error"'),
      ),
      row(cell('<text:p>B</text:p>'), cell('', 'table:formula="of:=[.A1]"'), ...text('2024-05-04', 'x')),
    ]
    expect(await read(document(table('台账', rows.join(''))))).toEqual({
      format: 'ods',
      columns: ['编号', '类型', '时间', '人数'],
      cells: [
        ['一  二', '甲\n乙\n丙', '2024-05-01T08:30:00', 3],
        ['00042', 0.25, '2024-05-02', '08:30:00'],
        [420_102_012_001_001, true, '1899/12/30'],
        ['B', null, '2024-05-04', 'x'],
      ],
      lines: [2, 3, 4, 5],
      notes: [
        '1 个单元格是公式错误（如 #REF!），按空白处理',
        '1 个公式没有保存计算结果，按空白处理。如有需要，请在 Excel 中打开并保存一次',
      ],
    })
  })

  it('repeats cells and rows, counts empty ones, and fills joined cells', async () => {
    const rows = [
      heading,
      row(
        cell('<text:p>A</text:p>'),
        cell('<text:p>甲</text:p>', 'office:value-type="string" table:number-rows-spanned="2"'),
        cell('<text:p>2024-05-01</text:p>', 'office:value-type="string" table:number-columns-repeated="2"'),
        '<table:table-cell table:number-columns-repeated="16380"/>',
      ),
      row(
        cell('<text:p>B</text:p>'),
        '<table:covered-table-cell office:value-type="string"><text:p>旧</text:p></table:covered-table-cell>',
        ...text('2024-05-02', '1'),
      ),
      '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>',
      `<table:table-row table:number-rows-repeated="2">${text('C', '丙', '2024-05-03', '1').join('')}</table:table-row>`,
      '<table:table-row table:number-rows-repeated="2147483647"><table:table-cell table:number-columns-repeated="2147483647"/></table:table-row>',
    ]
    expect(await read(document(table('台账', rows.join(''))))).toMatchObject({
      cells: [
        ['A', '甲', '2024-05-01', '2024-05-01'],
        ['B', '甲', '2024-05-02', '1'],
        ['C', '丙', '2024-05-03', '1'],
        ['C', '丙', '2024-05-03', '1'],
      ],
      lines: [2, 3, 7, 8],
    })
  })

  it('passes over hidden sheets, and reads a sheet for each month in one pass after another', async () => {
    const month = (name: string, number: string, attributes = '') =>
      table(name, heading + row(...text(number, '甲', '2024-01-01', '1')), attributes)
    const styles =
      '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    const tables = [
      table('说明', row(...text('每月填一张'))),
      month('旧', 'O', 'table:style-name="ta2"'),
      month('一月', 'A'),
      month('二月', 'B', 'table:style-name="ta1"'),
      month('汇总', 'S'),
      month('三月', 'C'),
    ]
    const file = document(tables.join(''), styles)
    const found = await read(file)
    expect(found.cells.map(([sheet, number]) => [sheet, number])).toEqual([
      ['一月', 'A'],
      ['二月', 'B'],
      ['三月', 'C'],
    ])
    expect(found.notes[0]).toContain('未读取“说明”、“旧”（隐藏）、“汇总”')
    expect((await read(file, { layer: '旧' })).cells).toEqual([['O', '甲', '2024-01-01', '1']])
    expect((await read(file, { layer: '二月' })).cells).toEqual([['B', '甲', '2024-01-01', '1']])
  })

  const real = testData('ledgers/L9_老台账.ods')
  it.skipIf(real === null)('reads an old ledger (needs shared/data)', async () => {
    const source = await openFile(onDisk(real ?? ''))
    const cells = (await allRows(source)).map((one) => one.cells)
    expect(source.columns).toEqual(['编号', '发生时间', '类型', '标题', '经度', '纬度'])
    expect(cells.map(([number]) => number)).toEqual(['B1', 'B2', 'B3', 'B4', 'B5'])
  })

  const repeated = (cells: number, rows: number) =>
    document(
      table(
        '表',
        heading +
          `<table:table-row table:number-rows-repeated="${rows}">${cell('<text:p>x</text:p>', `office:value-type="string" table:number-columns-repeated="${cells}"`)}</table:table-row>`,
      ),
    )
  it.each<[string, () => Buffer, RegExp]>([
    ['a cell that is repeated without end', () => repeated(2_147_483_647, 1), /超出 Excel/],
    ['a row that is repeated without end', () => repeated(4, 2_147_483_647), /超出 Excel/],
    ['more repeated cells than memory should hold', () => repeated(16_000, 1_000_000), /超出 Excel/],
    [
      'one with a password',
      () =>
        zip(
          { name: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet' },
          { name: 'content.xml', content: 'x' },
          { name: 'META-INF/manifest.xml', content: '<manifest:encryption-data/>' },
        ),
      /密码/,
    ],
    [
      'a text document',
      () =>
        zip(
          { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text' },
          { name: 'content.xml', content: '<x/>' },
        ),
      /文字文档/,
    ],
    ['elements nested without end', () => document('<table:table>'.repeat(1_000)), /嵌套/],
    ['a document type', () => document('<!DOCTYPE a>'), /XML/],
  ])('refuses %s with a sentence', async (_, make, sentence) => {
    await expect(read(make())).rejects.toThrow(sentence)
    await expect(read(make())).rejects.toThrow(FileProblem)
  })
})
