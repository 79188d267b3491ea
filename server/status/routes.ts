import { DataStatus } from '@minqing/data/domain/data-status'
import { z } from 'zod'
import { scopeOf } from '../http/resolve-actor.ts'
import { json, problems } from '../http/responses.ts'
import { defineRoute } from '../http/route-access.ts'
import { createRouter } from '../http/router.ts'
import { SharedReads } from '../http/shared-reads.ts'
import type { Reading } from '../http/versioned-answer.ts'
import type { ReplicaReader } from '../store/replica-reader.ts'
import { readAs, scopeKey } from '../store/scope.ts'
import { getStatus } from './get-status.ts'

const route = defineRoute({
  access: { action: 'read', object: 'service' },
  method: 'get',
  path: '/status',
  tags: ['status'],
  summary: 'What the database holds and how old it is',
  request: { query: z.strictObject({}) },
  responses: { 200: json(DataStatus, 'Streets with their data, and the time of the last write'), ...problems },
})

/** @param dependencies with what must read nothing older than what has been reported. */
export function statusRoutes(dependencies: Reading & { now: () => Date; reader: ReplicaReader | undefined }) {
  const { readFrom, version, cache, now, reader } = dependencies
  const reads = new SharedReads<Awaited<ReturnType<typeof getStatus>>>()
  return createRouter().openapi(route, async (c) => {
    const scope = scopeOf(c)
    const read = () => readAs(readFrom, scope, (transaction) => getStatus(transaction, scope))
    const held = await reads.read(scopeKey(scope), read)
    // Another replica may lack what this one has: the client asks for it next.
    if (cache.reach(held.versions)) await reader?.noteChange()
    // The clock is in it: no answer is like the one before.
    return c.json({ version, now: now().toISOString(), ...held }, 200, { 'cache-control': 'no-store' })
  })
}
