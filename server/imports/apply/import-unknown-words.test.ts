import { inMemory } from '@minqing/data/formats/test-bytes'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkCounts } from '../../counts/check-counts.ts'
import { createTestDatabase, type TestDatabase } from '../../store/test-database.ts'
import { beginWithTwoGrids, runImport } from './test-import.ts'

describe('importing incidents of which a ledger does not say, or not in known words, what they are', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase()
  })
  afterAll(() => test.close())
  beforeEach(() => beginWithTwoGrids(test.database))

  const incidents = (content: string, more: object = {}, options: object = {}) =>
    runImport(
      test.database,
      { collection: 'incidents', file: inMemory('工单.csv', content), crs: 'wgs84', ...more },
      options,
    )

  it('takes cases of unknown status where no column says how far they have come, and counts them as neither open nor late', async () => {
    const { database } = test
    const places = '114.305,30.605,2019-05-01'
    await incidents(`编号,经度,纬度,时间,办结时限\nA,${places},2019-06-01\nB,${places},2019-06-01\n`)
    const states = () => database`
      select number, status, (select count(*) from incident_step s
        where s.street_code = i.street_code and s.number = i.number) as steps
      from incident i order by number`
    expect([...(await states())]).toEqual([
      { number: 'A', status: '99', steps: 1 },
      { number: 'B', status: '99', steps: 1 },
    ])
    expect([...(await database`select total, open, overdue from incident_month`)]).toEqual([
      { total: 2, open: 0, overdue: 0 },
    ])
    // A later ledger closes one.
    await incidents(`编号,经度,纬度,时间,办结时间\nA,${places},2019-05-09\nB,${places},\n`)
    expect([...(await states())]).toEqual([
      { number: 'A', status: '70', steps: 2 },
      { number: 'B', status: '99', steps: 1 },
    ])
    expect(await checkCounts(database)).toEqual([])
  })

  it('rejects no row for a word that nobody knows: it is listed, and a person can say what it means', async () => {
    const ledger = `工单编号,工单状态,来源,风险评估,时间,经度,纬度
A,云里雾里,信鸽,天蓝,2024-05-01,114.305,30.605
B,云里雾里,12345,高,2024-05-01,114.305,30.605
C,已退单,12345,低,2024-05-01,114.305,30.605
`
    const { database } = test
    const read = () => database`select status, channel, risk from incident order by number`
    const report = await incidents(ledger, {}, { dryRun: true })
    expect(report).toMatchObject({ inserted: 3, rejected: 0, unused: [] })
    const words = report.rowNotes.filter(({ label }) => label.zh.startsWith('不认识'))
    expect(words.map(({ label, rows }) => [/“.*”，记为“.*”/.exec(label.zh)?.[0], rows])).toEqual([
      ['“工单状态”中的“云里雾里”，记为“未知”', 2],
      ['“来源”中的“信鸽”，记为“部门转办”', 1],
      ['“风险评估”中的“天蓝”，记为“苗头”', 1],
    ])
    const chosen = ['工单状态=云里雾里=处置中', 'channel=信鸽=walk_in', 'risk=天蓝=较大']
    const meant = await incidents(ledger, { words: chosen })
    expect(meant.rowNotes.filter(({ label }) => label.zh.startsWith('不认识'))).toEqual([])
    expect([...(await read())]).toEqual([
      { status: '50', channel: 'walk_in', risk: 'orange' },
      { status: '50', channel: 'hotline_12345', risk: 'red' },
      { status: '45', channel: 'hotline_12345', risk: 'blue' },
    ])
    // A word that is not understood takes nothing away.
    await incidents(ledger)
    expect((await read())[0]).toMatchObject({ status: '50' })
    await expect(incidents(ledger, { words: ['工单状态=云里雾里=天上'] })).rejects.toThrow('没有“天上”这个取值')
    await expect(incidents(ledger, { words: ['工单状态=云里雾里=constructor'] })).rejects.toThrow('constructor')
    await expect(incidents(ledger, { words: ['无此列=云里雾里=结案'] })).rejects.toThrow('既不是字段也不是文件的列')
  })

  it('takes a case with a closing time for closed whatever its status is called, the first time and the second', async () => {
    const ledger = '编号,时间,状态,办结时间,经度,纬度\nA,2024-05-01,云里雾里,2024-05-09,114.305,30.605\n'
    expect(await incidents(ledger)).toMatchObject({ inserted: 1 })
    expect([...(await test.database`select status from incident`)]).toEqual([{ status: '70' }])
    expect(await incidents(ledger)).toMatchObject({ inserted: 0, updated: 0, unchanged: 1 })
  })
})
