import { inMemory } from '@minqing/data/formats/test-bytes'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../store/test-database.ts'
import { checkCounts } from '../../counts/check-counts.ts'
import { listImports } from '../apply/batch.ts'
import { contents, runImport, tester } from '../apply/test-import.ts'
import { undoImport } from './undo-import.ts'

const square = (west: number) =>
  `"POLYGON ((${west} 30.60, ${west + 0.01} 30.60, ${west + 0.01} 30.61, ${west} 30.61, ${west} 30.60))"`
const grids = inMemory(
  '网格.csv',
  `网格编码,名称,wkt\n420102012001001,一网格,${square(114.3)}\n420102012001002,二网格,${square(114.31)}\n`,
)
const header = '工单编号,标题,经度,纬度,时间,状态\n'
const open = 'A,甲,114.305,30.605,2024-05-01,处理中\nB,乙,114.305,30.605,2024-05-02,处理中\n'
const closed = open.replace('B,乙,114.305,30.605,2024-05-02,处理中', 'B,乙,114.305,30.605,2024-05-02,已办结')

/** All that an import may write, without what only ever grows. */
async function world(database: TestDatabase['database']) {
  const { versions, heads, ...rest } = (await contents(database)) as Record<string, unknown>
  expect([versions, heads]).toBeDefined()
  return rest
}

/** The same without the times at which areas were last changed. */
function withoutTimes({ areas, ...rest }: Record<string, unknown>) {
  return { ...rest, areas: (areas as { updatedAt: string }[]).map(({ updatedAt: _at, ...area }) => area) }
}

