import { inMemory } from '@minqing/data/formats/test-data'
import { toGcj02 } from '@minqing/data/geo/crs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../store/test-database.ts'
import { runImport } from './test-import.ts'

const street = '420102012'

/** Houses 190 m apart, and a case in the middle of each. */
const houses = Array.from(
  { length: 60 },
  (_, i) => [114.27 + (i % 10) * 0.002, 30.58 + Math.floor(i / 10) * 0.0018] as const,
)

describe('positions of another datum than declared', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase()
    const rows = houses.map(([lon, lat], i) => ({
      streetCode: street,
      code: `${street}001${String(i + 1).padStart(5, '0')}`,
      communityCode: `${street}001`,
      geometry: JSON.stringify({
        type: 'Polygon',
        coordinates: [
          [
            [lon, lat],
            [lon + 0.0003, lat],
            [lon + 0.0003, lat + 0.0003],
            [lon, lat + 0.0003],
            [lon, lat],
          ],
        ],
      }),
      extent: `((${lon},${lat}),(${lon + 0.0003},${lat + 0.0003}))`,
      center: `(${lon},${lat})`,
      source: 'import:x',
    }))
    for (const row of rows)
      await test.database`
        insert into building (street_code, code, community_code, geometry, extent, center, source)
        values (${row.streetCode}, ${row.code}, ${row.communityCode}, ${row.geometry}, ${row.extent}::text::box, ${row.center}::text::point, ${row.source})`
  })
  afterAll(() => test.close())

  const ledger = inMemory(
    '工单.csv',
    `编号,标题,经度,纬度,时间\n${houses
      .map(([lon, lat], i) => `A${i},标题,${toGcj02(lon + 0.00015, lat + 0.00015).join(',')},2024-05-01`)
      .join('\n')}\n`,
  )
  const request = { collection: 'incidents', file: ledger, street } as const
  const count = async () => (await test.database`select count(*)::integer as count from incident`)[0]?.['count']

  it('are told by a dry run, stop a run, and are taken when somebody says what they are', async () => {
    const dry = await runImport(test.database, request, { dryRun: true })
    expect(dry.notes.map(({ zh }) => zh).join()).toContain('坐标多半不是 wgs84 而是 gcj02')
    await expect(runImport(test.database, request)).rejects.toThrow('--crs gcj02')
    expect(await count()).toBe(0)
    const right = await runImport(test.database, { ...request, crs: 'gcj02' })
    expect(right.notes.map(({ zh }) => zh).join()).not.toContain('多半')
    expect(await count()).toBe(60)
  })
})
