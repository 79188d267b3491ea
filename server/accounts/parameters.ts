import { z } from '@hono/zod-openapi'
import { ProblemError } from '@minqing/data/domain/problem'
import type { Context } from 'hono'
import type { Actor } from '../access/actor.ts'
import { actorOf } from '../http/resolve-actor.ts'
import { problems } from '../http/responses.ts'
import { askingClient } from '../store/asking-client.ts'
import type { AccountService } from './account-service.ts'
import type { Client } from './sessions.ts'

export const noQuery = z.strictObject({})
export const gone = { 204: { description: 'It is done' }, ...problems }
/** Private: no cache keeps it. */
export const fresh = { 'cache-control': 'no-store' }

export function clientOf(c: Context): Client {
  return { address: askingClient()?.address, agent: c.req.header('user-agent') }
}

/** Who asks, and from where, as the audit trail names it. */
export function actingOf(c: Context): Actor {
  return { ...actorOf(c), address: askingClient()?.address }
}

/** @throws ProblemError `not_found` where the server runs without sign-in. */
export function openedService(service: AccountService | undefined): AccountService {
  if (service !== undefined) return service
  throw new ProblemError(
    'not_found',
    { zh: '此服务器没有启用登录', en: 'Sign-in is switched off on this server' },
    {
      remedy: {
        zh: '由管理员设置环境变量 SIGN_IN=on',
        en: 'An administrator can set the environment variable SIGN_IN=on',
      },
    },
  )
}
