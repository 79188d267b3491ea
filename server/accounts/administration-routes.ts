import { z } from '@hono/zod-openapi'
import {
  AccountEntry,
  AccountSession,
  Grant,
  mostTokenDays,
  PersonName,
  TokenEntry,
} from '@minqing/data/domain/account'
import { RoleName } from '@minqing/data/domain/role'
import type { Context } from 'hono'
import { askingOf } from '../http/resolve-actor.ts'
import { json, problems } from '../http/responses.ts'
import { defineRoute } from '../http/route-access.ts'
import { createRouter } from '../http/router.ts'
import { jsonBody, limitBody } from '../http/small-body.ts'
import type { ReadSource } from '../store/scope.ts'
import { addAccessToken, revokeAccessToken } from './access-tokens.ts'
import type { AccountService } from './account-service.ts'
import { endAccountSession, listAccountSessions, listOwnAccounts, listOwnTokens } from './list-accounts.ts'
import { makePassword } from './password-hash.ts'
import { addAccount, changeAccount, disableAccount, enableAccount, resetAccount } from './manage-accounts.ts'
import { actingOf, fresh, gone, noQuery, openedService } from './parameters.ts'

/** Bytes: somebody may be responsible for each of many grids. */
const largestBody = 64 * 1024
const day = 86_400_000

const tags = ['accounts']
const Id = z.strictObject({ id: z.uuid() })
const Grants = z.array(Grant).max(20)

const accounts = {
  list: defineRoute({
    access: { action: 'read', object: 'account' },
    method: 'get',
    path: '/accounts',
    tags,
    summary: 'Accounts that are responsible for no more than whoever asks',
    request: { query: noQuery },
    responses: { 200: json(z.object({ accounts: z.array(AccountEntry) }), 'By login'), ...problems },
  }),
  add: defineRoute({
    access: { action: 'create', object: 'account' },
    method: 'post',
    path: '/accounts',
    tags,
    summary: 'Makes an account, with a first password that is given this once and replaced at the first sign-in',
    request: {
      query: noQuery,
      ...jsonBody(z.strictObject({ login: z.string().min(1).max(100), name: PersonName, grants: Grants })),
    },
    responses: { 201: json(z.object({ id: z.uuid(), password: z.string() }), 'The account'), ...problems },
  }),
  change: defineRoute({
    access: { action: 'change', object: 'account' },
    method: 'put',
    path: '/accounts/{id}',
    tags,
    summary: 'Replaces name and grants; sessions in a role whose areas are others now end',
    request: { query: noQuery, params: Id, ...jsonBody(z.strictObject({ name: PersonName, grants: Grants })) },
    responses: gone,
  }),
  reset: defineRoute({
    access: { action: 'change', object: 'account' },
    method: 'post',
    path: '/accounts/{id}/reset',
    tags,
    summary: 'A new first password, given this once; ends sessions, lock and disabling, on request the second factor',
    request: { query: noQuery, params: Id, ...jsonBody(z.strictObject({ secondFactor: z.boolean() })) },
    responses: { 200: json(z.object({ password: z.string() }), 'The first password'), ...problems },
  }),
  disable: defineRoute({
    access: { action: 'remove', object: 'account' },
    method: 'delete',
    path: '/accounts/{id}',
    tags,
    summary: 'Disables an account: its sessions end, and nobody signs in with it',
    request: { query: noQuery, params: Id },
    responses: gone,
  }),
  enable: defineRoute({
    access: { action: 'change', object: 'account' },
    method: 'post',
    path: '/accounts/{id}/enable',
    tags,
    summary: 'Enables an account again, with the password that it had',
    request: { query: noQuery, params: Id },
    responses: gone,
  }),
  sessions: defineRoute({
    access: { action: 'read', object: 'account' },
    method: 'get',
    path: '/accounts/sessions',
    tags,
    summary: 'Sessions that have not ended, of these accounts',
    request: { query: noQuery },
    responses: { 200: json(z.object({ sessions: z.array(AccountSession) }), 'The one last used first'), ...problems },
  }),
  endSession: defineRoute({
    access: { action: 'change', object: 'account' },
    method: 'delete',
    path: '/accounts/sessions/{id}',
    tags,
    summary: 'Ends a session of another account',
    request: { query: noQuery, params: Id },
    responses: gone,
  }),
}

