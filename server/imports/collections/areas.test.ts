import { inMemory } from '@minqing/data/formats/test-bytes'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../store/test-database.ts'
import { reasons } from '../check/reasons.ts'
import { contents, runImport, tester } from '../apply/test-import.ts'
import { undoImport } from '../undo/undo-import.ts'

/** A box of a hundredth of a degree, so many columns east and rows north of a corner in Wuhan. */
function box(east: number, north: number, size = 1): string {
  const [west, south] = [114.3 + east / 100, 30.6 + north / 100]
  const corner = (x: number, y: number) => `${(west + x / 100).toFixed(4)} ${(south + y / 100).toFixed(4)}`
  return `"POLYGON ((${[corner(0, 0), corner(size, 0), corner(size, size), corner(0, size), corner(0, 0)].join(', ')}))"`
}

/** What files set of an area, in a row of the table. */
function setByFiles(area: object): object {
  const changing = ['version', 'updated_at']
  return Object.fromEntries(Object.entries(area).filter(([name]) => !changing.includes(name)))
}

describe('importing areas', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase()
  })
  afterAll(() => test.close())
  beforeEach(async () => {
    await test.database`truncate area, building, incident, incident_step, log_head, facility cascade`
  })

  const codes = async () =>
    (await test.database`select code, name, source from area order by code`).map(({ code, name, source }) => [
      code,
      name,
      source,
    ])

  it('numbers a street without codes from the north-west, and keeps the numbers when grids are added', async () => {
    const table = (rows: string[]) => inMemory('g.csv', `名称,户数,wkt\n${rows.join('\n')}\n`)
    const rows = [`东南,3,${box(1, 0)}`, `西北,1,${box(0, 1)}`, `东北,2,${box(1, 1)}`]
    const request = { collection: 'grids', street: '420102012=丹水池街道' } as const
    expect(await runImport(test.database, { ...request, file: table(rows) })).toMatchObject({ inserted: 3 })
    expect(await codes()).toEqual([
      ['420102012', '丹水池街道', 'derived'],
      ['420102012001', '第1社区', 'derived'],
      ['420102012001001', '西北', 'import:g.csv'],
      ['420102012001002', '东北', 'import:g.csv'],
      ['420102012001003', '东南', 'import:g.csv'],
    ])
    const more = await runImport(test.database, { ...request, file: table([`西南,9,${box(0, 0)}`, ...rows]) })
    expect(more).toMatchObject({ inserted: 1, updated: 0, unchanged: 3 })
    const [added] = await test.database`select code from area where name = '西南'`
    expect(added).toEqual({ code: '420102012001004' })
    // The street that nobody drew follows its grids: four boxes make a square.
    const [street] = await test.database`select geometry, round(area_m2) as area from area where level = 'street'`
    expect(JSON.parse(String(street?.['geometry']))).toMatchObject({
      type: 'Polygon',
      coordinates: [expect.any(Array)],
    })
    expect(Number(street?.['area'])).toBeGreaterThan(4e6)
  })

  it('keeps two areas of one name apart, also under the ids of another source', async () => {
    const table = (name: string, first: number) =>
      inMemory(name, `id,名称,wkt\n${first},网格,${box(0, 0)}\n${first + 1},网格,${box(1, 0)}\n`)
    const request = { collection: 'grids', street: '420102012=丹水池街道' } as const
    expect(await runImport(test.database, { ...request, file: table('a.csv', 1) })).toMatchObject({ inserted: 2 })
    expect(await runImport(test.database, { ...request, file: table('b.csv', 5) })).toMatchObject({ unchanged: 2 })
  })

  it('says before it writes that a community has no numbers left', async () => {
    const parent = '420102012001'
    await runImport(test.database, {
      collection: 'grids',
      file: inMemory('one.csv', `网格编码,wkt\n${parent}001,${box(0, 0)}\n`),
    })
    await test.database`
      insert into area (code, level, parent_code, street_code, name, area_m2, geometry, extent, center, source)
      select ${parent}::text || lpad(n::text, 3, '0'), level, parent_code, street_code, name, area_m2, geometry, extent,
        center, source
      from area cross join generate_series(2, 999) n where code = ${`${parent}001`}`
    const file = inMemory('next.csv', `名称,wkt\n新网格,${box(1, 0)}\n`)
    await expect(runImport(test.database, { collection: 'grids', street: '420102012', file })).rejects.toThrow(
      `${parent} has all of its 999 area numbers in use`,
    )
    expect((await codes()).length).toBe(1001)
  })

  it('names the communities that are made as the file does, and finds or makes them by their names', async () => {
    const withCodes = inMemory(
      '网格.csv',
      `网格编码,社区编码,社区名称,wkt\n420102012007001,420102012007,江北社区,${box(0, 0)}\n420102012008001,420102012008,堤角社区,${box(1, 0)}\n`,
    )
    await runImport(test.database, { collection: 'grids', file: withCodes })
    const named = async () =>
      (await test.database`select code, name from area where level = 'community' order by code`).map(
        ({ code, name }) => `${code} ${name}`,
      )
    expect(await named()).toEqual(['420102012007 江北社区', '420102012008 堤角社区'])
    const byName = inMemory(
      '新网格.csv',
      `网格名称,所属社区,wkt\n一,堤角社区居委会,${box(2, 0)}\n二,丹东社区,${box(3, 0)}\n三,丹东社区,${box(4, 0)}\n四,丹西社区,${box(5, 0)}\n`,
    )
    const report = await runImport(test.database, { collection: 'grids', street: '420102012', file: byName })
    expect(report).toMatchObject({ inserted: 4, rejected: 0 })
    expect(await named()).toEqual([
      '420102012001 丹东社区',
      '420102012002 丹西社区',
      '420102012007 江北社区',
      '420102012008 堤角社区',
    ])
    const grids = await test.database`select name, parent_code from area where level = 'grid' order by code`
    expect(grids.map(({ name, parentCode }) => [name, parentCode])).toEqual([
      ['二', '420102012001'],
      ['三', '420102012001'],
      ['四', '420102012002'],
      ['420102012007001', '420102012007'],
      ['420102012008001', '420102012008'],
      ['一', '420102012008'],
    ])
  })

  it('gives grids without a community one that no named community has', async () => {
    const file = inMemory('混合.csv', `网格名称,所属社区,wkt\n一,江北社区,${box(0, 8)}\n二,,${box(1, 8)}\n`)
    const report = await runImport(test.database, {
      collection: 'grids',
      street: '420102017',
      newStreet: '420102017',
      file,
    })
    expect(report).toMatchObject({ inserted: 2 })
    const parents = await test.database`
      select g.name, c.name as community from area g join area c on c.code = g.parent_code
      where g.street_code = '420102017' and g.level = 'grid' order by g.name`
    expect(new Map(parents.map(({ name, community }) => [name, community])).get('一')).toBe('江北社区')
    expect(new Set(parents.map(({ community }) => community)).size).toBe(2)
  })

  it('asks which community is meant where several have the name', async () => {
    const communities = inMemory(
      '社区.csv',
      `社区编码,名称,wkt\n420102012001,新村社区,${box(0, 0)}\n420102012002,新村社区,${box(1, 0)}\n`,
    )
    await runImport(test.database, { collection: 'communities', file: communities })
    const grids = inMemory(
      '网格.csv',
      `网格名称,所属社区,wkt\n一,新村社区,${box(7, 7)}\n二,新村社区,${box(1, 0, 0.5)}\n`,
    )
    const report = await runImport(test.database, { collection: 'grids', street: '420102012', file: grids })
    expect(report).toMatchObject({ rejected: 1, written: false })
    expect(report.rejects.examples[0]?.faults[0]?.reason.zh).toContain('420102012001、420102012002')
  })

  it('makes the parents that codes imply, and lets a real boundary take the place of a derived one', async () => {
    const grids = inMemory(
      '网格.csv',
      `网格编码,网格员,wkt\n420102012003001,李四,${box(0, 0)}\n420102012005001,王五,${box(1, 0)}\n`,
    )
    await runImport(test.database, { collection: 'grids', file: grids })
    expect((await codes()).map(([code, , source]) => [code, source])).toEqual([
      ['420102012', 'derived'],
      ['420102012003', 'derived'],
      ['420102012003001', 'import:网格.csv'],
      ['420102012005', 'derived'],
      ['420102012005001', 'import:网格.csv'],
    ])
    const areas = inMemory(
      '区划.csv',
      `级别,编码,名称,wkt\n社区,420102012003,丹北社区,${box(0, 0)}\n街道,420102012,丹水池街道,${box(0, 0, 3)}\n`,
    )
    expect(await runImport(test.database, { collection: 'areas', file: areas })).toMatchObject({
      updated: 2,
      inserted: 0,
    })
    expect(await codes()).toContainEqual(['420102012003', '丹北社区', 'import:区划.csv'])
  })

  it('leaves alone what a later file has no column for: of areas, buildings and facilities', async () => {
    const { database } = test
    const grid = (content: string) => runImport(database, { collection: 'grids', file: inMemory('g.csv', content) })
    const head = '网格编码,名称,网格员,网格员电话,户数,wkt\n'
    await grid(`${head}420102012001001,一网格,李四,13900000001,300,${box(0, 0)}\n`)
    expect(await grid(`网格编码,户数,wkt\n420102012001001,310,${box(0, 0, 2)}\n`)).toMatchObject({ updated: 1 })
    const [area] = await database`
      select name, worker, worker_phone, households, round(area_m2 / 1e6) as area from area_with_contacts
      where level = 'grid'`
    expect(area).toEqual({ name: '一网格', worker: '李四', workerPhone: '13900000001', households: 310, area: 4 })
    // An empty cell is something said.
    await grid(`网格编码,网格员,wkt\n420102012001001,,${box(0, 0, 2)}\n`)
    expect(await database`select name, worker, worker_phone from area_with_contacts where level = 'grid'`).toEqual([
      { name: '一网格', worker: null, workerPhone: '13900000001' },
    ])

    const house = '"POLYGON ((114.302 30.602, 114.303 30.602, 114.303 30.603, 114.302 30.602))"'
    const building = (content: string) =>
      runImport(database, { collection: 'buildings', file: inMemory('b.csv', content) })
    await building(`id,名称,街路巷,门牌号,层数,人口,wkt\n7,甲楼,胜利街,9,6,40,${house}\n`)
    expect(await building(`id,层数,wkt\n7,7,${house}\n`)).toMatchObject({ updated: 1 })
    expect(await database`select name, address, floors, residents from building`).toEqual([
      { name: '甲楼', address: '胜利街9号', floors: 7, residents: 40 },
    ])

    const facility = (content: string) =>
      runImport(database, { collection: 'facilities', file: inMemory('f.csv', content) })
    await building(`id,门牌号,wkt\n7,11,${house}\n`)
    expect(await database`select address from building`).toEqual([{ address: '胜利街9号' }])
    await facility('编号,类型,名称,电话,状态,经度,纬度\nS1,烟感,甲,13900000002,在线,114.305,30.605\n')
    expect(await facility('编号,状态,经度,纬度\nS1,离线,114.305,30.605\n')).toMatchObject({ updated: 1 })
    const other = inMemory('other.csv', '编号,状态,经度,纬度\nS1,报警,114.305,30.605\n')
    const report = await runImport(database, { collection: 'facilities', file: other })
    expect(report.rowNotes).toContainEqual({ label: reasons.ofAnotherSource('import:f.csv'), rows: 1 })
    await facility('编号,状态,经度,纬度\nS1,离线,114.305,30.605\n')
    expect(await database`select kind, name, phone, status from facility`).toEqual([
      { kind: 'smoke_detector', name: '甲', phone: '13900000002', status: 'offline' },
    ])
  })

  it('removes contacts without name and phone from the areas of the file, and from no others', async () => {
    const { database } = test
    const grid = (content: string) => runImport(database, { collection: 'grids', file: inMemory('g.csv', content) })
    const [first, second] = ['420102012001001', '420102012001002']
    const head = '网格编码,网格员,网格员电话,wkt\n'
    await grid(`${head}${first},李四,13900000001,${box(0, 0)}\n${second},王五,13900000002,${box(1, 0)}\n`)
    await database`update staff set name = '', work_phone = '' where area_code = ${second}`
    await grid(`${head}${first},,,${box(0, 0)}\n`)
    expect(await database`select area_code, duty from staff order by area_code`).toEqual([
      { areaCode: second, duty: 'worker' },
    ])
  })

  it('brings cases, facilities and buildings that waited for a grid into it', async () => {
    const street = '420102012=丹水池街道'
    const { database } = test
    await runImport(database, {
      collection: 'incidents',
      street,
      file: inMemory('i.csv', '编号,经度,纬度,时间\n1,114.305,30.605,2024-05-01\n2,114.5,30.605,2024-05-01\n'),
    })
    await runImport(database, {
      collection: 'facilities',
      street,
      file: inMemory('f.csv', '编号,类型,名称,经度,纬度\nS1,烟感,甲,114.305,30.605\n'),
    })
    await runImport(database, {
      collection: 'buildings',
      street,
      file: inMemory(
        'b.csv',
        `id,名称,wkt\n7,甲楼,"POLYGON ((114.302 30.602, 114.303 30.602, 114.303 30.603, 114.302 30.602))"\n`,
      ),
    })
    await runImport(database, { collection: 'grids', street, file: inMemory('g.csv', `名称,wkt\n一,${box(0, 0)}\n`) })
    const rows = await database`
      select number as id, grid_code from incident union all select id, grid_code from facility
      union all select source_id, grid_code from building order by id`
    const grid = '420102012001001'
    expect(rows.map((row) => Object.values(row))).toEqual([
      ['1', grid],
      ['2', null],
      ['7', grid],
      ['S1', grid],
    ])
    const again = await runImport(database, {
      collection: 'facilities',
      street,
      file: inMemory('f.csv', '编号,类型,名称,经度,纬度\nS1,烟感,甲,114.305,30.605\n'),
    })
    expect(again).toMatchObject({ unchanged: 1 })
  })

  it('refuses what contradicts itself and what belongs to the demo, and then writes nothing', async () => {
    await test.database`
      insert into area (code, level, street_code, name, area_m2, geometry, extent, center, source)
      values ('990101001', 'street', '990101001', '演示街道', 1, '{"type":"MultiPolygon","coordinates":[]}', '((0,0),(1,1))', '(0,0)', 'demo')`
    const before = await contents(test.database)
    const areas = inMemory(
      '区划.csv',
      `级别,编码,上级编码,名称,wkt
街道,990101001,,占用,${box(0, 0)}
网格,420102012001,,错级,${box(0, 0)}
网格,420102012001001,420102013001,错父,${box(0, 0)}
网格,,,无家,${box(0, 0)}
网格,420102012001002,,无界,
网格,420102012001003,,打结,"POLYGON ((114 30, 115 31, 115 30, 114 30.5, 114 30))"
网格,420102012001004,,好,${box(0, 0)}
网格,420102012001004,,重,${box(0, 0)}
`,
    )
    const report = await runImport(test.database, { collection: 'areas', file: areas }, { skipInvalid: false })
    expect(report).toMatchObject({ written: false, rejected: 6 })
    expect(report.rejects.examples.map(({ line, faults }) => [line, faults[0]?.column])).toEqual([
      [3, '级别'],
      [4, '上级编码'],
      [5, '编码'],
      [6, 'wkt'],
      [7, 'wkt'],
      [9, '编码'],
    ])
    expect(await contents(test.database)).toEqual(before)
    // With the others let in, the demo street still is what it was.
    const rest = await runImport(test.database, { collection: 'areas', file: areas }, { skipInvalid: true })
    expect(rest).toMatchObject({ written: true, inserted: 1, rejected: 7 })
    expect(await codes()).toContainEqual(['990101001', '演示街道', 'demo'])
  })
  it('updates areas that are there by code or by a name that is theirs alone, without a boundary', async () => {
    const { database } = test
    const file = inMemory(
      '网格.csv',
      `网格编码,网格名称,wkt\n420102012001001,一网格,${box(0, 0)}\n420102012001002,二网格,${box(1, 0)}\n420102012002001,二网格,${box(2, 0)}\n`,
    )
    await runImport(database, { collection: 'grids', file })
    const roster = (rows: string) =>
      runImport(database, { collection: 'grids', file: inMemory('名册.csv', rows) }, { skipInvalid: true })
    const read = () => database`
      select code, name, households, worker, worker_phone, area_m2 > 0 as drawn from area_with_contacts
      where level = 'grid' order by code`
    const before = await contents(database)
    const report = await roster(
      '网格编码,网格名称,网格员姓名,联系电话,户数\n420102012001001,,王某,13900000001,300\n,一网格,李某,,\n,二网格,赵某,,\n420102012009001,,钱某,,\n',
    )
    // A row of the same area, a name of two areas, a code that is not known.
    expect(report).toMatchObject({ inserted: 0, updated: 1, rejected: 3 })
    expect(report.rejects.examples.map(({ faults }) => faults[0]?.reason.zh.slice(0, 9))).toEqual([
      '编号与第 2 行重',
      '没有边界（面），而',
      '没有边界（面），而',
    ])
    expect((await read())[0]).toEqual({
      code: '420102012001001',
      name: '一网格',
      households: 300,
      worker: '王某',
      workerPhone: '13900000001',
      drawn: true,
    })
    const named = await roster('社区编码,网格名称,网格员姓名\n420102012002,二网格,周某\n')
    expect([named.updated, (await read()).map(({ worker }) => worker)]).toEqual([1, ['王某', null, '周某']])
    for (const { batch } of [named, report]) await undoImport(database, tester, batch ?? 0)
    expect(await contents(database)).toMatchObject({ areas: (before as { areas: object[] }).areas.map(setByFiles) })
  })

  it('leaves a community that follows its grids derived when a roster tells of it', async () => {
    const { database } = test
    const grids = (rows: string) =>
      runImport(database, { collection: 'grids', file: inMemory('网格.csv', `网格编码,wkt\n${rows}`) })
    await grids(`420102012001001,${box(0, 0)}\n`)
    const file = inMemory('社区.csv', '社区编码,社区名称,书记\n420102012001,江北社区,王某\n')
    expect(await runImport(database, { collection: 'communities', file })).toMatchObject({ updated: 1 })
    await grids(`420102012001001,${box(0, 0)}\n420102012001002,${box(1, 0)}\n`)
    expect([
      ...(await database`select name, leader, source, round(area_m2 / 1e6) as km2 from area_with_contacts where level = 'community'`),
    ]).toEqual([{ name: '江北社区', leader: '王某', source: 'derived', km2: 2 }])
  })
})
