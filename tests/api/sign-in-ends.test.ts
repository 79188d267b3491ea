import { setTimeout as delay } from 'node:timers/promises'
import type { Problem } from '@minqing/data/domain/problem'
import type { SessionEntry } from '@minqing/data/domain/session'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addAccessToken, revokeAccessToken } from '../../server/accounts/access-tokens.ts'
import { disableAccount, removeGrant } from '../../server/accounts/manage-accounts.ts'
import { createTestDatabase, type TestDatabase } from '../../server/store/test-database.ts'
import { createApp } from '../../server/app.ts'
import { declaredRoutes } from '../../server/http/route-access.ts'
import { everybodyLeads } from './actors.ts'
import {
  addPerson,
  administrator,
  MovedClock,
  password,
  serveSignedIn,
  type SignedInApp,
  Visitor,
} from './signed-in-app.ts'
import { changed, communities, grids, insertAreas, insertIncident } from './world.ts'

const clock = new MovedClock()
let held: TestDatabase
/** As two processes that share one database. */
let app: SignedInApp
let other: SignedInApp
beforeAll(async () => {
  held = await createTestDatabase()
  await insertAreas(held.database)
  for (const [index, gridCode] of grids.entries())
    await insertIncident(held.database, { number: `N${index}`, gridCode })
  await changed(held.database, 'incidents')
  app = await serveSignedIn(held.url, held.database, clock)
  other = await serveSignedIn(held.url, held.database, clock)
  await addPerson(app, 'liming', [
    ['community', communities[0]!],
    ['analyst', 'all'],
  ])
  await addPerson(app, 'zhaomin', [['analyst', 'all']])
})
afterAll(async () => {
  await other.close()
  await app.close()
  await held.close()
})

/** Answered by the listener itself once it is cached. */
const cached = '/collections/grids/items'

async function signedIn(login = 'liming'): Promise<Visitor> {
  const visitor = new Visitor(app)
  expect((await visitor.signIn(login)).status).toBe(200)
  return visitor
}

/** Whether what was good on both is refused by both a second after it was ended. */
async function endsWithinASecond(visitor: Visitor, end: () => Promise<unknown>): Promise<void> {
  const elsewhere = new Visitor(other, visitor.cookie)
  const here = new Visitor(app, visitor.cookie)
  for (const one of [here, elsewhere])
    for (const path of [cached, cached, '/summary']) expect(await one.status(path)).toBe(200)
  await end()
  await delay(1000)
  for (const one of [here, elsewhere])
    for (const path of [cached, '/summary', '/session']) expect(await one.status(path), path).toBe(401)
}

