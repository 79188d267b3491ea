import { z } from '@hono/zod-openapi'
import { AuditEntry, AuditResult } from '@minqing/data/domain/audit'
import { Instant } from '@minqing/data/domain/instant'
import { scopeOf } from '../http/resolve-actor.ts'
import { json, problems } from '../http/responses.ts'
import { defineRoute } from '../http/route-access.ts'
import { createRouter } from '../http/router.ts'
import { readAs, type ReadSource } from '../store/scope.ts'
import { listAudit } from './list-audit.ts'

const mostRows = 1000
const Word = z.string().regex(/^[\w-]{1,40}$/)

const route = defineRoute({
  access: { action: 'read', object: 'audit' },
  method: 'get',
  path: '/audit',
  tags: ['audit'],
  summary: 'Who did what, when and with what result, the newest first',
  request: {
    query: z.strictObject({
      from: Instant.optional(),
      to: Instant.optional(),
      action: Word.optional(),
      object: Word.optional(),
      result: AuditResult.optional(),
      actor: z.string().min(1).max(100).optional(),
      limit: z
        .string()
        .regex(/^\d{1,4}$/)
        .transform(Number)
        .pipe(z.number().min(1).max(mostRows))
        .default(100)
        .openapi({ type: 'integer', example: 100 }),
    }),
  },
  responses: {
    200: json(z.object({ entries: z.array(AuditEntry) }), 'The rows of the streets in question'),
    ...problems,
  },
})

const remedies = {
  limit: { zh: `请给出 1 至 ${mostRows} 的整数`, en: `Give a whole number from 1 to ${mostRows}` },
  result: { zh: '可选：done、refused、failed', en: 'One of: done, refused, failed' },
}

export function auditRoutes(readFrom: ReadSource) {
  return createRouter(remedies).openapi(route, async (c) => {
    const scope = { ...scopeOf(c), role: 'auditor' } as const
    const entries = await readAs(readFrom, scope, (transaction) => listAudit(transaction, c.req.valid('query')))
    return c.json({ entries }, 200, { 'cache-control': 'no-store' })
  })
}
