import type { AuditEntry } from '@minqing/data/domain/audit'
import type { Session, SignInWays } from '@minqing/data/domain/session'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { IdentityProvider } from '../../server/accounts/identity-provider.ts'
import { disableAccount, resetAccount } from '../../server/accounts/manage-accounts.ts'
import { createTestDatabase, type TestDatabase } from '../../server/store/test-database.ts'
import { startIdentityProvider, type TestProvider } from '../setup/identity-provider.ts'
import {
  addPerson,
  administrator,
  MovedClock,
  password,
  serveSignedIn,
  type SignedInApp,
  Visitor,
} from './signed-in-app.ts'
import { changed, communities, grids, insertAreas, insertIncident, street } from './world.ts'

const clock = new MovedClock()
const complaints: unknown[] = []
let held: TestDatabase
let idp: TestProvider
let app: SignedInApp

const providerOf = ({ issuer, clientId, clientSecret }: TestProvider, trustsSecondFactor = false) =>
  new IdentityProvider(
    {
      issuer: new URL(issuer),
      clientId,
      clientSecret,
      name: '统一登录',
      loginClaim: 'preferred_username',
      trustsSecondFactor,
    },
    (error) => complaints.push(error),
  )

beforeAll(async () => {
  held = await createTestDatabase()
  await insertAreas(held.database)
  for (const [index, gridCode] of grids.entries())
    await insertIncident(held.database, { number: `N${index}`, gridCode })
  await changed(held.database, 'incidents')
  idp = await startIdentityProvider()
  app = await serveSignedIn(held.url, held.database, clock, providerOf(idp))
  idp.admit(`${app.api}/session/oidc/callback`)
  for (const login of ['liming', 'sunbo', 'linan']) await addPerson(app, login, [['community', communities[0]!]])
  await addPerson(app, 'wanglei', [['centre_lead', street]])
})
afterAll(async () => {
  await app.close()
  await idp.close()
  await held.close()
})

/** A browser, as far as it holds cookies and is sent from one address to the next. */
class Browser {
  readonly #cookies = new Map<string, string>()

