import { z } from '@hono/zod-openapi'
import { longestPassword } from '@minqing/data/domain/password'
import { ProblemError } from '@minqing/data/domain/problem'
import { RoleName } from '@minqing/data/domain/role'
import { Session, SessionEntry } from '@minqing/data/domain/session'
import type { Context } from 'hono'
import { actorOf, askingOf } from '../http/resolve-actor.ts'
import { json, problems } from '../http/responses.ts'
import { jsonBody, limitBody } from '../http/small-body.ts'
import { defineRoute } from '../http/route-access.ts'
import { createRouter } from '../http/router.ts'
import { setDemoRoleCookie, setSessionCookie } from '../http/session-cookie.ts'
import type { ReadSource } from '../store/scope.ts'
import type { AccountService } from './account-service.ts'
import { changePassword } from './change-password.ts'
import { describeActor, describeDemo, describeSession } from './describe-session.ts'
import { beginEnrolment, completeEnrolment } from './enrol-second-factor.ts'
import { withAccounts } from './account-transaction.ts'
import { makeFirstAccount } from './first-account.ts'
import { clientOf, fresh, gone, noQuery, openedService } from './parameters.ts'
import {
  endSession,
  findSession,
  listSessions,
  type OpenSession,
  pendingStep,
  replaceToken,
  switchRole,
} from './sessions.ts'
import { prove, signIn } from './sign-in.ts'
import { hashOf } from './credentials.ts'

const Password = z.string().max(longestPassword * 4)
const Code = z.string().regex(/^\d{6}$/)
const tags = ['session']
const whole = { 200: json(Session, 'Who is asking'), ...problems }

const routes = {
  signIn: defineRoute({
    access: 'public',
    method: 'post',
    path: '/session',
    tags,
    summary: 'Signs in: the answer sets a cookie',
    request: {
      query: noQuery,
      ...jsonBody(z.strictObject({ login: z.string().min(1).max(100), password: Password, code: Code.optional() })),
    },
    responses: whole,
  }),
  get: defineRoute({
    access: 'session',
    method: 'get',
    path: '/session',
    tags,
    summary: 'Who is asking, as what, for which areas, and what they may ask as',
    request: { query: noQuery },
    responses: whole,
  }),
  switchRole: defineRoute({
    access: 'session',
    method: 'put',
    path: '/session',
    tags,
    summary: 'Switches to another role of the account; the cookie is replaced',
    request: { query: noQuery, ...jsonBody(z.strictObject({ role: RoleName })) },
    responses: whole,
  }),
  makeFirst: defineRoute({
    access: 'public',
    method: 'post',
    path: '/session/first-account',
    tags,
    summary: 'Makes the first account with the token of a one-time link, and signs it in: the answer sets a cookie',
    request: {
      query: noQuery,
      ...jsonBody(
        z.strictObject({
          token: z.string().regex(/^[\w-]{43}$/),
          name: z.string().trim().min(1).max(100),
          login: z.string().min(1).max(100),
          password: Password,
        }),
      ),
    },
    responses: whole,
  }),
  signOut: defineRoute({
    access: 'session',
    method: 'delete',
    path: '/session',
    tags,
    summary: 'Signs out',
    request: { query: noQuery },
    responses: gone,
  }),
  giveCode: defineRoute({
    access: 'session',
    method: 'post',
    path: '/session/code',
    tags,
    summary: 'Gives the code of the second factor after signing in without it; the cookie is replaced',
    request: { query: noQuery, ...jsonBody(z.strictObject({ code: Code })) },
    responses: whole,
  }),
  changePassword: defineRoute({
    access: 'session',
    method: 'put',
    path: '/session/password',
    tags,
    summary: 'Changes the own password: the other sessions of the account end, and the cookie is replaced',
    request: { query: noQuery, ...jsonBody(z.strictObject({ password: Password, newPassword: Password })) },
    responses: whole,
  }),
  beginEnrolment: defineRoute({
    access: 'session',
    method: 'post',
    path: '/session/second-factor',
    tags,
    summary: 'Begins to enrol an authenticator app (RFC 6238)',
    request: { query: noQuery, ...jsonBody(z.strictObject({ password: Password })) },
    responses: {
      200: json(z.object({ uri: z.string(), secret: z.string() }), 'What the app is given, as address and to be typed'),
      ...problems,
    },
  }),
  completeEnrolment: defineRoute({
    access: 'session',
    method: 'put',
    path: '/session/second-factor',
    tags,
    summary: 'Completes it with the first code; the cookie is replaced',
    request: { query: noQuery, ...jsonBody(z.strictObject({ code: Code })) },
    responses: whole,
  }),
  list: defineRoute({
    access: { action: 'read', object: 'session' },
    method: 'get',
    path: '/sessions',
    tags,
    summary: 'The own sessions that have not ended',
    request: { query: noQuery },
    responses: { 200: json(z.object({ sessions: z.array(SessionEntry) }), 'The one last used first'), ...problems },
  }),
  end: defineRoute({
    access: { action: 'remove', object: 'session' },
    method: 'delete',
    path: '/sessions/{id}',
    tags,
    summary: 'Ends one of the own sessions',
    request: { query: noQuery, params: z.strictObject({ id: z.uuid() }) },
    responses: gone,
  }),
}

