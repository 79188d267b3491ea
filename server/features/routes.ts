import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context, Env } from 'hono'
import type { Feature, FeatureCollection, Geometry } from 'geojson'
import { z } from 'zod'
import { scopeOf } from '../http/resolve-actor.ts'
import { languageOf, representationOf } from '../http/negotiation.ts'
import { declareAccess } from '../http/route-access.ts'
import { createRouter, parameterProblem } from '../http/router.ts'
import { LargeAnswers } from '../http/large-answers.ts'
import { cachedAnswer, type Reading, versionedAnswer } from '../http/versioned-answer.ts'
import type { Transaction } from '../store/connect.ts'
import type { ReadPools } from '../store/read-pools.ts'
import { contentCrs, crs84, type ServedCrs } from './crs.ts'
import { type FeatureSource, findSource, readsCollection } from './feature-source.ts'
import { featureView, itemsView } from './html-views.ts'
import {
  defaultLimit,
  featureParameters,
  itemsRemedies,
  type ItemsQuery,
  maxHtmlLimit,
  parseItemsQuery,
} from './items-query.ts'
import { type Link, linkHeader, mediaTypes, withParameter } from './links.ts'
import { describeFeatures } from './openapi.ts'
import { getFeature } from './read-feature.ts'
import { itemsDocument, readItems } from './read-items.ts'

export type FeatureDependencies = Reading & { now: () => Date; pools: ReadPools }

const negotiated = ['Accept', 'Accept-Language']
const FeatureQuery = z.strictObject(featureParameters)

/** Items and single features of the collections; each collection describes and checks its own parameters. */
export function featureRoutes<Source extends FeatureSource>(
  dependencies: FeatureDependencies,
  sources: readonly Source[],
): OpenAPIHono<Env, FeatureSchema<Source>> {
  const router = createRouter()
  const large = new LargeAnswers()
  describeFeatures(router, sources)
  const readsItems = declareAccess(readsCollection(sources))
  router.get('/collections/:collectionId/items', readsItems, (c) => {
    const source = findSource(sources, c.req.param('collectionId'))
    const query = parseItemsQuery(source, new URL(c.req.url).searchParams)
    const format = representationOf(query.format, c.req.header('accept'))
    const reading = { ...dependencies, ...readingFor(dependencies.pools, source, query, format) }
    if (format === 'html') return itemsPage(c, reading, source, query)
    // A filter is asked seldom: its answers would push others out of the cache.
    const isCached = source.cached === true && query.filter === undefined
    const answer = () => (isCached ? cachedItems : freshItems)(c, reading, source, query)
    return query.limit > defaultLimit && c.req.method !== 'HEAD' ? large.answer(answer) : answer()
  })
  router.get('/collections/:collectionId/items/:featureId', readsItems, (c) => {
    const { collectionId, featureId } = c.req.param()
    const parsed = FeatureQuery.safeParse(c.req.query())
    if (!parsed.success) throw parameterProblem(parsed.error, 'query', itemsRemedies)
    const { f, crs = crs84 } = parsed.data
    const source = findSource(sources, collectionId)
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
  return router
}

/** Milliseconds that a filter may take: the longest that one of its statements keeps a processor busy for nothing. */
const filterTimeout = 5_000

/** Where a page is read, by what it costs. */
function readingFor(
  pools: ReadPools,
  source: FeatureSource,
  { filter, limit, bbox, datetime }: ItemsQuery,
  format: 'json' | 'html',
): Pick<Reading, 'readFrom' | 'timeout'> {
  if (filter !== undefined) return { readFrom: pools.heavy, timeout: filterTimeout }
  if (format === 'json' && limit > defaultLimit) return { readFrom: pools.heavy }
  const isWhole = bbox === undefined && datetime === undefined
  return { readFrom: source.cached === true && isWhole ? pools.light : pools.ordinary }
}

/** A page of features as its client sees it. */
export type FeaturePage<Properties> = FeatureCollection<Geometry, Properties> & {
  numberMatched?: number
  numberReturned: number
  links: Link[]
}

type Output<Input, Body> = { $get: { input: Input; output: Body; outputFormat: 'json'; status: 200 } }

/** What clients know of the routes: one path a collection, with the properties of its features. */
type FeatureSchema<Source extends FeatureSource> = {
  [Each in Source as `/collections/${Each['id']}/items`]: Output<
    { query: Record<string, string> },
    FeaturePage<z.output<Each['properties']>>
  >
} & {
  [Each in Source as `/collections/${Each['id']}/items/:featureId`]: Output<
    { param: { featureId: string } },
    Feature<Geometry, z.output<Each['properties']>>
  >
}

function featureLinks(address: string): Link[] {
  return [
    { href: address, rel: 'self', type: mediaTypes.geojson },
    { href: withParameter(address, 'f', 'html'), rel: 'alternate', type: mediaTypes.html },
    { href: address.replace(/\/items\/.*$/, ''), rel: 'collection', type: mediaTypes.json },
  ]
}

function geojson(body: string | Buffer<ArrayBuffer>, links: readonly Link[], crs: ServedCrs): Response {
  const headers = { 'content-type': mediaTypes.geojson, link: linkHeader(links), ...contentCrs(crs) }
  return new Response(body, { headers })
}

function cachedItems(c: Context, dependencies: FeatureDependencies, source: FeatureSource, query: ItemsQuery) {
  return cachedAnswer(c, dependencies, [source.follows], async (transaction) => {
    const page = await readItems(transaction, source, query, scopeOf(c))
    const { body, links } = itemsDocument(page, source, c.req.url, dependencies.now())
    return {
      type: mediaTypes.geojson,
      body,
      vary: ['Accept'],
      headers: { link: linkHeader(links), ...contentCrs(query.crs) },
    }
  })
}

function freshItems(c: Context, dependencies: FeatureDependencies, source: FeatureSource, query: ItemsQuery) {
  const read = async (transaction: Transaction) => {
    const page = await readItems(transaction, source, query, scopeOf(c))
    const { body, links } = itemsDocument(page, source, c.req.url, dependencies.now())
    return geojson(body, links, query.crs)
  }
  return versionedAnswer(c, dependencies, [source.follows], read, ['json'], ['Accept'])
}

/** For a person at a browser, always longitude first. */
function itemsPage(c: Context, dependencies: FeatureDependencies, source: FeatureSource, query: ItemsQuery) {
  const language = languageOf(c.req.header('accept-language'))
  const read = async (transaction: Transaction) => {
    const limit = Math.min(query.limit, maxHtmlLimit)
    const page = await readItems(transaction, source, { ...query, limit, crs: crs84 }, scopeOf(c))
    const { body, links } = itemsDocument(page, source, c.req.url, dependencies.now())
    return c.html(itemsView(source, body.toString(), links, language))
  }
  return versionedAnswer(c, dependencies, [source.follows], read, ['html', language], negotiated)
}
