import { readFileSync } from 'node:fs'
import type { FeatureCollection, Polygon } from 'geojson'
import { testData } from '@minqing/data/test-data'
import { inMemory } from '@minqing/data/formats/test-bytes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../store/connect.ts'
import { createTestDatabase, type TestDatabase } from '../../store/test-database.ts'
import { contents, runImport, tester } from '../apply/test-import.ts'
import { undoImport } from '../undo/undo-import.ts'

const shanghai = testData('shanghai-osm/shanghai_buildings.geojson')

describe('importing buildings', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase()
  })
  afterAll(() => test.close())

  it.skipIf(shanghai === null)('takes each building of an OpenStreetMap extract once (needs shared/data)', async () => {
    const request = { collection: 'buildings', file: shanghai ?? '', street: '310101001=外滩' } as const
    const report = await runImport(test.database, request)
    const layer = JSON.parse(readFileSync(shanghai ?? '', 'utf8')) as FeatureCollection<Polygon, Properties>
    const outlines = layer.features.filter(
      ({ geometry, properties }) => geometry.type === 'Polygon' && properties.kind === 'building',
    )
    const ids = new Set(outlines.map(({ properties }) => properties.id))
    expect(report).toMatchObject({ read: layer.features.length, inserted: ids.size, rejected: 0, written: true })
    expect(report.inserted + report.skipped).toBe(report.read)
    const [convention] = await test.database`
      select name, address, height, grid_code, community_code from building where source_id = '40778072'`
    expect(convention).toEqual({
      name: '上海国际会议中心',
      address: '滨江大道2727号',
      height: 20,
      gridCode: null,
      communityCode: '310101001001',
    })
    const before = await contents(test.database)
    expect(await runImport(test.database, request)).toMatchObject({ inserted: 0, updated: 0, unchanged: ids.size })
    expect(await contents(test.database)).toEqual(before)
  })

  it('joins the pieces of a building, refuses the same id elsewhere, and finds the building again', async () => {
    const file = inMemory('pieces.geojson', collection([piece(7, 0, '甲楼'), piece(7, 1, ''), piece(8, 5, '乙楼')]))
    const report = await runImport(test.database, {
      collection: 'buildings',
      file,
      street: '420102012',
      newStreet: '420102012',
    })
    expect(report).toMatchObject({ read: 3, inserted: 2, skipped: 1, rejected: 0 })
    const rows =
      await test.database`select code, name, geometry from building where street_code = '420102012' order by code`
    expect(rows.map(({ code, name }) => [code, name])).toEqual([
      ['42010201200100001', '甲楼'],
      ['42010201200100002', '乙楼'],
    ])
    expect(JSON.parse(String(rows[0]?.['geometry']))).toMatchObject({ type: 'Polygon' })

    const apart = inMemory('pieces.geojson', collection([piece(7, 0, '甲楼'), piece(7, 1, ''), piece(7, 9, '')]))
    const refused = await runImport(test.database, { collection: 'buildings', file: apart, street: '420102012' })
    expect(refused).toMatchObject({ written: false, rejected: 1 })
    expect(refused.rejects.examples[0]?.faults[0]?.reason.zh).toContain('不相连')

    // Under another file name the ids say nothing; the footprints do.
    const renamed = inMemory('other.geojson', collection([piece(80, 5, '乙楼')]))
    expect(
      await runImport(test.database, { collection: 'buildings', file: renamed, street: '420102012' }),
    ).toMatchObject({
      inserted: 0,
      unchanged: 1,
    })
  })

  it('takes a height, floors and a year of 0 for unknown, and names its community as the file does', async () => {
    const square = '"POLYGON ((114.302 30.602, 114.303 30.602, 114.303 30.603, 114.302 30.602))"'
    const file = inMemory(
      '楼栋.csv',
      `楼栋编码,名称,层数,高度,建成年代,社区,wkt\n42010201700700001,甲楼,0,0.0,0,江北社区,${square}\n`,
    )
    expect(
      await runImport(test.database, {
        collection: 'buildings',
        file,
        street: '420102017=某街道',
        newStreet: '420102017',
      }),
    ).toMatchObject({ inserted: 1, rejected: 0 })
    expect(
      await test.database`select floors, height, built_year from building where street_code = '420102017'`,
    ).toEqual([{ floors: null, height: null, builtYear: null }])
    expect(await test.database`select name from area where code = '420102017007'`).toEqual([{ name: '江北社区' }])
  })

  it('keeps two buildings of one footprint apart, also under the ids of another source', async () => {
    const street = '420102013'
    const twice = (first: number) => collection([piece(first, 1000, '甲楼'), piece(first + 1, 1000, '甲楼')])
    const request = (name: string, first: number) =>
      ({ collection: 'buildings', file: inMemory(name, twice(first)), street, newStreet: street }) as const
    expect(await runImport(test.database, request('first.geojson', 1))).toMatchObject({ read: 2, inserted: 2 })
    expect(await runImport(test.database, request('second.geojson', 11))).toMatchObject({ inserted: 0, unchanged: 2 })
  })

  it('says before it writes that a community has no numbers left', async () => {
    const street = '420102014'
    await test.database`
      insert into building (street_code, code, community_code, geometry, extent, center, source)
      values (${street}, ${`${street}00199999`}, ${`${street}001`}, '{}', '((0,0),(0,0))', '(0,0)', 'import:full')`
    const file = inMemory('next.geojson', collection([piece(1, 2000, '甲楼'), piece(2, 2005, '乙楼')]))
    await expect(
      runImport(test.database, { collection: 'buildings', file, street, newStreet: street }),
    ).rejects.toThrow(
      `Community ${street}001 numbers its buildings up to 99999 and is at 99999: 2 more cannot be numbered`,
    )
    const rows = await test.database`select code from building where street_code = ${street}`
    expect(rows.map(({ code }) => code)).toEqual([`${street}00199999`])
  })

  describe('without an outline', () => {
    const street = '420102015'
    const buildings = () => test.database`
      select code, name, households, built_year, (geometry::json) ->> 'type' as shape, center is null as unplaced
      from building where street_code = ${street} order by code`
    const list = (rows: string, more: object = {}) =>
      runImport(test.database, {
        collection: 'buildings',
        file: inMemory('楼栋台账.csv', rows),
        crs: 'wgs84',
        street,
        ...more,
      })

    it('takes a ledger, as points where it has positions, and gives them their outlines when these come', async () => {
      const { database } = test
      const file = inMemory('社区.csv', `社区编码,社区名称,wkt\n${street}001,江北社区,"${field}"\n`)
      await runImport(database, { collection: 'communities', file })
      const ledger = `小区名称,楼栋,层数,户数,建成年代,经度,纬度
江北新村,1栋,7,42,90年代,114.30005,30.60005
江北新村,2栋,7,42,1998年,,
`
      const community = { set: ['communityCode=江北社区'] }
      const report = await list(ledger, community)
      expect(report).toMatchObject({ inserted: 2, rejected: 0 })
      expect([...(await buildings())]).toEqual([
        { code: `${street}00100001`, name: '1栋', households: 42, builtYear: 1990, shape: 'Point', unplaced: false },
        { code: `${street}00100002`, name: '2栋', households: 42, builtYear: 1998, shape: 'Point', unplaced: false },
      ])
      expect(await list(ledger, community)).toMatchObject({ inserted: 0, unchanged: 2 })
      // The next ledger knows more of them, under other ways of writing.
      const next = '小区名称,楼栋,户数\n江北新村,江北新村2号楼,43\n'
      expect(await list(next, community)).toMatchObject({ inserted: 0, updated: 1 })
      // Outlines: around the point, and of the same name.
      const outlines = inMemory(
        '轮廓.geojson',
        collection([piece(1, 0, ''), { ...piece(2, 5, ''), properties: { name: '2栋', 小区: '江北新村' } }]),
      )
      const drawn = await runImport(database, { collection: 'buildings', file: outlines, street })
      expect(drawn).toMatchObject({ inserted: 0, updated: 2 })
      expect((await buildings()).map(({ shape, households }) => [shape, households])).toEqual([
        ['Polygon', 42],
        ['Polygon', 43],
      ])
      // A ledger takes no outline away.
      expect(await list('小区名称,楼栋,户数,经度,纬度\n江北新村,1栋,50,114.30006,30.60006\n')).toMatchObject({
        updated: 1,
      })
      expect((await buildings())[0]).toMatchObject({ shape: 'Polygon', households: 50 })
      await undoImport(database, tester, (await lastBatch(database)) ?? 0)
      await undoImport(database, tester, drawn.batch ?? 0)
      expect((await buildings()).map(({ shape, households }) => [shape, households])).toEqual([
        ['Point', 42],
        ['Point', 43],
      ])
    })

    it('keeps buildings of one point apart by their names', async () => {
      const { database } = test
      const set = { set: ['communityCode=江北社区'] }
      const rows = (names: string[], households: number) =>
        `小区名称,楼栋,户数,经度,纬度\n${names.map((name) => `站前小区,${name},${households},114.3009,30.6009\n`).join('')}`
      expect(await list(rows(['1栋', '2栋'], 10), set)).toMatchObject({ inserted: 2 })
      expect(await list(rows(['2栋'], 50), set)).toMatchObject({ inserted: 0, updated: 1 })
      const known = await database`select name, households from building where estate = '站前小区' order by code`
      expect([...known]).toEqual([
        { name: '1栋', households: 10 },
        { name: '2栋', households: 50 },
      ])
    })

    it('makes one building of the rows of a household list that name its number, however often it comes', async () => {
      const { database } = test
      const set = { set: ['communityCode=江北社区'] }
      const rows = (people: number) =>
        `楼栋编号,小区名称,楼栋,地址,人口数
LD-2001,临江小区,1栋,临江路9号1栋1单元101室,${people}
LD-2001,临江小区,1栋,临江路9号1栋1单元102室,
LD-2001,临江小区,1栋,临江路9号1栋2单元201室,
LD-2002,临江小区,2栋,临江路9号2栋101室,${people}
`
      const single = '楼栋编号,小区名称,楼栋\nLD-2001,临江小区,1栋\n'
      expect(await list(single, set)).toMatchObject({ inserted: 1, rejected: 0 })
      // What a number is already known for, and what it is not.
      expect(await list(rows(80), set)).toMatchObject({ read: 4, inserted: 1, updated: 1, skipped: 2, rejected: 0 })
      expect(await list(rows(80), set)).toMatchObject({ inserted: 0, unchanged: 2, skipped: 2 })
      expect(await list(rows(81), set)).toMatchObject({ inserted: 0, updated: 2, skipped: 2 })
      const known = await database`select name, residents from building where estate = '临江小区' order by code`
      expect([...known]).toEqual([
        { name: '1栋', residents: 81 },
        { name: '2栋', residents: 81 },
      ])
    })

    it('tells buildings apart that a list gives one number, also where it is known already', async () => {
      const { database } = test
      const set = { set: ['communityCode=江北社区'] }
      const rows = (names: string[]) =>
        `楼栋编号,小区名称,楼栋\n${names.map((name) => `LD-3001,望江小区,${name}\n`).join('')}`
      expect(await list(rows(['1栋']), set)).toMatchObject({ inserted: 1 })
      expect(await list(rows(['1栋', '2栋']), set)).toMatchObject({ inserted: 1, rejected: 0 })
      expect(await list(rows(['1栋', '2栋']), set)).toMatchObject({ inserted: 0, unchanged: 2 })
      const known = await database`select name from building where estate = '望江小区' order by code`
      expect(known.map(({ name }) => name as unknown)).toEqual(['1栋', '2栋'])
    })

    it('makes the street and the community of a ledger without any position', async () => {
      const { database } = test
      const file = inMemory('楼栋.csv', '楼栋编码,名称\n42010201600100001,1栋\n')
      const given = { collection: 'buildings', file, street: '420102016=站南街道', newStreet: '420102016' } as const
      expect(await runImport(database, given)).toMatchObject({ inserted: 1 })
      const made = await database`select code, name from area where street_code = '420102016' order by code`
      expect([...made]).toEqual([
        { code: '420102016', name: '站南街道' },
        { code: '420102016001', name: '第1社区' },
      ])
    })

    it('updates by code, and asks for the community where nothing says it', async () => {
      const code = `${street}00100001`
      expect(await list(`楼栋编码,户数\n${code},60\n`)).toMatchObject({ inserted: 0, updated: 1, rejected: 0 })
      const refused = await list('小区名称,楼栋\n铁路小区,9栋\n')
      expect(refused.rejects.examples[0]?.faults[0]?.reason.zh).toContain('--set communityCode=')
    })
  })
})

const field = 'POLYGON ((114.29 30.59, 114.31 30.59, 114.31 30.61, 114.29 30.61, 114.29 30.59))'

async function lastBatch(database: Database): Promise<number | undefined> {
  const [last] = await database<{ id: number }[]>`select max(id) as id from import_batch`
  return last?.id
}

type Properties = { id: number; kind: string }

function collection(features: unknown[]): string {
  return JSON.stringify({ type: 'FeatureCollection', features })
}

/** A square of a ten-thousandth of a degree, the given number of squares east of a corner in Wuhan. */
function piece(id: number, east: number, name: string) {
  const [west, south, size] = [114.3 + east / 10_000, 30.6, 0.0001]
  const ring = [
    [west, south],
    [west + size, south],
    [west + size, south + size],
    [west, south + size],
    [west, south],
  ]
  return { type: 'Feature', properties: { id, name }, geometry: { type: 'Polygon', coordinates: [ring] } }
}