const tokens = {
  list: defineRoute({
    access: { action: 'read', object: 'token' },
    method: 'get',
    path: '/tokens',
    tags,
    summary: 'Access tokens for areas of whoever asks, without the tokens themselves',
    request: { query: noQuery },
    responses: { 200: json(z.object({ tokens: z.array(TokenEntry) }), 'The oldest first'), ...problems },
  }),
  add: defineRoute({
    access: { action: 'create', object: 'token' },
    method: 'post',
    path: '/tokens',
    tags,
    summary: 'Makes an access token for a program, which is given this once',
    request: {
      query: noQuery,
      ...jsonBody(
        z.strictObject({
          name: PersonName,
          role: RoleName,
          areas: z.array(z.string()).min(1).max(200),
          days: z.int().min(1).max(mostTokenDays),
        }),
      ),
    },
    responses: { 201: json(z.object({ id: z.uuid(), token: z.string() }), 'The token'), ...problems },
  }),
  revoke: defineRoute({
    access: { action: 'remove', object: 'token' },
    method: 'delete',
    path: '/tokens/{id}',
    tags,
    summary: 'Revokes an access token',
    request: { query: noQuery, params: Id },
    responses: gone,
  }),
}

const remedies = {
  days: { zh: `请给出 1 至 ${mostTokenDays} 的整数`, en: `Give a whole number from 1 to ${mostTokenDays}` },
  name: { zh: '请填写 1 至 60 个字', en: 'Give 1 to 60 characters' },
}

/** What administrators do with the accounts, sessions and access tokens of others. */
export function administrationRoutes(service: AccountService | undefined, readFrom: ReadSource) {
  const opened = () => openedService(service)
  const router = createRouter(remedies)
  for (const path of ['/accounts', '/accounts/*', '/tokens', '/tokens/*']) router.use(path, limitBody(largestBody))
  const idOf = (c: { req: { valid: (target: 'param') => { id: string } } }) => ({ id: c.req.valid('param').id })
  return router
    .openapi(accounts.sessions, async (c) => {
      if (service === undefined) return c.json({ sessions: [] }, 200, fresh)
      const present = await presentSession(service, c)
      return c.json({ sessions: await listAccountSessions(service.accounts, actingOf(c), present) }, 200, fresh)
    })
    .openapi(accounts.endSession, async (c) => {
      await endAccountSession(opened().accounts, actingOf(c), c.req.valid('param').id)
      return c.body(null, 204, fresh)
    })
    .openapi(accounts.list, async (c) => {
      if (service === undefined) return c.json({ accounts: [] }, 200, fresh)
      return c.json({ accounts: await listOwnAccounts(service.accounts, readFrom, actingOf(c)) }, 200, fresh)
    })
    .openapi(accounts.add, async (c) => {
      const { database, hashes, now } = opened().accounts
      const given = c.req.valid('json')
      const password = makePassword(given.login)
      const id = await addAccount(database, actingOf(c), hashes, { ...given, password, isMade: true }, now())
      return c.json({ id, password }, 201, fresh)
    })
    .openapi(accounts.change, async (c) => {
      await changeAccount(opened().accounts.database, actingOf(c), idOf(c), c.req.valid('json'))
      return c.body(null, 204, fresh)
    })
    .openapi(accounts.reset, async (c) => {
      const { database, hashes, now } = opened().accounts
      const { secondFactor } = c.req.valid('json')
      const how = { makeFor: makePassword, isMade: true, secondFactor }
      const password = await resetAccount(database, actingOf(c), hashes, idOf(c), how, now())
      return c.json({ password }, 200, fresh)
    })
    .openapi(accounts.disable, async (c) => {
      const { database, now } = opened().accounts
      await disableAccount(database, actingOf(c), idOf(c), now())
      return c.body(null, 204, fresh)
    })
    .openapi(accounts.enable, async (c) => {
      await enableAccount(opened().accounts.database, actingOf(c), idOf(c))
      return c.body(null, 204, fresh)
    })
    .openapi(tokens.list, async (c) => {
      if (service === undefined) return c.json({ tokens: [] }, 200, fresh)
      return c.json({ tokens: await listOwnTokens(service.accounts.database, readFrom, actingOf(c)) }, 200, fresh)
    })
    .openapi(tokens.add, async (c) => {
      const { database, now } = opened().accounts
      const { days, ...given } = c.req.valid('json')
      const expiresAt = new Date(now().getTime() + days * day)
      return c.json(await addAccessToken(database, actingOf(c), { ...given, expiresAt }, now()), 201, fresh)
    })
    .openapi(tokens.revoke, async (c) => {
      const { database, now } = opened().accounts
      await revokeAccessToken(database, actingOf(c), c.req.valid('param').id, now())
      return c.body(null, 204, fresh)
    })
}

/** Of whoever asks, where they have one. */
async function presentSession({ admission }: AccountService, c: Context): Promise<string | undefined> {
  return admission.sessionOf(askingOf(c)).then(
    ({ id }) => id,
    () => undefined,
  )
}
