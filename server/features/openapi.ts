import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { json, notModified, problems } from '../http/responses.ts'
import type { FeatureSource } from './feature-source.ts'
import { featureParameters, Format, itemsParameters } from './items-query.ts'
import { mediaTypes } from './links.ts'

const Link = z.object({ href: z.url(), rel: z.string(), type: z.string().optional(), title: z.string().optional() })
const Links = z.array(Link)
const Geometry = z.object({ type: z.string(), coordinates: z.array(z.unknown()) }).nullable()
const Landing = z.object({ title: z.string(), description: z.string(), links: Links })
const Conformance = z.object({ conformsTo: z.array(z.url()) })
const Collection = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  itemType: z.literal('feature'),
  crs: z.array(z.url()),
  storageCrs: z.url(),
  extent: z
    .object({
      spatial: z.object({ bbox: z.array(z.array(z.number()).length(4)), crs: z.url() }).optional(),
      temporal: z
        .object({ interval: z.array(z.array(z.iso.datetime().nullable()).length(2)), trs: z.url() })
        .optional(),
    })
    .optional(),
  links: Links,
})

/** Writes the OGC resources into the OpenAPI document, each collection with its own parameters and properties. */
export function describeFeatures({ openAPIRegistry }: OpenAPIHono, sources: readonly FeatureSource[]): void {
  const format = { query: z.object({ f: Format.optional() }) }
  const documents = [
    ['/', 'Landing page', Landing],
    ['/conformance', 'Conformance classes', Conformance],
    [
      '/collections',
      'The collections',
      z.object({ links: Links, crs: z.array(z.url()), collections: z.array(Collection) }),
    ],
  ] as const
  for (const [path, summary, schema] of documents) {
    openAPIRegistry.registerPath({
      method: 'get',
      path,
      tags: ['features'],
      summary,
      request: format,
      responses: { 200: json(schema, summary), ...notModified, ...problems },
    })
  }
  openAPIRegistry.registerPath({
    method: 'get',
    path: '/openapi.json',
    tags: ['features'],
    summary: 'This document',
    request: { query: z.object({ f: z.literal('json').optional() }) },
    responses: {
      ...notModified,
      ...problems,
      200: { description: 'OpenAPI 3.0', content: { [mediaTypes.openapi]: { schema: { type: 'object' } } } },
    },
  })
  for (const source of sources) describeItems(openAPIRegistry, source)
}

function describeItems(registry: OpenAPIHono['openAPIRegistry'], source: FeatureSource): void {
  const { id, title, description, properties, parameters } = source
  const Feature = z.object({
    type: z.literal('Feature'),
    id: z.string(),
    geometry: Geometry,
    properties,
    links: Links.optional(),
  })
  const Features = z.object({
    type: z.literal('FeatureCollection'),
    timeStamp: z.iso.datetime(),
    numberMatched: z.int().min(0).optional().openapi({
      description:
        '各页合计，仅首页给出，按条件逐条数出的超过一百万时省略 · Of all pages; in the first page only, and not where more than a million would have to be counted',
    }),
    numberReturned: z.int().min(0),
    links: Links,
    features: z.array(Feature),
  })
  const geojson = (schema: z.ZodType, says: string) => ({
    description: says,
    content: { [mediaTypes.geojson]: { schema } },
  })
  const path = `/collections/${id}`
  const tags = ['features']
  registry.registerPath({
    method: 'get',
    path,
    tags,
    summary: `${title.zh} · ${title.en}`,
    request: { query: z.object({ f: Format.optional() }) },
    responses: { 200: json(Collection, `${description.zh} · ${description.en}`), ...notModified, ...problems },
  })
  registry.registerPath({
    method: 'get',
    path: `${path}/queryables`,
    tags,
    summary: `${title.zh}的可查询属性 · What a filter may ask about ${title.en.toLowerCase()}`,
    request: { query: z.object({ f: Format.optional() }) },
    responses: {
      200: { description: 'JSON Schema', content: { [mediaTypes.schema]: { schema: { type: 'object' } } } },
      ...notModified,
      ...problems,
    },
  })
  registry.registerPath({
    method: 'get',
    path: `${path}/items`,
    tags,
    summary: `${description.zh} · ${description.en}`,
    request: { query: z.object({ ...itemsParameters, ...parameters }) },
    responses: { 200: geojson(Features, 'A page of features; “next” leads on'), ...notModified, ...problems },
  })
  registry.registerPath({
    method: 'get',
    path: `${path}/items/{featureId}`,
    tags,
    summary: `${title.zh}中的一个 · One of ${title.en.toLowerCase()}`,
    request: { params: z.object({ featureId: z.string() }), query: z.object(featureParameters) },
    responses: { 200: geojson(Feature, 'The feature'), ...notModified, ...problems },
  })
}

/** The OpenAPI 3.0 document of everything under `/api`. */
export function openapiDocument(api: OpenAPIHono, origin: string, version: string) {
  return api.getOpenAPIDocument({
    openapi: '3.0.3',
    info: { title: '民情地图 · Minqing Map', version, license: { name: 'MIT' } },
    servers: [{ url: `${origin}/api` }],
  })
}
