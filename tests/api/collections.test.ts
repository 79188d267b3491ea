import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ServedApi, serveApi } from './serve-api.ts'
import { boxOf, changed, insertAreas, insertBuilding, insertFacility, insertIncident, street } from './world.ts'

type Link = { href: string; rel: string; type: string }
type Collection = {
  id: string
  title: string
  itemType: string
  extent?: { spatial?: { bbox: number[][] }; temporal?: { interval: (string | null)[][] } }
  links: Link[]
}

let served: ServedApi
beforeAll(async () => {
  served = await serveApi()
  await insertAreas(served.database)
  await insertBuilding(served.database, 1)
  await insertFacility(served.database, 'F1')
  await insertIncident(served.database, { number: 'A', reportedAt: '2026-02-01T00:00:00Z' })
  await insertIncident(served.database, { number: 'B', reportedAt: '2026-03-01T00:00:00Z', position: null })
})
afterAll(() => served.close())

const ids = ['streets', 'communities', 'grids', 'buildings', 'incidents', 'facilities']

describe('the documents of the service', () => {
  test('the landing page leads to everything, and every link answers', async () => {
    const { links } = await served.getJson<{ links: Link[] }>('')
    expect(links.map(({ rel }) => rel)).toEqual(
      expect.arrayContaining(['self', 'service-desc', 'conformance', 'data', 'alternate']),
    )
    for (const { href, type } of links) {
      const response = await fetch(href)
      expect(response.status, href).toBe(200)
      expect(response.headers.get('vary'), href).toContain('Accept')
      expect(response.headers.get('content-type'), href).toContain(type.split(';')[0])
    }
  })

  test('it claims the conformance classes that it has', async () => {
    const { conformsTo } = await served.getJson<{ conformsTo: string[] }>('/conformance')
    const specification = 'http://www.opengis.net/spec/'
    expect(conformsTo.map((name) => name.replace(specification, ''))).toEqual([
      'ogcapi-features-1/1.0/conf/core',
      'ogcapi-features-1/1.0/conf/geojson',
      'ogcapi-features-1/1.0/conf/html',
      'ogcapi-features-1/1.0/conf/oas30',
      'ogcapi-features-2/1.0/conf/crs',
      'ogcapi-features-3/1.0/conf/queryables',
      'ogcapi-features-3/1.0/conf/filter',
      'ogcapi-features-3/1.0/conf/features-filter',
      'cql2/1.0/conf/cql2-text',
      'cql2/1.0/conf/basic-cql2',
      'cql2/1.0/conf/advanced-comparison-operators',
      'cql2/1.0/conf/case-insensitive-comparison',
      'cql2/1.0/conf/basic-spatial-functions',
      'cql2/1.0/conf/basic-spatial-functions-plus',
      'cql2/1.0/conf/temporal-functions',
      'cql2/1.0/conf/property-property',
      'ogcapi-tiles-1/1.0/conf/core',
      'ogcapi-tiles-1/1.0/conf/tileset',
      'ogcapi-tiles-1/1.0/conf/tilesets-list',
      'ogcapi-tiles-1/1.0/conf/dataset-tilesets',
      'ogcapi-tiles-1/1.0/conf/geodata-tilesets',
      'ogcapi-tiles-1/1.0/conf/mvt',
      'ogcapi-tiles-1/1.0/conf/oas30',
    ])
    for (const name of conformsTo) expect(name.startsWith(specification), name).toBe(true)
  })

  test('six collections, each with its extent and a link to its items', async () => {
    const { collections } = await served.getJson<{ collections: Collection[] }>('/collections')
    expect(collections.map(({ id }) => id)).toEqual(ids)
    for (const collection of collections) {
      expect(collection.itemType).toBe('feature')
      expect(collection.links.find(({ rel }) => rel === 'items')?.href).toBe(
        `${served.api}/collections/${collection.id}/items`,
      )
      expect(await served.getJson(`/collections/${collection.id}`)).toEqual(collection)
    }
    expect(collections[0]?.extent?.spatial?.bbox).toEqual([boxOf(street)])
    expect(collections[0]?.extent?.temporal).toBeUndefined()
    expect(collections[4]?.extent?.temporal?.interval).toEqual([['2026-02-01T00:00:00.000Z', null]])
  })

  test('the extent of points holds the streets, and what lies beyond them on either side', async () => {
    const bbox = async (id: string) => (await served.getJson<Collection>(`/collections/${id}`)).extent?.spatial?.bbox[0]
    const [west, south, east, north] = boxOf(street)
    expect(await bbox('facilities')).toEqual([west, south, east, north])
    const far: [number, number][] = [
      [113.5, 30.001],
      [114.001, 31.5],
      [115.5, 30.001],
      [114.001, 29.5],
    ]
    const expected: number[][] = [
      [113.5, south, east, north],
      [113.5, south, east, 31.5],
      [113.5, south, 115.5, 31.5],
      [113.5, 29.5, 115.5, 31.5],
    ]
    for (const [index, position] of far.entries()) {
      await insertIncident(served.database, { number: `far ${index}`, position })
      await changed(served.database, 'incidents')
      expect(await bbox('incidents')).toEqual(expected[index])
    }
  })

  test('titles are in the language of the reader', async () => {
    const title = async (language: string) => {
      const response = await served.get('/collections/grids', { 'accept-language': language })
      return ((await response.json()) as Collection).title
    }
    expect(await title('zh-CN,zh;q=0.9')).toBe('网格')
    expect(await title('en-GB,en;q=0.9,zh;q=0.1')).toBe('Grids')
  })

  test('a browser gets pages, with everything in them escaped', async () => {
    await served.database`update area set name = '<b>&' where code = ${street}`
    for (const path of [
      '',
      '/collections',
      '/collections/streets',
      '/collections/streets/items',
      `/collections/streets/items/${street}`,
    ]) {
      const response = await served.get(`${path}?f=html`)
      expect(response.headers.get('content-type'), path).toContain('text/html')
      const page = await response.text()
      expect(page, path).toContain('<h1>')
      expect(page, path).not.toContain('<b>')
    }
    const response = await served.get('', { accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8' })
    expect(response.headers.get('content-type')).toContain('text/html')
  })
})

describe('the OpenAPI document', () => {
  type Operation = { parameters?: { name: string; required?: boolean }[]; responses: Record<string, unknown> }
  type Document = { openapi: string; servers: { url: string }[]; paths: Record<string, { get: Operation }> }

  test('it is OpenAPI 3.0 and names every collection with the parameters that it accepts', async () => {
    const response = await served.get('/openapi.json')
    expect(response.headers.get('content-type')).toContain('application/vnd.oai.openapi+json')
    const document = (await response.json()) as Document
    expect(document.openapi).toMatch(/^3\.0\./)
    expect(document.servers[0]?.url).toBe(served.api)
    for (const id of ids) {
      const { parameters = [] } = document.paths[`/collections/${id}/items`]!.get
      const names = parameters.map(({ name }) => name)
      expect(names).toEqual(expect.arrayContaining(['bbox', 'datetime', 'limit', 'next', 'area']))
    }
  })

  test('every documented path that requires no parameter answers', async () => {
    const { paths } = await served.getJson<Document>('/openapi.json')
    const requires = ({ get }: { get?: Operation }) =>
      get === undefined || (get.parameters ?? []).some(({ required }) => required)
    // What imports, or removes the demo, or has to do with accounts is switched off here; the audit trail is the auditors';
    // a stream does not end by itself.
    const others = /^\/((wall\/)?live|imports|demo|audit|accounts|tokens|walls|session\/oidc)/
    const plain = Object.keys(paths).filter((path) => !requires(paths[path]!) && !others.test(path))
    expect(plain.length).toBeGreaterThan(20)
    for (const path of plain) {
      const response = await served.get(path === '/' ? '' : path)
      expect(response.status, path).toBe(200)
      await response.arrayBuffer()
    }
  })

  test('every reference in it leads somewhere', async () => {
    const text = await (await served.get('/openapi.json')).text()
    const document = JSON.parse(text) as Record<string, unknown>
    for (const [, path = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const found = path.split('/').reduce<unknown>((at, name) => (at as Record<string, unknown>)?.[name], document)
      expect(found, path).toBeDefined()
    }
  })
})
