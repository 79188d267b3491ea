import { gunzipSync, brotliDecompressSync } from 'node:zlib'
import { request, type IncomingHttpHeaders } from 'node:http'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type ServedApi, serveApi, serveOn } from './serve-api.ts'
import { changed, grids, insertAreas, insertBuilding, insertIncident } from './world.ts'

/** For what follows a notification, also on a busy machine. */
const unhurried = { timeout: 30_000, interval: 20 }

let served: ServedApi
beforeAll(async () => {
  served = await serveApi()
  await insertAreas(served.database)
  for (let index = 1; index <= 20; index++) await insertBuilding(served.database, index)
  await insertIncident(served.database, { number: 'A' })
  await changed(served.database, 'buildings', 'incidents')
})
afterAll(() => served.close())

/** Bytes as they come over the wire: fetch would decode them. */
function raw(
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status?: number | undefined; headers: IncomingHttpHeaders; body: Buffer }> {
  return new Promise((resolve, reject) => {
    request(`${served.api}${path}`, { headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }),
      )
    })
      .on('error', reject)
      .end()
  })
}

const cachedPath = '/collections/grids/items'
const tagged = [
  cachedPath,
  '/collections',
  '/collections/incidents/items',
  `/collections/grids/items/${grids[0]}`,
  '/summary',
  `/areas/${grids[0]}`,
  '/incidents/columns',
  '/search?q=1',
  '/tiles/buildings/0/0/0.mvt',
]

describe('what a client already holds', () => {
  test.each(tagged)('%s is not sent again', async (path) => {
    const first = await raw(path)
    const { etag } = first.headers
    expect(etag).toMatch(/^W\/"[\w-]+"$/)
    for (const candidate of [etag!, `"other", ${etag}`, '*']) {
      const second = await raw(path, { 'if-none-match': candidate })
      expect(second.status).toBe(304)
      expect(second.body).toHaveLength(0)
      expect(second.headers.etag).toBe(etag)
    }
    const other = await raw(path, { 'if-none-match': 'W/"other"' })
    expect(other.status).toBe(first.status)
  })

  test('what is not there is not held, whatever a client holds', async () => {
    for (const path of ['/collections/grids/items/nowhere', '/areas/960101009'])
      expect((await raw(path, { 'if-none-match': '*' })).status).toBe(404)
  })

  test('another query, another tag', async () => {
    const tags = await Promise.all(
      ['', '?limit=1', '?limit=2'].map(async (query) => (await raw(`${cachedPath}${query}`)).headers.etag),
    )
    expect(new Set(tags).size).toBe(3)
  })

  test('the status is never cached', async () => {
    expect((await raw('/status')).headers['cache-control']).toBe('no-store')
  })
})

describe('cached answers', () => {
  test('every encoding holds the same bytes, the first time and the second', async () => {
    for (let time = 0; time < 2; time++) {
      const identity = await raw(cachedPath)
      const gzip = await raw(cachedPath, { 'accept-encoding': 'gzip' })
      const brotli = await raw(cachedPath, { 'accept-encoding': 'gzip, deflate, br' })
      expect(identity.headers['content-encoding']).toBeUndefined()
      expect(gzip.headers['content-encoding']).toBe('gzip')
      expect(brotli.headers['content-encoding']).toBe('br')
      for (const { headers, body } of [identity, gzip, brotli]) {
        expect(headers.vary).toContain('Accept-Encoding')
        expect(Number(headers['content-length'])).toBe(body.length)
      }
      expect(gunzipSync(gzip.body).equals(identity.body)).toBe(true)
      expect(brotliDecompressSync(brotli.body).equals(identity.body)).toBe(true)
    }
  })

  test('a change in the database is served after its notification, in every process', async () => {
    const other = await serveOn(served.database)
    const names = async (get: ServedApi['get']) => (await (await get(cachedPath)).text()).match(/"name":"[^"]*"/g)
    await Promise.all([names(served.get), names(other.get)])
    await served.database.begin(async (transaction) => {
      await transaction`update area set name = '新名字' where code = ${grids[0]!}`
    })
    // Without the notification the cached bytes stay.
    expect(await names(served.get)).not.toContain('"name":"新名字"')
    await changed(served.database, 'areas')
    await vi.waitFor(async () => {
      expect(await names(served.get)).toContain('"name":"新名字"')
      expect(await names(other.get)).toContain('"name":"新名字"')
    }, unhurried)
    await other.close()
  })

  test('a change of another collection leaves them', async () => {
    const before = (await raw(cachedPath)).headers.etag
    await changed(served.database, 'incidents')
    expect((await raw(cachedPath)).headers.etag).toBe(before)
    const stale = await raw('/collections/incidents/items')
    await changed(served.database, 'incidents')
    expect((await raw('/collections/incidents/items', { 'if-none-match': stale.headers.etag! })).status).toBe(200)
  })

  test('the links inside name the host that was asked', async () => {
    const { body } = await raw(cachedPath, { host: 'localhost:8787' })
    expect(body.toString()).toContain('http://localhost:8787/api/collections/grids')
    expect((await raw(cachedPath)).body.toString()).not.toContain('localhost:8787')
  })
})

test('large answers that are not cached are compressed, too', async () => {
  const { headers, body } = await raw('/collections/buildings/items', { 'accept-encoding': 'gzip' })
  expect(headers['content-encoding']).toBe('gzip')
  expect(JSON.parse(gunzipSync(body).toString())).toMatchObject({ numberReturned: 20 })
})
