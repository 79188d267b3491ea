import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { describeFile, openFile } from './open-file.ts'
import { testData } from '../test-data.ts'
import { allRows, inMemory, onDisk } from './test-bytes.ts'
import { rows, workbook } from './xlsx/test-workbook.ts'

const open = (name: string, content: string | Uint8Array, choices = {}) => openFile(inMemory(name, content), choices)

describe('opening a file', () => {
  it('goes by the content, and by the name where that proves nothing', async () => {
    expect((await open('工单.xls', '编号,标题\n1,甲\n')).format).toBe('csv')
    expect((await open('网格', '{"type":"FeatureCollection","features":[]}')).format).toBe('geojson')
    expect((await open('utf16', Buffer.from('\ufeff{"type":"Point"}', 'utf16le'))).format).toBe('geojson')
    expect((await open('data.csv', '{a},b\n1,2\n')).format).toBe('csv')
  })

  it.each([
    ['旧.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /另存为“Excel 工作簿/],
    ['网页.xls', '<html xmlns:x="urn:x"><p>请登录</p></html>', /网页/],
    ['表.xml', '<?xml version="1.0"?><?mso-application?><Workbook xmlns="urn:s"/>', /另存为/],
    ['物.xml', '<?xml version="1.0"?><thing/>', /KML/],
    ['照片.csv', Buffer.from('89504e470d0a1a0a', 'hex'), /图片/],
    ['文档.csv', '%PDF-1.4', /PDF/],
    ['旧.xls', Buffer.from('0904060000001000', 'hex'), /另存为“Excel 工作簿/],
    ['图.dwg', 'AC1032\0', /CAD（DWG）/],
    ['图.dxf', '  0\r\nSECTION\r\n  2\r\n', /CAD（DXF）/],
    ['层.fgb', 'fgb\u0003fgb', /FlatGeobuf/],
    ['层.tab', '!table\n!version 300\n', /MapInfo/],
    ['包.gz', Buffer.from('1f8b0800', 'hex'), /gzip/],
  ])('refuses %s with a sentence', async (name, content, sentence) => {
    await expect(open(name, content)).rejects.toThrow(sentence)
  })

  it('reports a character that an export cut in half in its row, and reads the others', async () => {
    // 编号,标题 and 楼道堆物影响消防通道居民多次反映, the first time without half of its last character.
    const header = 'b1e0bac52cb1eacce20a'
    const cut = '312cc2a5b5c0b6d1ceefd3b0cfeccffbb7c0cda8b5c0bed3c3f1b6e0b4ceb7b4d30a'
    const whole = '322cc2a5b5c0b6d1ceefd3b0cfeccffbb7c0cda8b5c0bed3c3f1b6e0b4ceb7b4d3b30a'
    const hex = header + cut + whole.repeat(4)
    const rows = await allRows(await open('旧.csv', Buffer.from(hex, 'hex')))
    expect(rows.map(({ cells, fault }) => [cells[0], fault?.zh.includes('不完整的汉字') ?? false])).toEqual([
      ['1', true],
      ...Array.from({ length: 4 }, () => ['2', false]),
    ])
    await expect(open('新.csv', '编号,标题一\n1,邻里噪\n', { encoding: 'gbk' })).rejects.toThrow(/不是有效的 gb18030/)
  })

  it.each(['|', '\t', ',', ';', '^', '~'])(
    'reports a character cut in half before the delimiter %j, also where it makes another one with it',
    async (delimiter) => {
      const [mark] = Buffer.from(delimiter)
      const gap = [mark ?? 0]
      // 编号, 标题, 类型, 地点; 邻里噪音, 纠纷, 一元路; the last character of the first text is cut.
      const header = [
        [0xb1, 0xe0, 0xba, 0xc5],
        [0xb1, 0xea, 0xcc, 0xe2],
        [0xc0, 0xe0, 0xd0, 0xcd],
        [0xb5, 0xd8, 0xb5, 0xe3],
      ]
      const noise = [0xc1, 0xda, 0xc0, 0xef, 0xd4, 0xeb, 0xd2, 0xf4]
      const others = [
        [0xbe, 0xc0, 0xb7, 0xd7],
        [0xd2, 0xbb, 0xd4, 0xaa, 0xc2, 0xb7],
      ]
      const line = (...cells: number[][]) => [...cells.flatMap((cell, at) => (at === 0 ? cell : [...gap, ...cell])), 10]
      const bytes = [
        line(...header),
        line([0x31], noise, ...others),
        line([0x32], noise.slice(0, -1), ...others),
        line([0x33], noise, ...others),
        line([0x34], noise),
      ].flat()
      const rows = await allRows(await open('旧.txt', Buffer.from(bytes)))
      expect(rows.map(({ line, fault }) => [line, /不完整的汉字|被截断的汉字/.test(fault?.zh ?? '')])).toEqual([
        [2, false],
        [3, true],
        [4, false],
        [5, false],
      ])
    },
  )

  it('takes the encoding that was said', async () => {
    const source = await open('旧.csv', Buffer.from('a6d1b8a12cbcd0c3440a', 'hex'), { encoding: 'big5' })
    expect(source.columns).toEqual(['老腹', '標題'])
    expect(await allRows(source)).toEqual([])
    await expect(open('a.csv', 'a\n1\n', { encoding: 'klingon' })).rejects.toThrow(/klingon/)
  })
})

describe('tables with anything in their cells', () => {
  const naughty = testData('dirty/blns.json')
  it.skipIf(naughty === null)(
    'keep the big list of naughty strings as it is, in CSV and in Excel (needs shared/data)',
    async () => {
      const list = (JSON.parse(readFileSync(naughty ?? '', 'utf8')) as string[]).filter((text) => text.trim() !== '')
      // XML has no place for control characters; a sheet never holds them.
      const possible = list.map((text) => text.replaceAll(/\p{Cc}|[\ufffe\uffff]/gu, '').toWellFormed())
      const sheet = rows(['编号', '内容', '备注'], ...possible.map((text, index) => [`N${index}`, text, '末']))
      const csv = `编号,内容,备注\n${list.map((text, index) => `N${index},"${text.replaceAll('"', '""')}",末`).join('\n')}\n`
      const cells = async (name: string, content: string | Buffer) =>
        (await allRows(await open(name, content))).map((row) => row.cells[1])
      expect(await cells('a.csv', csv)).toEqual(list)
      expect(await cells('a.xlsx', workbook([{ name: '表', rows: sheet }]))).toEqual(possible)
    },
  )

  const forms = ['gbk.csv', 'tab.txt', 'utf16le.csv', 'utf8_bom.csv'].map((name) =>
    testData(`dirty/waterlogging_${name}`),
  )
  it.skipIf(forms.includes(null))('are the same rows in four encodings and with tabs (needs shared/data)', async () => {
    const tables = []
    for (const form of forms) {
      const source = await openFile(onDisk(form ?? ''))
      tables.push([source.columns, ...(await allRows(source)).map(({ cells }) => cells)])
    }
    expect(tables[0]).toHaveLength(10)
    for (const table of tables) expect(table).toEqual(tables[0])
  })
})

describe('describing a file', () => {
  it('shows each column with its first values', async () => {
    expect(await describeFile(inMemory('a.csv', '编号,标题\n1,甲\n2,甲\n3,乙\n'))).toMatchObject({
      format: 'csv',
      encoding: 'utf-8',
      proof: { zh: '全部字节都是有效的 UTF-8' },
      header: { row: 1, rows: 1 },
      delimiter: ',',
      columns: [
        { name: '编号', samples: ['1', '2', '3'], kind: 'number' },
        { name: '标题', samples: ['甲', '乙'], kind: 'text' },
      ],
    })
  })

  it('shows what was recognised, and what was said instead', async () => {
    const text = '台账;;;\n编号;网格编码;时间;地点\n1;420102012001001;2024年5月1日 13时;甲\n'
    const file = inMemory('a.csv', Buffer.from(`\ufeff${text}`, 'utf16le'))
    expect(await describeFile(file)).toMatchObject({
      encoding: 'utf-16le',
      proof: { en: 'the file begins with a byte-order mark' },
      header: { row: 2, rows: 1 },
      delimiter: ';',
      columns: [{ kind: 'number' }, { kind: 'code' }, { kind: 'time' }, { kind: 'text' }],
    })
    const said = await describeFile(file, { headerRow: 1, delimiter: '|', encoding: 'utf-16le' })
    expect(said).toMatchObject({ header: { row: 1 }, delimiter: '|', proof: { zh: '由人指定' } })
    const sheets = [
      { name: '说明', rows: '' },
      { name: '台账', rows: rows(['编号', '时间'], ['1', '2024-05-01']) },
      { name: '存档', rows: '', state: 'veryHidden' },
    ]
    expect(await describeFile(inMemory('台账.xlsx', workbook(sheets)))).toMatchObject({
      format: 'xlsx',
      encoding: null,
      proof: null,
      layers: [
        { name: '说明', hidden: false },
        { name: '台账', hidden: false },
        { name: '存档', hidden: true },
      ],
      columns: [{ name: '编号' }, { name: '时间', kind: 'date', samples: ['2024-05-01'] }],
    })
  })
})

describe('text whose encoding a person has named', () => {
  const feature = (title: string) =>
    `{"type":"Feature","properties":{"title":"${title}"},"geometry":{"type":"Point","coordinates":[114.3,30.6]}}`
  const placemark = (title: string) =>
    `<Placemark><name>${title}</name><Point><coordinates>114.3,30.6</coordinates></Point></Placemark>`
  const line = (title: string) => `<tr><td>1</td><td>${title}</td></tr>`
  const of: Record<string, (titles: string[]) => string> = {
    'a.geojson': (titles) => `{"type":"FeatureCollection","features":[${titles.map(feature).join(',')}]}`,
    'a.kml': (titles) =>
      `<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>${titles.map(placemark).join('')}</Document></kml>`,
    'a.tsv': (titles) => `编号\t标题\n${titles.map((title) => `1\t${title}\n`).join('')}`,
    'a.xls': (titles) => `<html><table><tr><td>编号</td><td>标题</td></tr>${titles.map(line).join('')}</table></html>`,
  }
  const titles = ['楼道堆物影响通行', '三楼漏水扰邻截', '路灯不亮已多日']

  it.each(Object.keys(of))(
    'has bytes that it does not know in %s told of their own row, and the others read',
    async (name) => {
      const [before = '', after = ''] = (of[name]?.(titles) ?? '').split('截')
      // The last character of the second title is cut in half.
      const bytes = Buffer.concat([Buffer.from(before), Buffer.from('截').subarray(0, 2), Buffer.from(after)])
      const file = inMemory(name, bytes)
      await expect(openFile(file).then(allRows)).rejects.toThrow('--encoding')
      const source = await openFile(file, { encoding: 'utf-8', forgiving: true })
      const rows = await allRows(source)
      expect(rows.map(({ fault }) => fault?.zh ?? null)).toEqual([null, expect.stringContaining('不完整的汉字'), null])
      expect(rows[2]?.cells).toContain(titles[2])
    },
  )
})
