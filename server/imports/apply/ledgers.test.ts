import { testData } from '@minqing/data/test-data'
import type { ImportCollection } from '@minqing/data/domain/import'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../store/test-database.ts'
import { runImport } from './test-import.ts'

const communities = testData('ledgers/社区.geojson')

describe.skipIf(communities === null)('the ledgers of a street office (needs shared/data)', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase()
  })
  afterAll(() => test.close())

  const take = (collection: ImportCollection, name: string, choices: object = {}) =>
    runImport(test.database, { collection, file: testData(`ledgers/${name}`) ?? '', ...choices })

  it('come in whole: areas, an export of cases and the next week’s, a sheet a month', async () => {
    expect(await take('communities', '社区.geojson')).toMatchObject({ read: 9, inserted: 9, rejected: 0 })
    expect(await take('grids', '网格.geojson')).toMatchObject({ read: 171, inserted: 171, rejected: 0, skipped: 0 })
    const areas = await test.database`select level, count(*) from area group by level order by level`
    expect(areas.map(({ level, count }) => [level, count])).toEqual([
      ['community', 9],
      ['grid', 171],
      ['street', 1],
    ])

    const street = { street: '420102012' }
    const first = await take('incidents', '工单导出_0401.xlsx', street)
    expect(first).toMatchObject({ read: 20, inserted: 20, skipped: 0, rejected: 0 })
    // The same file again, and the next week's, whose cases are partly the same ones further along.
    expect(await take('incidents', '工单导出_0401.xlsx', street)).toMatchObject({ unchanged: 20, inserted: 0 })
    const next = await take('incidents', '工单导出_0408.xlsx', street)
    expect(next).toMatchObject({ read: 21, inserted: 1, updated: 8, unchanged: 12, rejected: 0 })
    const [counted] = await test.database`
      select count(*) as cases, count(distinct number) as numbers, count(closed_at) as closed from incident`
    expect(counted).toEqual({ cases: 21, numbers: 21, closed: 12 })

    // The numbers 1 to 5 of each month are places in a list.
    expect(await take('incidents', 'L8_按月事件.xlsx', street)).toMatchObject({ read: 15, inserted: 15, skipped: 0 })
    const [months] = await test.database`
      select count(*) as cases, count(grid_code) as placed from incident where starts_with(source, 'import:L8')`
    expect(months).toEqual({ cases: 15, placed: 15 })
  })
})
