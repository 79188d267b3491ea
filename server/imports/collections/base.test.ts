import { testData } from '@minqing/data/test-data'
import { inMemory } from '@minqing/data/formats/test-bytes'
import { osmPbf, type TestOsm } from '@minqing/data/formats/osm/test-osm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../store/test-database.ts'
import { runImport, tester } from '../apply/test-import.ts'
import { undoImport } from '../undo/undo-import.ts'

const town = (roadName: string, extra: Partial<TestOsm> = {}): TestOsm => ({
  nodes: [
    [1, 114.2, 30.5],
    [2, 114.21, 30.5],
    [3, 114.21, 30.51],
    [4, 114.2, 30.51],
    [5, 114.25, 30.55, { place: 'neighbourhood', name: '胜利新村' }],
    [6, 114.201, 30.501, { 'addr:housenumber': '12号' }],
  ],
  ways: [
    [11, [1, 2, 3], { highway: 'primary_link', name: roadName }],
    [12, [1, 2, 3, 4, 1], { leisure: 'park', name: '街心公园' }],
    [13, [1, 3], { waterway: 'canal' }],
    [14, [2, 4], { railway: 'rail' }],
    [15, [1, 2, 3, 1], { landuse: 'residential' }],
    [16, [1, 4], { highway: 'construction' }],
  ],
  relations: [],
  ...extra,
})
const file = (roadName: string, extra?: Partial<TestOsm>) => inMemory('town.osm.pbf', osmPbf(town(roadName, extra)))

describe('importing a base map', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase()
  })
  afterAll(() => test.close())

  const base = (content: ReturnType<typeof file>, street: string | undefined = '420102012=测试街道') =>
    runImport(test.database, { collection: 'base', file: content, street })
  const features = async () => {
    const rows = await test.database<{ text: string }[]>`
      select concat_ws(' ', street_code, layer, kind, name, rank) as text from base_feature order by 1`
    return rows.map(({ text }) => text)
  }

  it('requires --street while no sub-district is imported, and never uses the demo’s', async () => {
    const boundary = JSON.stringify({
      type: 'Polygon',
      coordinates: [
        [
          [114, 30],
          [115, 30],
          [115, 31],
          [114, 31],
          [114, 30],
        ],
      ],
    })
    await test.database`
      insert into area (code, level, street_code, name, area_m2, geometry, extent, center, source)
      values ('999999999', 'street', '999999999', '演示', 1, ${boundary}, '((114,30),(115,31))', '(114.5,30.5)', 'demo')`
    const report = await runImport(test.database, { collection: 'base', file: file('胜利街') })
    expect(report).toMatchObject({ written: false, inserted: 0 })
    expect(report.rejects.examples[0]?.faults[0]?.reason.zh).toContain('--street')
  })

  it('draws roads, rails, waters, ground, places and house numbers, with labels for parks', async () => {
    expect(await base(file('胜利街'))).toMatchObject({ written: true, read: 8, inserted: 7, skipped: 1, rejected: 0 })
    expect(await features()).toEqual(
      [
        '420102012 green park 街心公园 0',
        '420102012 land residential 0',
        '420102012 place house_number 12号 9',
        '420102012 place neighbourhood 胜利新村 4',
        '420102012 place park 街心公园 5',
        '420102012 rail rail 0',
        '420102012 road primary 胜利街 1',
        '420102012 water canal 3',
      ].map((text) =>
        text.replace('residential 0', 'residential  0').replace('rail 0', 'rail  0').replace('canal 3', 'canal  3'),
      ),
    )
  })

  it('draws the street that was named, until somebody imports its boundary', async () => {
    const streets = await test.database<{ name: string; west: number; north: number; source: string }[]>`
      select name, (extent[1])[0] as west, (extent[0])[1] as north, source from area where code = '420102012'`
    expect(streets).toEqual([{ name: '测试街道', west: 114.2, north: 30.55, source: 'derived' }])
  })

  it('changes nothing when it comes again, replaces what its source had, and is undone as a whole', async () => {
    const before = await features()
    expect(await base(file('胜利街'))).toMatchObject({ inserted: 0, updated: 0, unchanged: 7 })
    const renamed = await base(file('解放大道'))
    expect(renamed).toMatchObject({ inserted: 1, updated: 0, unchanged: 6 })
    expect(renamed.rowNotes).toContainEqual({
      label: expect.objectContaining({ en: expect.stringContaining('removed') }),
      rows: 1,
    })
    expect(await features()).toContain('420102012 road primary 解放大道 1')
    expect((await features()).length).toBe(before.length)
    await undoImport(test.database, tester, renamed.batch ?? 0)
    expect(await features()).toEqual(before)
    const [first] = await test.database<{ id: number }[]>`select min(id) as id from import_batch`
    await undoImport(test.database, tester, first?.id ?? 0)
    expect(await features()).toEqual([])
    expect(await test.database`select code from area where code = '420102012'`).toEqual([])
  })

  const extract = testData('osm/liechtenstein-2013-08-03.osm.pbf')
  it.skipIf(extract === null)('makes the base map of a country (needs shared/data)', async () => {
    const report = await runImport(test.database, {
      collection: 'base',
      file: extract ?? '',
      street: '438000001=列支敦士登',
    })
    expect(report).toMatchObject({ written: true, rejected: 0 })
    const counts = await test.database<{ layer: string; count: number }[]>`
      select layer, count(*) as count from base_feature where street_code = '438000001' group by layer order by layer`
    const byLayer = Object.fromEntries(counts.map(({ layer, count }) => [layer, count]))
    expect(byLayer['road']).toBeGreaterThan(2000)
    for (const layer of ['green', 'land', 'place', 'rail', 'water']) expect(byLayer[layer]).toBeGreaterThan(20)
  })
})
