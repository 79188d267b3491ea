import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { testFolder } from '@minqing/data/test-data'
import { rows, workbook } from '@minqing/data/formats/xlsx/test-workbook'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportReport } from '@minqing/data/domain/import'
import { readConfig } from '../config.ts'
import { createTestDatabase, type TestDatabase } from '../store/test-database.ts'
import type { Command, CommandContext } from './command.ts'
import { exportCommand } from './export.ts'
import { importCommand } from './import.ts'

const folder = testFolder('command')
const square = 'POLYGON ((114.30 30.60, 114.31 30.60, 114.31 30.61, 114.30 30.61, 114.30 30.60))'
const file = (name: string, content: string) => {
  writeFileSync(join(folder, name), content)
  return name
}

describe('minqing import and export', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase()
  })
  afterAll(() => test.close())

  async function run(command: Command, ...args: string[]) {
    const output: string[] = []
    const reported: string[] = []
    const context: CommandContext = {
      config: readConfig({}),
      now: () => new Date(),
      database: () => Promise.resolve(test.database),
      secret: async () => undefined,
      path: (relative) => join(folder, relative),
      out: (line) => output.push(line),
      report: (line) => reported.push(line),
      signal: new AbortController().signal,
    }
    const code = await command.prepare(args).run(context)
    return { code, output: output.join('\n'), reported: reported.join('\n') }
  }

  it('ends with 0 and counts, in words and as JSON', async () => {
    const grids = file('网格.csv', `网格编码,名称,wkt\n420102012001001,一网格,"${square}"\n`)
    const first = await run(importCommand, 'grids', grids)
    expect(first.code).toBe(0)
    expect(first.output).toContain('读取 1，新增 1，更新 0，未变 0，跳过 0，拒绝 0')
    const second = await run(importCommand, 'grids', grids, '--json')
    expect(JSON.parse(second.output) as ImportReport).toMatchObject({ unchanged: 1, written: true, encoding: 'utf-8' })
  })

  it('ends with 1 where a row is rejected, which it writes to a file beside', async () => {
    const cases = file('工单.csv', '编号,经度,纬度,时间\n1,114.305,30.605,2024-05-01\n2,114.305,30.605,去年\n')
    const refused = await run(importCommand, 'incidents', cases)
    expect(refused.code).toBe(1)
    expect(refused.output).toContain('第 3 行，列“时间”，值“去年”')
    expect(refused.output).toContain('没有写入任何数据')
    expect(readFileSync(join(folder, '工单.rejects.csv'), 'utf8')).toContain('2,114.305,30.605,去年,3,时间')
    const others = await run(importCommand, 'incidents', cases, '--skip-invalid', '--rejects', 'again.csv')
    expect([others.code, existsSync(join(folder, 'again.csv'))]).toEqual([1, true])
    expect(await test.database`select number from incident`).toEqual([{ number: '1' }])
  })

  it('says nothing of a datum where there are no coordinates, and what the field is called that a row lacks', async () => {
    const cases = file('电话.csv', '编号,时间\n1,2024-05-01\n')
    const { output } = await run(importCommand, 'incidents', cases, '--street', '420102012', '--dry-run')
    expect(output.split('\n')[0]).toBe('电话.csv → incidents（csv，utf-8）')
    expect(output).not.toMatch(/wgs84/i)
    const buildings = await run(importCommand, 'buildings', file('楼.csv', '楼栋名称,层数\n1栋,6\n'), '--dry-run')
    expect(buildings.output).toContain('第 2 行，字段“社区编码”（communityCode）')
  })

  it.each([
    [['incidents', 'nowhere.csv'], '没有找到文件'],
    [['people', '网格.csv'], '没有集合“people”'],
    [['grids', '网格.csv', '--map', 'name=没有'], '没有'],
    [['grids', '网格.csv', '--encoding', 'klingon'], 'klingon'],
    [['grids', '网格.csv', '--header-row', '3-2'], '--header-row 3-2'],
    [['grids', '网格.csv', '--header-row', '99'], '第 99 行不能作表头'],
    [['grids', '网格.csv', '--delimiter', 'ab'], '--delimiter ab'],
  ])('ends with 2 and a sentence for %j', async (args, sentence) => {
    const { code, reported } = await run(importCommand, ...args)
    expect([code, reported]).toEqual([2, expect.stringContaining(sentence)])
  })

  it('takes the sheet and the header row that were output, and gives rejected rows back as CSV', async () => {
    const sheets = [
      { name: '台账', rows: rows(['编号', '时间', '经度', '纬度'], ['X1', '2024-05-01', 114.305, 30.605]) },
      {
        name: '补录',
        rows: rows(['甲', '乙', '丙', '丁'], ['编号', '时间', '经度', '纬度'], ['=X2', '去年', 114.305, 30.605]),
      },
    ]
    writeFileSync(join(folder, '台账.xlsx'), workbook(sheets))
    const first = await run(importCommand, 'incidents', '台账.xlsx', '--dry-run')
    expect([first.code, first.output]).toEqual([1, expect.stringContaining('2 张工作表一并读取：“台账”、“补录”')])
    expect(first.output).toContain('“补录”第 3 行，列“时间”，值“去年”')
    const second = await run(importCommand, 'incidents', '台账.xlsx', '--sheet', '补录', '--header-row', '2')
    expect([second.code, second.output]).toEqual([1, expect.stringMatching(/^第 3 行，列“时间”，值“去年”/m)])
    expect(readFileSync(join(folder, '台账.rejects.csv'), 'utf8')).toMatch(
      /^\ufeff编号,时间,经度,纬度,.*\r\n'=X2,去年,114.305,30.605,3,/,
    )
  })

  it('exports what lies in a box and a time', async () => {
    const all = await run(exportCommand, 'incidents', 'cases.geojson', '--raw')
    expect([all.code, all.output]).toEqual([0, expect.stringContaining('1 个要素')])
    expect((await run(exportCommand, 'incidents', 'none.csv', '--raw', '--bbox', '0,0,1,1')).output).toContain(
      '0 个要素',
    )
    expect(
      (await run(exportCommand, 'incidents', 'late.csv', '--raw', '--datetime', '2025-01-01T00:00:00Z/..')).output,
    ).toContain('0 个')
    const bad = await run(exportCommand, 'incidents', 'bad.csv', '--raw', '--bbox', '1,2,3')
    expect([bad.code, existsSync(join(folder, 'bad.csv'))]).toEqual([2, false])
    await expect(run(exportCommand, 'incidents', 'cases.xlsx', '--raw')).rejects.toThrow(/\.geojson/)
  })
})
