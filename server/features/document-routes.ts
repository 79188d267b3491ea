import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { routePath } from 'hono/route'
import { z } from 'zod'
import type { RoomDependencies } from '../dependencies.ts'
import { acceptedEncoding } from '../http/accepted-encoding.ts'
import { validators } from '../http/answers.ts'
import { entityTag, isHeld } from '../http/entity-tag.ts'
import { keptAnswer, responseOf } from '../http/kept-answer.ts'
import { languageOf } from '../http/language.ts'
import { openapiDocument } from '../http/openapi-document.ts'
import { representationOf } from '../http/representation.ts'
import { acceptOnly, createRouter, parameterProblem } from '../http/router.ts'
import { servedCrs } from '../http/served-crs.ts'
import { versionedAnswer } from '../http/versioned-answer.ts'
import type { Transaction } from '../store/connect.ts'
import { conformance } from './conformance.ts'
import { describeCollection } from './describe-collection.ts'
import { collectionsView, collectionView, conformanceView, landingView, queryablesView } from './html-views.ts'
import { landingPage } from './landing-page.ts'
import { type Link, linkHeader, mediaTypes } from './links.ts'
import { queryablesSchema } from './queryables.ts'
import { sourceOf, sources } from './sources.ts'

const vary = ['Accept', 'Accept-Language']

/** The documents that tell a client what there is; `rooms` is what the OpenAPI document describes. */
export function documentRoutes(dependencies: RoomDependencies, rooms: OpenAPIHono) {
  const { answers, version } = dependencies
  const router = createRouter()
  const everything = [...new Set(sources.map(({ follows }) => follows))]

  router.get('/', async (c) => {
    const { origin, language } = asked(c)
    const page = landingPage(origin, language)
    return unchanging(c, dependencies, page, () => landingView(page, language))
  })
  router.get('/conformance', async (c) => {
    const { origin, language } = asked(c)
    const declaration = conformance(origin)
    return unchanging(c, dependencies, declaration, () => conformanceView(declaration.conformsTo, language))
  })
  router.get('/openapi.json', (c) => {
    const parsed = OpenapiQuery.safeParse(c.req.query())
    if (!parsed.success) throw parameterProblem(parsed.error)
    return keptAnswer(c, answers, [], async () => {
      const document = openapiDocument(rooms, new URL(c.req.url).origin, version)
      const tag = entityTag([], [version, c.req.url])
      return { type: mediaTypes.openapi, tag, body: Buffer.from(JSON.stringify(document)) }
    })
  })
  router.get('/collections', (c) => {
    const { origin, language, representation } = asked(c)
    const read = async (transaction: Transaction) => {
      const collections = await Promise.all(
        sources.map((source) => describeCollection(transaction, source, origin, language)),
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
    return versionedAnswer(c, dependencies, everything, read, [language, representation], vary)
  })
  router.get('/collections/:collectionId', (c) => {
    const source = sourceOf(c.req.param('collectionId'))
    const { origin, language, representation } = asked(c)
    const read = async (transaction: Transaction) => {
      const description = await describeCollection(transaction, source, origin, language)
      c.header('link', linkHeader(description.links))
      return representation === 'html' ? c.html(collectionView(description, language)) : c.json(description)
    }
    return versionedAnswer(c, dependencies, [source.follows], read, [language, representation], vary)
  })
  router.get('/collections/:collectionId/queryables', async (c) => {
    const source = sourceOf(c.req.param('collectionId'))
    const { origin, language } = asked(c)
    const schema = queryablesSchema(source, origin, language)
    const self = `${origin}/api/collections/${source.id}/queryables`
    const links: Link[] = [
      { href: self, rel: 'self', type: mediaTypes.schema },
      { href: `${self}?f=html`, rel: 'alternate', type: mediaTypes.html },
    ]
    return unchanging(c, dependencies, { ...schema, links }, () => queryablesView(source, language), mediaTypes.schema)
  })
  return router
}

const OpenapiQuery = z.strictObject({ f: z.literal('json').optional() })

/** A document that changes with the product alone. */
async function unchanging(
  c: Context,
  { answers, version }: RoomDependencies,
  document: { links: readonly Link[] },
  view: () => Promise<string>,
  type: string = mediaTypes.json,
): Promise<Response> {
  const { language, representation } = asked(c)
  const tag = entityTag([], [version, c.req.url, language, representation])
  if (isHeld(c.req.header('if-none-match'), tag))
    return new Response(null, { status: 304, headers: validators(tag, vary) })
  const encoding = acceptedEncoding(c.req.header('accept-encoding'))
  const make = async () => {
    const html = representation === 'html'
    const body = Buffer.from(html ? await view() : JSON.stringify(document))
    const headers = { link: linkHeader(document.links) }
    return { type: html ? `${mediaTypes.html}; charset=UTF-8` : type, tag, route: routePath(c), body, vary, headers }
  }
  return responseOf(await answers.provide(tag, encoding, [], make), encoding, c.req.method)
}

function asked(c: Context) {
  acceptOnly(new URL(c.req.url).searchParams, 'f')
  return {
    origin: new URL(c.req.url).origin,
    language: languageOf(c.req.header('accept-language')),
    representation: representationOf(c.req.query('f'), c.req.header('accept')),
  }
}
