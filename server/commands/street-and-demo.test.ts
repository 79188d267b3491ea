import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { testFolder } from '@minqing/data/test-data'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { createTestDatabase, type TestDatabase } from '../store/test-database.ts'
import type { Command, CommandContext } from './command.ts'
import { checkCommand } from './database.ts'
import { demoCommand } from './demo.ts'
import { importCommand } from './import.ts'

const folder = testFolder('street-and-demo')

let held: TestDatabase
beforeAll(async () => {
  held = await createTestDatabase()
  writeFileSync(join(folder, '工单.csv'), '编号,标题,经度,纬度,时间\nA,漏水,114.305,30.605,2024-05-01\n')
})
afterAll(() => held.close())

async function run(command: Command, ...args: string[]): Promise<{ code: number; said: string }> {
  const said: string[] = []
  const context: CommandContext = {
    config: readConfig({}),
    now: () => new Date(),
    database: () => Promise.resolve(held.database),
    secret: async () => undefined,
    path: (relative) => join(folder, relative),
    out: (line) => said.push(line),
    report: (line) => said.push(line),
    signal: new AbortController().signal,
  }
  return { code: await command.prepare(args).run(context), said: said.join('\n') }
}

test('a further sub-district is made when it is confirmed, and one that is gone is reported', async () => {
  expect(await run(importCommand, 'incidents', '工单.csv', '--street', '420102012=丹水池街道')).toMatchObject({
    code: 0,
  })
  const mistyped = await run(importCommand, 'incidents', '工单.csv', '--street', '420102021')
  expect(mistyped.code).toBe(2)
  expect(mistyped.said).toMatch(/420102021.*420102012“丹水池街道”.*--new-street/s)
  const confirmed = await run(importCommand, 'incidents', '工单.csv', '--street', '420102021', '--new-street')
  expect(confirmed.said).toContain('新建了街道 420102021')
  expect((await run(checkCommand)).said).not.toContain('420102021')
  await held.database`delete from area where code = '420102021'`
  expect((await run(checkCommand)).said).toContain('1 件事件归入街道 420102021，而库中没有这个街道')
})

test('the demo goes with what was imported into it only when that is confirmed', async () => {
  expect((await run(demoCommand, 'remove')).said).toContain('这里没有演示数据')
  await held.database`
    insert into area (code, level, street_code, name, area_m2, geometry, extent, center, source)
    values ('990101001', 'street', '990101001', '望澜街道', 0, '{"type":"MultiPolygon","coordinates":[]}',
      '(1,1),(0,0)', '(0,0)', 'demo')`
  await held.database`
    insert into demo_state (street_code, seed, scale, model, made_at, carried_to)
    values ('990101001', 1, 'street', 2, now(), now())`
  expect(await run(importCommand, 'incidents', '工单.csv', '--street', '990101001')).toMatchObject({ code: 0 })
  const refused = await run(demoCommand, 'remove')
  expect([refused.code, refused.said]).toEqual([2, expect.stringContaining('导入的数据 1 条')])
  expect(await held.database`select from demo_state`).toHaveLength(1)
  expect(await run(demoCommand, 'remove', '--with-imported')).toMatchObject({ code: 0 })
  expect(await held.database`select from incident where street_code = '990101001'`).toHaveLength(0)
})
