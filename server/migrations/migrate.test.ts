import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from '../migrations/migrate.ts'
import { createTestDatabase, type TestDatabase } from '../store/test-database.ts'

let world: TestDatabase
beforeAll(async () => {
  world = await createTestDatabase()
})
afterAll(() => world.close())

test('a database that is up to date is left as it is', async () => {
  expect(await migrate(world.database)).toEqual([])
})

test('two processes may migrate at once', async () => {
  expect(await Promise.all([migrate(world.database), migrate(world.database)])).toEqual([[], []])
})

test('a database with other tables under the same number is refused in a sentence', async () => {
  await world.database`update schema_version set md5 = md5('another') where version = 1`
  await expect(migrate(world.database)).rejects.toThrow('made by another version')
})
