import { type AccessObject, may } from '@minqing/data/domain/access'
import { SearchHit } from '@minqing/data/domain/summary'
import { z } from 'zod'
import { languageOf } from '../http/negotiation.ts'
import { LanguageParameter } from '../http/parameters.ts'
import { actorOf } from '../http/resolve-actor.ts'
import { json, notModified, problems } from '../http/responses.ts'
import { defineRoute } from '../http/route-access.ts'
import { createRouter } from '../http/router.ts'
import { type Reading, versionedAnswer } from '../http/versioned-answer.ts'
import { findPlaces, searchKinds, type SearchKind } from './find-places.ts'

/** As what the policy knows each kind of hit. */
const objects: Record<SearchKind, AccessObject> = {
  area: 'area',
  road: 'map',
  facility: 'facility',
  building: 'building',
  incident: 'incident',
}

const remedies = { q: { zh: '请输入 1 至 100 个字', en: 'Give 1 to 100 characters' } }

const route = defineRoute({
  access: { action: 'search', object: 'area' },
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
    const { role, scope } = actorOf(c)
    const kinds = searchKinds.filter((kind) => may(role, 'search', objects[kind]))
    const language = lang ?? languageOf(c.req.header('accept-language'))
    return versionedAnswer(
      c,
      dependencies,
      ['areas', 'base', 'buildings', 'facilities', 'incidents'],
      async (transaction) => c.json({ hits: await findPlaces(transaction, q, { language, scope, kinds }) }, 200),
      [language, ...kinds],
    )
  })
}
