import { request, type IncomingHttpHeaders } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ServedApi, serveApi } from './serve-api.ts'
import { changed, grids, insertAreas, insertBuilding, insertFacility, insertIncident, street } from './world.ts'

type Definition = { paths: Record<string, { get?: object }> }

let served: ServedApi
let documented: string[]
let building: string
beforeAll(async () => {
  served = await serveApi()
  const { database } = served
  await insertAreas(database)
  for (let index = 1; index <= 20; index++) building = await insertBuilding(database, index)
  await insertFacility(database, 'F1')
  for (let index = 1; index <= 20; index++) await insertIncident(database, { number: `N${index}` })
  // A park in the tile of the buildings.
  const park = JSON.stringify({ type: 'Point', coordinates: [114.005, 30.005] })
  await database`
    insert into base_feature (street_code, id, layer, kind, name, geometry, extent, source)
    values (${street}, 'park', 'place', 'park', '小园', ${park}, '(114.005,30.005),(114.005,30.005)', 'test')`
  await changed(database, 'base', 'buildings', 'facilities', 'incidents')
  const { paths } = await served.getJson<Definition>('/openapi.json')
  documented = Object.keys(paths)
    // What imports, or removes the demo, answers to our own pages alone: imports.test.ts, remove-demo.test.ts; the audit
    // trail to auditors alone; analyses, accounts, tokens, signing in and single documents stand in tests of their own.
    .filter(
      (path) =>
        paths[path]?.get !== undefined &&
        !/\/documents\/\{id\}$|^\/(imports|demo|audit|analyses|accounts|tokens|walls|session\/oidc)/.test(path),
    )
    .map(example)
})
afterAll(() => served.close())

/** Where the buildings of this world are. */
const tile = { z: '14', x: '13380', y: '6759' }

/** Parameters without which a resource has no answer. */
const needed: Record<string, string> = {
  '/search': '?q=1',
  '/incidents/density': '?cell=100&bbox=114,30,114.1,30.1',
  '/live': '?wait=0',
  '/wall/live': '?wait=0',
  '/intake/walk_in/mapping': `?street=${street}`,
  '/wall/areas': `?area=${street}`,
  '/wall/cells': `?area=${street}`,
  '/wall/contacts': `?area=${grids[0]!.slice(0, 12)}`,
  '/wall/counts': `?area=${street}&by=type,risk&days=30`,
}

/** A documented path with something that exists in its placeholders. */
function example(path: string): string {
  const feature = { buildings: building, incidents: `${street}-N1`, facilities: `${street}-F1`, streets: street }
  const collection = /^\/collections\/(\w+)/.exec(path)?.[1] ?? ''
  const areas = { communities: grids[0]!.slice(0, 12), grids: grids[0]! }
  const featureId = { ...feature, ...areas }[collection] ?? ''
  const values: Record<string, string> = {
    featureId: encodeURIComponent(featureId),
    code: grids[0]!,
    street,
    number: 'N1',
    channel: 'walk_in',
    figure: 'reported',
    layer: 'buildings',
    ...tile,
  }
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? `{${name}}`)
  return filled === '/' ? '' : `${filled}${needed[filled] ?? ''}`
}

/** These are new each time: the clock is in them, they belong to one person, or they are streams that nobody asks for twice. */
const neverCached =
  /^\/(status|print-templates\/.*|clocks\/.*|sessions?|session\/ways|wall|wall\/versions|wall\/counts\?.*|wall\/hot-spots|exports\/.*|(wall\/)?live\?.*|incidents\/.*\/(loop|parties|duplicates|documents|similar|proposals)|intake\/.*|log\/.*|tasks|supervision)$/

type Raw = { status: number | undefined; headers: IncomingHttpHeaders; body: Buffer }

/** Bytes as they come over the wire: fetch would decode them. */
function raw(path: string, headers: Record<string, string> = {}): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const sent = request(`${served.api}${path}`, { headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) })
      })
    })
    sent.on('error', reject).end()
  })
}

