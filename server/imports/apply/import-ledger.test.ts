import { readFileSync } from 'node:fs'
import { testData } from '@minqing/data/test-data'
import { inMemory } from '@minqing/data/formats/test-bytes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../store/test-database.ts'
import { runImport } from './test-import.ts'

const ledger = testData('dirty/ledger_merged_header_serial_dates.xlsx')
const expected = testData('dirty/ledger_EXPECTED.csv')

describe.skipIf(ledger === null || expected === null)('importing a spreadsheet ledger (needs shared/data)', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase()
  })
  afterAll(() => test.close())

  it('gives exactly the incidents that it was made from', async () => {
    const rows = readFileSync(expected ?? '', 'utf8')
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(','))
    const codes = [...new Set(rows.map((cells) => cells[6] ?? ''))]
    const grids = codes.map((code, i) => `${code},${code},"POLYGON ((${square(i)}))"`).join('\n')
    await runImport(test.database, { collection: 'grids', file: inMemory('网格.csv', `编码,名称,wkt\n${grids}\n`) })
    const report = await runImport(test.database, { collection: 'incidents', file: ledger ?? '', crs: 'wgs84' })
    expect(report).toMatchObject({ format: 'xlsx', read: 200, inserted: 200, rejected: 0, written: true })
    expect(report.columns.map(({ field, columns }) => `${field} ${columns.join()}`)).toEqual([
      'type 事件类型',
      'happenedAt 时间/发生时间',
      'closedAt 时间/办结日期',
      'lon 位置/经度',
      'lat 位置/纬度',
      'communityCode 归属/社区',
      'gridCode 归属/网格编号',
    ])
    const stored = await test.database<{ type: string; at: string; x: number; y: number; grid: string }[]>`
      select coalesce(source_type, type) as type, source_x as x, source_y as y, grid_code as grid,
        to_char(happened_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI"+08:00"') as at
      from incident`
    const found = stored.map(({ type, at, x, y, grid }) => [type, at, String(x), String(y), grid].join())
    expect(found.toSorted()).toEqual(rows.map(([, type, at, x, y, , grid]) => [type, at, x, y, grid].join()).toSorted())
  })
})

/** Side by side along a parallel, away from the ledger's own positions. */
function square(index: number): string {
  const west = (100 + index * 0.01).toFixed(2)
  const east = (100.01 + index * 0.01).toFixed(2)
  return `${west} 40, ${east} 40, ${east} 40.01, ${west} 40.01, ${west} 40`
}
