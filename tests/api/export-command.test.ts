import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openFile } from '@minqing/data/formats/open-file'
import { allRows, onDisk } from '@minqing/data/formats/test-bytes'
import { testFolder } from '@minqing/data/test-data'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changed, grids, insertAreas, insertIncident, street } from './world.ts'
import { readConfig } from '../../server/config.ts'
import { runScheduledExports } from '../../server/exports/scheduled/run-scheduled.ts'
import { createTestDatabase, type TestDatabase } from '../../server/store/test-database.ts'
import type { Command, CommandContext } from '../../server/commands/command.ts'
import { exportCommand } from '../../server/commands/export.ts'
import { exportsCommand } from '../../server/commands/exports.ts'

const folder = testFolder('export-command')
let test: TestDatabase
let now = new Date('2026-03-10T12:00:00+08:00')
beforeAll(async () => {
  test = await createTestDatabase()
  await insertAreas(test.database)
  for (const [index, month] of ['01', '02', '02', '03'].entries())
    await insertIncident(test.database, {
      number: `E${index}`,
      gridCode: grids[0]!,
      reportedAt: `2026-${month}-05T08:00:00+08:00`,
      type: index === 0 ? 'E03' : 'D02',
    })
  await changed(test.database, 'incidents', 'areas')
})
afterAll(() => test.close())

async function run(command: Command, ...args: string[]) {
  const lines: string[] = []
  const context: CommandContext = {
    config: readConfig({}),
    now: () => now,
    database: () => Promise.resolve(test.database),
    secret: async () => undefined,
    path: (relative) => join(folder, relative),
    out: (line) => lines.push(line),
    report: (line) => lines.push(line),
    signal: new AbortController().signal,
  }
  const code = await command.prepare(args).run(context)
  return { code, output: lines.join('\n') }
}

const rowsIn = async (path: string, choices = {}) => (await allRows(await openFile(onDisk(path), choices))).length
const audited = async () =>
  test.database<{ actorKind: string; result: string; details: { format?: string; rows?: number } }[]>`
    select actor_kind, result, details from audit where action = 'export' order by street_code, position`

describe('minqing export', () => {
  it('writes every format with its filter, and records how many rows it had', async () => {
    for (const format of ['geojson', 'csv', 'xlsx', 'shp.zip', 'gpkg', 'parquet']) {
      const done = await run(
        exportCommand,
        'incidents',
        `cases.${format}`,
        '--area',
        street,
        '--type',
        'D02',
        '--crs',
        'cgcs2000',
      )
      expect([done.code, done.output]).toEqual([0, `incidents → cases.${format}：3 行 · rows`])
    }
    expect(await rowsIn(join(folder, 'cases.xlsx'), { layer: '事件' })).toBe(3)
    expect(await rowsIn(join(folder, 'cases.gpkg'), { layer: 'incidents' })).toBe(3)
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([])
    const trail = (await audited()).filter(({ details }) => details.rows !== undefined)
    expect(trail).toHaveLength(6)
    expect(trail.at(-1)).toMatchObject({
      actorKind: 'command',
      result: 'done',
      details: { rows: 3, circulation: 'internal' },
    })
  })

  it('refuses what it cannot understand, and leaves no file', async () => {
    await expect(run(exportCommand, 'incidents', 'cases.doc')).rejects.toThrow(/\.xlsx/)
    await expect(run(exportCommand, 'people', 'people.csv')).rejects.toThrow(/incidents、areas/)
    const wide = await run(exportCommand, 'incidents', 'wide.csv', '--circulation', 'wide', '--risk', 'red')
    expect([wide.code, wide.output]).toEqual([2, expect.stringContaining('请去掉渠道、状态、风险')])
    expect((await run(exportCommand, 'areas', 'bad.csv', '--type', 'X1')).code).toBe(2)
    await expect(run(exportCommand, 'areas', 'missing/areas.csv')).rejects.toThrow(/ENOENT/)
    expect(['wide.csv', 'bad.csv'].filter((name) => existsSync(join(folder, name)))).toEqual([])
    expect((await audited()).filter(({ result }) => result === 'failed')).toHaveLength(1)
  })
})

