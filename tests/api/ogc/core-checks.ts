import SwaggerParser from '@apidevtools/swagger-parser'
import type { Feature } from 'geojson'
import { expect } from 'vitest'
import { boxes, limits, times } from './page-checks.ts'
import { crs84, type Collection, type Link, positionsOf, type Service } from './service.ts'

export type Check = (service: Service) => Promise<void>

const media = (links: Link[], relation: string) => links.filter(({ rel }) => rel === relation)

/** The definition is where the landing page says, and is valid OpenAPI 3.0 with nothing outside itself. */
export const apiDefinition: Check = async (service) => {
  const { links } = await service.read<{ links: Link[] }>('')
  const descriptions = media(links, 'service-desc')
  expect(descriptions.map(({ type }) => type)).toEqual(['application/vnd.oai.openapi+json;version=3.0'])
  for (const { href } of descriptions) {
    const response = await fetch(href)
    expect(response.status).toBe(200)
    const definition = (await response.json()) as Parameters<typeof SwaggerParser.validate>[0]
    await expect(SwaggerParser.validate(definition, { resolve: { external: false } })).resolves.toBeDefined()
  }
}

export const landingPage: Check = async (service) => {
  const { links } = await service.read<{ links: Link[] }>('')
  for (const relation of ['service-desc', 'conformance', 'data']) {
    const [link] = media(links, relation)
    expect((await fetch(link?.href ?? '')).status, relation).toBe(200)
  }
}

export const conformance: Check = async (service) => {
  const { links } = await service.read<{ links: Link[] }>('')
  for (const href of [...media(links, 'conformance').map((link) => link.href), `${service.root}/conformance`]) {
    const response = await fetch(href)
    expect(response.status).toBe(200)
    const { conformsTo } = (await response.json()) as { conformsTo: string[] }
    for (const name of ['core', 'geojson', 'html', 'oas30'])
      expect(conformsTo).toContain(`http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/${name}`)
    expect(conformsTo.every((name) => name.startsWith('http://www.opengis.net/spec/'))).toBe(true)
  }
}

/** Plain HTTP/1.1 on every path that the service names. */
export const http: Check = async (service) => {
  const { links } = await service.read<{ links: Link[] }>('')
  for (const { href } of links) {
    const response = await fetch(href, { method: 'HEAD' })
    expect([response.status, new URL(href).protocol], href).toEqual([200, 'http:'])
  }
}

export const collectionsOperation: Check = async (service) => {
  expect((await service.ask('/collections')).status).toBe(200)
}

export const collectionsLinks: Check = async (service) => {
  const { links } = await service.read<{ links: Link[] }>('/collections')
  expect(media(links, 'self').map(({ href }) => href)).toEqual([`${service.root}/collections`])
  const [alternate] = media(links, 'alternate')
  expect(alternate?.type).toBe('text/html')
  expect((await fetch(alternate?.href ?? '')).headers.get('content-type')).toContain('text/html')
}

/** Each collection leads to its items in every form, all links with relation and type, and says where it is. */
export const collectionsItems: Check = async (service) => {
  for (const { id, links, extent } of await service.collections()) {
    const items = media(links, 'items')
    expect(items.map(({ type }) => type)).toEqual(['application/geo+json', 'text/html'])
    for (const { href, type } of items) {
      expect((await fetch(href)).headers.get('content-type'), id).toContain(type)
    }
    for (const link of links) expect(link).toMatchObject({ rel: expect.any(String), type: expect.any(String) })
    expect(extent?.spatial?.crs).toBe(crs84)
    const [west = 0, south = 0, east = 0, north = 0] = extent?.spatial?.bbox[0] ?? []
    for (const [lon = 0, lat = 0] of (await service.all(id)).flatMap(({ geometry }) => positionsOf(geometry))) {
      expect(lon >= west && lon <= east && lat >= south && lat <= north, `${id} ${lon} ${lat}`).toBe(true)
    }
  }
}

export const collectionsCrs: Check = async (service) => {
  for (const { crs } of await service.collections()) expect(crs[0]).toBe(crs84)
}

export const collectionsContent: Check = async (service) => {
  const collections = await service.collections()
  expect(collections.map(({ id }) => id)).toEqual([
    'streets',
    'communities',
    'grids',
    'buildings',
    'incidents',
    'facilities',
  ])
  const html = await (await service.ask('/collections?f=html')).text()
  for (const { title } of collections) expect(html).toContain(title)
}

export const collectionOperation: Check = async (service) => {
  for (const { id } of await service.collections())
    expect((await service.ask(`/collections/${id}`)).status, id).toBe(200)
}

