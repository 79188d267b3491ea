import { createServer, request } from 'node:http'
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
    createListener(createSite(app, '/nowhere', log).fetch, cache, everybodyLeads, { note: noteRequests(log) }),
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

/** What a browser is answered whose page has a foreign name that was made to mean this machine (DNS rebinding). */
function askAs(
  host: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<[number | undefined, string]> {
  return new Promise((resolve, reject) => {
    const asking = request(`${address}${path}`, { headers: { host, ...headers } }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (text: string) => (body += text))
      response.on('end', () => resolve([response.statusCode, body]))
    })
    asking.on('error', reject).end()
  })
}

test('under a foreign name nothing is answered: no page, no data, cached or not', async () => {
  const own = new URL(address).host
  const cached = '/api/collections/grids/items?limit=7'
  for (let round = 0; round < 2; round += 1) expect((await askAs(own, cached))[0]).toBe(200)
  for (const path of [cached, '/api/collections/grids/items?limit=6', '/', '/wall', '/api', '/api/exports/areas.csv']) {
    const [status, body] = await askAs('rebound.example:80', path)
    expect([path, status]).toEqual([path, 421])
    expect(JSON.parse(body)).toMatchObject({ code: 'misdirected', remedy: expect.stringContaining('ALLOWED_HOSTS') })
  }
  const port = new URL(address).port
  for (const host of [`localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`])
    expect((await askAs(host, cached))[0]).toBe(200)
  // A page can add this header to what it sends to its own origin; a proxy says by it what it was asked under.
  expect((await askAs('rebound.example', cached, { 'x-forwarded-host': own }))[0]).toBe(421)
  expect((await askAs(own, cached, { 'x-forwarded-host': 'rebound.example' }))[0]).toBe(421)
  expect((await askAs(own, cached, { 'x-forwarded-host': own }))[0]).toBe(200)
})

test('pages have the headers of pages', async () => {
  const response = await fetch(`${address}/nothing`)
  expect(response.headers.get('content-security-policy')).toContain("script-src 'self'")
})