describe('minqing export --every', () => {
  const reports = join(folder, 'reports')
  const schedule = (...more: string[]) =>
    run(
      exportCommand,
      'incidents',
      '--every',
      'month',
      '--name',
      '月报',
      '--format',
      'csv',
      '--folder',
      reports,
      '--keep',
      '2',
      ...more,
    )
  const errors: unknown[] = []
  const runDue = (at: string) => {
    now = new Date(`${at}+08:00`)
    return runScheduledExports(
      test.database,
      () => now,
      (error) => errors.push(error),
    )
  }

  it('is run when it is due, once, and its oldest files go', async () => {
    mkdirSync(reports)
    writeFileSync(join(reports, '月报_2026.csv'), 'of somebody else')
    expect((await schedule('--last')).output).toContain('2026-04-01 02:30:00')
    expect((await run(exportsCommand)).output).toContain('尚未执行')
    expect(await runDue('2026-04-01T02:29:00')).toBe(0)
    const both = await Promise.all([runDue('2026-04-01T02:30:00'), runDue('2026-04-01T02:30:00')])
    expect(both.reduce((sum, count) => sum + count)).toBe(1)
    for (const day of ['2026-05-01', '2026-06-01']) expect(await runDue(`${day}T03:00:00`)).toBe(1)
    expect(readdirSync(reports).toSorted()).toEqual(['月报_2026.csv', '月报_20260501.csv', '月报_20260601.csv'])
    const listed = await run(exportsCommand)
    expect([listed.code, listed.output]).toEqual([
      0,
      expect.stringContaining('成功 done，0 行 rows，月报_20260601.csv'),
    ])
  })

  it('has the month that has ended', async () => {
    now = new Date('2026-02-10T12:00:00+08:00')
    const february = join(folder, 'february')
    mkdirSync(february)
    const options = ['--every', 'month', '--last', '--name', '上月', '--format', 'csv', '--folder', february]
    expect((await run(exportCommand, 'incidents', ...options)).code).toBe(0)
    expect(await runDue('2026-03-01T02:30:00')).toBe(1)
    const text = readFileSync(join(february, '上月_20260301.csv'), 'utf8')
    expect(text).toContain('# 行数：2')
    expect(text).toContain('2026-02-01 00:00:00 – 2026-03-01 00:00:00')
    expect((await run(exportsCommand, 'remove', '上月')).code).toBe(0)
  })

  it('says when it has failed, and goes on at its next time', async () => {
    now = new Date('2026-06-10T12:00:00+08:00')
    await run(
      exportCommand,
      'areas',
      '--every',
      'day',
      '--name',
      'lost',
      '--format',
      'gpkg',
      '--folder',
      join(folder, 'nowhere'),
    )
    errors.length = 0
    expect(await runDue('2026-06-11T02:31:00')).toBeGreaterThan(0)
    expect(errors).toHaveLength(1)
    const listed = await run(exportsCommand)
    expect([listed.code, listed.output]).toEqual([1, expect.stringMatching(/^lost：.*失败 failed（ENOENT）/m)])
    mkdirSync(join(folder, 'nowhere'))
    expect(await runDue('2026-06-12T02:31:00')).toBeGreaterThan(0)
    expect(readdirSync(join(folder, 'nowhere'))).toEqual(['lost_20260612.gpkg'])
    expect((await run(exportsCommand, 'remove', 'lost')).code).toBe(0)
    expect((await run(exportsCommand, 'remove', 'lost')).code).toBe(1)
  })

  it('refuses a folder or a name that it cannot use', async () => {
    await expect(
      run(exportCommand, 'areas', '--every', 'day', '--name', 'a', '--format', 'csv', '--folder', 'here'),
    ).rejects.toThrow(/absolute/)
    await expect(
      run(exportCommand, 'areas', '--every', 'day', '--name', '../a', '--format', 'csv', '--folder', folder),
    ).rejects.toThrow(/--name/)
    await expect(
      run(
        exportCommand,
        'areas',
        '--every',
        'week',
        '--last',
        '--circulation',
        'wide',
        '--name',
        'a',
        '--format',
        'csv',
        '--folder',
        folder,
      ),
    ).rejects.toThrow(/month/)
  })
})