describe('undoing an import', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase()
  })
  afterAll(() => test.close())
  beforeEach(async () => {
    await test.database`truncate area, building, incident, incident_step, log_head, facility, import_batch, import_before, incident_month, incident_total cascade`
  })

  const ledger = async (content: string, name = '工单.csv') => {
    const report = await runImport(test.database, { collection: 'incidents', file: inMemory(name, header + content) })
    return report.batch ?? 0
  }
  const importGrids = async () => (await runImport(test.database, { collection: 'grids', file: grids })).batch ?? 0

  it('takes away what was inserted and puts back what was updated, exactly', async () => {
    await importGrids()
    const first = await ledger(open)
    const before = await world(test.database)
    const second = await ledger(`${closed}C,丙,114.305,30.605,2024-05-03,\n`, '工单2.csv')
    expect(await undoImport(test.database, tester, second)).toEqual({
      id: second,
      file: '工单2.csv',
      removed: 1,
      restored: 1,
    })
    expect(await world(test.database)).toEqual(before)
    expect(await checkCounts(test.database)).toEqual([])
    expect(await undoImport(test.database, tester, first)).toMatchObject({ removed: 2, restored: 0 })
    expect(await checkCounts(test.database)).toEqual([])
    expect(await test.database`select from incident_step`).toHaveLength(0)
    expect(await test.database`select from import_before`).toHaveLength(0)
    // Positions of the log are never given out twice.
    await ledger(open)
    const [head] = await test.database<{ least: number }[]>`select min(position) as least from incident_step`
    expect(head?.least).toBeGreaterThan(5)
  })

  it('puts the contacts of areas back as well, and removes those it had brought', async () => {
    const roster = async (name: string, columns: string, ...cells: [string, string]) => {
      const rows = cells.map((cell, index) => `42010201200100${index + 1},${cell},${square(114.3 + index / 100)}`)
      const file = inMemory(name, `网格编码,${columns},wkt\n${rows.join('\n')}\n`)
      return runImport(test.database, { collection: 'grids', file })
    }
    const contacts = () => test.database`select area_code, role, name, work_phone from staff order by id`
    const head = '网格长,网格长电话,网格员,网格员电话'
    const first = await roster('名册.csv', head, '甲,13900000001,乙,13900000002', ',,丙,13900000003')
    const [leader, worker, other] = [
      { areaCode: '420102012001001', role: 'grid_leader', name: '甲', workPhone: '13900000001' },
      { areaCode: '420102012001001', role: 'grid_worker', name: '乙', workPhone: '13900000002' },
      { areaCode: '420102012001002', role: 'grid_worker', name: '丙', workPhone: '13900000003' },
    ]
    expect(await contacts()).toEqual([leader, worker, other])
    const again = await roster('名册.csv', head, '甲,13900000001,乙,13900000002', ',,丙,13900000003')
    expect(again).toMatchObject({ inserted: 0, updated: 0, unchanged: 2 })
    const before = await world(test.database)
    const second = await roster('名册2.csv', '网格长,网格员', '甲,丁', ',丙')
    expect(second).toMatchObject({ updated: 1, unchanged: 1 })
    expect(await contacts()).toEqual([leader, { ...worker, name: '丁' }, other])
    const third = await roster('名册3.csv', '网格长,网格长电话', ',', ',')
    expect(third).toMatchObject({ updated: 1, unchanged: 1 })
    expect(await contacts()).toEqual([{ ...worker, name: '丁' }, other])
    await undoImport(test.database, tester, third.batch ?? 0)
    await undoImport(test.database, tester, second.batch ?? 0)
    expect(await world(test.database)).toEqual(before)
    await undoImport(test.database, tester, first.batch ?? 0)
    expect(await contacts()).toEqual([])
    expect(await test.database`select from area`).toHaveLength(0)
  })

  it('removes the areas it had derived, and lets waiting cases go back to none', async () => {
    const street = '420102012=丹水池街道'
    await runImport(test.database, {
      collection: 'incidents',
      street,
      file: inMemory('工单.csv', header + open),
    })
    const before = await world(test.database)
    expect(await test.database`select code from area`).toEqual([{ code: '420102012' }])
    const batch = await importGrids()
    expect(await test.database`select code from area order by code`).toHaveLength(4)
    expect(await test.database`select grid_code from incident where grid_code is not null`).toHaveLength(2)
    await undoImport(test.database, tester, batch)
    // Its boundary came and went, which is a change of the street that the cases had made.
    expect(withoutTimes(await world(test.database))).toEqual(withoutTimes(before))
  })

  it('gives a derived boundary back in place of the real one', async () => {
    await importGrids()
    const before = await world(test.database)
    const wkt = '"POLYGON ((114.29 30.59, 114.33 30.59, 114.33 30.62, 114.29 30.62, 114.29 30.59))"'
    const { batch } = await runImport(test.database, {
      collection: 'streets',
      file: inMemory('街道.csv', `街道编码,名称,wkt\n420102012,丹水池街道,${wkt}\n`),
    })
    await undoImport(test.database, tester, batch ?? 0)
    expect(await world(test.database)).toEqual(before)
  })

  it('gives a street its earlier name back, where its name was all that an import changed', async () => {
    const named = (name: string) =>
      runImport(test.database, { collection: 'grids', street: `420102012=${name}`, file: grids })
    await named('旧名街道')
    const before = await world(test.database)
    const version = () => test.database`select version from collection_version where collection = 'areas'`
    const versionBefore = await version()
    const { batch, unchanged } = await named('新名街道')
    expect(unchanged).toBe(2)
    expect(await version()).not.toEqual(versionBefore)
    expect(await test.database`select name from area where level = 'street'`).toEqual([{ name: '新名街道' }])
    await undoImport(test.database, tester, batch ?? 0)
    expect(await world(test.database)).toEqual(before)
    expect((await named('旧名街道')).batch).toBeNull()
  })

  it('is refused with what stands on it, and says which import to undo first', async () => {
    const areas = await importGrids()
    const first = await ledger(open)
    const second = await ledger(closed, '工单2.csv')
    const before = await contents(test.database)
    await expect(undoImport(test.database, tester, first)).rejects.toMatchObject({
      code: 'conflict',
      detail: {
        zh: `导入 ${first}（工单.csv）写入的记录中，有 1 条后来又有改动：导入 ${second}（工单2.csv），因此不能整体撤销`,
      },
    })
    await expect(undoImport(test.database, tester, areas)).rejects.toMatchObject({
      detail: { zh: `导入 ${areas}（网格.csv）带来的区域里，现在有2 件事件，因此不能撤销` },
    })
    expect(await contents(test.database)).toEqual(before)
    await undoImport(test.database, tester, second)
    await undoImport(test.database, tester, first)
    await undoImport(test.database, tester, areas)
    expect(await test.database`select from area`).toHaveLength(0)
    await expect(undoImport(test.database, tester, areas)).rejects.toMatchObject({
      detail: { zh: expect.stringContaining('已经撤销过') },
    })
    await expect(undoImport(test.database, tester, 999)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('is refused where documents were added to an incident that it made', async () => {
    await importGrids()
    const batch = await ledger(open)
    await test.database`
      insert into incident_document (street_code, number, id, name, type, size, sha256, added_at, added_by, added_by_role)
      select street_code, number, 'd1', '现场.pdf', 'application/pdf', 1, ${'0'.repeat(64)}, now(), 'x', 'mediator'
      from incident where number = 'A'`
    await expect(undoImport(test.database, tester, batch)).rejects.toMatchObject({
      code: 'conflict',
      detail: { zh: expect.stringContaining('有 1 条后来又有改动') },
    })
    expect(await test.database`select from incident_document`).toHaveLength(1)
    await test.database`delete from incident_document where street_code = '420102012'`
    expect(await undoImport(test.database, tester, batch)).toMatchObject({ removed: 2 })
  })

  it('expires, and the next import deletes the stored earlier rows', async () => {
    await importGrids()
    await ledger(open)
    const second = await ledger(closed)
    expect(await test.database`select from import_before`).toHaveLength(1)
    await test.database`update import_batch set undo_until = now() - interval '1 second' where id = ${second}`
    await expect(undoImport(test.database, tester, second)).rejects.toMatchObject({ code: 'conflict' })
    await ledger(`${closed}C,丙,114.305,30.605,2024-05-03,\n`)
    expect(await test.database`select from import_before`).toHaveLength(0)
  })

  it('remembers who imported what, and not what changed nothing', async () => {
    await importGrids()
    await ledger(open)
    expect(await ledger(open)).toBe(0)
    const records = await test.database.begin((transaction) => listImports(transaction))
    expect(
      records.map(({ file, who, collection, counts, undoable }) => [file, who, collection, counts.inserted, undoable]),
    ).toEqual([
      ['工单.csv', 'test', 'incidents', 2, true],
      ['网格.csv', 'test', 'grids', 2, true],
    ])
  })
})
