import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ColumnMap } from './columns/columns.ts'
import type { FieldName } from '../domain/field-name.ts'
import { incidentFields } from './field-names.ts'
import { LocalTime } from '../domain/local-time.ts'
import { readInstant } from './values/read-instant.ts'
import { openFile } from './open-file.ts'
import { testData } from '../test-data.ts'
import { allRows, onDisk } from './test-bytes.ts'

const ledger = testData('dirty/ledger_merged_header_serial_dates.xlsx')
const expected = testData('dirty/ledger_EXPECTED.csv')

describe('a ledger with a two-level header, four styles of dates and codes stored as numbers', () => {
  it.skipIf(ledger === null || expected === null)('comes out as it was made (needs shared/data)', async () => {
    const source = await openFile(onDisk(ledger ?? ''))
    const columns = new ColumnMap(incidentFields, new Map())
    columns.learn(source.columns)
    expect(source.columns).toEqual([
      '序号',
      '事件类型',
      '时间/发生时间',
      '时间/办结日期',
      '位置/经度',
      '位置/纬度',
      '归属/社区',
      '归属/网格编号',
    ])
    const index = (field: FieldName) => columns.indices(field)[0]?.index ?? -1
    const fields = ['type', 'happenedAt', 'lon', 'lat', 'communityCode', 'gridCode'] as const
    const local = new LocalTime('Asia/Shanghai')
    const lines = (await allRows(source)).map(({ cells }) => {
      const values = fields.map((field) => String(cells[index(field)] as string | number))
      const read = readInstant(values[1] ?? '', local)
      if ('fault' in read) throw new Error(read.fault.en)
      values[1] = shanghaiText(read.instant)
      return [String(cells[0]), ...values].join(',')
    })
    const table = ['序号,事件类型,发生时间,经度,纬度,社区,网格编号', ...lines]
    expect(table).toEqual(
      readFileSync(expected ?? '', 'utf8')
        .trim()
        .split(/\r?\n/),
    )
    expect(source.notes.map(({ zh }) => zh)).toEqual([
      '读取的是工作表“事件台账”，未读取“填报说明”、“隐藏表”（隐藏）；用 --sheet 可另选',
      '列名取自第 2–3 行（2 级表头）',
      '列“时间/发生时间”有 50 个单元格是未设日期格式的数字，已按 Excel 日期读取',
      '1 个公式没有保存计算结果，按空白处理。如有需要，请在 Excel 中打开并保存一次',
      '未导入合计行 1 行：第 204（合计） 行',
    ])
  })
})

/** A read as `2024-05-01T13:00+08:00`. */
function shanghaiText(instant: string): string {
  return `${new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16)}+08:00`
}
