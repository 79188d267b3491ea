import { inMemory } from '@minqing/data/formats/test-bytes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, type Database } from '../../store/connect.ts'
import { createTestDatabase, type TestDatabase } from '../../store/test-database.ts'
import { runImport } from './test-import.ts'

const square = 'POLYGON ((114.30 30.60, 114.31 30.60, 114.31 30.61, 114.30 30.61, 114.30 30.60))'
const road = {
  type: 'LineString',
  coordinates: [
    [114.3, 30.6],
    [114.31, 30.6],
  ],
}

/** A file of two rows for each collection, and the table that they go into. */
const files = [
  ['grids', 'area', '网格.csv', `网格编码,名称,wkt\n420102012001001,一,"${square}"\n420102012001002,二,"${square}"\n`],
  ['buildings', 'building', '楼栋.csv', `编号,名称,wkt\n1,甲楼,"${square}"\n2,乙楼,"${square}"\n`],
  ['incidents', 'incident', '台账.csv', '编号,发生时间\n1,2026-03-01 08:00\n2,2026-03-02 08:00\n'],
  ['facilities', 'facility', '设施.csv', '编号,经度,纬度\n1,114.3,30.6\n2,114.31,30.6\n'],
  [
    'base',
    'base_feature',
    '道路.geojson',
    JSON.stringify({
      type: 'FeatureCollection',
      features: ['胜利街', '解放大道'].map((name) => ({
        type: 'Feature',
        properties: { highway: 'primary', name },
        geometry: road,
      })),
    }),
  ],
] as const

describe('what an import reports', () => {
  let test: TestDatabase
  /** Makes triggers, which the product has none of: these statements are not recorded as the product's. */
  let owner: Database
  beforeAll(async () => {
    test = await createTestDatabase()
    owner = connect({ url: test.url, poolSize: 1 })
    await owner.unsafe(`
      create function lose_row() returns trigger language plpgsql as 'begin return null; end'`)
  })
  afterAll(async () => {
    await owner.end()
    await test.close()
  })

  it.each(files)('is what the database did: a row of %s lost in %s fails the import', async (...file) => {
    const [collection, table, name, content] = file
    const request = { collection, file: inMemory(name, content), street: '420102012=测试街道' } as const
    await owner.unsafe(`
      create trigger lose_row before insert on ${table} for each row
      when (new.street_code = '420102012') execute function lose_row()`)
    await expect(runImport(test.database, request)).rejects.toThrow(
      `import into ${table}: 2 rows read, but 0 inserted + 0 updated + 0 unchanged + 0 skipped + 0 rejected = 0`,
    )
    await owner.unsafe(`drop trigger lose_row on ${table}`)
    expect(await runImport(test.database, request)).toMatchObject({ read: 2, inserted: 2, rejected: 0, written: true })
    expect(await runImport(test.database, request)).toMatchObject({ read: 2, unchanged: 2 })
  })
})
