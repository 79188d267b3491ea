import type { OpenAPIHono } from '@hono/zod-openapi'
import type { RoomDependencies } from '../app.ts'
import { languageOf } from '../http/language.ts'
import { openapiDocument } from '../http/openapi-document.ts'
import { createRouter } from '../http/router.ts'
import { crs84 } from '../http/items-parameters.ts'
import { versionedAnswer } from '../http/versioned-answer.ts'
import { describeCollection } from './describe-collection.ts'
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
  router.get('/', (c) => {
    const origin = new URL(c.req.url).origin
    return c.json(landingPage(origin, languageOf(c.req.header('accept-language'))))
  })
  router.get('/conformance', (c) => c.json({ conformsTo }))
  router.get('/openapi.json', (c) => {
    const document = openapiDocument(rooms, new URL(c.req.url).origin, dependencies.version)
    return c.body(JSON.stringify(document), 200, { 'content-type': mediaTypes.openapi })
  })
  router.get('/collections', (c) => {
    const origin = new URL(c.req.url).origin
    const language = languageOf(c.req.header('accept-language'))
    return versionedAnswer(
      c,
      dependencies,
      everything,
      async (transaction) => {
        const collections = await Promise.all(
          sources.map((source) => describeCollection(transaction, source, origin, language)),
        )
        const links = [{ href: `${origin}/api/collections`, rel: 'self', type: mediaTypes.json }]
        return c.json({ links, crs: [crs84], collections })
      },
      [language],
    )
  })
  router.get('/collections/:collectionId', (c) => {
    const source = sourceOf(c.req.param('collectionId'))
    const language = languageOf(c.req.header('accept-language'))
    return versionedAnswer(
      c,
      dependencies,
      [source.follows],
      async (transaction) => c.json(await describeCollection(transaction, source, new URL(c.req.url).origin, language)),
      [language],
    )
  })
  return router
}
