import { createRoute } from '@hono/zod-openapi'
import { SearchHit } from '@minqing/data/domain/summary'
import { z } from 'zod'
import { languageOf } from '../http/negotiation.ts'
import { LanguageParameter } from '../http/parameters.ts'
import { json, notModified, problems } from '../http/responses.ts'
import { createRouter } from '../http/router.ts'
import { type Reading, versionedAnswer } from '../http/versioned-answer.ts'
import { findPlaces } from './find-places.ts'

const remedies = { q: { zh: '请输入 1 至 100 个字', en: 'Give 1 to 100 characters' } }

const route = createRoute({
  method: 'get',
  path: '/search',
  tags: ['search'],
  summary: 'Areas, roads, facilities, buildings and case numbers that some words may mean',
  request: { query: z.strictObject({ q: z.string().min(1).max(100), lang: LanguageParameter.optional() }) },
  responses: {
    200: json(z.object({ hits: z.array(SearchHit) }), 'The best first, at most 20'),
    ...notModified,
    ...problems,
  },
})

export function searchRoutes(dependencies: Reading) {
  return createRouter(remedies).openapi(route, (c) => {
    const { q, lang } = c.req.valid('query')
    const language = lang ?? languageOf(c.req.header('accept-language'))
    return versionedAnswer(
      c,
      dependencies,
      ['areas', 'base', 'buildings', 'facilities', 'incidents'],
      async (transaction) => c.json({ hits: await findPlaces(transaction, q, language) }, 200),
      [language],
    )
  })
}
