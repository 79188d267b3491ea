import { z } from '@hono/zod-openapi'
import { actorOf } from '../http/resolve-actor.ts'
import { allowSilence } from '../http/client.ts'
import { json, problems } from '../http/responses.ts'
import { defineRoute } from '../http/route-access.ts'
import { createRouter } from '../http/router.ts'
import type { Database } from '../store/connect.ts'
import { importScope, readAs } from '../store/scope.ts'
import { describeDemo, removeDemo } from './demo-state.ts'

const tags = ['demo']
const noQuery = z.strictObject({})
const Count = z.int().min(0)
const Demo = z.object({ streets: Count, imported: Count })

const routes = {
  describe: defineRoute({
    access: { action: 'read', object: 'demo' },
    method: 'get',
    path: '/demo',
    tags,
    summary: 'How many sub-districts the demo has, and how many rows were imported into them',
    request: { query: noQuery },
    responses: { 200: json(Demo, 'None where the demo has been removed'), ...problems },
  }),
  remove: defineRoute({
    access: { action: 'remove', object: 'demo' },
    method: 'delete',
    path: '/demo',
    tags,
    summary: 'Removes the demo with everything in it, also what was imported into it',
    request: { query: noQuery },
    responses: { 200: json(z.object({ streets: Count }), 'How many sub-districts were removed'), ...problems },
  }),
}

/** No cache keeps it. */
const fresh = { 'cache-control': 'no-store' }

export function demoRoutes(database: Database) {
  return createRouter()
    .openapi(routes.describe, async (c) => c.json(await readAs(database, importScope, describeDemo), 200, fresh))
    .openapi(routes.remove, async (c) => {
      allowSilence(c)
      return c.json({ streets: await removeDemo(database, actorOf(c)) }, 200, fresh)
    })
}
