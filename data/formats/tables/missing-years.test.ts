import { describe, expect, it } from 'vitest'
import { readCsv } from '../csv/csv.ts'
import { openFile } from '../open-file.ts'
import { allRows, inMemory, inPieces } from '../test-bytes.ts'
import { rows, workbook } from '../xlsx/test-workbook.ts'

async function table(text: string) {
  const source = await readCsv(inPieces(text))
  const found = await allRows(source)
  return { times: found.map(({ cells }) => cells[1]), notes: source.notes.map(({ zh }) => zh) }
}

const header = '编号,发生时间,内容\n'

describe('dates without a year', () => {
  it('have it from the title, which is told', async () => {
    const found = await table(
      `2025年度矛盾纠纷台账,,\n${header}A1,3月5日,5月6日的事\nA2,3月6日 9时30分,乙\nA3,2025-03-07,丙\n`,
    )
    expect(found).toEqual({
      times: ['2025年3月5日', '2025年3月6日 9时30分', '2025-03-07'],
      notes: ['列名取自第 2 行', '列“发生时间”有 2 个日期没有写年份，年份取自标题“2025年度矛盾纠纷台账”，请核对'],
    })
  })

  it('lie in the year before, where the title names a month of the next', async () => {
    expect((await table(`2025年1月台账,,\n${header}A1,12月30日,甲\nA2,1月5日,乙\n`)).times).toEqual([
      '2024年12月30日',
      '2025年1月5日',
    ])
  })

  it('have it from the other dates, where these are of one year', async () => {
    expect(await table(`${header}A1,2024-03-04,甲\nA2,3月5日,乙\n`)).toEqual({
      times: ['2024-03-04', '2024年3月5日'],
      notes: ['列“发生时间”有 1 个日期没有写年份，年份取自其他日期的年份（2024 年），请核对'],
    })
    expect((await table(`${header}A1,2024-03-04,甲\nA2,2023-12-05,甲\nA3,3月5日,乙\n`)).times[2]).toBe('3月5日')
    expect((await table(`2023-2024年台账（2024年报）,,\n${header}A3,3月5日,乙\n`)).times).toEqual(['3月5日'])
    expect((await table(`${header}A3,3月5日,2024年\n`)).times).toEqual(['3月5日'])
  })

  it('have it from the name of their sheet', async () => {
    const sheet = rows(['编号', '类型', '时间'], ['A1', '邻里', '3月5日'])
    const file = workbook([
      { name: '2024年3月', rows: sheet },
      { name: '2025年3月', rows: sheet },
    ])
    const source = await openFile(inMemory('台账.xlsx', file))
    expect((await allRows(source)).map(({ cells }) => cells[3])).toEqual(['2024年3月5日', '2025年3月5日'])
  })
})
