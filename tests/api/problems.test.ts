import { request } from 'node:http'
import type { Problem } from '@minqing/data/domain/problem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../server/app.ts'
import { encodeKey } from '../../server/features/items-query.ts'
import { connect } from '../../server/store/connect.ts'
import { everybodyLeads } from './actors.ts'
import { now, type ServedApi, serveApi } from './serve-api.ts'
import { insertAreas, street } from './world.ts'

let served: ServedApi
beforeAll(async () => {
  served = await serveApi()
  await insertAreas(served.database)
})
afterAll(() => served.close())

async function problemOf(path: string, language = 'zh-CN'): Promise<Problem & { contentType: string | null }> {
  const response = await served.get(path, { 'accept-language': language })
  const problem = (await response.json()) as Problem
  expect(response.status, path).toBe(problem.status)
  return { ...problem, contentType: response.headers.get('content-type') }
}

const items = '/collections/incidents/items'
const refused: [path: string, parameter: string][] = [
  [`${items}?bbox=1,2,3`, 'bbox'],
  [`${items}?bbox=1,2,3,x`, 'bbox'],
  [`${items}?bbox=,,,`, 'bbox'],
  [`${items}?bbox=0,10,1,5`, 'bbox'],
  [`${items}?bbox=0,0,200,5`, 'bbox'],
  [`${items}?bbox=1,2,3,4&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/3857`, 'bbox-crs'],
  [`${items}?bbox=114,30,115,31&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4490`, 'bbox'],
  [`${items}?crs=EPSG:4326`, 'crs'],
  [`${items}/960101001-x?crs=EPSG:4326`, 'crs'],
  [`${items}/960101001-x?f=xml`, 'f'],
  ['?f=xml', 'f'],
  ['/conformance?f=xml', 'f'],
  ['/openapi.json?f=yaml', 'f'],
  [`${items}?datetime=yesterday`, 'datetime'],
  [`${items}?datetime=2026-02-30T00:00:00Z`, 'datetime'],
  [`${items}?datetime=2026-01-02T00:00:00Z/2026-01-01T00:00:00Z`, 'datetime'],
  [`${items}?datetime=2026-01-01T00:00:00Z/../..`, 'datetime'],
  [`${items}?datetime=..`, 'datetime'],
  [`${items}?limit=0`, 'limit'],
  [`${items}?limit=-5`, 'limit'],
  [`${items}?limit=many`, 'limit'],
  [`${items}?limit=1&limit=2`, 'limit'],
  [`${items}?next=nonsense`, 'next'],
  [`${items}?next=WyJhIl0`, 'next'],
  [`${items}?type=D77`, 'type'],
  [`${items}?channel=fax`, 'channel'],
  [`${items}?status=98`, 'status'],
  [`${items}?risk=purple`, 'risk'],
  [`${items}?area=north`, 'area'],
  [`${items}?f=xml`, 'f'],
  ['/collections?f=xml', 'f'],
  ['/collections/buildings/items?use=palace', 'use'],
  ['/summary?area=1', 'area'],
  ['/summary?datetime=x', 'datetime'],
  ['/incidents/columns?risk=pink', 'risk'],
  ['/areas/123', 'code'],
  ['/search?q=', 'q'],
  ['/search?q=a&lang=fr', 'lang'],
  ['/wall?area=9', 'area'],
  ['/exports/areas.csv?level=street', 'level'],
  ['/tiles/roads/1/0/0.mvt', 'layer'],
  ['/tiles/base/23/0/0.mvt', 'z'],
  ['/tiles/base/1/2/0.mvt', 'x'],
  ['/tiles/base/1/0/2.mvt', 'y'],
  // No text of the database holds a NUL.
  ['/search?q=a%00b', 'q'],
  [`${items}?next=${encodeKey(['960101001', '\0'])}`, 'next'],
]

describe('a parameter without meaning', () => {
  test.each(refused)('%s names %s', async (path, parameter) => {
    const problem = await problemOf(path)
    expect(problem).toMatchObject({ status: 400, code: 'bad_parameter', parameter })
    expect(problem.contentType).toContain('application/problem+json')
    expect(problem.detail).toContain(parameter)
  })

  test.each([
    '',
    '/conformance',
    '/collections',
    '/collections/grids',
    '/collections/grids/items',
    items,
    '/status',
    '/summary',
    '/areas/960101001',
    '/incidents/columns',
    `/incidents/${street}/x`,
    '/search?q=a',
    '/wall',
    '/exports/incidents.csv',
    '/exports/areas.geojson',
    '/tiles/base/0/0/0.mvt',
  ])('an unknown one is refused by %s', async (path) => {
    const problem = await problemOf(`${path}${path.includes('?') ? '&' : '?'}tpye=D01`)
    expect(problem).toMatchObject({ status: 400, code: 'unknown_parameter', parameter: 'tpye' })
  })

  test('it says what would do, in the language of the reader', async () => {
    expect(await problemOf(`${items}?bbox=1`)).toMatchObject({
      title: '参数无效',
      remedy: expect.stringContaining('西,南,东,北') as string,
    })
    expect(await problemOf(`${items}?bbox=1`, 'en')).toMatchObject({
      title: 'Invalid parameter',
      remedy: expect.stringContaining('west,south,east,north') as string,
    })
  })
})