/** One by one they say the same as in the list. */
export const collectionResponse: Check = async (service) => {
  for (const listed of await service.collections())
    expect(await service.read<Collection>(`/collections/${listed.id}`)).toEqual(listed)
}

export const feature: Check = async (service) => {
  for (const { id } of await service.collections()) {
    for (const { id: featureId } of (await service.all(id)).slice(0, 5)) {
      const response = await service.ask(`/collections/${id}/items/${encodeURIComponent(String(featureId))}`)
      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toBe('application/geo+json')
      expect(((await response.json()) as Feature).id).toBe(featureId)
    }
  }
}

export const featureResponse: Check = async (service) => {
  for (const { id } of await service.collections()) {
    const [first] = await service.all(id)
    const path = `/collections/${id}/items/${encodeURIComponent(String(first?.id))}`
    const { links, ...one } = await service.read<Feature & { links: Link[] }>(path)
    expect(one).toEqual(first)
    expect(media(links, 'self').map(({ href }) => href)).toEqual([`${service.root}${path}`])
    expect(media(links, 'collection').map(({ href }) => href)).toEqual([`${service.root}/collections/${id}`])
    const [alternate] = media(links, 'alternate')
    expect(alternate?.type).toBe('text/html')
    expect((await fetch(alternate?.href ?? '')).headers.get('content-type')).toContain('text/html')
  }
}

/** A query parameter as OGC 17-069r4 writes it down as an OpenAPI fragment. */
export function parameterDefinition(name: string, schema: object): Check {
  return async (service) => {
    for (const { id } of await service.collections()) {
      const parameter = (await service.itemsParameters(id)).get(name)
      expect(parameter, id).toMatchObject({ name, in: 'query', style: 'form', explode: false, schema })
      expect(parameter?.required ?? false).toBe(false)
    }
  }
}

/** Computed again from the positions: every shape of this world is an upright rectangle or a point. */
export const bboxResponse: Check = async (service) => {
  for (const { id } of await service.collections()) {
    const everything = await service.all(id)
    for (const query of boxes) {
      const numbers = query
        .slice(query.indexOf('=') + 1)
        .split(',')
        .map(Number)
      const [west = 0, south = 0, east = 0, north = 0] =
        numbers.length === 6 ? numbers.filter((_, index) => index % 3 !== 2) : numbers
      const expected = everything.filter(({ geometry }) => {
        const positions = positionsOf(geometry)
        const [lons, lats] = [positions.map(([lon = 0]) => lon), positions.map(([, lat = 0]) => lat)]
        const between = (from: number, to: number) => Math.max(...lons) >= from && Math.min(...lons) <= to
        const inLongitude = west <= east ? between(west, east) : between(west, 180) || between(-180, east)
        return positions.length > 0 && inLongitude && Math.max(...lats) >= south && Math.min(...lats) <= north
      })
      const found = await service.all(id, query)
      expect(
        found.map((one) => one.id),
        `${id}${query}`,
      ).toEqual(expected.map((one) => one.id))
    }
  }
}

export const limitResponse: Check = async (service) => {
  for (const { id } of await service.collections()) {
    const { schema } = (await service.itemsParameters(id)).get('limit') as { schema: { maximum: number } }
    for (const query of limits) {
      const { features } = await service.items(id, query)
      expect(features.length).toBeLessThanOrEqual(Math.min(Number(query.split('=')[1]), schema.maximum))
    }
  }
}

/** Both ends belong to an interval; what has no time matches every time. */
export const timeResponse: Check = async (service) => {
  for (const { id } of await service.collections()) {
    const everything = await service.all(id)
    for (const query of times) {
      const [start = '', end = start] = query.slice(query.indexOf('=') + 1).split('/')
      const [from, to] = [start, end].map((text) => (text === '' || text === '..' ? Number.NaN : Date.parse(text)))
      const expected = everything.filter(({ properties }) => {
        const time = Date.parse(String(properties?.['reportedAt'] ?? ''))
        return id !== 'incidents' || !(time < from! || time > to!)
      })
      const found = await service.all(id, query)
      expect(
        found.map((one) => one.id),
        `${id}${query}`,
      ).toEqual(expected.map((one) => one.id))
    }
  }
}

/** A request that must be refused, for every collection. */
export function refused(query: string): Check {
  return async (service) => {
    for (const { id } of await service.collections()) {
      const response = await service.ask(`/collections/${id}/items?${query}`)
      expect([response.status, response.headers.get('content-type')], id).toEqual([
        400,
        'application/problem+json; charset=utf-8',
      ])
    }
  }
}
