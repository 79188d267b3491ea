import { createRoute } from '@hono/zod-openapi'
import { DataStatus } from '@minqing/data/domain/data-status'
import { z } from 'zod'
import { json, problems } from '../http/responses.ts'
import { createRouter } from '../http/router.ts'
import type { Reading } from '../http/versioned-answer.ts'
import { readAs } from '../store/scope.ts'
import { getStatus } from './get-status.ts'

const route = createRoute({
  method: 'get',
  path: '/status',
  tags: ['status'],
  summary: 'What the database holds and how old it is',
  request: { query: z.strictObject({}) },
  responses: { 200: json(DataStatus, 'Streets with their data, and the time of the last write'), ...problems },
})

export function statusRoutes({ readFrom, scope, version, cache, now }: Reading & { now: () => Date }) {
  return createRouter().openapi(route, async (c) => {
    const held = await readAs(readFrom, scope, (transaction) => getStatus(transaction, scope))
    cache.reach(held.versions)
    // The clock is in it: no answer is like the one before.
    return c.json({ version, now: now().toISOString(), ...held }, 200, { 'cache-control': 'no-store' })
  })
}
