import { inMemory } from '@minqing/data/formats/test-data'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../store/test-database.ts'
import { runImport } from '../test-import.ts'

describe('a table in metres', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase()
  })
  afterAll(() => test.close())

  const ledger = (easting: number, crs?: string) => {
    const rows = Array.from({ length: 5 }, (_, row) => `A${row},${easting + row},${3_387_000 + row},2024-05-01\n`)
    const file = inMemory('工单.csv', `编号,X,Y,时间\n${rows.join('')}A9,0,坏,2024-05-01\n`)
    const map = ['lon=X', 'lat=Y']
    return runImport(
      test.database,
      { collection: 'incidents', file, street: '420102012=丹水池街道', map, crs },
      { dryRun: true },
    )
  }

  it('with a zone number is read in the zone that it proves', async () => {
    const report = await ledger(38_529_243)
    expect([report.crs, report.rejected]).toEqual(['EPSG:4526', 1])
    expect(report.notes.map(({ zh }) => zh).join()).toContain('可以断定是 EPSG:4526')
  })

  it('without one is asked about, and taken when somebody says it', async () => {
    await expect(ledger(529_243)).rejects.toThrow('无法知道中央经线')
    expect(await ledger(529_243, 'EPSG:4547')).toMatchObject({ crs: 'EPSG:4547', rejected: 1 })
  })
})
