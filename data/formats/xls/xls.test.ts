import { utils, write, type WorkSheet } from '@e965/xlsx'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testData } from '../../test-data.ts'
import { FileProblem } from '../file-problem.ts'
import { openFile } from '../open-file.ts'
import type { FileChoices } from '../source-row.ts'
import { readWhole } from '../spreadsheet/test-sheets.ts'
import { allRows, onDisk } from '../test-bytes.ts'
import { compoundFile, words, workbook, type TestRecord } from './test-workbook.ts'

const read = (file: Uint8Array, choices?: FileChoices) => readWhole('台账.xls', file, choices)

type Written = ReturnType<typeof utils.book_new>

/** Another program's workbook: SheetJS, which shares no code with the reader. */
function written(
  sheets: Record<string, WorkSheet>,
  version: 'biff8' | 'xls' | 'biff5',
  change?: (file: Written) => void,
) {
  const file = utils.book_new()
  for (const [name, sheet] of Object.entries(sheets)) utils.book_append_sheet(file, sheet, name)
  change?.(file)
  // The library's own names.
  const options = {
    type: 'buffer',
    ...Object.fromEntries([
      ['bookType', version],
      ['bookSST', version !== 'biff5'],
    ]),
  } as const
  return write(file, options) as Buffer
}

const heading = ['编号', '类型', '发生时间', '人数', '备注']

