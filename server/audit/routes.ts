import { z } from '@hono/zod-openapi'
import { StreetCode } from '@minqing/data/domain/area-code'
import { AuditActor, AuditEntry, AuditResult, AuditVerification } from '@minqing/data/domain/audit'
import { Instant } from '@minqing/data/domain/instant'
import { ProblemError } from '@minqing/data/domain/problem'
import type { Context } from 'hono'
import { attachment } from '../http/download.ts'
import { languageOf } from '../http/negotiation.ts'
import { LanguageParameter } from '../http/parameters.ts'
import { actorOf, scopeOf } from '../http/resolve-actor.ts'
import { json, media, problems } from '../http/responses.ts'
import { defineRoute } from '../http/route-access.ts'
import { createRouter } from '../http/router.ts'
import { streamedRead } from '../http/streamed-read.ts'
import type { Database, Transaction } from '../store/connect.ts'
import type { ReadPools } from '../store/read-pools.ts'
import { isWhole, readAs, type Scope } from '../store/scope.ts'
import { recordAs } from './append-audit.ts'
import { auditCsv, auditJsonLines } from './export-audit.ts'
import { type AuditFilter, listActors, listAudit } from './list-audit.ts'
import { lastVerification, verifyChains } from './verify-audit.ts'

const mostRows = 1000
const mostFaults = 20
/** Milliseconds; the command has no limit. */
const longestVerification = 60_000

const Word = z.string().regex(/^[\w-]{1,40}$/)
const period = { from: Instant.optional(), to: Instant.optional() }
const filter = {
  ...period,
  action: Word.optional(),
  object: Word.optional(),
  result: AuditResult.optional(),
  actor: z.string().min(1).max(100).optional(),
  street: StreetCode.optional(),
}
const exportQuery = z.strictObject({ ...filter, lang: LanguageParameter.optional() })
const tags = ['audit']
/** No literal: the types of the routes would take it for one JSON document. */
const jsonLines: string = 'application/jsonl'
const Verified = z.object({ last: AuditVerification.nullable() })

