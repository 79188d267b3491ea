import type { Feature, FeatureCollection, Geometry, Position } from 'geojson'
import type { ServedApi } from '../serve-api.ts'

export type Link = { href: string; rel: string; type?: string }
export type Collection = {
  id: string
  title: string
  description: string
  extent?: { spatial?: { bbox: number[][]; crs: string }; temporal?: { interval: (string | null)[][]; trs: string } }
  crs: string[]
  storageCrs: string
  links: Link[]
}
export type Collections = { links: Link[]; crs: string[]; collections: Collection[] }
export type Page = FeatureCollection & {
  timeStamp: string
  numberMatched: number
  numberReturned: number
  links: Link[]
}
export type Parameter = {
  name: string
  in: string
  required?: boolean
  style?: string
  explode?: boolean
  schema: object
}
export type ApiDefinition = { openapi: string; paths: Record<string, { get: { parameters?: Parameter[] } }> }

export const crs84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84'

/** The service as a client sees it that knows nothing but the address of its landing page. */
export class Service {
  readonly #served: ServedApi

  constructor(served: ServedApi) {
    this.#served = served
  }

  get root(): string {
    return this.#served.api
  }

  async collections(): Promise<Collection[]> {
    return (await this.#served.getJson<Collections>('/collections')).collections
  }

  read<T>(path: string): Promise<T> {
    return this.#served.getJson<T>(path)
  }

  ask(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.#served.get(path, headers)
  }

  items(id: string, query = ''): Promise<Page> {
    return this.read(`/collections/${id}/items${query}`)
  }

  /** Every feature that a query matches, over all its pages. */
  async all(id: string, query = ''): Promise<Feature[]> {
    const features: Feature[] = []
    let page = await this.items(id, query)
    for (;;) {
      features.push(...page.features)
      const next = page.links.find(({ rel }) => rel === 'next')
      if (next === undefined) return features
      page = (await (await fetch(next.href)).json()) as Page
    }
  }

  /** The parameters of a collection's items by name, as the API definition describes them. */
  async itemsParameters(id: string): Promise<Map<string, Parameter>> {
    const { paths } = await this.read<ApiDefinition>('/openapi.json')
    const { parameters = [] } = paths[`/collections/${id}/items`]?.get ?? {}
    return new Map(parameters.map((parameter) => [parameter.name, parameter]))
  }
}

/** Every position of a geometry, in the order in which it stands. */
export function positionsOf(geometry: Geometry | null): Position[] {
  if (geometry === null) return []
  if (geometry.type === 'GeometryCollection') return geometry.geometries.flatMap(positionsOf)
  return nested(geometry.coordinates)
}

function nested(coordinates: unknown): Position[] {
  if (!Array.isArray(coordinates)) return []
  return typeof coordinates[0] === 'number' ? [coordinates as Position] : coordinates.flatMap(nested)
}
