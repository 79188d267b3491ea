import { describe, expect, it } from 'vitest'
import { FileProblem } from '../file-problem.ts'
import { openFile } from '../open-file.ts'
import type { FileChoices } from '../source-row.ts'
import { readWhole } from '../spreadsheet/test-sheets.ts'
import { allRows, inMemory } from '../test-bytes.ts'
import { rows, workbook } from './test-workbook.ts'
import { zip } from '../archive/test-zip.ts'

const read = (file: Uint8Array, choices?: FileChoices) => readWhole('台账.xlsx', file, choices)

const cell = (reference: string, value: string | number, attributes = '') =>
  `<c r="${reference}" ${attributes}><v>${value}</v></c>`

describe('readXlsx', () => {
  it('reads every kind of cell', async () => {
    const strings =
      '<si><t>共享</t></si><si><r><t>富</t></r><r><t xml:space="preserve"> 文本</t></r><rPh><t>fu</t></rPh></si><si><t>一_x000D_\n二</t></si>'
    const table = workbook(
      [
        {
          name: '表',
          rows: `${rows(['文本', '数', '错', '真', '式', '编码'])}<row r="2">${cell('A2', 0, 't="s"')}${cell('B2', '1.5')}${cell('C2', '#REF!', 't="e"')}${cell('D2', 1, 't="b"')}<c r="E2"><f>A1</f><v/></c>${cell('F2', '4.20102012004004E+14')}</row>
            <row r="5">${cell('A5', 1, 't="s"')}${cell('B5', '1e-7')}<c r="E5" t="str"><f>x</f><v>结果</v></c>${cell('F5', 42, 's="3"')}</row>
            <row><c t="s"><v>2</v></c><c><v>7</v></c></row>`,
        },
      ],
      { strings, formats: ['00000'] },
    )
    expect(await read(table)).toEqual({
      columns: ['文本', '数', '错', '真', '式', '编码'],
      cells: [
        ['共享', 1.5, null, true, null, 420102012004004],
        ['富 文本', 1e-7, null, null, '结果', '00042'],
        ['一\r\n二', 7],
      ],
      lines: [2, 5, 6],
      notes: [
        '1 个单元格是公式错误（如 #REF!），按空白处理',
        '1 个公式没有保存计算结果，按空白处理。如有需要，请在 Excel 中打开并保存一次',
      ],
    })
  })

  it('reads dates by their format, in both epochs, and bare numbers in a column of times', async () => {
    const formats = ['yyyy"年"m"月"d"日"', '[$-804]yyyy/m/d h:mm;@', 'h:mm', '0.00E+00', '[h]:mm', '"日"0']
    const table = (since1904: boolean, shift: number) => {
      const count = 45527.80763888889 - shift
      const styled = [1, 2, 3, 4].map((style, index) => cell(`${'BCDE'[index]}2`, count, `s="${style}"`))
      const plain = [6, 7, 8].map((style, index) => cell(`${'GHI'[index]}2`, 1.5, `s="${style}"`))
      const row = `<row r="2">${cell('A2', count)}${styled.join('')}${cell('F2', 0.5, 's="5"')}${plain.join('')}</row><row r="3">${cell('A3', 45 - 0)}${cell('B3', 45527 - shift, 's="1"')}<c r="C3" t="inlineStr"><is><t>2024/5/1</t></is></c></row>`
      return workbook(
        [{ name: '表', rows: rows(['发生时间', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬']) + row }],
        { formats, since1904 },
      )
    }
    const expected = {
      cells: [
        [...Array.from({ length: 5 }, () => '2024-08-23T19:23:00'), '12:00:00', 1.5, 1.5, 1.5],
        [45, '2024-08-23', '2024/5/1'],
      ],
      notes: ['列“发生时间”有 1 个单元格是未设日期格式的数字，已按 Excel 日期读取'],
    }
    expect(await read(table(false, 0))).toMatchObject(expected)
    expect(await read(table(true, 1462))).toMatchObject(expected)
  })

  it('keeps what a number holds of a long code, and shows where it holds too little', async () => {
    const codes = ['4.2010201200400404E+16', '42010201200400404', '202605010001000000', '1234567890123450']
    const table =
      rows(['工单编号', '标题']) +
      codes.map((code, index) => `<row>${cell(`A${index + 2}`, code)}${cell(`B${index + 2}`, 1)}</row>`).join('')
    expect((await read(workbook([{ name: '表', rows: table }]))).cells.map(([code]) => code)).toEqual([
      '4.20102012004004e+16',
      '42010201200400404',
      '2.02605010001000e+17',
      '1.23456789012345e+15',
    ])
  })

  it('takes a nought that is shown as a date for none, and one that is shown as a time for midnight', async () => {
    const table =
      rows(['编号', '时间', '办结时间']) +
      `<row r="2">${cell('A2', 1)}${cell('B2', 0, 's="3"')}${cell('C2', 0, 's="1"')}</row>`
    expect((await read(workbook([{ name: '表', rows: table }], { formats: ['h:mm'] }))).cells).toEqual([
      [1, '00:00:00'],
    ])
  })

  it('takes the sheet that looks like a ledger and lists the others, hidden ones too', async () => {
    const sheets = [
      { name: '说明', rows: rows(['本表为样例'], ['请勿修改']) },
      { name: '旧', rows: rows(['序号', '类型', '时间'], [1, '甲', '2024-05-01']), state: 'hidden' },
      { name: '台账', rows: rows(['序号', '类型', '时间'], [1, '乙', '2024-05-01']) },
    ]
    const found = await read(workbook(sheets))
    expect([found.cells[0]?.[1], found.notes]).toEqual([
      '乙',
      ['读取的是工作表“台账”，未读取“说明”、“旧”（隐藏）；用 --sheet 可另选'],
    ])
    expect((await read(workbook(sheets), { layer: '旧' })).cells[0]?.[1]).toBe('甲')
    await expect(read(workbook(sheets), { layer: '新' })).rejects.toThrow('没有工作表“新”')
    await expect(read(workbook(sheets.slice(1, 2)))).rejects.toThrow(/没有表格（隐藏/)
    const source = await openFile(inMemory('a.xlsx', workbook(sheets)))
    expect(source.layers?.map(({ name, hidden }) => [name, hidden])).toEqual([
      ['说明', false],
      ['旧', true],
      ['台账', false],
    ])
  })

  describe('with a sheet for each month', () => {
    const heading = ['编号', '类型', '时间', '备注']
    const months = [
      { name: '填报说明', rows: rows(['每月填一张'], ['请勿改表头']) },
      { name: '一月', rows: rows(['一月台账'], heading, ['A1', '甲', '2024-01-05', '一'], ['A2', '乙', 45297, null]) },
      { name: '二月', rows: rows(['时间', '编号', '类型'], ['2024-02-01', 'B1', '丙'], ['合计', 1, null]) },
      { name: '三月', rows: rows(heading), state: 'hidden' },
      { name: '四月', rows: rows([...heading, '领导批示'], ['D1', '丁', '2024-04-01', null, '速办']) },
      { name: '汇总', rows: rows(heading, ['A1', '甲', '2024-01-05', '一'], ['B1', '丙', '2024-02-01', null]) },
      { name: '五月', rows: rows(heading, ['E1', '戊', '2024-05-01', null]) },
    ]

    it('reads those with the same columns as one table, each row under the name of its sheet', async () => {
      const found = await read(workbook(months))
      expect(found).toEqual({
        columns: ['工作表', ...heading],
        cells: [
          ['一月', 'A1', '甲', '2024-01-05', '一'],
          ['一月', 'A2', '乙', '2024-01-06'],
          ['二月', 'B1', '丙', '2024-02-01', undefined],
          ['五月', 'E1', '戊', '2024-05-01'],
        ],
        lines: [3, 4, 2, 2],
        notes: [
          '表头相同的 3 张工作表一并读取：“一月”、“二月”、“五月”；未读取“填报说明”、“三月”（隐藏）、“四月”、“汇总”；用 --sheet 可只读一张',
          '列名取自第 2 行',
          '“一月”：列“时间”有 1 个单元格是未设日期格式的数字，已按 Excel 日期读取',
          '“二月”：未导入合计行 1 行：第 3（合计） 行',
        ],
      })
    })

    it('numbers the rows across sheets and knows the sheet of each', async () => {
      const source = await openFile(inMemory('台账.xlsx', workbook(months)))
      const found = await allRows(source)
      expect(found.map(({ ordinal }) => [ordinal, source.sheetOf?.(ordinal)])).toEqual([
        [1, '一月'],
        [2, '一月'],
        [3, '二月'],
        [4, '五月'],
      ])
    })

    it('reads one alone when it is named, and nothing besides a sum', async () => {
      expect(await read(workbook(months), { layer: '二月' })).toMatchObject({ columns: ['时间', '编号', '类型'] })
      const sums = await read(
        workbook([
          { ...months[1]!, name: '样表' },
          { ...months[5]!, name: '2024年汇总' },
        ]),
      )
      expect(sums.cells).toHaveLength(2)
      expect(sums.notes[0]).toBe('读取的是工作表“样表”，未读取“2024年汇总”；用 --sheet 可另选')
    })

    it('reports once what is the same in several sheets', async () => {
      const name = (index: number) => `${index + 1}月`
      const table = rows(heading, ['A', '甲', '2024-01-01', null], ['合计', 1, null, null])
      const notes = async (count: number) =>
        (await read(workbook(Array.from({ length: count }, (_, index) => ({ name: name(index), rows: table }))))).notes
      expect((await notes(3)).slice(1)).toEqual(['“1月”、“2月”、“3月”：未导入合计行 1 行：第 3（合计） 行'])
      expect((await notes(12)).slice(1)).toEqual([
        '“1月”、“2月”、“3月”等 12 张工作表：未导入合计行 1 行：第 3（合计） 行',
      ])
    })

    it('prefers a month before a sample', async () => {
      const found = await read(workbook([{ ...months[1]!, name: '填写示例' }, months[6]!]))
      expect(found.cells.map(([number]) => number)).toEqual(['E1'])
    })
  })

  it('fills joined cells down, passes over headings between, and says what lies beyond the header', async () => {
    const table = rows(
      ['社区', '编号', '类型', '时间'],
      ['丹北社区', 'A1', '纠纷', '2024-05-01'],
      [null, 'A2', '纠纷', '2024-05-02'],
      ['二、其他'],
      ['江北社区', 'A3', '纠纷', '2024-05-03', '多余'],
    )
    const after = '<mergeCells count="2"><mergeCell ref="A2:A3"/><mergeCell ref="A4:D4"/></mergeCells><pageMargins/>'
    const found = await read(workbook([{ name: '表', rows: table, after }]))
    expect(found.cells.map((cells) => [cells[0], cells[1]])).toEqual([
      ['丹北社区', 'A1'],
      ['丹北社区', 'A2'],
      ['江北社区', 'A3'],
    ])
    expect(found.notes).toEqual(['1 行在最后一个列名之外还有内容，未导入', '未导入分段标题 1 行：第 4（二、其他） 行'])
  })

  it('takes the header row that was said', async () => {
    const table = workbook([{ name: '表', rows: rows(['甲', '乙'], ['编号', '标题'], ['1', '子']) }])
    expect(await read(table, { headerRow: 1 })).toMatchObject({ columns: ['甲', '乙'], lines: [2, 3] })
    expect(await read(table, { headerRow: 2 })).toMatchObject({ columns: ['编号', '标题'], notes: ['列名取自第 2 行'] })
  })

  it.each<[string, () => Buffer, RegExp]>([
    ['a text document', () => zip({ name: 'word/document.xml', content: 'x' }), /Excel 工作簿/],
    [
      'an OpenDocument',
      () => zip({ name: 'mimetype', content: 'x' }, { name: 'content.xml', content: 'x' }),
      /Excel 工作簿/,
    ],
    ['any other archive', () => zip({ name: 'a.txt', content: 'x' }), /解压/],
    ['a binary workbook', () => zip({ name: 'xl/workbook.bin', content: 'x' }), /\.xlsx/],
    ['a workbook without sheets', () => workbook([]), /没有表格/],
    ['an empty sheet', () => workbook([{ name: '表', rows: '' }]), /没有表格/],
    ['entities', () => workbook([{ name: '表', rows: '' }], { strings: '&xxe;' }), /XML/],
    ['a document type', () => zip({ name: 'xl/workbook.xml', content: '<!DOCTYPE a><workbook/>' }), /DOCTYPE/],
    [
      'a column beyond all',
      () => workbook([{ name: '表', rows: '<row r="1"><c r="ZZZZ1"><v>1</v></c></row>' }]),
      /超出 Excel/,
    ],
    ['a row beyond all', () => workbook([{ name: '表', rows: '<row r="9999999"/>' }]), /超出 Excel/],
    [
      'ten thousand columns',
      () =>
        workbook([
          {
            name: '表',
            rows: rows(
              Array.from({ length: 10_000 }, (_, i) => `c${i}`),
              ['1'],
            ),
          },
        ]),
      /10000 列/,
    ],
    ['a bomb of a sheet', () => workbook([{ name: '表', rows: ' '.repeat(2 ** 25) }]), /炸弹/],
    [
      'a bomb of texts',
      () => workbook([{ name: '表', rows: '' }], { strings: `<si><t>${'a'.repeat(2 ** 25)}</t></si>` }),
      /炸弹/,
    ],
  ])('refuses %s with a sentence', async (_, make, sentence) => {
    await expect(read(make())).rejects.toThrow(sentence)
    await expect(read(make())).rejects.toThrow(FileProblem)
  })

  it('refuses more text in common than memory should hold', async () => {
    // Random text packs so badly that it is no bomb.
    const random = Buffer.alloc(60_000, 0)
    for (let i = 0; i < random.length; i++) random[i] = 65 + ((i * i * 7919) % 57)
    const strings = `<si><t>${random.toString('latin1').replaceAll(/[<&]/g, '.')}</t></si>`.repeat(2500)
    const parts = workbook([{ name: '表', rows: rows(['甲', '乙'], ['1', '2']) }], { strings })
    await expect(read(parts)).rejects.toThrow(/文字太多|炸弹/)
  })

  it('gives joined cells that overlap no time', async () => {
    const merges = Array.from({ length: 5000 }, (_, i) => `<mergeCell ref="A${i + 2}:XFD1048576"/>`).join('')
    const many = rows(['甲', '乙'], ...Array.from({ length: 6000 }, (_, i) => [`${i}`, 'x']))
    await expect(
      read(workbook([{ name: '表', rows: many, after: `<mergeCells>${merges}</mergeCells>` }])),
    ).rejects.toThrow(/重叠/)
  })
})
