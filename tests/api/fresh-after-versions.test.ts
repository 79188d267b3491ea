import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createApp } from '../../server/app.ts'
import { touch } from '../../server/store/collection-versions.ts'
import { connect } from '../../server/store/connect.ts'
import { ReplicaReader } from '../../server/store/replica-reader.ts'
import { openScope, readAs } from '../../server/store/scope.ts'
import { createTestDatabase, type TestDatabase } from '../../server/store/test-database.ts'
import { everybodyLeads } from './actors.ts'
import { type ServedApi, serveOn } from './serve-api.ts'

// The notification of a change may arrive after a client has asked for the versions: here it never does.
let world: TestDatabase
let server: ServedApi
beforeAll(async () => {
  world = await createTestDatabase()
  server = await serveOn(world.database, { notified: false })
})
afterAll(async () => {
  await server.close()
  await world.close()
})

const grids = '/collections/grids/items?limit=1000'
const tagOf = async (path: string) => (await server.get(path)).headers.get('etag') ?? 'none'

test.each(['/status', '/wall/versions'])('what is read after %s is not older than what it says', async (versions) => {
  await server.get(versions)
  const before = await tagOf(grids)
  await world.database.begin((transaction) => touch(transaction, ['areas']))
  expect(await tagOf(grids)).toBe(before)
  await server.get(versions)
  expect(await tagOf(grids)).not.toBe(before)
})

test.each(['/status', '/wall/versions'])('no replica is read that may lack what %s says', async (versions) => {
  const reader = await ReplicaReader.open(world.database, [])
  // Whatever is read is read from a replica, which this one has up to date.
  const replica = connect({ url: world.url, poolSize: 2 })
  vi.spyOn(reader, 'choose').mockResolvedValue(replica)
  const noted = vi.spyOn(reader, 'noteChange')
  const app = createApp({
    actors: everybodyLeads,
    database: world.database,
    reader,
    now: () => new Date(),
    version: 'test',
  })
  const ask = async () => expect((await app.request(`/api${versions}`)).status).toBe(200)
  await ask()
  noted.mockClear()
  await ask()
  expect(noted).not.toHaveBeenCalled()
  await world.database.begin((transaction) => touch(transaction, ['areas']))
  await ask()
  expect(noted).toHaveBeenCalledOnce()
  await replica.end()
})

test('what was read on the primary is read from no replica that lacks it', async () => {
  const reader = await ReplicaReader.open(world.database, [])
  const noted = vi.spyOn(reader, 'noteChange')
  await readAs(reader, openScope, (transaction) => transaction`select count(*) from area`)
  expect(noted).toHaveBeenCalledOnce()
})
