import { afterAll, beforeAll, expect, test } from 'vitest'
import { enablePostgis } from './postgis.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

let world: TestDatabase
beforeAll(async () => void (world = await createTestDatabase()))
afterAll(() => world.close())

// Runs on the embedded PostgreSQL alone, which never has PostGIS.
test('without PostGIS on the server it is refused in a sentence, and nothing is changed', async () => {
  await expect(world.database.begin(enablePostgis)).rejects.toThrow(/没有安装 PostGIS[^]*has no PostGIS/)
  expect(await world.database`select from pg_namespace where nspname = 'gis'`).toHaveLength(0)
})
