import { describe, expect, it } from 'vitest'
import { testData } from '../../test-data.ts'
import { FileProblem } from '../file-problem.ts'
import { openFile } from '../open-file.ts'
import type { FileChoices } from '../source-row.ts'
import { allRows, inMemory, onDisk } from '../test-bytes.ts'

async function read(content: string | Buffer, choices: FileChoices = {}, name = '导出.xls') {
  const source = await openFile(inMemory(name, content), choices)
  const found = await allRows(source)
  return {
    format: source.format,
    columns: source.columns,
    cells: found.map(({ cells }) => cells),
    notes: source.notes.map(({ zh }) => zh),
  }
}

const row = (...cells: string[]) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
const heading = row('编号', '类型', '时间', '人数')

describe('readHtml', () => {
  it('reads a table as browsers show it', async () => {
    const page = `<html xmlns:x="urn:excel"><head><style>td { color: red }</style><title>导出</title></head><body>
      <TABLE border=1>${heading}
      <tr><td>A&amp;1<td>甲<br>乙<td> 2024-05-01
         08:30 <td style='mso-number-format:"0"' x:num="420102012001001">4.20102E+14
      <tr><td>&nbsp;B&#49;<td><b>丙</b><script>x = "<td>"</script><td>2024-05-02<td>3</table></body></html>`
    expect(await read(page)).toEqual({
      format: 'html',
      columns: ['编号', '类型', '时间', '人数'],
      cells: [
        ['A&1', '甲\n乙', '2024-05-01 08:30', '420102012001001'],
        ['B1', '丙', '2024-05-02', '3'],
      ],
      notes: [],
    })
  })

  it('spans rows and columns, under a header of two levels', async () => {
    const page = `<table>
      <tr><th rowspan=2>编号</th><th colspan=2>位置</th><th rowspan=2>类型</th></tr><tr><th>经度</th><th>纬度</th></tr>
      <tr><td>A</td><td>114.3</td><td>30.6</td><td rowspan=2>甲</td></tr>
      <tr><td>B</td><td>114.4</td><td>30.7</td></tr></table>`
    expect(await read(page)).toMatchObject({
      columns: ['编号', '位置/经度', '位置/纬度', '类型'],
      cells: [
        ['A', '114.3', '30.6', '甲'],
        ['B', '114.4', '30.7', '甲'],
      ],
    })
  })

  it('takes the table that looks like a ledger, also from within one that lays out the page', async () => {
    const page = `<!DOCTYPE html><table><tr><td>网格中心</td></tr><tr><td>
      <table>${heading}${row('A', '甲', '2024-05-01', '1')}</table></td></tr></table>`
    expect((await read(page)).cells).toEqual([['A', '甲', '2024-05-01', '1']])
    const inner = '<table><tr><td>一</td><td>二</td></tr></table>'
    const ledger = heading + ['A', 'B', 'C'].map((name) => row(name, '甲', '2024-05-01', '1')).join('')
    expect((await read(`<table>${ledger}${row('D', inner, '2024-05-02', '2')}</table>`)).cells.at(-1)).toEqual([
      'D',
      '一\n二',
      '2024-05-02',
      '2',
    ])
  })

  it('reads a part of a page, Chinese of any encoding, and text between tabs under the same name', async () => {
    const part = `<meta http-equiv="Content-Type" content="text/html; charset=utf-8"><table>${heading}${row('A', '甲', '2024-05-01', '1')}</table>`
    expect((await read(part)).cells).toHaveLength(1)
    const gbk = Buffer.from(
      '3c7461626c653e3c74723e3c74643eb1e0bac53c2f74643e3c74643eb1eacce23c2f74643e3c2f74723e3c74723e3c74643e313c2f74643e3c74643ebcd73c2f74643e3c2f74723e3c2f7461626c653e',
      'hex',
    )
    expect(await read(gbk)).toMatchObject({ columns: ['编号', '标题'], cells: [['1', '甲']] })
    const tabs = '编号\t类型\t时间\nA\t甲\t2024-05-01\n'
    expect(await read(tabs)).toMatchObject({ format: 'csv', cells: [['A', '甲', '2024-05-01']] })
    expect(await read(Buffer.from(`\ufeff${tabs}`, 'utf16le'))).toMatchObject({
      format: 'csv',
      columns: ['编号', '类型', '时间'],
    })
  })

  const real = testData('ledgers/L10_网页导出.xls')
  it.skipIf(real === null)('reads a page named .xls (needs shared/data)', async () => {
    const source = await openFile(onDisk(real ?? ''))
    expect(source.columns).toEqual(['编号', '发生时间', '类型', '标题'])
    expect((await allRows(source)).map(({ cells }) => cells)).toEqual([['C1', '2025-03-01 09:00', '邻里纠纷', '噪音']])
  })

  it.each<[string, string, RegExp]>([
    ['a page without a table', '<html><body>请登录</body></html>', /没有表格/],
    ['a frame for other pages', '<html><frameset><frame src="sheet001.htm"></frameset></html>', /没有表格/],
    ['tags nested without end', `<html>${'<div>'.repeat(100_000)}`, /嵌套/],
    ['a tag of a million attributes', `<table ${'a=1 '.repeat(100_000)}>`, /属性/],
    ['a tag that does not end', `<table a="${'x'.repeat(5_000_000)}`, /过长/],
    ['a cell of millions of characters', `<table><tr><td>${'长'.repeat(1_500_000)}`, /单元格/],
    ['tables without end', '<table></table>'.repeat(2_000), /超过 1000 张/],
    ['a table of ten thousand columns', `<table><tr>${'<td>a'.repeat(10_000)}<tr><td>1<td>2</table>`, /10000 列/],
  ])('refuses %s with a sentence', async (_, page, sentence) => {
    await expect(read(page)).rejects.toThrow(sentence)
    await expect(read(page)).rejects.toThrow(FileProblem)
  })
})