describe('a session ends within a second on every process', () => {
  test('by signing out, which takes the cookie away', async () => {
    const visitor = await signedIn()
    await endsWithinASecond(visitor, async () => {
      const { status, cookie } = await new Visitor(app, visitor.cookie).send('DELETE', '/session')
      expect([status, cookie]).toEqual([204, expect.stringMatching(/^minqing=; Max-Age=0/)])
    })
  })

  test('by a switch of the role, which replaces the token', async () => {
    const visitor = await signedIn()
    const former = new Visitor(app, visitor.cookie)
    await endsWithinASecond(former, async () => {
      const { body } = await visitor.send('PUT', '/session', { role: 'analyst' })
      expect(body).toMatchObject({ role: 'analyst', areas: [{ code: 'all', name: null }] })
    })
    expect((await visitor.send<{ total: number }>('GET', '/summary')).body.total).toBe(4)
    expect((await visitor.send('PUT', '/session', { role: 'administrator' })).status).toBe(403)
  })

  test('by its owner from another session, and by nobody else', async () => {
    const [visitor, second, stranger] = [await signedIn(), await signedIn(), await signedIn('zhaomin')]
    const { body } = await second.send<{ sessions: SessionEntry[] }>('GET', '/sessions')
    const present = body.sessions.find(({ isPresent }) => isPresent)
    const first = (await visitor.send<{ id: string }>('GET', '/session')).body.id
    expect(body.sessions.map(({ id }) => id)).toContain(first)
    expect(present?.address).toBe('127.0.0.1')
    const foreign = await stranger.send<Problem>('DELETE', `/sessions/${first}`)
    const unknown = await stranger.send('DELETE', '/sessions/00000000-0000-4000-8000-000000000000')
    expect([foreign.status, foreign.body]).toEqual([404, unknown.body])
    await endsWithinASecond(visitor, () => second.send('DELETE', `/sessions/${first}`))
    expect(await second.status()).toBe(200)
  })

  test('by demotion, and by disabling the account', async () => {
    await addPerson(app, 'demoted', [['analyst', 'all']])
    await addPerson(app, 'disabled', [['analyst', 'all']])
    const { database } = app.service.accounts
    await endsWithinASecond(await signedIn('demoted'), () =>
      removeGrant(database, administrator, 'demoted', { role: 'analyst', areas: ['all'] }),
    )
    await endsWithinASecond(await signedIn('disabled'), () =>
      disableAccount(database, administrator, { login: 'disabled' }, clock.now()),
    )
    expect((await new Visitor(app).signIn('disabled')).status).toBe(401)
  })

  test('unused for half an hour, whatever a page asks for by itself', async () => {
    const visitor = await signedIn()
    for (let minutes = 0; minutes < 60; minutes += 20) {
      clock.move(20)
      expect(await visitor.status()).toBe(200)
    }
    clock.move(29)
    const automatic = { 'x-minqing-automatic': '1' }
    for (const path of ['/status', '/summary', '/wall', cached])
      expect(await visitor.status(path, automatic), path).toBe(200)
    clock.move(1)
    expect(await visitor.status('/status', automatic)).toBe(401)
    expect(await visitor.status(cached)).toBe(401)
    // Asked for by a person, each of them is a use.
    const used = await signedIn()
    for (const path of ['/status', '/wall', cached]) {
      clock.move(29)
      expect(await used.status(path), path).toBe(200)
    }
  })

  test('after twelve hours, however much it is used', async () => {
    const visitor = await signedIn()
    for (let minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
      clock.move(20)
      expect(await visitor.status(minutes % 40 === 0 ? cached : '/summary')).toBe(200)
    }
    clock.move(20)
    expect(await visitor.status()).toBe(401)
  })
})

describe('an access token of a program', () => {
  const total = async (served: SignedInApp, authorization: string) => {
    const { status, body } = await new Visitor(served).send<{ total: number }>('GET', '/summary', undefined, {
      authorization,
    })
    return status === 200 ? body.total : status
  }
  const basic = (token: string) => `Basic ${Buffer.from(`qgis:${token}`).toString('base64')}`
  const given = { name: 'QGIS', role: 'analyst', areas: [communities[1]!] } as const
  const in10Days = () => new Date(clock.now().getTime() + 10 * 86_400_000)

  test('reads its areas as Bearer and as the password of HTTP Basic, until it is revoked or expires', async () => {
    const { database } = app.service.accounts
    const { id, token } = await addAccessToken(
      database,
      administrator,
      { ...given, expiresAt: in10Days() },
      clock.now(),
    )
    for (const served of [app, other])
      for (const header of [`Bearer ${token}`, basic(token)]) expect(await total(served, header)).toBe(2)
    // It stands for no session.
    expect(await new Visitor(app).send('GET', '/session', undefined, { authorization: basic(token) })).toMatchObject({
      status: 401,
    })
    await revokeAccessToken(database, administrator, id, clock.now())
    await delay(1000)
    for (const served of [app, other])
      for (const header of [`Bearer ${token}`, basic(token)]) expect(await total(served, header)).toBe(401)
    const short = await addAccessToken(database, administrator, { ...given, expiresAt: in10Days() }, clock.now())
    clock.move(10 * 24 * 60)
    expect(await total(app, `Bearer ${short.token}`)).toBe(401)
  })

  test('is asked for with HTTP Basic where no browser asks, and is not a session, nor the reverse', async () => {
    const challenge = async (headers: Record<string, string>) =>
      (await new Visitor(app).send('GET', '/summary', undefined, headers)).headers.get('www-authenticate')
    expect(await challenge({ 'user-agent': 'Mozilla/5.0 QGIS/34000' })).toMatch(/^Basic .*, Bearer /)
    expect(await challenge({ 'user-agent': 'Mozilla/5.0 (X11) AppleWebKit/537.36' })).toMatch(/^Bearer /)
    const visitor = await signedIn()
    const token = visitor.cookie?.split('=')[1] ?? ''
    expect(await total(app, `Bearer ${token}`)).toBe(401)
    for (const bad of ['Bearer', 'Bearer a b', 'Basic !!!', 'Digest x', `Bearer ${'a'.repeat(5000)}`])
      expect(await total(app, bad), bad.slice(0, 10)).toBe(401)
  })

  test('has no role that needs a second factor', async () => {
    const { database } = app.service.accounts
    const asked = addAccessToken(
      database,
      administrator,
      { ...given, role: 'administrator', expiresAt: in10Days() },
      clock.now(),
    )
    await expect(asked).rejects.toMatchObject({ code: 'bad_parameter', parameter: 'role' })
  })
})

