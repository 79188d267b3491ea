import { expect } from 'vitest'
import { positionsOf, type Page, type Service } from './service.ts'
import { boxOf, grids } from '../world.ts'

/** What is asked of every page of items, whatever the query was. */
export type PageCheck = (service: Service, collection: string, query: string) => Promise<void>

/** The time at which the clock of these tests stands. */
const now = '2026-03-10T04:00:00.000Z'

export const operation: PageCheck = async (service, collection, query) => {
  const response = await service.ask(`/collections/${collection}/items${query}`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/geo+json')
  expect(((await response.json()) as Page).type).toBe('FeatureCollection')
}

/** Longitude first, in degrees, and where the test's world is. */
export const geometryInCrs84: PageCheck = async (service, collection, query) => {
  const { features } = await service.items(collection, query)
  for (const [lon = Number.NaN, lat = Number.NaN] of features.flatMap(({ geometry }) => positionsOf(geometry))) {
    expect(Math.abs(lon - 114)).toBeLessThan(1)
    expect(Math.abs(lat - 30)).toBeLessThan(1)
  }
}

export const typeProperty: PageCheck = async (service, collection, query) => {
  expect((await service.items(collection, query)).type).toBe('FeatureCollection')
}

export const featuresProperty: PageCheck = async (service, collection, query) => {
  const { features } = await service.items(collection, query)
  expect(features).toBeInstanceOf(Array)
  for (const feature of features) {
    expect(feature.type).toBe('Feature')
    expect(typeof feature.id).toBe('string')
    expect(feature).toHaveProperty('geometry')
    expect(feature).toHaveProperty('properties')
  }
}

/** `self`, and an `alternate` for each other media type; all with relation and type. */
export const links: PageCheck = async (service, collection, query) => {
  const page = await service.items(collection, query)
  const self = page.links.filter(({ rel }) => rel === 'self')
  expect(self.map(({ href }) => decodeURIComponent(href))).toEqual([
    decodeURIComponent(`${service.root}/collections/${collection}/items${query}`),
  ])
  const alternate = page.links.find(({ rel, type }) => rel === 'alternate' && type === 'text/html')
  expect((await fetch(alternate?.href ?? '')).headers.get('content-type')).toContain('text/html')
  for (const link of page.links) expect(link).toMatchObject({ rel: expect.any(String), type: expect.any(String) })
}

export const timeStamp: PageCheck = async (service, collection, query) => {
  expect((await service.items(collection, query)).timeStamp).toBe(now)
}

/** The features over all pages, each of them once. */
export const numberMatched: PageCheck = async (service, collection, query) => {
  const { numberMatched } = await service.items(collection, query)
  const ids = (await service.all(collection, query)).map(({ id }) => id)
  expect(ids).toHaveLength(numberMatched)
  expect(new Set(ids).size).toBe(numberMatched)
}

export const numberReturned: PageCheck = async (service, collection, query) => {
  const page = await service.items(collection, query)
  expect(page.numberReturned).toBe(page.features.length)
}

/** Boxes of each kind: around everything, one grid, nothing, across the date line, with heights. */
export const boxes = [
  [113, 29, 115, 31],
  boxOf(grids[1]!),
  [0, 0, 1, 1],
  [113.5, 29, -179, 31],
  [113, 29, -50, 115, 31, 900],
].map((box) => `?bbox=${box.join(',')}`)

export const limits = [1, 3, 10, 10_000, 20_000].map((limit) => `?limit=${limit}`)

/** The extent's instant, intervals with both ends, open on either side, and before everything. */
export const times = [
  '2026-01-03T00:00:00Z',
  '2026-01-03T00:00:00Z/2026-01-05T00:00:00Z',
  '2026-01-03T00:00:00Z/..',
  '../2026-01-05T00:00:00Z',
  '/2026-01-05T00:00:00Z',
  '1999-01-01T00:00:00Z/2000-01-01T00:00:00Z',
].map((time) => `?datetime=${time}`)
