import { z } from '@hono/zod-openapi'
import { BuildingCode, GridCode, StreetCode } from '@minqing/data/domain/area-code'
import { Incident } from '@minqing/data/domain/incident'
import { Instant } from '@minqing/data/domain/instant'
import { Position } from '@minqing/data/domain/position'
import { parameter } from '../http/parameters.ts'
import { actorOf } from '../http/resolve-actor.ts'
import { json, problems } from '../http/responses.ts'
import { defineRoute } from '../http/route-access.ts'
import { createRouter } from '../http/router.ts'
import { jsonBody, limitBody } from '../http/small-body.ts'
import type { ReadSource } from '../store/scope.ts'
import { findDuplicatesOf, findDuplicatesWhileTyping, LikelyDuplicate } from './find-duplicates.ts'
import { findSimilarTo, SimilarCase } from './find-similar.ts'

const fresh = { 'cache-control': 'no-store' }
/** Bytes: a text of 4,000 characters, of three bytes each in UTF-8 and six as JSON may write them. */
const longestBody = 32_768
const Found = z.object({ duplicates: z.array(LikelyDuplicate) })
const response = json(Found, 'At most five, the likeliest first, with the reasons')

const ofIncident = defineRoute({
  access: { action: 'change', object: 'incident' },
  method: 'get',
  path: '/incidents/{street}/{number}/duplicates',
  tags: ['incidents'],
  summary: 'Incidents that likely are the same case as this one, with the reasons',
  request: {
    params: z.strictObject({ street: parameter(StreetCode, '990101001'), number: z.string().min(1).max(64) }),
    query: z.strictObject({}),
  },
  responses: { 200: response, ...problems },
})

const similarTo = defineRoute({
  access: { action: 'change', object: 'incident' },
  method: 'get',
  path: '/incidents/{street}/{number}/similar',
  tags: ['incidents'],
  summary: 'Closed incidents of the same type that are most like this one, with what became of them',
  request: {
    params: z.strictObject({ street: parameter(StreetCode, '990101001'), number: z.string().min(1).max(64) }),
    query: z.strictObject({}),
  },
  responses: {
    200: json(z.object({ cases: z.array(SimilarCase) }), 'At most five, the most similar first, with the reasons'),
    ...problems,
  },
})

const Typed = z.strictObject({
  streetCode: StreetCode,
  gridCode: GridCode.nullable().default(null),
  buildingCode: BuildingCode.nullable().default(null),
  position: Position.nullable().default(null),
  address: Incident.shape.address.default(''),
  title: z.string().max(200).default(''),
  text: Incident.shape.text.default(''),
  happenedAt: Instant.nullable().default(null),
})

const whileTyping = defineRoute({
  access: { action: 'change', object: 'incident' },
  method: 'post',
  path: '/incidents/duplicates',
  tags: ['incidents'],
  summary: 'Incidents that likely are the same case as a report that is being typed, with the reasons',
  description: 'Whatever is known so far of the report; nothing of it is stored.',
  request: { query: z.strictObject({}), ...jsonBody(Typed) },
  responses: { 200: response, ...problems },
})

export function duplicateRoutes(readFrom: ReadSource, now: () => Date) {
  const router = createRouter()
  router.use('/incidents/duplicates', limitBody(longestBody))
  const found = router.openapi(ofIncident, async (c) => {
    const { street, number } = c.req.valid('param')
    return c.json({ duplicates: await findDuplicatesOf(readFrom, actorOf(c), street, number) }, 200, fresh)
  })
  const similar = found.openapi(similarTo, async (c) => {
    const { street, number } = c.req.valid('param')
    return c.json({ cases: await findSimilarTo(readFrom, actorOf(c), street, number) }, 200, fresh)
  })
  return similar.openapi(whileTyping, async (c) => {
    const { streetCode, ...typed } = c.req.valid('json')
    const duplicates = await findDuplicatesWhileTyping(readFrom, actorOf(c), streetCode, typed, now())
    return c.json({ duplicates }, 200, fresh)
  })
}
