import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Database } from '../store/connect.ts'
import { createTestDatabase, type TestDatabase } from '../store/test-database.ts'
import type { CommandContext } from './command.ts'
import { checkCommand } from './database.ts'

let world: TestDatabase
/** Spoils what is stored, past the application. */
let owner: Database
beforeAll(async () => {
  world = await createTestDatabase()
  owner = connect({ url: world.url, poolSize: 1 })
  await owner`
    insert into incident (street_code, number, type, channel, title, position, happened_at, reported_at, source)
    values ('960101001', 'A', 'D02', 'walk_in', '漏水', null, now(), now(), 'test')`
})
afterAll(async () => {
  await owner.end()
  await world.close()
})

async function check(...args: string[]): Promise<number> {
  const context = { database: async () => world.database, out: () => {}, report: () => {} }
  return checkCommand.prepare(args).run(context as unknown as CommandContext)
}

test('counts that are recomputed are announced and recorded', async () => {
  const version = async () => {
    const [row] = await owner<{ version: number }[]>`
      select version from collection_version where collection = 'incidents'`
    return row?.version ?? 0
  }
  expect(await check()).toBe(1)
  const before = await version()
  expect(await check('--mend')).toBe(0)
  expect(await version()).toBeGreaterThan(before)
  expect(await check()).toBe(0)
  expect(await owner`select actor_kind, action, object, result from audit`).toMatchObject([
    { actorKind: 'command', action: 'mend', object: 'incident', result: 'done' },
  ])
})
