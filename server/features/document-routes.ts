import { may } from '@minqing/data/domain/access'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { z } from 'zod'
import { languageOf, representationOf } from '../http/negotiation.ts'
import { actorOf } from '../http/resolve-actor.ts'
import { declareAccess } from '../http/route-access.ts'
import { acceptOnly, createRouter, parameterProblem } from '../http/router.ts'
import { documentAnswer, type Reading, versionedAnswer } from '../http/versioned-answer.ts'
import type { Transaction } from '../store/connect.ts'
import { servedCrs } from './crs.ts'
import { describeCollection } from './describe-collection.ts'
import { type FeatureSource, findSource, readsCollection } from './feature-source.ts'
import { collectionsView, collectionView, conformanceView, landingView, queryablesView } from './html-views.ts'
import { type Link, linkHeader, mediaTypes } from './links.ts'
import { openapiDocument } from './openapi.ts'
import { queryablesSchema } from './queryables.ts'
import { conformance, landingPage } from './service-documents.ts'

const vary = ['Accept', 'Accept-Language']

/** The documents that describe the service; `api` is what the OpenAPI document describes. */
export function documentRoutes(reading: Reading, sources: readonly FeatureSource[], api: OpenAPIHono) {
  const router = createRouter()
  const readsService = declareAccess({ action: 'read', object: 'service' })
  // What a client reads before it knows how to sign in; none of them says what the collections hold.
  const isPublic = declareAccess('public')
  const readsOne = declareAccess(readsCollection(sources))
  const everything = [...new Set(sources.map(({ follows }) => follows))]

  router.get('/', isPublic, async (c) => {
    const { origin, language } = askerOf(c)
    const page = landingPage(origin, language)
    return unchanging(c, reading, page, () => landingView(page, language))
  })
  router.get('/conformance', isPublic, async (c) => {
    const { origin, language } = askerOf(c)
    const declaration = conformance(origin)
    return unchanging(c, reading, declaration, () => conformanceView(declaration.conformsTo, language))
  })
  router.get('/openapi.json', isPublic, (c) => {
    const parsed = OpenapiQuery.safeParse(c.req.query())
    if (!parsed.success) throw parameterProblem(parsed.error)
    return documentAnswer(c, reading, async () => {
      const document = openapiDocument(api, new URL(c.req.url).origin, reading.version)
      return { type: mediaTypes.openapi, body: Buffer.from(JSON.stringify(document)) }
    })
  })
  router.get('/collections', readsService, (c) => {
    const { origin, language, representation } = askerOf(c)
    const { role } = actorOf(c)
    const readable = sources.filter(({ object }) => may(role, 'read', object))
    const read = async (transaction: Transaction) => {
      const collections = await Promise.all(
        readable.map((source) => describeCollection(transaction, source, origin, language)),
      )
      const self = `${origin}/api/collections`
      const links: Link[] = [
        { href: self, rel: 'self', type: mediaTypes.json },
        { href: `${self}?f=html`, rel: 'alternate', type: mediaTypes.html },
      ]
      c.header('link', linkHeader(links))
      if (representation === 'html') return c.html(collectionsView(collections, language))
      return c.json({ links, crs: servedCrs, collections })
    }
    const shapedBy = [language, representation, ...readable.map(({ id }) => id)]
    return versionedAnswer(c, reading, everything, read, shapedBy, vary)
  })
  router.get('/collections/:collectionId', readsOne, (c) => {
    const source = findSource(sources, c.req.param('collectionId'))
    const { origin, language, representation } = askerOf(c)
    const read = async (transaction: Transaction) => {
      const description = await describeCollection(transaction, source, origin, language)
      c.header('link', linkHeader(description.links))
      return representation === 'html' ? c.html(collectionView(description, language)) : c.json(description)
    }
    return versionedAnswer(c, reading, [source.follows], read, [language, representation], vary)
  })
  router.get('/collections/:collectionId/queryables', readsOne, async (c) => {
    const source = findSource(sources, c.req.param('collectionId'))
    const { origin, language } = askerOf(c)
    const schema = queryablesSchema(source, origin, language)
    const self = `${origin}/api/collections/${source.id}/queryables`
    const links: Link[] = [
      { href: self, rel: 'self', type: mediaTypes.schema },
      { href: `${self}?f=html`, rel: 'alternate', type: mediaTypes.html },
    ]
    return unchanging(c, reading, { ...schema, links }, () => queryablesView(source, language), mediaTypes.schema)
  })
  return router
}

const OpenapiQuery = z.strictObject({ f: z.literal('json').optional() })

/** A document that changes with the product alone, as JSON or as a page. */
function unchanging(
  c: Context,
  reading: Reading,
  document: { links: readonly Link[] },
  view: () => Promise<string>,
  type: string = mediaTypes.json,
): Promise<Response> {
  const { language, representation } = askerOf(c)
  const make = async () => {
    const html = representation === 'html'
    return {
      type: html ? `${mediaTypes.html}; charset=UTF-8` : type,
      body: Buffer.from(html ? await view() : JSON.stringify(document)),
      headers: { link: linkHeader(document.links) },
    }
  }
  return documentAnswer(c, reading, make, [language, representation], vary)
}

function askerOf(c: Context) {
  acceptOnly(new URL(c.req.url).searchParams, 'f')
  return {
    origin: new URL(c.req.url).origin,
    language: languageOf(c.req.header('accept-language')),
    representation: representationOf(c.req.query('f'), c.req.header('accept')),
  }
}