const routes = {
  list: defineRoute({
    access: { action: 'read', object: 'audit' },
    method: 'get',
    path: '/audit',
    tags,
    summary: 'Who did what, when, from where and with what result, the newest first',
    request: {
      query: z.strictObject({
        ...filter,
        after: z
          .string()
          .regex(/^\d{9}-\d{1,18}$/)
          .optional()
          .openapi({
            example: '990101001-12',
            description: 'The row that the page follows: `next` of the page before',
          }),
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
      200: json(
        z.object({ entries: z.array(AuditEntry), next: z.string().nullable() }),
        'The rows of the streets in question; `next` is `after` of the page that follows',
      ),
      ...problems,
    },
  }),
  actors: defineRoute({
    access: { action: 'read', object: 'audit' },
    method: 'get',
    path: '/audit/actors',
    tags,
    summary: 'Who did something in a period, the last one first',
    request: { query: z.strictObject(period) },
    responses: { 200: json(z.object({ actors: z.array(AuditActor) }), 'A thousand at most'), ...problems },
  }),
  verification: defineRoute({
    access: { action: 'read', object: 'audit' },
    method: 'get',
    path: '/audit/verification',
    tags,
    summary: 'What verifying the trail has found the last time',
    request: { query: z.strictObject({}) },
    responses: { 200: json(Verified, 'Null where nobody has verified it yet'), ...problems },
  }),
  verify: defineRoute({
    access: { action: 'verify', object: 'audit' },
    method: 'post',
    path: '/audit/verification',
    tags,
    summary: 'Verifies every row of the own streets; one verification runs at a time',
    request: { query: z.strictObject({}) },
    responses: { 200: json(Verified, 'What it has found'), ...problems },
  }),
  csv: defineRoute({
    access: { action: 'export', object: 'audit' },
    method: 'get',
    path: '/audit/entries.csv',
    tags,
    summary: 'The filtered rows as a table',
    request: { query: exportQuery },
    responses: { 200: media('text/csv', 'The file, sent as it is read'), ...problems },
  }),
  jsonLines: defineRoute({
    access: { action: 'export', object: 'audit' },
    method: 'get',
    path: '/audit/entries.jsonl',
    tags,
    summary: 'The filtered rows as JSON, one a line',
    request: { query: exportQuery },
    responses: { 200: media(jsonLines, 'The file, sent as it is read'), ...problems },
  }),
}

const types = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl; charset=utf-8' } as const
const fresh = { 'cache-control': 'no-store' }

const remedies = {
  limit: { zh: `请给出 1 至 ${mostRows} 的整数`, en: `Give a whole number from 1 to ${mostRows}` },
  result: { zh: '可选：done、refused、failed', en: 'One of: done, refused, failed' },
  street: { zh: '请给出九位街道编码', en: 'Give the 9 digits of a sub-district' },
  after: { zh: '请使用上一页的 next', en: 'Give `next` of the page before' },
}

/** @param database for recording what is exported and verified. */
export function auditRoutes(
  database: Database,
  pools: Pick<ReadPools, 'light' | 'ordinary' | 'exports'>,
  now: () => Date,
) {
  const auditorScope = (c: Context): Scope => ({ ...scopeOf(c), role: 'auditor' })
  let isVerifying = false

  const verify = async (c: Context) => {
    if (isVerifying) throw verifiedNow()
    isVerifying = true
    try {
      const scope = auditorScope(c)
      const { rows, faults, street } = await readAs(pools.exports, scope, verifyChains, longestVerification)
      const found = { rows, faults: faults.slice(0, mostFaults) }
      // Whoever audits some streets sees what is recorded for one of them.
      const area = isWhole(scope) ? undefined : (street ?? undefined)
      const result = faults.length === 0 ? 'done' : 'failed'
      await recordAs(database, actorOf(c), { action: 'verify', object: 'audit', area }, result, found)
      return await readAs(database, scope, lastVerification)
    } finally {
      isVerifying = false
    }
  }

  const send = async (
    c: Context,
    format: keyof typeof types,
    { lang, ...given }: z.output<typeof exportQuery>,
    pieces: (transaction: Transaction, filter: AuditFilter, language: 'zh' | 'en') => AsyncGenerator<string>,
  ): Promise<Response> => {
    const language = lang ?? languageOf(c.req.header('accept-language'))
    const named = { area: given.street, extension: format, now: now() }
    const headers = {
      'content-type': types[format],
      'content-disposition': attachment({ zh: '审计日志', en: 'audit' }, named, language),
      ...fresh,
    }
    if (c.req.method === 'HEAD') return new Response(null, { headers })
    const audited = { action: 'export', object: 'audit', area: given.street } as const
    await recordAs(database, actorOf(c), audited, 'done', { format, filter: given })
    const body = await streamedRead(pools.exports, auditorScope(c), (transaction) =>
      pieces(transaction, given, language),
    )
    return new Response(body, { headers })
  }

  return createRouter(remedies)
    .openapi(routes.list, async (c) => {
      const { after, limit, ...given } = c.req.valid('query')
      const page = await readAs(pools.ordinary, auditorScope(c), (transaction) =>
        listAudit(transaction, given, { after, limit }),
      )
      return c.json(page, 200, fresh)
    })
    .openapi(routes.actors, async (c) => {
      const actors = await readAs(pools.ordinary, auditorScope(c), (transaction) =>
        listActors(transaction, c.req.valid('query')),
      )
      return c.json({ actors }, 200, fresh)
    })
    .openapi(routes.verification, async (c) => {
      return c.json({ last: await readAs(pools.light, auditorScope(c), lastVerification) }, 200, fresh)
    })
    .openapi(routes.verify, async (c) => c.json({ last: await verify(c) }, 200, fresh))
    .openapi(routes.csv, (c) => send(c, 'csv', c.req.valid('query'), auditCsv))
    .openapi(routes.jsonLines, (c) => send(c, 'jsonl', c.req.valid('query'), auditJsonLines))
}

function verifiedNow(): ProblemError {
  return new ProblemError(
    'busy',
    { zh: '审计日志正在核验中', en: 'The audit trail is being verified already' },
    { remedy: { zh: '请稍后再试', en: 'Try again in a while' } },
  )
}
