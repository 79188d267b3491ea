import { createRoute } from '@hono/zod-openapi'
import type { FeatureCollection } from 'geojson'
import { z } from 'zod'
import type { Context } from 'hono'
import type { RoomDependencies } from '../dependencies.ts'
import { entityTag } from '../http/entity-tag.ts'
import { featureParameters } from '../http/items-parameters.ts'
import { languageOf } from '../http/language.ts'
import { keptAnswer } from '../http/kept-answer.ts'
import { problems } from '../http/responses.ts'
import { representationOf } from '../http/representation.ts'
import { createRouter } from '../http/router.ts'
import { contentCrs, crs84, type ServedCrs } from '../http/served-crs.ts'
import { versionedAnswer } from '../http/versioned-answer.ts'
import { collectionVersions } from '../store/collection-versions.ts'
import type { Transaction } from '../store/connect.ts'
import { readAs } from '../store/scope.ts'
import { documentFeatures } from './documented-routes.ts'
import type { FeatureSource } from './feature-source.ts'
import { featureView, itemsView } from './html-views.ts'
import { getFeature } from './get-feature.ts'
import { itemsDocument } from './items-document.ts'
import { type ItemsQuery, parseItemsQuery } from './items-query.ts'
import { type Link, linkHeader, mediaTypes, withParameter } from './links.ts'
import { readItems } from './read-items.ts'
import { sourceOf } from './sources.ts'

/** For the client's types alone: each collection documents and checks its own parameters. */
const text = z.string().optional()
const anyItemsQuery = z.looseObject({ bbox: text, datetime: text, limit: text, next: text, area: text })

const itemsRoute = createRoute({
  method: 'get',
  path: '/collections/{collectionId}/items',
  hide: true,
  request: { params: z.object({ collectionId: z.string() }), query: anyItemsQuery },
  responses: {
    200: { description: '', content: { [mediaTypes.geojson]: { schema: z.custom<FeatureCollection>() } } },
    304: { description: '' },
    ...problems,
  },
})

const itemRoute = createRoute({
  method: 'get',
  path: '/collections/{collectionId}/items/{featureId}',
  hide: true,
  request: {
    params: z.object({ collectionId: z.string(), featureId: z.string() }),
    query: z.strictObject(featureParameters),
  },
  responses: {
    200: { description: '', content: { [mediaTypes.geojson]: { schema: z.custom<FeatureCollection>() } } },
    304: { description: '' },
    ...problems,
  },
})

const negotiated = ['Accept', 'Accept-Language']

export function featureRoutes(dependencies: RoomDependencies) {
  const router = createRouter()
  documentFeatures(router)
  return router
    .openapi(itemsRoute, (c) => {
      const source = sourceOf(c.req.valid('param').collectionId)
      const query = parseItemsQuery(source, new URL(c.req.url).searchParams)
      const format = representationOf(query.format, c.req.header('accept'))
      if (format === 'html') return itemsPage(c, dependencies, source, query)
      return source.follows === 'areas'
        ? keptItems(c, dependencies, source, query)
        : freshItems(c, dependencies, source, query)
    })
    .openapi(itemRoute, (c) => {
      const { collectionId, featureId } = c.req.valid('param')
      const { f, crs = crs84 } = c.req.valid('query')
      const source = sourceOf(collectionId)
      const format = representationOf(f, c.req.header('accept'))
      const language = languageOf(c.req.header('accept-language'))
      const read = async (transaction: Transaction) => {
        const feature = await getFeature(transaction, source, featureId, format === 'html' ? crs84 : crs)
        if (format === 'html') return c.html(featureView(source, feature, language))
        const links = featureLinks(c.req.url)
        const body = `${feature.slice(0, -1)},"links":${JSON.stringify(links)}}`
        return geojson(body, links, crs)
      }
      return versionedAnswer(c, dependencies, [source.follows], read, [format, language], negotiated)
    })
}

function featureLinks(address: string): Link[] {
  return [
    { href: address, rel: 'self', type: mediaTypes.geojson },
    { href: withParameter(address, 'f', 'html'), rel: 'alternate', type: mediaTypes.html },
    { href: address.replace(/\/items\/.*$/, ''), rel: 'collection', type: mediaTypes.json },
  ]
}

function geojson(body: string, links: readonly Link[], crs: ServedCrs): Response {
  const headers = { 'content-type': mediaTypes.geojson, link: linkHeader(links), ...contentCrs(crs) }
  return new Response(body, { headers })
}

/** Areas are few, asked for by everybody and the same for everybody: kept as bytes until one changes. */
function keptItems(c: Context, dependencies: RoomDependencies, source: FeatureSource, query: ItemsQuery) {
  const { answers, readFrom, scope, version, now } = dependencies
  return keptAnswer(c, answers, [source.follows], () =>
    readAs(readFrom, scope, async (transaction) => {
      const versions = await collectionVersions(transaction, [source.follows])
      const page = await readItems(transaction, source, query, scope)
      const { text: body, links } = itemsDocument(page, source, c.req.url, now())
      return {
        type: mediaTypes.geojson,
        tag: entityTag(versions, [version, c.req.url]),
        body: Buffer.from(body),
        vary: ['Accept'],
        headers: { link: linkHeader(links), ...contentCrs(query.crs) },
      }
    }),
  )
}

function freshItems(c: Context, dependencies: RoomDependencies, source: FeatureSource, query: ItemsQuery) {
  const read = async (transaction: Transaction) => {
    const page = await readItems(transaction, source, query, dependencies.scope)
    const { text: body, links } = itemsDocument(page, source, c.req.url, dependencies.now())
    return geojson(body, links, query.crs)
  }
  return versionedAnswer(c, dependencies, [source.follows], read, ['json'], ['Accept'])
}

/** For a person at a browser, always longitude first. */
function itemsPage(c: Context, dependencies: RoomDependencies, source: FeatureSource, query: ItemsQuery) {
  const language = languageOf(c.req.header('accept-language'))
  const read = async (transaction: Transaction) => {
    const page = await readItems(transaction, source, { ...query, crs: crs84 }, dependencies.scope)
    const { text: body, links } = itemsDocument(page, source, c.req.url, dependencies.now())
    return c.html(itemsView(source, body, links, language))
  }
  return versionedAnswer(c, dependencies, [source.follows], read, ['html', language], negotiated)
}