describe('readXls', () => {
  it.each(['biff8', 'xls'] as const)('reads every kind of cell of a workbook written as %s', async (version) => {
    const sheet = utils.aoa_to_sheet([heading, ['A1', '邻里', null, 3, '一'], ['A2', '物业', null, 0.25, null]])
    sheet['C2'] = { t: 'n', v: 45_413.354_166_666_664, z: 'yyyy-mm-dd hh:mm' }
    sheet['C3'] = { t: 'n', v: 45_414, z: 'yyyy"年"m"月"d"日"' }
    sheet['E3'] = { t: 'b', v: true }
    sheet['A4'] = { t: 'n', v: 420_102_012_001_001 }
    sheet['B4'] = { t: 'e', v: 0x17 }
    sheet['C4'] = { t: 'n', v: 45_415 }
    sheet['D4'] = { t: 'n', f: '1+1', v: 2 }
    sheet['E4'] = { t: 's', f: '"a"', v: '结果' }
    sheet['A5'] = { t: 'n', v: 42, z: '00000' }
    sheet['D5'] = { t: 'n', v: -1.5 }
    sheet['!ref'] = 'A1:E5'
    expect(await read(written({ 台账: sheet }, version))).toEqual({
      columns: heading,
      cells: [
        ['A1', '邻里', '2024-05-01T08:30:00', 3, '一'],
        ['A2', '物业', '2024-05-02', 0.25, true],
        [420_102_012_001_001, null, '2024-05-03', 2, '结果'],
        ['00042', null, null, -1.5],
      ],
      lines: [2, 3, 4, 5],
      notes: [
        '列“发生时间”有 1 个单元格是未设日期格式的数字，已按 Excel 日期读取',
        '1 个单元格是公式错误（如 #REF!），按空白处理',
      ],
    })
  })

  it('reads Excel 5 and 95, in the code page that the file names', async () => {
    const text = (value: string): Buffer => {
      const bytes = { 编: 'b1e0', 号: 'bac5', 甲: 'bcd7' }
      return Buffer.concat(Array.from(value, (one) => Buffer.from(bytes[one as keyof typeof bytes] ?? '', 'hex')))
    }
    const label = (row: number, column: number, value: string): TestRecord => {
      const bytes = text(value)
      return [0x204, Buffer.concat([words(row, column, 0, bytes.length), bytes])]
    }
    const sheet = [label(0, 0, '编号'), label(0, 1, '甲'), label(1, 0, '甲'), label(1, 1, '号')]
    const page: TestRecord = [0x42, words(936)]
    const file = compoundFile(workbook(sheet, { version: 0x500, name: 'a', globals: [page] }), { name: 'Book' })
    expect(await read(file)).toMatchObject({ columns: ['编号', '甲'], cells: [['甲', '号']] })
    const plain = utils.aoa_to_sheet([
      ['no', 'title', 'x'],
      ['1', 'abc', 2.5],
    ])
    expect(await read(written({ a: plain }, 'biff5'))).toMatchObject({
      columns: ['no', 'title', 'x'],
      cells: [['1', 'abc', 2.5]],
    })
  })

  it('fills joined cells, passes over hidden sheets, and joins a sheet for each month', async () => {
    const first = utils.aoa_to_sheet([
      ['一月台账'],
      heading,
      ['A1', '甲', '2024-01-05', 1, '一'],
      ['A2', null, '2024-01-06', 2],
    ])
    first['!merges'] = [utils.decode_range('A1:E1'), utils.decode_range('B3:B4')]
    const second = utils.aoa_to_sheet([heading, ['B1', '乙', '2024-02-05', 1, '二']])
    const hidden = utils.aoa_to_sheet([heading, ['C1', '丙', '2024-03-05', 1, '三']])
    const found = await read(
      written({ 一月: first, 二月: second, 三月: hidden }, 'biff8', (file) => {
        file.Workbook = { Sheets: [{}, {}, { Hidden: 1 }] }
      }),
    )
    expect(found).toMatchObject({
      columns: ['工作表', ...heading],
      cells: [
        ['一月', 'A1', '甲', '2024-01-05', 1, '一'],
        ['一月', 'A2', '甲', '2024-01-06', 2],
        ['二月', 'B1', '乙', '2024-02-05', 1, '二'],
      ],
    })
    expect(found.notes[0]).toContain('未读取“三月”（隐藏）')
  })

  it('reads texts that go on in the next record, in either width, with formats and phonetic text', async () => {
    const long = '长'.repeat(5_000)
    const wide = Buffer.from(long, 'utf16le')
    // 4,000 characters of two bytes, then 999 that say their width again, then the last as one that is of two bytes still.
    const shared: TestRecord[] = [
      [0xfc, Buffer.concat([words({ long: 9 }, { long: 4 }, 5_000), Buffer.from([1]), wide.subarray(0, 8_000)])],
      [0x3c, Buffer.concat([Buffer.from([1]), wide.subarray(8_000, 9_998)])],
      [0x3c, Buffer.concat([Buffer.from([1]), wide.subarray(9_998), words(4), Buffer.from([0]), Buffer.from('ab')])],
      [
        0x3c,
        Buffer.concat([
          Buffer.from([1]),
          Buffer.from('中文', 'utf16le'),
          words(2),
          Buffer.from([0x0d]),
          words(1, { long: 6 }),
        ]),
      ],
      // Formats and phonetic text of the third lie across two records.
      [0x3c, Buffer.concat([Buffer.from([1]), Buffer.from('富文', 'utf16le'), words(0, 1), Buffer.alloc(4)])],
      [0x3c, Buffer.concat([Buffer.alloc(2), words(2), Buffer.from([0]), Buffer.from('xy')])],
    ]
    const cell = (row: number, column: number, text: number): TestRecord => [
      0xfd,
      words(row, column, 0, { long: text }),
    ]
    const sheet = [cell(0, 0, 3), cell(0, 1, 2), cell(1, 0, 0), cell(1, 1, 1)]
    expect(await read(compoundFile(workbook(sheet, { globals: shared })))).toMatchObject({
      columns: ['xy', '富文'],
      cells: [[long, 'ab中文']],
    })
  })

  it('reads numbers in four bytes, whole or not, also in hundredths', async () => {
    const sheet: TestRecord[] = [
      ...['编号', '二', '三', '四'].map((name, column): TestRecord => [
        0x204,
        Buffer.concat([words(0, column, 0, name.length), Buffer.from([1]), Buffer.from(name, 'utf16le')]),
      ]),
      [0xbd, words(1, 0, 0, { long: (7 << 2) | 2 }, 0, { long: (11_433 << 2) | 3 }, 0, { long: 0x3ff8_0000 }, 2)],
      [0x27e, words(1, 3, 0, { long: ((-5 << 2) | 2) >>> 0 })],
    ]
    expect((await read(compoundFile(workbook(sheet)))).cells).toEqual([[7, 114.33, 1.5, -5]])
  })

  const real = testData('ledgers/L9_老台账.xls')
  it.skipIf(real === null)('reads an old ledger (needs shared/data)', async () => {
    const source = await openFile(onDisk(real ?? ''))
    const cells = (await allRows(source)).map((row) => row.cells)
    expect(source.columns).toEqual(['编号', '发生时间', '类型', '标题', '经度', '纬度'])
    expect(cells).toHaveLength(5)
    expect(cells[0]?.slice(0, 4)).toEqual(['B1', '2025-03-01 09:00', '邻里纠纷', '噪音'])
  })

  const good = workbook([[0x203, Buffer.concat([words(0, 0, 0), Buffer.alloc(8)])]])
  it.each<[string, () => Buffer, RegExp]>([
    ['a chain of sectors in a circle', () => compoundFile(good, { table: (next) => (next[3] = 1) }), /损坏/],
    ['a chain that leads out of the file', () => compoundFile(good, { table: (next) => (next[3] = 9_999) }), /损坏/],
    ['a file cut in the middle', () => compoundFile(good).subarray(0, 2_000), /损坏/],
    ['a Word document', () => compoundFile(good, { name: 'WordDocument' }), /不是 Excel 工作簿/],
    ['a workbook with a password', () => compoundFile(good, { name: 'EncryptedPackage' }), /密码/],
    ['an old workbook with a password', () => compoundFile(workbook([], { globals: [[0x2f, words(0)]] })), /密码/],
    ['a sheet that is not there', () => compoundFile(good.subarray(0, 60)), /损坏|没有表格/],
    [
      'a column beyond all',
      () => compoundFile(workbook([[0x203, Buffer.concat([words(0, 300, 0), Buffer.alloc(8)])]])),
      /超出 Excel/,
    ],
    [
      'cells that go backwards',
      () =>
        compoundFile(
          workbook([2, 1].map((row): TestRecord => [0x203, Buffer.concat([words(row, 0, 0), Buffer.alloc(8, 1)])])),
        ),
      /行的顺序/,
    ],
    [
      'texts without end',
      () => compoundFile(workbook([], { globals: [[0xfc, words({ long: 9 }, { long: 0xffff_ffff }, 60_000)]] })),
      /没有表格/,
    ],
  ])('refuses %s with a sentence', async (_, make, sentence) => {
    await expect(read(make())).rejects.toThrow(sentence)
    await expect(read(make())).rejects.toThrow(FileProblem)
  })

  it('reads what another program writes, whatever the cells hold', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => text.trim() !== '' && text.isWellFormed()),
      fc.double({ min: 1e-9, max: 1e14, noNaN: true }),
      fc.integer({ min: -1_000_000, max: 1_000_000 }),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 30 }),
        async (body) => {
          const sheet = utils.aoa_to_sheet([['甲列', '乙列', '丙列', '丁列'], ...body])
          const found = await read(written({ 表: sheet }, 'biff8'), { headerRow: 1, headerRows: 1 })
          expect(found.cells.length).toBeLessThanOrEqual(body.length)
          for (const [index, line] of found.lines.entries()) expect(found.cells[index]).toEqual(body[line - 2])
        },
      ),
      { numRuns: 100 },
    )
  })
})
