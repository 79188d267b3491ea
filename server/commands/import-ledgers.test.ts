import { join } from 'node:path'
import { testData, testFolder } from '@minqing/data/test-data'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../config.ts'
import { createTestDatabase, type TestDatabase } from '../store/test-database.ts'
import type { CommandContext } from './command.ts'
import { importCommand } from './import.ts'

const communities = testData('ledgers/社区.geojson')
const ledger = (name: string) => testData(`ledgers/${name}`) ?? ''

/** What the owner of each ledger would expect of the command, one after the other as a centre sets itself up. */
describe.skipIf(communities === null)('the ledgers of a sub-district, through the command (needs shared/data)', () => {
  let test: TestDatabase
  let areas: { code: number; text: string }[]
  beforeAll(async () => {
    test = await createTestDatabase()
    areas = [
      await run('communities', communities ?? '', '--street', '420102012=丹水池街道'),
      await run('grids', ledger('网格.geojson')),
    ]
  })
  afterAll(() => test.close())

  const folder = testFolder('ledgers')

  async function run(collection: string, ...rest: string[]) {
    const output: string[] = []
    const context: CommandContext = {
      config: readConfig({}),
      now: () => new Date(),
      database: () => Promise.resolve(test.database),
      secret: async () => undefined,
      path: (relative) => (relative.startsWith('/') ? relative : join(folder, relative)),
      out: (line) => output.push(line),
      report: (line) => output.push(line),
      signal: new AbortController().signal,
    }
    const code = await importCommand.prepare([collection, ...rest]).run(context)
    return { code, text: output.join('\n') }
  }

  it('takes its communities and grids', () => {
    expect(areas.map(({ code }) => code)).toEqual([0, 0])
    expect(areas[1]?.text).not.toContain('重叠')
  })

  it('takes a 12345 export with every status, and says which columns it did not use', async () => {
    const { code, text } = await run('incidents', ledger('L1_12345工单导出.xlsx'), '--street', '420102012')
    expect([code, text]).toEqual([0, expect.stringContaining('新增 20')])
    expect(text).toMatch(/没有用到的列.*满意度/)
    const statuses = await test.database`
      select status, count(*)::integer as cases from incident where number like 'WH%' group by 1 order by 1`
    expect(statuses.map(({ status, cases }) => [status, cases])).toEqual([
      ['30', 4],
      ['40', 4],
      ['45', 4],
      ['50', 4],
      ['70', 4],
    ])
  })

  it('takes a quarterly ledger of disputes: title, joined cells, totals and signatures are no cases', async () => {
    const { code, text } = await run('incidents', ledger('L2_矛盾纠纷调解台账.xlsx'), '--street', '420102012')
    expect([code, text]).toEqual([0, expect.stringContaining('新增 15，')])
    const cases = await test.database`
      select community_code as community, status, count(*)::integer as cases,
        count(*) filter (where closed_at is not null)::integer as closed
      from incident where source like '%L2%' group by 1, 2 order by 1, 2`
    const names = ['江北社区', '丹东社区', '堤角社区']
    const known = await test.database<{ code: string }[]>`
      select code from area where level = 'community' and name = any(${names}::text[]) order by code`
    expect(cases.map((row) => [row['community'], row['status'], row['cases'], row['closed']])).toEqual(
      known.flatMap(({ code: community }) => [
        [community, '50', 1, 0],
        [community, '70', 4, 4],
      ]),
    )
    const [first] = await test.database`
      select type, risk, happened_at, closed_at, involved_count from incident
      where source like '%L2%' order by happened_at limit 1`
    expect(first).toMatchObject({ type: 'D02', risk: 'blue', involvedCount: 2 })
    expect([first?.['happenedAt'], first?.['closedAt']].map((at) => new Date(at as string).toISOString())).toEqual([
      '2025-01-02T16:00:00.000Z',
      '2025-01-05T16:00:00.000Z',
    ])
  })

  it('takes a ledger of buildings without positions', async () => {
    const { code, text } = await run('buildings', ledger('L5_楼栋台账.xlsx'), '--set', 'communityCode=江北社区')
    expect([code, text]).toEqual([0, expect.stringContaining('新增 30')])
    const [sums] = await test.database`
      select count(*)::integer as buildings, sum(residents)::integer as residents, min(built_year) as oldest
      from building where community_code = '420102012007'`
    expect(sums).toEqual({ buildings: 30, residents: 3765, oldest: 1990 })
  })

  it('then finds those buildings by nothing but addresses, and lists the one that is not there', async () => {
    const { code, text } = await run('incidents', ledger('L7_只有地址.csv'), '--street', '420102012')
    expect([code, text]).toEqual([0, expect.stringContaining('新增 9，')])
    const cases = await test.database`
      select i.number, b.estate, b.name, i.position_source as source, i.grid_code as grid from incident i
      left join building b on b.street_code = i.street_code and b.code = i.building_code
      where i.source like '%L7%' order by i.number`
    // The buildings have no positions of their own: what is in them is shown in the middle of their community.
    const inBuilding = (name: string) => ['江北新村', name, 'address-community', null]
    expect(cases.map((row) => [row['estate'], row['name'], row['source'], row['grid']])).toEqual([
      inBuilding('3栋'),
      inBuilding('3栋'),
      inBuilding('5栋'),
      inBuilding('7栋'),
      inBuilding('9栋'),
      [null, null, 'measured', null],
      [null, null, 'address-grid', '420102012007003'],
      [null, null, 'address-community', null],
      [null, null, 'measured', null],
    ])
    expect(text).toContain('未找到 Not found: 1 × 不存在小区9栋')
  })

  it('updates grids from a roster of their workers', async () => {
    const { code, text } = await run('grids', ledger('L6_网格员名册.xlsx'))
    expect([code, text]).toEqual([0, expect.stringContaining('新增 0，更新 19')])
    const [grid] = await test.database`
      select name, worker, worker_phone, households, residents from area_with_contacts where code = '420102012007003'`
    expect(grid).toEqual({
      name: '江北社区第3网格',
      worker: '网格员3',
      workerPhone: '15400002003',
      households: 303,
      residents: 803,
    })
  })

  it('takes a sheet a month with positions and no outcome: of unknown status, in their grids', async () => {
    const { code, text } = await run('incidents', ledger('L8_按月事件.xlsx'), '--crs', 'wgs84')
    expect([code, text]).toEqual([0, expect.stringContaining('新增 ')])
    const [cases] = await test.database`
      select count(*)::integer as cases, count(*) filter (where status = '99')::integer as unknown, count(grid_code)::integer as placed
      from incident where source like '%L8%'`
    expect(cases).toEqual({ cases: cases?.['unknown'], unknown: cases?.['unknown'], placed: cases?.['cases'] })
    expect(Number(cases?.['cases'])).toBeGreaterThan(14)
    const [open] = await test.database`select sum(open)::integer as open from incident_month where month < '2025-02-01'`
    expect(Number(open?.['open'])).toBeLessThan(5)
  })
})
