import { z } from '@hono/zod-openapi'
import { StreetCode } from '@minqing/data/domain/area-code'
import { pageSetup, PrintTemplate, PrintTemplateName } from '@minqing/data/domain/page-setup'
import { parameter } from '../http/parameters.ts'
import { actorOf, scopeOf } from '../http/resolve-actor.ts'
import { json, problems } from '../http/responses.ts'
import { defineRoute } from '../http/route-access.ts'
import { createRouter } from '../http/router.ts'
import { jsonBody, limitBody } from '../http/small-body.ts'
import type { Database } from '../store/connect.ts'
import { readAs, type ReadSource } from '../store/scope.ts'
import { listTemplates, removeTemplate, saveTemplate } from './templates.ts'

const tags = ['print']
const noQuery = z.strictObject({})
const Street = z.strictObject({ street: parameter(StreetCode, '990101001') })
const Saved = z.strictObject({ name: PrintTemplateName, setup: pageSetup })

const routes = {
  list: defineRoute({
    access: { action: 'read', object: 'print_template' },
    method: 'get',
    path: '/print-templates/{street}',
    tags,
    summary: 'How a sub-district prints its maps, by name',
    request: { query: noQuery, params: Street },
    responses: { 200: json(z.object({ templates: z.array(PrintTemplate) }), 'By name'), ...problems },
  }),
  save: defineRoute({
    access: { action: 'create', object: 'print_template' },
    method: 'put',
    path: '/print-templates/{street}',
    tags,
    summary: 'Saves a page setup under a name, in the place of the one that has it',
    request: { query: noQuery, params: Street, ...jsonBody(Saved) },
    responses: { 200: json(z.object({ id: z.uuid() }), 'The template'), ...problems },
  }),
  remove: defineRoute({
    access: { action: 'remove', object: 'print_template' },
    method: 'delete',
    path: '/print-templates/{street}/{id}',
    tags,
    summary: 'Removes a template',
    request: { query: noQuery, params: Street.extend({ id: z.uuid() }) },
    responses: { 204: { description: 'It is done' }, ...problems },
  }),
}

/** No cache keeps it: templates belong to no collection that has a version. */
const fresh = { 'cache-control': 'no-store' }

export function printRoutes(database: Database, readFrom: ReadSource, now: () => Date) {
  const router = createRouter()
  router.use('/print-templates/*', limitBody())
  return router
    .openapi(routes.list, async (c) => {
      const { street } = c.req.valid('param')
      const templates = await readAs(readFrom, scopeOf(c), (transaction) => listTemplates(transaction, street))
      return c.json({ templates }, 200, fresh)
    })
    .openapi(routes.save, async (c) => {
      const { street } = c.req.valid('param')
      const id = await saveTemplate(database, actorOf(c), street, c.req.valid('json'), now())
      return c.json({ id }, 200, fresh)
    })
    .openapi(routes.remove, async (c) => {
      const { street, id } = c.req.valid('param')
      await removeTemplate(database, actorOf(c), street, id)
      return c.body(null, 204, fresh)
    })
}
