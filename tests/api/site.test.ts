import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../server/app.ts'
import { ResponseCache } from '../../server/http/response-cache.ts'
import { apiHeaders } from '../../server/http/headers.ts'
import { createListener } from '../../server/http/listener.ts'
import { noteRequests } from '../../server/http/request-log.ts'
import { createLog } from '../../server/log.ts'
import { createSite } from '../../server/site.ts'
import { createTestDatabase, type TestDatabase } from '../../server/store/test-database.ts'
import { everybodyLeads } from './actors.ts'
import { insertAreas } from './world.ts'

const lines = new PassThrough()
const log = createLog(lines)
const cache = new ResponseCache()
let store: TestDatabase
let server: ReturnType<typeof createServer>
let address: string
beforeAll(async () => {
  store = await createTestDatabase()
  await insertAreas(store.database)
  const app = createApp({
    actors: everybodyLeads,
    database: store.database,
    now: () => new Date(),
    version: 'test',
    cache,
  })
  server = createServer(
    createListener(createSite(app, '/nowhere', log).fetch, cache, everybodyLeads, noteRequests(log)),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await store.close()
})

test('a cached answer has the headers and the line in the log that a fresh one has', async () => {
  const seen = []
  for (const held of [undefined, undefined, '*', '*']) {
    // The first and the third are made by the app: nothing is cached yet.
    if (held === '*' && seen.length === 2) cache.drop('areas')
    const response = await fetch(`${address}/api/collections/grids/items`, {
      headers: held === undefined ? {} : { 'if-none-match': held },
    })
    await response.arrayBuffer()
    const { date: _date, 'content-length': _length, ...headers } = Object.fromEntries(response.headers)
    expect(headers).toMatchObject(apiHeaders)
    const line = JSON.parse(String(lines.read())) as Record<string, unknown>
    seen.push({
      headers,
      method: line['method'],
      route: line['route'],
      status: line['status'],
      keys: Object.keys(line),
    })
  }
  expect(seen[1]).toEqual(seen[0])
  expect(seen[3]).toEqual(seen[2])
  expect(seen.map(({ status }) => status)).toEqual([200, 200, 304, 304])
  expect(seen[1]?.route).toBe('/api/collections/:collectionId/items')
})

test('pages have the headers of pages', async () => {
  const response = await fetch(`${address}/nothing`)
  expect(response.headers.get('content-security-policy')).toContain("script-src 'self'")
})
