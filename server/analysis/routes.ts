import { z } from '@hono/zod-openapi'
import { AnalysisQuestion, AnalysisRecord, AnalysisState } from '@minqing/data/domain/analysis'
import { AnalysisHistory, AnalysisPassport } from '@minqing/data/domain/analysis-passport'
import { isCurrent } from '../http/headers.ts'
import { actorOf } from '../http/resolve-actor.ts'
import { json, media, notModified, problems } from '../http/responses.ts'
import { defineRoute } from '../http/route-access.ts'
import { createRouter } from '../http/router.ts'
import { jsonBody, limitBody } from '../http/small-body.ts'
import type { AnalysisService } from './analysis-service.ts'

const tags = ['analyses']
const noQuery = z.strictObject({})
/** The longest that a request waits for an analysis, in milliseconds. */
const longestWait = 5_000
/** Milliseconds to wait for what comes next: the result, or its robustness. */
const Wait = z.strictObject({ wait: z.coerce.number().int().min(0).max(longestWait).default(0) })
const Id = z.strictObject({ id: z.string().regex(/^[\w-]{22}$/) })
const Unit = Id.extend({ unit: z.string().regex(/^[\w-]{1,40}$/) })

const routes = {
  list: defineRoute({
    access: { action: 'read', object: 'analysis' },
    method: 'get',
    path: '/analyses',
    tags,
    summary: 'The newest results with what made them',
    request: { query: noQuery },
    responses: {
      200: json(z.object({ analyses: z.array(AnalysisState.extend({ record: AnalysisRecord })) }), 'The newest first'),
      ...problems,
    },
  }),
  ask: defineRoute({
    access: { action: 'create', object: 'analysis' },
    method: 'post',
    path: '/analyses',
    tags,
    summary: 'Asks where incidents cluster; the same question of the same data has the same address',
    request: { query: noQuery, ...jsonBody(AnalysisQuestion) },
    responses: { 200: json(AnalysisState, 'The result is there, or is being made'), ...problems },
  }),
  state: defineRoute({
    access: { action: 'read', object: 'analysis' },
    method: 'get',
    path: '/analyses/{id}',
    tags,
    summary: 'How far an analysis is; answers early when what is waited for is there',
    request: { params: Id, query: Wait },
    responses: { 200: json(AnalysisState, 'How far it is'), ...problems },
  }),
  result: defineRoute({
    access: { action: 'read', object: 'analysis' },
    method: 'get',
    path: '/analyses/{id}/result',
    tags,
    summary: 'The result as GeoJSON: every unit with its figures, and what made it as the member `analysis`',
    request: { params: Id, query: noQuery },
    responses: { 200: media('application/geo+json', 'The same bytes every time'), ...notModified, ...problems },
  }),
  passport: defineRoute({
    access: { action: 'read', object: 'analysis' },
    method: 'get',
    path: '/analyses/{id}/units/{unit}',
    tags,
    summary: 'What is known of the hot spot that a unit belongs to, or of a unit outside of them',
    request: { params: Unit, query: noQuery },
    responses: { 200: json(AnalysisPassport, 'Counted from the present data'), ...problems },
  }),
  history: defineRoute({
    access: { action: 'read', object: 'analysis' },
    method: 'get',
    path: '/analyses/{id}/history',
    tags,
    summary:
      'Since when the hot spots of a result are there: the same question of periods that end up to eleven weeks earlier',
    request: { params: Id, query: noQuery },
    responses: { 200: json(AnalysisHistory, 'Counted from the present data'), ...problems },
  }),
  cancel: defineRoute({
    access: { action: 'create', object: 'analysis' },
    method: 'delete',
    path: '/analyses/{id}',
    tags,
    summary: 'Waits no longer for an analysis; when nobody does, its work ends',
    request: { params: Id, query: noQuery },
    responses: { 204: { description: 'It is no longer waited for' }, ...problems },
  }),
}

const fresh = { 'cache-control': 'no-store' }
const listed = 50

export function analysisRoutes(service: AnalysisService) {
  const router = createRouter()
  router.use('/analyses', limitBody())
  return router
    .openapi(routes.list, async (c) => c.json({ analyses: await service.list(actorOf(c), listed) }, 200, fresh))
    .openapi(routes.ask, async (c) => {
      const state = await service.ask(actorOf(c), c.req.valid('json'))
      return c.json(state, 200, { ...fresh, location: `/api/analyses/${state.id}` })
    })
    .openapi(routes.state, async (c) => {
      const { id } = c.req.valid('param')
      return c.json(await service.state(actorOf(c), id, c.req.valid('query').wait), 200, fresh)
    })
    .openapi(routes.result, async (c) => {
      const { bytes, sha256 } = await service.result(actorOf(c), c.req.valid('param').id)
      const headers = { 'cache-control': 'private, no-cache', etag: `W/"${sha256.slice(0, 22)}"` }
      if (isCurrent(c.req.header('if-none-match'), headers.etag)) return new Response(null, { status: 304, headers })
      return new Response(new Uint8Array(bytes), { headers: { ...headers, 'content-type': 'application/geo+json' } })
    })
    .openapi(routes.passport, async (c) => {
      const { id, unit } = c.req.valid('param')
      return c.json(await service.passport(actorOf(c), id, unit), 200, fresh)
    })
    .openapi(routes.history, async (c) =>
      c.json(await service.history(actorOf(c), c.req.valid('param').id), 200, fresh),
    )
    .openapi(routes.cancel, async (c) => {
      await service.cancel(actorOf(c), c.req.valid('param').id)
      return c.body(null, 204, fresh)
    })
}
