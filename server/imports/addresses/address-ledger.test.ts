import { testData } from '@minqing/data/test-data'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../store/test-database.ts'
import { runImport } from '../apply/test-import.ts'

const communities = testData('ledgers/社区.geojson')
const grids = testData('ledgers/网格.geojson')
const ledger = testData('ledgers/L7_只有地址.csv')

describe.skipIf(communities === null || grids === null || ledger === null)(
  'a ledger with nothing but addresses (needs shared/data)',
  () => {
    let test: TestDatabase
    beforeAll(async () => {
      test = await createTestDatabase()
      for (const [collection, file] of [
        ['communities', communities],
        ['grids', grids],
      ] as const)
        await runImport(test.database, { collection, file: file ?? '', street: '420102012=丹水池街道' })
    })
    afterAll(() => test.close())

    it('is placed as far as it says anything, the rest is listed, and nothing is dropped', async () => {
      const report = await runImport(test.database, { collection: 'incidents', file: ledger ?? '' })
      expect(report).toMatchObject({ encoding: 'gb18030', read: 9, inserted: 9, rejected: 0 })
      const rows = await test.database<
        { number: string; source: string; community: string | null; grid: string | null; placed: boolean }[]
      >`
        select number, position_source as source, community_code as community, grid_code as grid, position is not null as placed
        from incident order by number`
      expect(
        rows.map(({ number, source, community, grid, placed }) => [number, placed ? source : '', community, grid]),
      ).toEqual([
        ['A1', 'address-community', '420102012007', null],
        ['A2', '', null, null],
        ['A3', '', null, null],
        ['A4', '', null, null],
        ['A5', '', null, null],
        ['A6', '', null, null],
        ['A7', 'address-grid', '420102012007', '420102012007003'],
        ['A8', 'address-community', '420102012007', null],
        ['A9', '', null, null],
      ])
      expect(report.addresses?.list.map(({ address }) => address).toSorted()).toEqual(
        ['江北新村3栋', '江北新村5栋', '丹水池街江北新村7栋', '武汉市江岸区江北新村9栋', '不存在小区9栋'].toSorted(),
      )
    })
  },
)