describe('whoever has not signed in', () => {
  test('gets the documents of the service and nothing else of it', async () => {
    const visitor = new Visitor(app)
    for (const path of ['', '/conformance', '/openapi.json']) expect(await visitor.status(path), path).toBe(200)
    const closed = declaredRoutes(
      createApp({ actors: everybodyLeads, database: held.database, now: clock.now, version: 'test' }),
    )
      .filter(({ access }) => typeof access !== 'string')
      // Those are switched off here, for everybody.
      .filter(({ path }) => !/^\/api\/(imports|demo)\b/.test(path))
    expect(closed.length).toBeGreaterThan(30)
    for (const { method, path } of closed) {
      const address = path
        .slice('/api'.length)
        .replaceAll(/:(collectionId|\w+)(\{[^}]*\})?/g, (_, name) =>
          name === 'collectionId' ? 'incidents' : name === 'layer' ? 'base' : name === 'file' ? '1.mvt' : '1',
        )
      const { status, body } = await visitor.send<Problem>(method, address)
      expect([method, path, status, body.code]).toEqual([method, path, 401, 'unauthenticated'])
    }
  })

  test('a tampered or foreign cookie is nobody', async () => {
    const visitor = await signedIn()
    const [name, token = ''] = visitor.cookie?.split('=') ?? []
    const tampered = `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`
    for (const value of ['', tampered, `${token}x`, '%00', encodeURIComponent("' or 1=1"), 'x'.repeat(4000)])
      expect(await new Visitor(app, `${name}=${value}`).status(), value.slice(0, 50)).toBe(401)
  })
})

test('a write that another site sends is refused, with a session and without one', async () => {
  const visitor = await signedIn()
  const foreign: Record<string, string>[] = [{ origin: 'https://example.org' }, { 'sec-fetch-site': 'cross-site' }]
  for (const headers of foreign) {
    for (const [method, path, body] of [
      ['DELETE', '/session', undefined],
      ['PUT', '/session', { role: 'analyst' }],
      ['POST', '/session', { login: 'liming', password }],
    ] as const)
      expect((await visitor.send(method, path, body, headers)).status).toBe(403)
  }
  expect(await visitor.status()).toBe(200)
})

test('a body that is too large is refused, and an unknown field as well', async () => {
  const visitor = new Visitor(app)
  expect((await visitor.send('POST', '/session', { login: 'x'.repeat(5000), password })).status).toBe(413)
  expect((await visitor.send('POST', '/session', { login: 'liming', password, admin: true })).status).toBe(400)
})

test('no role that requests read as may read accounts, sessions or tokens', async () => {
  const granted = await held.database`
    select r.rolname, c.relname from pg_roles r, pg_class c
    where r.rolname like 'minqing\\_%' and r.rolname <> 'minqing_accounts'
      and c.relname in ('account', 'account_grant', 'session', 'sign_in_failure', 'access_token', 'wall_device', 'wall_pairing')
      and has_any_column_privilege(r.oid, c.oid, 'select, insert, update')`
  expect(granted).toEqual([])
})
