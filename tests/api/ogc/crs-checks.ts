import type { Feature, Position } from 'geojson'
import { expect } from 'vitest'
import type { Check } from './core-checks.ts'
import { crs84, positionsOf, type Collection, type Collections, type Service } from './service.ts'
import { boxOf, grids } from '../world.ts'

const unknown = 'http://www.opengis.net/def/crs/EPSG/0/3857'
const uri = /^http:\/\/www\.opengis\.net\/def\/crs\/[A-Z]+\/[\d.]+\/\w+$/
const latitudeFirst = (crs: string) => crs.includes('/EPSG/')

export const crsClass: Check = async (service) => {
  const { conformsTo } = await service.read<{ conformsTo: string[] }>('/conformance')
  expect(conformsTo).toContain('http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs')
}

/** A collection as the list describes it, and as it describes itself. */
async function eachDescription(service: Service, check: (collection: Collection) => void): Promise<void> {
  for (const listed of await service.collections()) {
    check(listed)
    check(await service.read<Collection>(`/collections/${listed.id}`))
  }
}

export const crsUris: Check = (service) =>
  eachDescription(service, ({ crs }) => {
    expect(crs.length).toBeGreaterThan(1)
    for (const name of crs) expect(name).toMatch(uri)
  })

export const storageCrsUri: Check = (service) =>
  eachDescription(service, ({ storageCrs }) => expect(storageCrs).toMatch(uri))

export const defaultCrsListed: Check = (service) => eachDescription(service, ({ crs }) => expect(crs).toContain(crs84))

export const storageCrsListed: Check = (service) =>
  eachDescription(service, ({ crs, storageCrs }) => expect(crs).toContain(storageCrs))

export const globalCrsUris: Check = async (service) => {
  const { crs } = await service.read<Collections>('/collections')
  for (const name of crs) expect(name).toMatch(uri)
}

type Asked = { collection: Collection; path: string }

/** The items of each collection, and one feature of it: what takes `crs`. */
async function paths(service: Service, kind: 'items' | 'feature'): Promise<Asked[]> {
  const asked: Asked[] = []
  for (const collection of await service.collections()) {
    const items = `/collections/${collection.id}/items`
    const [first] = await service.all(collection.id)
    asked.push({ collection, path: kind === 'items' ? items : `${items}/${encodeURIComponent(String(first?.id))}` })
  }
  return asked
}

/** Each of its systems is answered, and named in `Content-Crs`. */
export function crsParameter(kind: 'items' | 'feature'): Check {
  return async (service) => {
    for (const { collection, path } of await paths(service, kind)) {
      for (const crs of collection.crs) {
        const response = await service.ask(`${path}?crs=${encodeURIComponent(crs)}`)
        expect([response.status, response.headers.get('content-crs')], path).toEqual([200, `<${crs}>`])
      }
    }
  }
}

export function crsDefault(kind: 'items' | 'feature'): Check {
  return async (service) => {
    for (const { path } of await paths(service, kind))
      expect((await service.ask(path)).headers.get('content-crs'), path).toBe(`<${crs84}>`)
  }
}

export function crsInvalid(kind: 'items' | 'feature'): Check {
  return async (service) => {
    for (const { path } of await paths(service, kind))
      for (const crs of [unknown, 'EPSG:4326', ''])
        expect((await service.ask(`${path}?crs=${encodeURIComponent(crs)}`)).status, `${path} ${crs}`).toBe(400)
  }
}

/** The same shapes with their axes in the order that the system's register says. */
export function crsTransform(kind: 'items' | 'feature'): Check {
  return async (service) => {
    for (const { collection, path } of await paths(service, kind)) {
      const plain = positionsIn(await service.read(path))
      expect(plain.length).toBeGreaterThan(0)
      for (const crs of collection.crs) {
        const asked = positionsIn(await service.read(`${path}?crs=${encodeURIComponent(crs)}`))
        const expected = latitudeFirst(crs) ? plain.map(([lon = 0, lat = 0]) => [lat, lon]) : plain
        expect(asked, `${path} ${crs}`).toEqual(expected)
      }
    }
  }
}

function positionsIn(document: { features?: Feature[] } & Partial<Feature>): Position[] {
  const features = document.features ?? [document as Feature]
  return features.flatMap(({ geometry }) => positionsOf(geometry))
}

const [west, south, east, north] = boxOf(grids[1]!)
const lonLat = `bbox=${west},${south},${east},${north}`
const latLon = `bbox=${south},${west},${north},${east}`

/** A box selects the same features in every system, its axes in that system's order. */
export const bboxCrs: Check = async (service) => {
  for (const { id, crs } of await service.collections()) {
    const ids = async (query: string) => (await service.all(id, query)).map((feature) => feature.id)
    const expected = await ids(`?${lonLat}`)
    expect(expected.length).toBeGreaterThan(0)
    for (const name of crs) {
      const box = latitudeFirst(name) ? latLon : lonLat
      expect(await ids(`?${box}&bbox-crs=${encodeURIComponent(name)}`), `${id} ${name}`).toEqual(expected)
    }
  }
}

export const bboxCrsDefault: Check = async (service) => {
  for (const { id } of await service.collections()) {
    const plain = await service.items(id, `?${lonLat}`)
    const named = await service.items(id, `?${lonLat}&bbox-crs=${crs84}`)
    expect(named.features).toEqual(plain.features)
  }
}

export const bboxCrsInvalid: Check = async (service) => {
  for (const { id } of await service.collections())
    expect((await service.ask(`/collections/${id}/items?${lonLat}&bbox-crs=${unknown}`)).status, id).toBe(400)
}
