import { readFileSync } from 'node:fs'
import { inMemory } from '@minqing/data/formats/test-bytes'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../store/test-database.ts'
import { runImport } from './test-import.ts'

const header = '编号,标题,经度,纬度,时间\n'

describe('rows that repeat an earlier one', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase()
  })
  afterAll(() => test.close())
  beforeEach(() => test.database`truncate area, incident, incident_step, log_head cascade`)

  const incidents = (lines: string[], options: object = {}) =>
    runImport(
      test.database,
      {
        collection: 'incidents',
        file: inMemory('工单.csv', header + lines.join('')),
        street: '420102012=丹水池街道',
      },
      options,
    )
  const line = (number: string, title: string, time = '2024-05-01') => `${number},${title},114.305,30.605,${time}\n`

  it('are named in their places among the other rejected rows, or passed over where they say the same', async () => {
    const report = await incidents(
      [
        line('A', '漏水'),
        line('B', '噪声', '去年'),
        line('A', '积水'),
        line('C', '堆物', '前年'),
        line('A', '漏水'),
        line('B', '噪声'),
        line('B', '油烟'),
      ],
      { skipInvalid: true },
    )
    expect(report).toMatchObject({ read: 7, inserted: 2, skipped: 1, rejected: 4 })
    expect(report.rejects.examples.map(({ line: at, faults }) => [at, faults[0]?.reason.zh])).toEqual([
      [3, expect.stringContaining('去年')],
      [4, '编号与第 2 行重复，而内容不同'],
      [5, expect.stringContaining('前年')],
      [8, '编号与第 7 行重复，而内容不同'],
    ])
    const rejects = readFileSync(report.rejects.file ?? '', 'utf8').split('\r\n')
    expect(rejects.slice(1, 5).map((text) => text.split(',').slice(0, 2))).toEqual([
      ['B', '噪声'],
      ['A', '积水'],
      ['C', '堆物'],
      ['B', '油烟'],
    ])
    expect(rejects[0]?.startsWith('\ufeff编号')).toBe(true)
    expect(await test.database`select number, title from incident order by number`).toEqual([
      { number: 'A', title: '漏水' },
      { number: 'B', title: '噪声' },
    ])
  })

  it('stop an import like any other rejected row', async () => {
    const report = await incidents([line('A', '漏水'), line('B', '噪声'), line('A', '积水')])
    expect(report).toMatchObject({ written: false, rejected: 1 })
    expect(await test.database`select from incident`).toHaveLength(0)
  })

  it('are the same without a number only when they are so in every cell, also in what is not imported', async () => {
    const survey = (stalls: string[]) =>
      runImport(test.database, {
        collection: 'incidents',
        file: inMemory(
          '巡查.csv',
          `标题,经度,纬度,时间,摊位\n${stalls.map((stall) => `菜价,114.305,30.605,2024-05-01,${stall}\n`).join('')}`,
        ),
        street: '420102012=丹水池街道',
      })
    const stalls = Array.from({ length: 500 }, (_, index) => `${index}号`)
    const repeated = [...stalls, '7号', '7号', '40号']
    const report = await survey(repeated)
    expect(report).toMatchObject({ read: 503, inserted: 500, skipped: 3, rejected: 0 })
    expect(report.rowNotes.find(({ label }) => label.zh.includes('整行不同'))?.rows).toBe(500)
    expect(await test.database`select distinct number from incident`).toHaveLength(500)
    // The same file again gives the same numbers.
    expect(await survey(repeated)).toMatchObject({ inserted: 0, updated: 0, unchanged: 500, skipped: 3 })
  })

  it('with a number are named where they differ in columns that are not imported', async () => {
    const file = inMemory(
      '工单.csv',
      '编号,标题,经度,纬度,时间,状态,摊位\nA,漏水,114.305,30.605,2024-05-01,,1号\nA,漏水,114.305,30.605,2024-05-01,,2号\nA,漏水,114.305,30.605,2024-05-01,已办结,1号\n',
    )
    const request = { collection: 'incidents', file, street: '420102012=丹水池街道' } as const
    const report = await runImport(test.database, request, { skipInvalid: true })
    expect(report).toMatchObject({ read: 3, inserted: 1, skipped: 1, rejected: 1 })
    expect(report.rowNotes.map(({ label }) => label.zh)).toContain(
      '编号和导入的各列与前面某行相同，只有没有导入的列不同，只导入一次：第 3 行',
    )
    expect(report.rejects.examples.map(({ line: at }) => at)).toEqual([4])
  })

  it('are found however many there are', async () => {
    const rows = Array.from({ length: 6_000 }, (_, index) => line(String(index % 1_000), index < 3_000 ? '甲' : '乙'))
    const report = await incidents(rows, { skipInvalid: true })
    expect(report).toMatchObject({ read: 6_000, inserted: 1_000, skipped: 2_000, rejected: 3_000 })
    expect(report.rowNotes.find(({ label }) => label.zh.startsWith('与前面某行完全相同'))?.rows).toBe(2_000)
    const rejects = readFileSync(report.rejects.file ?? '', 'utf8')
      .trimEnd()
      .split('\r\n')
    expect([rejects.length, rejects[1]?.split(',').slice(0, 2), rejects.at(-1)?.split(',').slice(0, 2)]).toEqual([
      3_001,
      ['0', '乙'],
      ['999', '乙'],
    ])
  })
})
