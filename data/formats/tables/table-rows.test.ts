import { describe, expect, it } from 'vitest'
import { readCsv } from '../csv/csv.ts'
import { allRows, inPieces } from '../test-bytes.ts'

async function table(text: string) {
  const source = await readCsv(inPieces(text))
  const rows = await allRows(source)
  return {
    first: rows.map(({ cells }) => cells[0]),
    lines: rows.map(({ line }) => line),
    notes: source.notes.map(({ zh }) => zh),
  }
}

const header = '序号,类型,时间,地址,人数\n'

describe('a table as people keep it', () => {
  it('leaves out totals, notes, blank rows and repeated names, and says so', async () => {
    const text = `台账,,,,
${header}1,邻里,2024-05-01,甲,2
,,,,
小计,,,,2
${header}2,物业,2024-05-02,乙,3
3,,,,
合  计,,,,5
填表人：甲,,审核人：乙,,
以上由网格中心提供,,,,
`
    expect(await table(text)).toEqual({
      first: ['1', '2'],
      lines: [3, 7],
      notes: [
        '列名取自第 2 行',
        '未导入合计行 2 行：第 5（小计）、9（合  计） 行',
        '未导入表尾的说明 2 行：第 10（填表人：甲）、11（以上由网格中心提供） 行',
        '未导入只有序号的空行 1 行：第 8（3） 行',
        '未导入重复的表头 1 行：第 6（序号） 行',
      ],
    })
  })

  it('knows a total by its last word, and repeated names behind a mark in the middle', async () => {
    const text = `${header}1,邻里,2024-05-01,甲,2
丹北社区小计,,,,2
\ufeff${header},合计（件）,,,2
2,房屋合计争议,2024-05-02,乙,3
`
    expect(await table(text)).toMatchObject({ first: ['1', '2'], lines: [2, 6] })
  })

  it('leaves out the numbers of the columns and examples of how to fill it in', async () => {
    for (const row of ['1,2,3,4,5', '甲,乙,丙,1,2'])
      expect(await table(`${header}${row}\n1,邻里,2024-05-01,甲,2\n`)).toMatchObject({ first: ['1'], lines: [3] })
    const text = `${header}示例,邻里,2024-01-01,某路,2\n1,邻里,2024-05-01,甲,2\n1,2,3,4,5\n`
    expect(await table(text)).toEqual({
      first: ['1', '1'],
      lines: [3, 4],
      notes: ['未导入填写示例 1 行：第 2（示例） 行'],
    })
  })

  it('keeps a row of which it is not certain', async () => {
    const text = `${header}总计时错误,设备,2024-05-01,甲,1
合计,邻里,2024-05-01,甲,1
备注：无,邻里,2024-05-01,甲,1
单独一格,,,,
9,邻里,2024-05-01,甲,1
`
    expect((await table(text)).first).toEqual(['总计时错误', '合计', '备注：无', '单独一格', '9'])
    expect((await table('名称,值\n合计,\n备注：x,\n尾,\n')).first).toEqual(['合计', '备注：x', '尾'])
  })
})