test.each(['/collections/grids/items/%00', `${items}/960101001-%00`, `/incidents/${street}/%00`])(
  'a NUL in a path is no error of ours: %s',
  async (path) => {
    expect(await problemOf(path)).toMatchObject({ status: 400, code: 'bad_parameter' })
  },
)

test.each([
  '0000-01-01T00:00:00Z/..',
  '0001-01-01T00:00:00%2B08:00/..',
  '9999-12-31T23:59:59-23:59/..',
  '9999-12-31T23:59:59.999Z',
])('a time at the end of the calendar is a time: %s', async (datetime) => {
  for (const path of [items, '/summary', '/incidents/columns']) {
    const response = await served.get(`${path}?datetime=${datetime}`)
    expect(response.status, path).toBe(200)
    await response.arrayBuffer()
  }
})

test('a body is refused before it is read', async () => {
  const { port } = new URL(served.api)
  for (const headers of [{ 'content-length': 10_000_000 }, { 'transfer-encoding': 'chunked' }]) {
    const [status, connection] = await new Promise<[number | undefined, string | undefined]>((resolve, reject) => {
      const sent = request({ port, host: '127.0.0.1', path: '/api/status', headers }, (response) => {
        response.resume()
        resolve([response.statusCode, response.headers.connection])
        sent.destroy()
      })
      sent.on('error', reject).flushHeaders()
    })
    expect(status).toBe(413)
    expect(connection).toBe('close')
  }
})

describe('what does not exist', () => {
  test.each([
    ['/nothing', undefined, '/api 列出了全部资源'],
    ['/collections/parks', 'collectionId', '可用的集合：streets、communities'],
    ['/collections/parks/items', 'collectionId', '可用的集合：streets、communities'],
    [`${items}/960101001-none`, 'featureId', '/api/collections/incidents/items'],
    ['/areas/960101999', 'code', '/api/collections/streets/items'],
    [`/incidents/${street}/none`, 'number', '/api/search?q='],
    ['/wall?area=960101999', 'area', '不带 area 打开大屏'],
  ])('%s is 404, and says where to look', async (path, parameter, remedy) => {
    const problem = await problemOf(path)
    expect(problem).toMatchObject({ status: 404, code: 'not_found' })
    expect(problem.parameter).toBe(parameter)
    expect(problem.remedy).toContain(remedy)
  })
})

describe('methods', () => {
  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s is refused with what is allowed', async (method) => {
    const response = await fetch(`${served.api}${items}`, { method })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
    expect(await response.json()).toMatchObject({ code: 'method_not_allowed' })
  })

  test('OPTIONS lists the methods, HEAD the headers of GET', async () => {
    const options = await fetch(`${served.api}${items}`, { method: 'OPTIONS' })
    expect(options.status).toBe(204)
    expect(options.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
    for (const path of [
      items,
      '/collections/grids/items',
      '/status',
      '/exports/incidents.csv',
      '/tiles/base/0/0/0.mvt',
    ]) {
      const [head, get] = await Promise.all([fetch(`${served.api}${path}`, { method: 'HEAD' }), served.get(path)])
      expect(head.status, path).toBe(get.status)
      expect(head.headers.get('content-type'), path).toBe(get.headers.get('content-type'))
      expect(await head.text()).toBe('')
      await get.arrayBuffer()
    }
  })

  test('no other origin is let in', async () => {
    const response = await served.get('/status', { origin: 'https://elsewhere.example' })
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    await response.arrayBuffer()
  })
})

test('an address that no parser takes is no crash', async () => {
  const { port } = new URL(served.api)
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', path: '/api/collections/%ff%fe/items?bbox=%' }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    sent.on('error', reject).end()
  })
  expect(status).toBeGreaterThanOrEqual(400)
  expect(status).toBeLessThan(500)
})

test('a database that is away is 503 with a time to retry, and without its details', async () => {
  const database = connect({ url: 'postgres://nobody:secret@127.0.0.1:9/none', poolSize: 1 })
  const app = createApp({ actors: everybodyLeads, database, now: () => now, version: 'test' })
  for (const path of [
    '/status',
    '/collections',
    '/collections/grids/items',
    items,
    '/summary',
    '/wall',
    '/exports/incidents.csv',
    '/tiles/base/0/0/0.mvt',
  ]) {
    const response = await app.request(`http://localhost/api${path}`)
    expect(response.status, path).toBe(503)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    const text = await response.text()
    expect(JSON.parse(text)).toMatchObject({ code: 'database_unavailable' })
    expect(text).not.toMatch(/nobody|secret|ECONNREFUSED|127\.0\.0\.1/)
  }
  await database.end()
})

test('an internal error is logged, not sent', async () => {
  const logged: unknown[] = []
  const app = createApp({
    actors: everybodyLeads,
    database: served.database,
    now: () => {
      throw new Error('planted secret')
    },
    version: 'test',
    logError: (error) => logged.push(error),
  })
  const response = await app.request('http://localhost/api/summary')
  expect(response.status).toBe(500)
  expect(await response.text()).not.toContain('planted secret')
  expect(logged).toMatchObject([{ message: 'planted secret' }])
})
