import { afterAll, beforeAll, expect, test } from 'vitest'
import { listenToCollections } from './collection-versions.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'
import { touch } from './collection-versions.ts'

let world: TestDatabase
beforeAll(async () => {
  world = await createTestDatabase()
})
afterAll(() => world.close())

async function versions(): Promise<Record<string, number>> {
  const rows = await world.database<{ collection: string; version: number }[]>`
    select collection, version from collection_version`
  return Object.fromEntries(rows.map(({ collection, version }) => [collection, version]))
}

test('a commit raises the versions of what it touched and notifies every listener', async () => {
  const before = await versions()
  const heard: string[] = []
  const stop = await listenToCollections(world.database, (collection) => heard.push(collection))
  await world.database.begin((transaction) => touch(transaction, ['incidents', 'areas']))
  await expect.poll(() => heard.toSorted()).toEqual(['areas', 'incidents'])
  const after = await versions()
  expect(after).toEqual({ ...before, incidents: (before['incidents'] ?? 0) + 1, areas: (before['areas'] ?? 0) + 1 })
  await stop()
})

test('a transaction that fails changes nothing and notifies nobody', async () => {
  const before = await versions()
  const heard: string[] = []
  const stop = await listenToCollections(world.database, (collection) => heard.push(collection))
  const failing = world.database.begin(async (transaction) => {
    await touch(transaction, ['buildings'])
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  await world.database.begin((transaction) => touch(transaction, ['base']))
  await expect.poll(() => heard).toEqual(['base'])
  expect((await versions())['buildings']).toBe(before['buildings'])
  await stop()
})

test('writers of the same collections in any order do not deadlock', async () => {
  const orders = [
    ['areas', 'incidents'],
    ['incidents', 'areas'],
  ] as const
  const before = await versions()
  await Promise.all(
    Array.from({ length: 40 }, (_, i) => world.database.begin((t) => touch(t, orders[i % 2] ?? orders[0]))),
  )
  expect((await versions())['areas']).toBe((before['areas'] ?? 0) + 40)
})

test('a lost connection counts as a change of everything', async () => {
  const heard = new Set<string>()
  const stop = await listenToCollections(world.database, (collection) => heard.add(collection))
  await world.database`select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen %' and datname = current_database()`
  await expect.poll(() => heard.size, { timeout: 10_000 }).toBe(6)
  await stop()
})
