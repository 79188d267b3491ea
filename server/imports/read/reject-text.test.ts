import type { RowSource, SourceRow } from '@minqing/data/formats/source-row'
import { expect, it } from 'vitest'
import { RejectText } from './reject-text.ts'

const source = { format: 'csv', columns: ['编号', '标题', '拒绝_行号 reject_line'], crs: null } as unknown as RowSource
const reason = { zh: '看不懂时间', en: 'no time' }
const row = (...cells: unknown[]): SourceRow => ({
  ordinal: 1,
  line: 3,
  cells,
  geometry: undefined,
  id: null,
  raw: null,
  fault: null,
})

it('is a table of the cells as they came, with what is wrong behind them', () => {
  const text = new RejectText().row(source, row('A,1', '他说"漏水"，\n三楼', '7'), [
    { field: 'happenedAt', column: '时间', value: '去年', reason },
    { field: 'gridCode', column: null, value: '', reason },
  ])
  const head =
    '\ufeff编号,标题,拒绝_行号 reject_line,拒绝_列 reject_column,拒绝_值 reject_value,拒绝_原因 reject_reason,reject_reason_en'
  const line = '"A,1","他说""漏水""，\n三楼",3,时间；网格编码,去年；,看不懂时间；看不懂时间,"no time; no time"'
  expect(text).toBe(`${head}\r\n${line}\r\n`)
})

it.each([
  ['=1+1', "'=1+1"],
  ['@a', "'@a"],
  ['-12.5', '-12.5'],
  ['+86', '+86'],
  ['a;b', '"a;b"'],
  ['a\tb', '"a\tb"'],
  ['a\rb', '"a\rb"'],
  [12, '12'],
  [null, ''],
])('writes the cell %j as %s', (cell, written) => {
  const text = new RejectText().row(source, row(cell, 'B'), [])
  expect(text.slice(text.indexOf('\r\n') + 2)).toBe(`${written},B,3,,,,\r\n`)
})