  /** @param accept what it shows: pages, or JSON to its scripts. */
  async open(address: string | URL, accept = 'application/json'): Promise<Response> {
    const { host } = new URL(address)
    const own = [...this.#cookies].filter(([key]) => key.startsWith(`${host} `)).map(([, cookie]) => cookie)
    const response = await fetch(address, { redirect: 'manual', headers: { cookie: own.join('; '), accept } })
    for (const set of response.headers.getSetCookie()) {
      const [cookie = ''] = set.split(';')
      const key = `${host} ${cookie.split('=')[0]}`
      if (/max-age=0|expires=Thu, 01 Jan 1970/i.test(set)) this.#cookies.delete(key)
      else this.#cookies.set(key, cookie)
    }
    return response
  }

  /** Goes to the provider and through it. @returns the address that it sends the browser back to. */
  async toCallback(back = '/', api = app.api): Promise<URL> {
    let address = new URL(`${api}/session/oidc?back=${encodeURIComponent(back)}`)
    for (let hop = 0; hop < 10; hop += 1) {
      const response = await this.open(address)
      const location = response.headers.get('location')
      if (location === null) throw new Error(`${address.pathname}: ${response.status} ${await response.text()}`)
      address = new URL(location, address)
      if (address.pathname.endsWith('/callback')) return address
    }
    throw new Error('the provider never sent the browser back')
  }

  async signIn(back = '/', api = app.api): Promise<Response> {
    return this.open(await this.toCallback(back, api), 'text/html')
  }

  async session(api = app.api): Promise<Session | undefined> {
    const response = await this.open(`${api}/session`)
    return response.ok ? ((await response.json()) as Session) : undefined
  }
}

const audited = async () => {
  const rows = await held.database<Pick<AuditEntry, 'actorName' | 'result' | 'details'>[]>`
    select actor_name, result, details from audit where action = 'sign_in' order by position desc limit 1`
  return rows[0]
}

describe('signing in through the centre’s own sign-on', () => {
  test('lets an account in that is there, in its area alone, and goes on where it was', async () => {
    idp.user = { subject: 's-1', login: 'LiMing' }
    const browser = new Browser()
    const response = await browser.signIn(`/?area=${communities[0]}`)
    expect([response.status, response.headers.get('location')]).toEqual([302, `/?area=${communities[0]}`])
    expect(response.headers.getSetCookie().join('\n')).toMatch(
      /^minqing=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/m,
    )
    expect(await browser.session()).toMatchObject({ login: 'liming', role: 'community', pending: null })
    expect(await audited()).toMatchObject({ actorName: '姓名liming', result: 'done', details: { by: 'provider' } })
    const listed = (await (await browser.open(`${app.api}/collections/incidents/items`)).json()) as {
      features: { properties: { number: string } }[]
    }
    const own = await held.database<{ number: string }[]>`
      select number from incident where community_code = ${communities[0]!} order by number`
    expect(listed.features.map(({ properties }) => properties.number).toSorted()).toEqual(
      own.map(({ number }) => number),
    )
    expect(own.length).toBeLessThan(grids.length)
  })

  test('knows an account by its subject from then on, whatever it is called there', async () => {
    idp.user = { subject: 's-1', login: 'renamed' }
    const renamed = new Browser()
    await renamed.signIn()
    expect(await renamed.session()).toMatchObject({ login: 'liming' })
    idp.user = { subject: 's-2', login: 'liming' }
    const other = new Browser()
    expect((await other.signIn()).status).toBe(403)
    expect(await other.session()).toBeUndefined()
  })

  test('refuses unknown and disabled accounts alike, and makes none', async () => {
    await disableAccount(app.service.accounts.database, administrator, { login: 'sunbo' }, clock.now())
    const pages: string[] = []
    for (const user of [
      { subject: 's-3', login: 'nobody' },
      { subject: 's-4', login: 'sunbo' },
    ]) {
      idp.user = user
      const response = await new Browser().signIn()
      expect(response.status).toBe(403)
      expect(response.headers.get('content-type')).toContain('text/html')
      pages.push(await response.text())
      expect(await audited()).toMatchObject({ result: 'refused', details: { by: 'provider' } })
    }
    expect(pages[0]).toBe(pages[1])
    expect(pages[0]).toContain('未能登录')
    expect(pages[0]).not.toContain('nobody')
    const [{ count }] = await held.database<[{ count: number }]>`select count(*) from account where login = 'nobody'`
    expect(count).toBe(0)
  })

  test('is good once, in the browser that began it, and with its own state', async () => {
    idp.user = { subject: 's-1', login: 'liming' }
    const [browser, thief] = [new Browser(), new Browser()]
    const callback = await browser.toCallback()
    // The victim of a planted link: the browser was not sent there.
    expect((await thief.open(callback)).status).toBe(400)
    expect((await browser.open(callback)).status).toBe(302)
    expect((await browser.open(callback)).status).toBe(400)
    // The code of another sign-in, in a browser that has begun one itself.
    await thief.toCallback()
    expect((await thief.open(callback)).status).toBe(403)
    const wrong = await thief.toCallback()
    wrong.searchParams.set('state', 'another')
    expect((await thief.open(wrong)).status).toBe(403)
    const late = await thief.toCallback()
    clock.move(11)
    expect((await thief.open(late)).status).toBe(400)
    expect(await thief.session()).toBeUndefined()
  })

  test.each(['https://example.org/', '//example.org/', '/\\example.org', '/api/session'])(
    'sends nobody from here to %s',
    async (back) => {
      idp.user = { subject: 's-1', login: 'liming' }
      expect((await new Browser().signIn(back)).headers.get('location')).toBe('/')
    },
  )

  test('is not begun by a page of another site', async () => {
    const response = await fetch(`${app.api}/session/oidc`, {
      redirect: 'manual',
      headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
    })
    expect(response.status).toBe(403)
  })

  test('asks for no password that was made for the person, but for the second factor of ours', async () => {
    const { accounts } = app.service
    const made = { makeFor: () => 'Made-55-word', isMade: true, secondFactor: false }
    await resetAccount(accounts.database, administrator, accounts.hashes, { login: 'linan' }, made, clock.now())
    idp.user = { subject: 's-5', login: 'linan' }
    const browser = new Browser()
    await browser.signIn()
    expect(await browser.session()).toMatchObject({ login: 'linan', pending: null })
    idp.user = { subject: 's-6', login: 'wanglei', amr: ['pwd', 'otp'] }
    const lead = new Browser()
    await lead.signIn()
    expect(await lead.session()).toMatchObject({ pending: 'enrolment' })
    expect((await lead.open(`${app.api}/summary`)).status).toBe(403)
  })
})

test('a second factor that was given at the provider counts where that is configured', async () => {
  const trusting = await serveSignedIn(held.url, held.database, clock, providerOf(idp, true))
  idp.admit(`${trusting.api}/session/oidc/callback`)
  for (const [amr, pending] of [
    [['pwd'], 'enrolment'],
    [['pwd', 'otp'], null],
  ] as const) {
    idp.user = { subject: 's-6', login: 'wanglei', amr: [...amr] }
    const lead = new Browser()
    await lead.signIn('/', trusting.api)
    expect(await lead.session(trusting.api)).toMatchObject({ login: 'wanglei', pending })
  }
  await trusting.close()
})

test('a provider that cannot be reached is said to be so, and passwords go on', async () => {
  const gone = await startIdentityProvider()
  await gone.close()
  const alone = await serveSignedIn(held.url, held.database, clock, providerOf(gone))
  expect(await alone.getJson<SignInWays>('/session/ways')).toEqual({
    provider: { name: '统一登录', isReachable: false },
  })
  const response = await fetch(`${alone.api}/session/oidc`, { redirect: 'manual', headers: { accept: 'text/html' } })
  expect([response.status, await response.text()]).toEqual([503, expect.stringContaining('暂时无法连接“统一登录”')])
  expect((await new Visitor(alone).signIn('liming', password)).status).toBe(200)
  await alone.close()
})
