import { inMemory } from '@minqing/data/formats/test-bytes'
import { toGcj02 } from '@minqing/data/geo/crs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../store/test-database.ts'
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
  const request = { collection: 'incidents', file: ledger, street: `${street}=丹水池街道` } as const
  const count = async () => (await test.database`select count(*)::integer as count from incident`)[0]?.['count']

  it('are reported by a dry run, stop an import, and are imported when the coordinate system is given', async () => {
    const dry = await runImport(test.database, request, { dryRun: true })
    expect(dry.notes.map(({ zh }) => zh).join()).toContain('坐标多半不是 wgs84 而是 gcj02')
    await expect(runImport(test.database, request)).rejects.toThrow('--crs gcj02')
    expect(await count()).toBe(0)
    const right = await runImport(test.database, { ...request, crs: 'gcj02' })
    expect(right.notes.map(({ zh }) => zh).join()).not.toContain('多半')
    expect(await count()).toBe(60)
  })

  it('are not compared with the demo, which is made up, for another sub-district', async () => {
    await test.database`truncate incident cascade`
    await test.database`update building set source = 'demo', street_code = '990101001',
      code = '990101001' || right(code, 8), community_code = '990101001001' where street_code = ${street}`
    expect(await runImport(test.database, request)).toMatchObject({ inserted: 60, written: true })
  })
})

describe('areas of another datum than declared', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase()
  })
  afterAll(() => test.close())
  beforeEach(() => test.database`truncate area, import_batch, import_before cascade`)

  /** Six communities in two rows, each in two grids, as longitude and latitude or as another datum has them. */
  const corners = [0, 1].flatMap((row) =>
    [0, 1, 2].map((column) => [114.3 + column * 0.01, 30.6 + row * 0.01] as const),
  )
  type Convert = (lon: number, lat: number) => number[]
  const ring = (lon: number, lat: number, width: number, convert: Convert) => [
    [
      [lon, lat],
      [lon + width, lat],
      [lon + width, lat + 0.01],
      [lon, lat + 0.01],
      [lon, lat],
    ].map(([x = 0, y = 0]) => convert(x, y)),
  ]
  const feature = (properties: object, coordinates: number[][][]) => ({
    type: 'Feature',
    properties,
    geometry: { type: 'Polygon', coordinates },
  })
  const geojson = (name: string, features: object[]) =>
    inMemory(name, JSON.stringify({ type: 'FeatureCollection', features }))
  const plain: Convert = (lon, lat) => [lon, lat]
  const communities = (convert: Convert) =>
    geojson(
      '社区.geojson',
      corners.map(([lon, lat], i) =>
        feature({ 社区编码: `${street}00${i + 1}`, 社区名称: `甲${i}社区` }, ring(lon, lat, 0.01, convert)),
      ),
    )
  const grids = (convert: Convert) =>
    geojson(
      '网格.geojson',
      corners.flatMap(([lon, lat], i) =>
        [1, 2].map((half) =>
          feature({ 网格编码: `${street}00${i + 1}00${half}` }, ring(lon + (half - 1) * 0.005, lat, 0.005, convert)),
        ),
      ),
    )

  it('are found by the borders of what is known, also in GeoJSON, and an undeclared datum is said', async () => {
    const first = await runImport(test.database, { collection: 'communities', file: communities(plain) })
    expect(first.notes.map(({ zh }) => zh).join()).toContain('没有指明坐标系，已按 wgs84 处理')
    const shifted = { collection: 'grids', file: grids(toGcj02) } as const
    await expect(runImport(test.database, shifted)).rejects.toThrow('坐标多半不是 wgs84 而是 gcj02')
    expect(await runImport(test.database, { ...shifted, crs: 'gcj02' })).toMatchObject({ inserted: 12 })
    expect((await runImport(test.database, { collection: 'grids', file: grids(plain) })).written).toBe(true)
  })

  it('are found by the middles of the same areas', async () => {
    await runImport(test.database, { collection: 'grids', file: grids(plain) })
    const file = geojson('街道.geojson', [feature({ 街道编码: street, 街道名称: '甲街道' }, ringOfAll(toGcj02))])
    await expect(runImport(test.database, { collection: 'streets', file })).rejects.toThrow(
      /与库中的位置相差 [45]\d\d 米/,
    )
    const right = geojson('街道.geojson', [feature({ 街道编码: street, 街道名称: '甲街道' }, ringOfAll(plain))])
    expect(await runImport(test.database, { collection: 'streets', file: right })).toMatchObject({ written: true })
  })

  const ringOfAll = (convert: Convert) => [
    [
      [114.3, 30.6],
      [114.33, 30.6],
      [114.33, 30.62],
      [114.3, 30.62],
      [114.3, 30.6],
    ].map(([x = 0, y = 0]) => convert(x, y)),
  ]
})

describe('positions outside the given sub-district', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase()
  })
  afterAll(() => test.close())

  it('are found by its boundary, not by its bbox, and reported before anything is written', async () => {
    // A triangle: half of its box lies outside.
    const file = inMemory(
      '街道.csv',
      `街道编码,名称,wkt\n${street},三角街道,"POLYGON ((114 30, 115 30, 114 31, 114 30))"\n`,
    )
    await runImport(test.database, { collection: 'streets', file })
    const cases = inMemory('工单.csv', '编号,经度,纬度,时间\n1,114.1,30.1,2024-05-01\n2,114.9,30.9,2024-05-01\n')
    const report = await runImport(test.database, { collection: 'incidents', file: cases, street }, { dryRun: true })
    expect(report.rowNotes.map(({ label, rows }) => [label.zh, rows])).toContainEqual([
      '位置在 --street 指明的街道边界之外：第 3 行',
      1,
    ])
  })
})

describe('positions in another part of the country than the given sub-district', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase()
    const square = 'POLYGON ((114.27 30.58, 114.28 30.58, 114.28 30.59, 114.27 30.59, 114.27 30.58))'
    const file = inMemory('街道.csv', `编码,名称,wkt\n${street},丹水池街道,"${square}"\n`)
    await runImport(test.database, { collection: 'streets', file, crs: 'wgs84' })
  })
  afterAll(() => test.close())

  const survey = (crs: string, options = {}) => {
    const rows = Array.from({ length: 5 }, (_, i) => `A${i},${526_300 + i},${3_384_900 + i},2024-05-01`).join('\n')
    const file = inMemory('测绘.csv', `编号,横坐标,纵坐标,时间\n${rows}\n`)
    return runImport(test.database, { collection: 'incidents', file, crs, street }, options)
  }

  it('stop a run in the zone of another meridian, also when it was said', async () => {
    const dry = await survey('EPSG:4548', { dryRun: true })
    expect(dry.notes.map(({ zh }) => zh).join()).toContain('5 个位置中有 5 个离指明的街道“丹水池街道”超过 50 公里')
    await expect(survey('EPSG:4548')).rejects.toThrow('中央经线')
    expect(await survey('EPSG:4547')).toMatchObject({ inserted: 5, written: true })
  })
})