/** @param service undefined where the server runs without sign-in: then everybody is the actor of the server. */
export function accountRoutes(service: AccountService | undefined, readFrom: ReadSource) {
  const router = createRouter()
  for (const path of ['/session', '/session/*']) router.use(path, limitBody())

  const opened = () => openedService(service)
  const sessionOf = (c: Context) => opened().admission.sessionOf(askingOf(c))
  const demoActor = async (c: Context) => service?.admission.demoActor(askingOf(c))
  /** A session that has given its second factor where it has one: what changes how to sign in needs it. */
  const provenSession = async (c: Context) => {
    const session = await sessionOf(c)
    if (pendingStep(session) === 'second_factor')
      throw new ProblemError('sign_in_incomplete', {
        zh: '请先输入验证码',
        en: 'Enter the code of the second factor first',
      })
    return session
  }
  const describe = async (session: OpenSession): Promise<Session> => describeSession(readFrom, session)
  /** Answers with the session of a new token, which the cookie holds from now on. */
  const answerWith = async (c: Context, token: string): Promise<Session> => {
    const { accounts, proxies } = opened()
    const session = await findSession(accounts, hashOf(token))
    if (session === undefined) throw new Error('a session has ended while it was made')
    setSessionCookie(c, proxies, token)
    return describe(session)
  }

  return router
    .openapi(routes.signIn, async (c) => {
      const { accounts } = opened()
      return c.json(await answerWith(c, await signIn(accounts, c.req.valid('json'), clientOf(c))), 200, fresh)
    })
    .openapi(routes.makeFirst, async (c) => {
      const { accounts } = opened()
      return c.json(await answerWith(c, await makeFirstAccount(accounts, c.req.valid('json'), clientOf(c))), 200, fresh)
    })
    .openapi(routes.get, async (c) => {
      if (service === undefined) return c.json(describeActor(actorOf(c)), 200, fresh)
      const demo = await demoActor(c)
      const described = demo === undefined ? describe(await sessionOf(c)) : describeDemo(readFrom, demo)
      return c.json(await described, 200, fresh)
    })
    .openapi(routes.switchRole, async (c) => {
      const demo = await demoActor(c)
      if (demo !== undefined) {
        const { admission, proxies } = opened()
        const { role } = c.req.valid('json')
        setDemoRoleCookie(c, proxies, role)
        return c.json(await describeDemo(readFrom, (await admission.demoAs(role)) ?? demo), 200, fresh)
      }
      const session = await provenSession(c)
      const token = await switchRole(opened().accounts, session, c.req.valid('json').role, clientOf(c))
      return c.json(await answerWith(c, token), 200, fresh)
    })
    .openapi(routes.signOut, async (c) => {
      const { accounts, proxies } = opened()
      const session = await sessionOf(c)
      await endSession(accounts, session, session.id, clientOf(c))
      setSessionCookie(c, proxies, undefined)
      return c.body(null, 204, fresh)
    })
    .openapi(routes.giveCode, async (c) => {
      const { accounts } = opened()
      const session = await sessionOf(c)
      await prove(accounts, session.account, c.req.valid('json'), clientOf(c))
      const token = await withAccounts(accounts.database, (transaction) =>
        replaceToken(transaction, session.id, { secondFactor: true }),
      )
      return c.json(await answerWith(c, token), 200, fresh)
    })
    .openapi(routes.changePassword, async (c) => {
      const { password: present, newPassword: next } = c.req.valid('json')
      const session = await provenSession(c)
      const token = await changePassword(opened().accounts, session, { present, next }, clientOf(c))
      return c.json(await answerWith(c, token), 200, fresh)
    })
    .openapi(routes.beginEnrolment, async (c) => {
      const session = await provenSession(c)
      const { password } = c.req.valid('json')
      return c.json(await beginEnrolment(opened().accounts, session, password, clientOf(c)), 200, fresh)
    })
    .openapi(routes.completeEnrolment, async (c) => {
      const session = await provenSession(c)
      const token = await completeEnrolment(opened().accounts, session, c.req.valid('json').code, clientOf(c))
      return c.json(await answerWith(c, token), 200, fresh)
    })
    .openapi(routes.list, async (c) => {
      if (service === undefined || (await demoActor(c)) !== undefined) return c.json({ sessions: [] }, 200, fresh)
      const session = await provenSession(c)
      return c.json({ sessions: await listSessions(service.accounts, session) }, 200, fresh)
    })
    .openapi(routes.end, async (c) => {
      await endSession(opened().accounts, await provenSession(c), c.req.valid('param').id, clientOf(c))
      return c.body(null, 204, fresh)
    })
}
