import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { RoomDependencies } from '../dependencies.ts'
import { crs84 } from '../http/items-parameters.ts'
import { languageOf } from '../http/language.ts'
import { openapiDocument } from '../http/openapi-document.ts'
import { representationOf } from '../http/representation.ts'
import { acceptOnly, createRouter } from '../http/router.ts'
import { versionedAnswer } from '../http/versioned-answer.ts'
import { describeCollection } from './describe-collection.ts'
import { collectionsView, collectionView, landingView } from './html-views.ts'
import { landingPage } from './landing-page.ts'
import { mediaTypes } from './links.ts'
import { sourceOf, sources } from './sources.ts'

const conformsTo = ['core', 'geojson', 'oas30'].map(
  (name) => `http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/${name}`,
)

/** The documents that tell a client what there is; `rooms` is what the OpenAPI document describes. */
export function documentRoutes(dependencies: RoomDependencies, rooms: OpenAPIHono) {
  const router = createRouter()
  const everything = [...new Set(sources.map(({ follows }) => follows))]
  router.get('/', async (c) => {
    const { origin, language, representation } = asked(c)
    const page = landingPage(origin, language)
    c.header('vary', 'Accept, Accept-Language')
    return representation === 'html' ? c.html(landingView(page, language)) : c.json(page)
  })
  router.get('/conformance', (c) => {
    acceptOnly(new URL(c.req.url).searchParams, 'f')
    return c.json({ conformsTo })
  })
  router.get('/openapi.json', (c) => {
    acceptOnly(new URL(c.req.url).searchParams, 'f')
    const document = openapiDocument(rooms, new URL(c.req.url).origin, dependencies.version)
    return c.body(JSON.stringify(document), 200, { 'content-type': mediaTypes.openapi })
  })
  router.get('/collections', (c) => {
    const { origin, language, representation } = asked(c)
    const read = async (transaction: Parameters<typeof describeCollection>[0]) => {
      c.header('vary', 'Accept, Accept-Language')
      const collections = await Promise.all(
        sources.map((source) => describeCollection(transaction, source, origin, language)),
      )
      if (representation === 'html') return c.html(collectionsView(collections, language))
      const links = [{ href: `${origin}/api/collections`, rel: 'self', type: mediaTypes.json }]
      return c.json({ links, crs: [crs84], collections })
    }
    return versionedAnswer(c, dependencies, everything, read, [language, representation])
  })
  router.get('/collections/:collectionId', (c) => {
    const source = sourceOf(c.req.param('collectionId'))
    const { origin, language, representation } = asked(c)
    const read = async (transaction: Parameters<typeof describeCollection>[0]) => {
      c.header('vary', 'Accept, Accept-Language')
      const description = await describeCollection(transaction, source, origin, language)
      return representation === 'html' ? c.html(collectionView(description, language)) : c.json(description)
    }
    return versionedAnswer(c, dependencies, [source.follows], read, [language, representation])
  })
  return router
}

function asked(c: Context) {
  acceptOnly(new URL(c.req.url).searchParams, 'f')
  return {
    origin: new URL(c.req.url).origin,
    language: languageOf(c.req.header('accept-language')),
    representation: representationOf(c.req.query('f'), c.req.header('accept')),
  }
}
