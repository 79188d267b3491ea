import { inMemory } from '@minqing/data/formats/test-bytes'
import { afterAll, beforeEach, describe, expect, it, beforeAll } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../store/test-database.ts'
import { runImport, tester } from '../apply/test-import.ts'
import { undoImport } from '../undo/undo-import.ts'

const street = '420102012'
const header = '小区名称,楼栋,地址,户数,社区'
const ledger = [
  header,
  '江北新村,1栋,,42,江北社区',
  '江北新村,9栋,,30,江北社区',
  ',门面房,江北路20号,2,江北社区',
  ',,江北社区5栋,36,江北社区',
  '不存在小区,7栋,,12,江北社区',
].join('\n')
const outlines = [
  outline(0, { name: '1栋', 小区: '江北新村' }),
  outline(5, { name: '5栋', 小区: '江北新村' }),
  outline(10, { name: '5栋', 小区: '站前花园' }),
  outline(15, { name: '邮政楼', 地址: '江北路20号' }),
]

describe('buildings that have only an address', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase()
  })
  afterAll(() => test.close())
  beforeEach(async () => {
    await test.database`truncate area, building, incident, facility, import_batch, import_before, address_answer cascade`
    const field = 'POLYGON ((114.29 30.59, 114.32 30.59, 114.32 30.61, 114.29 30.61, 114.29 30.59))'
    const file = inMemory('社区.csv', `社区编码,社区名称,wkt\n${street}007,江北社区,"${field}"\n`)
    await runImport(test.database, { collection: 'communities', file })
    await drawn(outlines)
  })

  const drawn = (features: unknown[], name = '轮廓.geojson') =>
    runImport(test.database, {
      collection: 'buildings',
      file: inMemory(name, JSON.stringify({ type: 'FeatureCollection', features })),
      street,
    })
  const list = (content: string, more: object = {}) =>
    runImport(test.database, {
      collection: 'buildings',
      file: inMemory('楼栋台账.csv', content),
      street,
      crs: 'wgs84',
      ...more,
    })
  const stored = async () => {
    const rows = await test.database<
      { named: string; shape: string | null; source: string; lon: number; certainty: number | null }[]
    >`
      select concat(estate, name, address) as named, (geometry::json) ->> 'type' as shape, position_source as source,
        round(center[0]::numeric, 5)::float8 as lon, position_certainty as certainty
      from building where source = 'import:楼栋台账.csv' or estate = '江北新村' order by code`
    return Object.fromEntries(rows.map(({ named, ...row }) => [named, row]))
  }

  it('are points where the address says, as exactly as it does; the others are listed', async () => {
    const report = await list(ledger)
    expect(report).toMatchObject({ inserted: 4, updated: 1, rejected: 0 })
    expect(report.addresses).toMatchObject({ undecided: 1, unplaced: 1 })
    expect(report.addresses?.list.map(({ address }) => address)).toEqual(['江北社区5栋', '不存在小区7栋'])
    const all = await stored()
    expect(all).toMatchObject({
      江北新村1栋: { shape: 'Polygon', source: 'measured', certainty: null },
      // Between the two buildings of the estate that are known.
      江北新村9栋: { shape: 'Point', source: 'address-estate', lon: 114.3003 },
      门面房江北路20号: { shape: 'Point', source: 'address-building', lon: 114.30155 },
      江北社区5栋: { shape: null, source: 'measured', lon: null, certainty: null },
      不存在小区7栋: { shape: null, source: 'measured' },
    })
    expect(all['江北新村9栋']?.certainty).toBeGreaterThan(0.6)
    expect(await list(ledger)).toMatchObject({ inserted: 0, updated: 0, unchanged: 5 })
  })

  it('go where a person decides, also from later files, until that is undone', async () => {
    const first = await list(ledger)
    const candidates = first.addresses?.list[0]?.candidates.map(({ target }) => target) ?? []
    expect(candidates).toHaveLength(2)
    const before = await stored()
    const decided = await list(ledger, { place: [`江北社区5栋=${candidates[1]}`] })
    expect(decided).toMatchObject({ updated: 1, unchanged: 4, addresses: { undecided: 0 } })
    expect((await stored())['江北社区5栋']).toMatchObject({ shape: 'Point', source: 'address-building', certainty: 1 })
    expect(await list(ledger)).toMatchObject({ updated: 0, unchanged: 5, addresses: { undecided: 0 } })
    await undoImport(test.database, tester, decided.batch!)
    expect(await stored()).toEqual(before)
    await undoImport(test.database, tester, first.batch!)
    expect(Object.keys(await stored())).toEqual(['江北新村1栋', '江北新村5栋'])
  })

  it('get the outline or the measured point that comes later, and keep it', async () => {
    await list(ledger)
    // An outline around the point that stands for an estate is another building.
    await drawn([outline(3, { name: '', 地址: '' })], '另一份.geojson')
    expect((await stored())['江北新村9栋']).toMatchObject({ source: 'address-estate' })
    const comes = await drawn([outline(20, { name: '9栋', 小区: '江北新村' })], '新轮廓.geojson')
    expect(comes).toMatchObject({ inserted: 0, updated: 1 })
    await list('小区名称,楼栋,社区,经度,纬度\n不存在小区,7栋,江北社区,114.3011,30.6003\n')
    const after = {
      江北新村9栋: { shape: 'Polygon', source: 'measured', lon: 114.30205, certainty: null },
      不存在小区7栋: { shape: 'Point', source: 'measured', lon: 114.3011 },
    }
    expect(await stored()).toMatchObject(after)
    await list(ledger)
    expect(await stored()).toMatchObject(after)
  })

  it('are in the community that the address says; without one and without an address that is known they are refused', async () => {
    const report = await list('楼栋,地址\n门面房,江北路20号\n', { skipInvalid: true })
    expect(report).toMatchObject({ inserted: 1, rejected: 0 })
    const [row] = await test.database`select community_code, code from building where name = '门面房'`
    expect(row).toMatchObject({ communityCode: `${street}007`, code: expect.stringMatching(`^${street}007`) })
    expect(await list('楼栋,地址\n门面房,江北路20号\n')).toMatchObject({ inserted: 0, unchanged: 1 })
    const refused = await list('小区名称,楼栋\n铁路小区,9栋\n')
    expect(refused.rejects.examples[0]?.faults[0]?.reason.zh).toContain('--set communityCode=')
  })
})

/** A square of a ten-thousandth of a degree, the given number of squares east of a corner in Wuhan. */
function outline(east: number, properties: Record<string, string>) {
  const [west, south, size] = [114.3 + east / 10_000, 30.6, 0.0001]
  const ring = [
    [west, south],
    [west + size, south],
    [west + size, south + size],
    [west, south + size],
    [west, south],
  ]
  return { type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [ring] } }
}