describe('every documented resource', () => {
  test('answers its example', async () => {
    expect(documented.length).toBeGreaterThan(30)
    for (const path of documented) expect((await raw(path)).status, path).toBe(200)
  })

  test('is not sent again to who holds it, or says that it is new each time', async () => {
    for (const path of documented.filter((candidate) => neverCached.test(candidate))) {
      expect((await raw(path)).headers['cache-control'], path).toBe('no-store')
    }
    for (const path of documented.filter((candidate) => !neverCached.test(candidate))) {
      const first = await raw(path)
      expect([first.headers['cache-control'], first.headers.etag], path).toEqual([
        'no-cache',
        expect.stringMatching(/^W\/"[\w-]{22}"$/),
      ])
      const again = await raw(path, { 'if-none-match': first.headers.etag! })
      expect([again.status, again.body.length, again.headers.etag], path).toEqual([304, 0, first.headers.etag])
      expect(again.headers.vary, path).toBe(first.headers.vary)
    }
  })

  test('comes compressed once: the same bytes the second time, and the same content in each encoding', async () => {
    for (const path of documented.filter((candidate) => !neverCached.test(candidate))) {
      const plain = await raw(path)
      expect(plain.headers['content-encoding'], path).toBeUndefined()
      const brotli = [await raw(path, { 'accept-encoding': 'gzip, br' }), await raw(path, { 'accept-encoding': 'br' })]
      const gzip = await raw(path, { 'accept-encoding': 'gzip' })
      for (const { headers, body } of [plain, gzip, ...brotli]) {
        expect(headers.vary, path).toContain('Accept-Encoding')
        expect(Number(headers['content-length'] ?? body.length), path).toBe(body.length)
      }
      if (plain.body.length < 1024) continue
      expect([gzip.headers['content-encoding'], brotli[0]?.headers['content-encoding']], path).toEqual(['gzip', 'br'])
      expect(brotli[0]?.body.equals(brotli[1]!.body), path).toBe(true)
      expect(gunzipSync(gzip.body).equals(plain.body), path).toBe(true)
      expect(brotliDecompressSync(brotli[0]!.body).equals(plain.body), path).toBe(true)
    }
  })
})

/** Resources that also come as a page for people. */
const forPeople = ['', '/conformance', '/collections', '/collections/grids', '/collections/grids/items']
const alsoForPeople = ['/collections/incidents/items', `/collections/grids/items/${grids[0]}`]

describe.each([...forPeople, ...alsoForPeople])('%s as JSON and as a page', (path) => {
  const typeOf = async (query: string, accept: string) => {
    const response = await raw(`${path}${query}`, { accept })
    expect(response.headers.vary).toContain('Accept')
    return [response.status, response.headers['content-type']?.split(';')[0]]
  }
  const browser = 'text/html,application/xhtml+xml,*/*;q=0.8'

  test('Accept decides, f before it, whatever was requested and cached before', async () => {
    const json = path.includes('/items') ? 'application/geo+json' : 'application/json'
    for (let time = 0; time < 2; time++) {
      expect(await typeOf('', browser)).toEqual([200, 'text/html'])
      expect(await typeOf('', '*/*')).toEqual([200, json])
      expect(await typeOf('', 'application/geo+json, application/json;q=0.9')).toEqual([200, json])
      expect(await typeOf('?f=html', 'application/json')).toEqual([200, 'text/html'])
      expect(await typeOf('?f=json', browser)).toEqual([200, json])
    }
  })

  test('what it cannot be is 406, with words', async () => {
    const response = await raw(path, { accept: 'application/xml' })
    expect([response.status, response.headers['content-type']]).toEqual([
      406,
      'application/problem+json; charset=utf-8',
    ])
    expect(JSON.parse(response.body.toString())).toMatchObject({ code: 'not_acceptable' })
  })

  test('each form has its own tag, and the header repeats the links', async () => {
    const [json, html] = [await raw(path), await raw(path, { accept: browser })]
    expect(json.headers.etag).not.toBe(html.headers.etag)
    const { links } = JSON.parse(json.body.toString()) as { links: { rel: string; href: string }[] }
    for (const { rel, href } of links) expect(json.headers.link).toContain(`<${href}>; rel="${rel}"`)
    expect(links.map(({ rel }) => rel)).toEqual(expect.arrayContaining(['self', 'alternate']))
  })
})

test('answers made of other versions are made again, each of them', async () => {
  const paths = ['/summary', '/collections/incidents/items', '/incidents/columns', `/areas/${grids[0]}`]
  const tags = async () => (await Promise.all(paths.map((path) => raw(path)))).map(({ headers }) => headers.etag)
  const before = await tags()
  expect(await tags()).toEqual(before)
  await insertIncident(served.database, { number: 'new' })
  await changed(served.database, 'incidents', 'people')
  const after = await tags()
  for (const [index, path] of paths.entries()) expect(after[index], path).not.toBe(before[index])
  expect((await raw('/collections/incidents/items?limit=100')).body.toString()).toContain('"number":"new"')
})
