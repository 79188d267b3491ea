import { describe, expect, it } from 'vitest'
import { findHeader, type Merge } from './table-header.ts'

/** Rows as cells between bars; merges as `top-bottom:left-right`. */
function header(table: string, merges: string[] = [], choices = {}) {
  const rows = table
    .trim()
    .split('\n')
    .map((line, index) => ({ line: index + 1, cells: line.split('|').map((cell) => cell.trim()) }))
  const found = findHeader(rows, merges.map(merge), choices)
  return { lines: found.rows.map(({ line }) => line), columns: found.columns }
}
function merge(text: string): Merge {
  const [top = 0, bottom = 0, left = 0, right = 0] = text.split(/[-:]/).map(Number)
  return { top, bottom, left, right }
}

describe('findHeader', () => {
  it('takes the first row of a plain table, whatever it is called', () => {
    expect(header('a|b|c\n1|2|3')).toEqual({ lines: [1], columns: ['a', 'b', 'c'] })
    expect(header('编号|2024|2023\n甲|乙|丙')).toEqual({ lines: [1], columns: ['编号', '2024', '2023'] })
    expect(header('名称|\n甲|1')).toEqual({ lines: [1], columns: ['名称', ''] })
    expect(header('名称')).toEqual({ lines: [1], columns: ['名称'] })
    expect(header('位置|说明\n社区|地址')).toEqual({ lines: [1], columns: ['位置', '说明'] })
  })

  it('passes over titles and notes above it', () => {
    const columns = ['序号', '类型', '时间', '地址', '备注']
    const table = columns.join('|')
    expect(header(`2024 年台账||||\n填报单位：丹水池街道|||日期：2024年5月|\n${table}\n1|纠纷|2024/5/1|x|`)).toEqual({
      lines: [3],
      columns,
    })
    expect(header(`台账\n${table}\n1|纠纷|2024/5/1|x|`).lines).toEqual([2])
    expect(header(`甲|乙|丙|丁|戊\n子|丑|寅|卯|辰\n${table}\n1|纠纷|2024/5/1|x|`).lines).toEqual([3])
    expect(header('网格台账|\n编号|名称\n1|甲').lines).toEqual([2])
  })

  it('joins the names of a two-level header, with joined cells or without', () => {
    const table = `
台账||||||
序号|类型|时间||位置||备注
||发生时间|办结日期|经度|纬度|
1|邻里|2024/5/1|2024/5/2|114.3|30.6|x`
    const expected = {
      lines: [2, 3],
      columns: ['序号', '类型', '时间/发生时间', '时间/办结日期', '位置/经度', '位置/纬度', '备注'],
    }
    const merges = ['1-1:0-6', '2-3:0-0', '2-3:1-1', '2-2:2-3', '2-2:4-5', '2-3:6-6']
    expect(header(table, merges)).toEqual(expected)
    expect(header(table)).toEqual(expected)
    expect(header(table, merges, { headerRow: 2 })).toEqual(expected)
    expect(header(table, merges, { headerRow: 3, headerRows: 1 }).columns).toEqual([
      '',
      '',
      '发生时间',
      '办结日期',
      '经度',
      '纬度',
      '',
    ])
  })

  it('joins the names of two rows without joined cells below a title that is joined over the whole width', () => {
    const table = `
台账||||||
序号|类型|时间||位置||备注
||发生时间|办结日期|经度|纬度|
1|邻里|2024/5/1|2024/5/2|114.3|30.6|x
2|邻里|2024/5/1||114.3|30.6|x`
    const columns = ['序号', '类型', '时间/发生时间', '时间/办结日期', '位置/经度', '位置/纬度', '备注']
    expect(header(table, ['1-1:0-6'])).toEqual({ lines: [2, 3], columns })
    // Joined cells among the rows below say nothing of the heading either.
    expect(header(table, ['1-1:0-6', '4-5:2-2']).columns).toEqual(columns)
    const angles = '台账|||||||\n编号|时间|经度|||纬度||\n||度|分|秒|度|分|秒\nA1|2024/5/1|114|18|30|30|35|12'
    expect(header(angles, ['1-1:0-7']).columns.slice(2)).toEqual([
      '经度/度',
      '经度/分',
      '经度/秒',
      '纬度/度',
      '纬度/分',
      '纬度/秒',
    ])
  })

  it('joins three levels, and takes no titles side by side for names', () => {
    expect(
      header('序号|办理||\n|时间||人\n|开始|结束|\n1|2|3|4', ['1-3:0-0', '1-1:1-3', '2-2:1-2', '2-3:3-3']),
    ).toEqual({ lines: [1, 2, 3], columns: ['序号', '办理/时间/开始', '办理/时间/结束', '办理/人'] })
    expect(header('单位：甲||日期：五月|\n序号|类型|时间|地址\n1|2|3|4', ['1-1:0-1', '1-1:2-3']).columns).toEqual([
      '序号',
      '类型',
      '时间',
      '地址',
    ])
  })

  it('takes the row that was said, or says why it cannot', () => {
    expect(header('a|b\nc|d\n1|2', [], { headerRow: 2 }).columns).toEqual(['c', 'd'])
    expect(() => header('a|b', [], { headerRow: 9 })).toThrow('第 9 行不能作表头')
  })
})
