import { inMemory } from '@minqing/data/formats/test-bytes'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkCounts } from '../../counts/check-counts.ts'
import { createTestDatabase, type TestDatabase } from '../../store/test-database.ts'
import { reasons } from '../check/reasons.ts'
import { beginWithTwoGrids, runImport } from './test-import.ts'

describe('importing incidents that are there already', () => {
  let test: TestDatabase
  beforeAll(async () => void (test = await createTestDatabase()))
  afterAll(() => test.close())
  beforeEach(() => beginWithTwoGrids(test.database))

  const incidents = (content: string, more: object = {}) =>
    runImport(test.database, { collection: 'incidents', file: inMemory('工单.csv', content), crs: 'wgs84', ...more })

  it('leaves alone what a later ledger has no column for', async () => {
    const { database } = test
    await incidents(
      '编号,标题,类型,来源,风险,地址,涉及人数,经度,纬度,时间,状态,办结时限\n' +
        'A,漏水,邻里纠纷,走访,高,甲路1号,3,114.305,30.605,2024-05-01,处理中,2024-06-01\n' +
        'B,欠薪,劳资纠纷,走访,低,乙路2号,30,114.305,30.605,2024-05-02,处理中,2024-06-01\n' +
        'C,赡养,婚姻家庭,走访,低,丙路3号,2,114.305,30.605,2024-05-03,已归档,2024-06-01\n' +
        'D,误报,邻里纠纷,走访,低,丁路4号,2,114.305,30.605,2024-05-04,已作废,2024-06-01\n',
    )
    const all = () => database`
      select number, community_code, grid_code, type, source_type, channel, risk, title, address, involved_count,
        position, source_x, due_at, status, closed_at, version from incident order by number`
    const [a, b, c, d] = await all()
    expect(a).toMatchObject({
      type: 'D02',
      channel: 'visit',
      risk: 'red',
      involvedCount: 3,
      gridCode: expect.any(String),
    })
    const outcome =
      '编号,时间,办结时间\nA,2024-05-01,2024-05-20 09:00\nB,2024-05-02,\nC,2024-05-03,2024-05-20 09:00\nD,2024-05-04,\n'
    expect(await incidents(outcome, { street: '420102012' })).toMatchObject({
      inserted: 0,
      updated: 2,
      unchanged: 2,
      rejected: 0,
    })
    const closed = { closedAt: '2024-05-20T01:00:00.000Z', version: 2 }
    // One that is filed away is closed already, and one that was called off need not be.
    expect([...(await all())]).toEqual([{ ...a, ...closed, status: '70' }, b, { ...c, ...closed, status: '80' }, d])
    expect(await incidents(outcome, { street: '420102012' })).toMatchObject({ updated: 0, unchanged: 4 })
    const steps = await database`
      select number, from_status, to_status from incident_step where sequence > 2 order by number`
    expect(steps.map((step) => Object.values(step))).toEqual([['A', '50', '70']])
    // A status that the file says nothing of makes no step, and a value for every row is something said.
    const report = await incidents('编号,时间\nA,2024-05-01\nB,2024-05-02\n', { street: '420102012', set: ['risk=中'] })
    expect(report).toMatchObject({ updated: 2 })
    expect(await database`select count(*) as steps from incident_step where sequence > 3`).toEqual([{ steps: 0 }])
    expect((await all()).map(({ risk, type }) => [risk, type])).toEqual([
      ['yellow', 'D02'],
      ['yellow', 'D10'],
      ['blue', 'D01'],
      ['blue', 'D02'],
    ])
    expect(await checkCounts(database)).toEqual([])
  })

  it('keeps apart when a case happened and when it was reported, and moves it to no other month', async () => {
    const street = '420102012'
    await incidents('编号,发生时间,上报时间,经度,纬度\nA,2024-04-28 08:00,2024-05-03 09:00,114.305,30.605\n')
    await incidents('编号,受理时间,办结时间\nA,2024-05-03 10:00,2024-05-20\n', { street })
    await incidents('编号,发生时间,风险等级\nA,2024-04-28 07:00,高\n', { street })
    expect(await test.database`select happened_at, reported_at, status, risk from incident`).toEqual([
      { happenedAt: '2024-04-27T23:00:00.000Z', reportedAt: '2024-05-03T02:00:00.000Z', status: '70', risk: 'red' },
    ])
    expect(await checkCounts(test.database)).toEqual([])
  })

  it.each([
    // Where a case stood, what a later ledger says, where it stands then and whether it still has a time of closing.
    ['处理中', '', '状态', '', '50', false],
    ['处理中', '', '办结时间', '2024-05-20', '70', true],
    ['已办结', '2024-05-10', '办结时间', '', '70', true],
    ['已办结', '', '办结时间', '', '70', false],
    ['已办结', '2024-05-10', '状态', '', '70', true],
    ['已办结', '2024-05-10', '状态', '处理中', '50', false],
    ['已归档', '2024-05-10', '办结时间', '2024-05-11', '80', true],
    ['已作废', '2024-05-10', '办结时间', '2024-05-11', '90', true],
    ['草稿', '', '办结时间', '2024-05-11', '00', true],
    ['不受理', '', '办结时间', '2024-05-11', '15', true],
    ['已办结', '2024-05-10', '风险等级', '高', '70', true],
  ])('a case that stood at %s (closed %s) and is told %s = “%s” stands at %s', async (...row) => {
    const [status, closed, column, value, becomes, hasTime] = row
    const { database } = test
    await incidents(`编号,状态,办结时间,时间,经度,纬度\nA,${status},${closed},2024-05-01,114.305,30.605\n`)
    await incidents(`编号,${column},时间\nA,${value},2024-05-01\n`, { street: '420102012' })
    const [found] = await database`select status, closed_at is not null as has_time from incident`
    expect(found).toEqual({ status: becomes, hasTime })
    const [last] = await database`select to_status from incident_step order by sequence desc limit 1`
    expect(last).toEqual({ toStatus: becomes })
    expect(await checkCounts(database)).toEqual([])
  })

  it('lets a title follow the type and the address that it was made of, and no other', async () => {
    const { database } = test
    const at = '2024-05-01,114.305,30.605'
    await incidents(
      `编号,标题,类型,地址,时间,经度,纬度\nA,,邻里纠纷,甲路1号,${at}\nB,自己的标题,邻里,,${at}\nC,,邻里,,${at}\n`,
    )
    const titles = async () => (await database`select title from incident order by number`).map(({ title }) => title)
    const made = await titles()
    expect(made).toEqual([expect.stringMatching(/邻里.*：甲路1号$/), '自己的标题', '邻里'])
    await incidents(`编号,风险,时间\nA,高,2024-05-01\nB,高,2024-05-01\nC,高,2024-05-01\n`, { street: '420102012' })
    expect(await titles()).toEqual(made)
    await incidents(`编号,类型,时间,经度,纬度\nA,劳资,${at}\nB,劳资,${at}\nC,劳资,${at}\n`)
    expect(await titles()).toEqual(['劳资：甲路1号', '自己的标题', '劳资'])
  })

  it('notes incidents that another file has imported under the same numbers', async () => {
    await incidents('编号,标题,时间,经度,纬度\n1,漏水,2024-05-01,114.305,30.605\n')
    const file = inMemory('来访.csv', '编号,标题,时间,经度,纬度\n1,低保申请,2024-05-02,114.305,30.605\n')
    const report = await runImport(test.database, { collection: 'incidents', file, crs: 'wgs84' })
    expect(report.rowNotes).toContainEqual({ label: reasons.ofAnotherSource('import:工单.csv'), rows: 1 })
    const again = await runImport(test.database, { collection: 'incidents', file, crs: 'wgs84' })
    expect(again.rowNotes.map(({ label }) => label.zh).join()).not.toContain('工单.csv')
  })

  it('takes no place away from a case: by a row without one, or a community that is not known', async () => {
    const { database } = test
    await incidents('编号,经度,纬度,时间\nA,114.305,30.605,2024-05-01\nB,114.305,30.605,2024-05-01\n')
    const places = () => database`
      select number, community_code, grid_code, position, source_crs, source_x, source_y from incident order by number`
    const before = await places()
    const street = '420102012'
    await incidents('编号,社区,风险,时间\nA,没有的社区,高,2024-05-01\nB,,高,2024-05-01\n', { street })
    expect(await places()).toEqual(before)
    await incidents('编号,经度,纬度,时间\nA,,,2024-05-01\nB,114.315,30.605,2024-05-01\n', { street })
    const [a, b] = await places()
    expect([a, b?.['gridCode'], b?.['sourceX']]).toEqual([before[0], '420102012001002', 114.315])
  })

  it('keeps a case in its grid when a later ledger says its community alone, unless it is another', async () => {
    const { database } = test
    await incidents('编号,经度,纬度,时间\nA,114.305,30.605,2024-05-01\nB,114.305,30.605,2024-05-01\n')
    const grids = () => database`select community_code, grid_code, position from incident order by number`
    const [a, b] = await grids()
    const same = String(a?.['communityCode'])
    const other = `${same.slice(0, 9)}099`
    await database`
      insert into area (code, level, parent_code, street_code, name, area_m2, geometry, extent, center, source)
      select ${other}, level, parent_code, street_code, '别处', area_m2, geometry, extent, center, source from area
      where code = ${same}`
    const { inserted, updated } = await incidents(`编号,社区编码,时间\nA,${same},2024-05-01\nB,${other},2024-05-01\n`)
    expect([inserted, updated]).toEqual([0, 1])
    expect([...(await grids())]).toEqual([a, { ...b, communityCode: other, gridCode: null }])
  })
})
