import { makeStreet } from '@minqing/data/demo/street'
import { inMemory } from '@minqing/data/formats/test-bytes'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { placeTables } from '../../demo/load-street.ts'
import { copyRows } from '../../store/copy-rows.ts'
import { createTestDatabase, type TestDatabase } from '../../store/test-database.ts'
import { describe as describeReport } from '../apply/report.ts'
import { runImport, tester } from '../apply/test-import.ts'
import { undoImport } from '../undo/undo-import.ts'

const street = makeStreet(1, 2026)
const buildingAt = (address: string) => street.buildings.find((building) => building.address.endsWith(address))!
const fourth = buildingAt('港务家属院4栋')

describe('rows that have an address and no position', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase()
    await test.database.begin(async (transaction) => {
      for (const table of placeTables(street)) await copyRows(transaction, table)
    })
  })
  afterAll(() => test.close())
  beforeEach(async () => {
    await test.database`truncate incident, incident_step, log_head, incident_month, incident_total, address_answer cascade`
    await test.database`delete from facility where street_code = '990101001' and source like 'import:%'`
  })

  const incidents = (rows: string[][], more: object = {}, options: object = {}) => {
    const table = [
      ['编号', '类型', '上报时间', '地址'],
      ...rows.map(([number, ...rest]) => [number, '邻里纠纷', '2025-03-01 10:20', ...rest]),
    ]
    const file = inMemory('台账.csv', table.map((cells) => cells.join(',')).join('\n'))
    return runImport(test.database, { collection: 'incidents', file, street: '990101001', ...more }, options)
  }
  const stored = () => test.database`
    select number, position[0] as lon, position[1] as lat, position_source, position_certainty, community_code, grid_code,
      building_code
    from incident order by number`

  it('land on the building that the address means, however it is written', async () => {
    const report = await incidents([
      ['1', '港务家属院4栋'],
      ['2', '望澜街道船厂社区居委会港务家属院四号楼2单元301室'],
      ['3', '港物家属院４＃附近'],
    ])
    expect(report).toMatchObject({ inserted: 3, rejected: 0 })
    expect(report.addresses).toMatchObject({
      placed: [{ source: 'address-building', rows: 3 }],
      undecided: 0,
      unplaced: 0,
      list: [],
    })
    const at = { lon: fourth.center.lon, lat: fourth.center.lat, positionSource: 'address-building' }
    const where = { communityCode: fourth.communityCode, gridCode: fourth.gridCode, buildingCode: fourth.code }
    const rows = await stored()
    expect(rows).toMatchObject(rows.map(() => ({ ...at, ...where })))
    expect(rows.map(({ positionCertainty }) => Number(positionCertainty)).every((one) => one > 0.6 && one < 1)).toBe(
      true,
    )
  })

  it('are placed as exactly as the address says, and stay without a position where it says nothing', async () => {
    const report = await incidents([
      ['1', '港务家属院99栋'],
      ['2', '船厂社区居委会旁'],
      ['3', '船厂社区第3网格'],
      ['4', '不存在小区9栋'],
      ['5', ''],
    ])
    expect(report).toMatchObject({ inserted: 5, rejected: 0 })
    expect(report.addresses).toMatchObject({
      unplaced: 1,
      different: 1,
      list: [{ address: '不存在小区9栋', rows: 1, candidates: [] }],
    })
    const rows = await stored()
    expect(rows.map((row) => [row['positionSource'], row['communityCode'], row['gridCode']])).toEqual([
      ['address-estate', '990101001001', expect.anything()],
      ['address-community', '990101001001', null],
      ['address-grid', '990101001001', '990101001001003'],
      ['measured', null, null],
      ['measured', null, null],
    ])
    expect(rows.slice(3).map(({ lon }) => lon as unknown)).toEqual([null, null])
    expect(describeReport(report).join('\n')).toContain('未找到 Not found: 1 × 不存在小区9栋')
  })

  it('are asked about once for each address; the answer is remembered for later files, and undone with its own', async () => {
    const unclear = [
      ['1', '船厂社区4栋1单元201'],
      ['2', '船厂社区4栋2单元302'],
    ]
    const first = await incidents(unclear)
    expect(first.addresses).toMatchObject({ undecided: 2, different: 1 })
    const [asked] = first.addresses!.list
    expect(asked).toMatchObject({ address: '船厂社区4栋', rows: 2 })
    expect(asked!.candidates.map(({ target }) => target)).toContain(fourth.code)
    expect((await stored()).map((row) => row['positionSource'])).toEqual(['address-community', 'address-community'])

    const answered = await incidents(unclear, { place: [`船厂社区4栋=${fourth.code}`] })
    expect(answered).toMatchObject({ updated: 2, addresses: { undecided: 0, list: [] } })
    expect((await stored()).map((row) => row['buildingCode'])).toEqual([fourth.code, fourth.code])

    const later = await incidents([['3', '船厂社区四栋']], { source: '另一份' })
    expect(later.addresses).toMatchObject({ placed: [{ source: 'address-building', rows: 1 }], undecided: 0 })

    await undoImport(test.database, tester, later.batch!)
    await undoImport(test.database, tester, answered.batch!)
    expect((await stored()).map((row) => row['buildingCode'])).toEqual([null, null])
    expect(await test.database`select * from address_answer`).toEqual([])
  })

  it('refuse an answer that means nothing with what is known near it, and remember nothing of it', async () => {
    const rows = [['1', '船厂社区4栋1单元201']]
    const wrong = Array.from({ length: 10 }, (_, digit) => fourth.code.slice(0, 10) + digit + fourth.code.slice(11))
    const unknown = wrong.find((code) => street.buildings.every((building) => building.code !== code))!
    const refused = incidents(rows, { place: [`船厂社区4栋=${unknown}`] })
    await expect(refused).rejects.toThrow(`没有楼栋或区域叫“${unknown}”`)
    await expect(refused).rejects.toThrow(fourth.code)
    await expect(incidents(rows, { place: ['船厂社区4栋=不存在小区9栋'] })).rejects.toThrow('请写楼栋或区域的编码')
    // Of a known address that several buildings have, those are named.
    await expect(incidents(rows, { place: ['船厂社区4栋=船厂社区4栋'] })).rejects.toThrow(fourth.code)
    expect(await test.database`select from address_answer`).toHaveLength(0)
    expect(await stored()).toEqual([])
  })

  it('that the file does not hold are named where somebody says what they mean', async () => {
    const report = await incidents([['1', '港务家属院4栋']], {
      place: [`港务家属院4#=${fourth.code}`, `港务大院4栋=${fourth.code}`],
    })
    const unused = '--place 指定的地址“港务大院4栋”，文件中没有坐标的行都不是这样写的'
    expect(report).toMatchObject({ inserted: 1, notes: [{ zh: expect.stringContaining(unused) }] })
    expect(describeReport(report).join()).toContain(unused)
    expect(await test.database`select from address_answer`).toHaveLength(1)
    // Nor is it silent where no row is placed at all.
    const place = Array.from({ length: 12 }, (_, index) => `${index}号=${fourth.code}`)
    const file = inMemory('无地址.csv', '编号,上报时间\n9,2025-03-01 10:20\n')
    const without = await runImport(test.database, { collection: 'incidents', file, street: '990101001', place })
    expect(without.notes.map(({ en }) => en).join()).toContain('“9号” and 2 more, but no row without a position')
  })

  it('follow the answer of before again when the import that brought a newer one is undone', async () => {
    const rows = [['1', '船厂社区4栋']]
    const first = await incidents(rows, { place: [`船厂社区4栋=${fourth.code}`] })
    const others = street.buildings.filter(({ code }) => code !== fourth.code).map(({ code }) => code)
    const second = await incidents(rows, { place: [`船厂社区4栋=${others[0]}`] })
    const third = await incidents(rows, { place: [`船厂社区4栋=${others[1]}`] })
    const buildingOfNext = async () => {
      const next = await incidents([['2', '船厂社区4栋']], { source: '另一份' })
      const [row] = await test.database<{ code: string | null }[]>`
        select building_code as code from incident where number = '2'`
      await undoImport(test.database, tester, next.batch!)
      return row?.code
    }
    expect(await buildingOfNext()).toBe(others[1])
    await undoImport(test.database, tester, third.batch!)
    expect(await buildingOfNext()).toBe(others[0])
    await undoImport(test.database, tester, second.batch!)
    expect(await buildingOfNext()).toBe(fourth.code)
    await undoImport(test.database, tester, first.batch!)
    expect(await buildingOfNext()).toBeNull()
    expect(await test.database`select from address_answer`).toHaveLength(0)
  })

  it('can be said to be nowhere', async () => {
    await incidents([['1', '港务家属院4栋']], { place: ['港务家属院4栋=-'] })
    expect(await stored()).toMatchObject([{ lon: null, buildingCode: null }])
  })

  it('do not move what was measured', async () => {
    await incidents([['1', '港务家属院4栋']])
    const file = inMemory('实测.csv', '编号,类型,上报时间,经度,纬度\n1,邻里纠纷,2025-03-01 10:20,114.3,30.7\n')
    await runImport(test.database, { collection: 'incidents', file, street: '990101001', crs: 'wgs84' })
    expect(await stored()).toMatchObject([
      { lon: 114.3, lat: 30.7, positionSource: 'measured', positionCertainty: null },
    ])
    await incidents([['1', '港务家属院5栋']])
    expect(await stored()).toMatchObject([{ lon: 114.3, lat: 30.7, positionSource: 'measured' }])
  })

  it('correct the community and the grid of what was measured where their own columns name them', async () => {
    const given = { collection: 'incidents', street: '990101001', crs: 'wgs84' } as const
    const measured = `编号,类型,上报时间,经度,纬度\n1,邻里纠纷,2025-03-01 10:20,${fourth.center.lon},${fourth.center.lat}\n`
    await runImport(test.database, { ...given, file: inMemory('实测.csv', measured) })
    const other = street.areas.find(
      ({ level, code }) => level === 'grid' && !code.startsWith(fourth.communityCode),
    )!.code
    const correct = (column: string, value: string) =>
      runImport(test.database, {
        ...given,
        file: inMemory('更正.csv', `编号,上报时间,地址,${column}\n1,2025-03-01 10:20,港务家属院5栋,${value}\n`),
      })
    const at = { lon: fourth.center.lon, lat: fourth.center.lat, positionSource: 'measured' }
    expect(await stored()).toMatchObject([{ ...at, gridCode: fourth.gridCode }])
    const sibling = street.areas.find(
      ({ level, code }) => level === 'grid' && code.startsWith(fourth.communityCode) && code !== fourth.gridCode,
    )!.code
    expect(await correct('网格编码', sibling)).toMatchObject({
      updated: 1,
      addresses: { placed: [{ source: 'address-building', rows: 1 }] },
    })
    expect(await stored()).toMatchObject([{ ...at, gridCode: sibling }])
    await correct('网格编码', other)
    expect(await stored()).toMatchObject([{ ...at, communityCode: other.slice(0, 12), gridCode: other }])
    // The community alone: another one empties the grid.
    await correct('社区编码', fourth.communityCode)
    expect(await stored()).toMatchObject([{ ...at, communityCode: fourth.communityCode, gridCode: null }])
    // An address alone, which means a building of a grid, corrects nothing.
    await correct('备注', '无')
    expect(await stored()).toMatchObject([{ ...at, communityCode: fourth.communityCode, gridCode: null }])
  })

  it('correct the grid of a measured facility as well', async () => {
    const given = { collection: 'facilities', street: '990101001', crs: 'wgs84' } as const
    const { lon, lat } = fourth.center
    await runImport(test.database, {
      ...given,
      file: inMemory('设施.csv', `编号,名称,类型,经度,纬度\nS1,便民点,红色驿站,${lon},${lat}\n`),
    })
    const other = street.areas.find(
      ({ level, code }) => level === 'grid' && !code.startsWith(fourth.communityCode),
    )!.code
    const corrected = await runImport(test.database, {
      ...given,
      file: inMemory('更正.csv', `编号,地址,网格编码\nS1,港务家属院5栋,${other}\n`),
    })
    expect(corrected).toMatchObject({ updated: 1, rejected: 0 })
    const rows = await test.database`
      select position[0] as lon, grid_code, community_code from facility where id = 'S1'`
    expect([...rows]).toEqual([{ lon, gridCode: other, communityCode: other.slice(0, 12) }])
  })

  it('are facilities too; one that is nowhere is refused', async () => {
    const file = inMemory(
      '设施.csv',
      '编号,名称,类型,地址\nS1,便民点,红色驿站,港务家属院4栋\nS2,无处点,红色驿站,不存在小区9栋\n',
    )
    const report = await runImport(
      test.database,
      { collection: 'facilities', file, street: '990101001' },
      { skipInvalid: true },
    )
    expect(report).toMatchObject({ inserted: 1, rejected: 1 })
    const rows = await test.database`
      select id, position[0] as lon, position_source, building_code from facility where source like 'import:%'`
    expect(rows).toMatchObject([
      { id: 'S1', lon: fourth.center.lon, positionSource: 'address-building', buildingCode: fourth.code },
    ])
  })
})
