import type { Problem } from '@minqing/data/domain/problem'
import { type RoleName, roleNames } from '@minqing/data/domain/role'
import type { Session } from '@minqing/data/domain/session'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addAccessToken } from '../../server/accounts/access-tokens.ts'
import { makeFirstLink } from '../../server/accounts/first-account.ts'
import { FirstLinkOffer } from '../../server/accounts/first-link-offer.ts'
import { connect, type Database } from '../../server/store/connect.ts'
import { createTestDatabase, type TestDatabase } from '../../server/store/test-database.ts'
import {
  addPerson,
  administrator,
  MovedClock,
  password,
  serveSignedIn,
  type SignedInApp,
  Visitor,
} from './signed-in-app.ts'
import { changed, communities, grids, insertArea, insertAreas, insertIncident, street } from './world.ts'

const clock = new MovedClock()
/** A sub-district that is no demo. */
const real = '970101001'
let held: TestDatabase
/** What the test itself says. */
let database: Database
/** As two processes that share one database. */
let app: SignedInApp
let other: SignedInApp

beforeAll(async () => {
  held = await createTestDatabase()
  database = connect({ url: held.url, poolSize: 2 })
  await insertAreas(database)
  for (const [index, gridCode] of grids.entries()) await insertIncident(database, { number: `N${index}`, gridCode })
  await database`
    insert into demo_state (street_code, seed, scale, model, made_at, carried_to)
    values (${street}, 1, 'street', 1, now(), now())`
  await changed(database, 'areas', 'incidents')
  app = await serveSignedIn(held.url, held.database, clock)
  other = await serveSignedIn(held.url, held.database, clock)
})
afterAll(async () => {
  await other.close()
  await app.close()
  await database.end({ timeout: 5 })
  await held.close()
})

/** Answered by the listener itself once it is cached. */
const cached = '/collections/grids/items'
const fromElsewhere = { 'x-forwarded-for': '203.0.113.9' }
const paths = [cached, cached, '/summary', '/session', '/status']
const account = { name: '周海', login: 'zhouhai', password }

/** What the API says where it lets nobody in; the same on each path. */
async function refusals(visitor: Visitor, headers: Record<string, string> = {}): Promise<Set<unknown>> {
  const refused = new Set<unknown>()
  for (const path of paths) {
    const { status, body } = await visitor.send<Problem>('GET', path, undefined, headers)
    refused.add(`${status} ${body.code}`)
  }
  return refused
}

async function makeReal(): Promise<void> {
  await database`
    insert into area (code, level, street_code, name, area_m2, geometry, extent, center, source)
    values (${real}, 'street', ${real}, '真实街道', 0, '{"type":"MultiPolygon","coordinates":[]}', '(1,1),(0,0)', '(0,0)', 'test')`
}

const tokenIn = (link: string | undefined) => link?.split('#')[1] ?? ''

test('with nothing but the demo, this machine is let in as its lead, and any role can be chosen', async () => {
  const visitor = new Visitor(app)
  const { status, body } = await visitor.send<Session>('GET', '/session')
  expect(status).toBe(200)
  expect(body).toMatchObject({ id: null, isDemo: true, role: 'centre_lead', pending: null, roles: [...roleNames] })
  expect(await visitor.status('/imports')).toBe(200)
  const places: Partial<Record<RoleName, [string, number]>> = {
    grid_worker: [grids[0]!, 1],
    community: [communities[0]!, 2],
    mediator: [street, 4],
    analyst: [street, 4],
    centre_lead: ['all', 4],
  }
  for (const [role, [area, total]] of Object.entries(places)) {
    const switched = await visitor.send<Session>('PUT', '/session', { role })
    expect(switched.cookie).toMatch(new RegExp(`^minqing-demo=${role}; Path=/; HttpOnly; SameSite=Strict$`))
    expect(switched.body).toMatchObject({ role, areas: [{ code: area }], isDemo: true })
    expect((await visitor.send<{ total: number }>('GET', '/summary')).body.total, role).toBe(total)
    for (let round = 0; round < 2; round += 1) expect(await visitor.status(cached)).toBe(200)
  }
  for (const [role, path, expected] of [
    ['auditor', '/audit', 200],
    ['auditor', '/summary', 403],
    ['administrator', '/imports', 403],
    ['wall', `/wall?area=${street}`, 200],
    ['wall', cached, 403],
  ] as const) {
    await visitor.send('PUT', '/session', { role })
    expect(await visitor.status(path), `${role} ${path}`).toBe(expected)
  }
  // What would let somebody in later is not left behind.
  for (const [role, method, path] of [
    ['administrator', 'POST', '/accounts'],
    ['administrator', 'POST', '/tokens'],
    ['centre_lead', 'POST', '/walls'],
  ] as const) {
    await visitor.send('PUT', '/session', { role })
    const { status, body } = await visitor.send<Problem>(method, path, {})
    expect([status, body.code, body.remedy], path).toEqual([403, 'forbidden', expect.stringContaining('first-link')])
  }
  expect((await visitor.send('PUT', '/session', { role: 'king' })).status).toBe(400)
  expect((await visitor.send('PUT', '/session/password', { password, newPassword: 'x' })).status).toBe(401)
  // A cookie that somebody has made up is as good as none.
  expect((await new Visitor(app, 'minqing-demo=king').send<Session>('GET', '/session')).body.role).toBe('centre_lead')
})

test('nobody else is let in, also not behind a proxy, but for programs with a token', async () => {
  const visitor = new Visitor(app)
  for (const headers of [fromElsewhere, { via: '1.1 proxy' }, { 'x-forwarded-for': '127.0.0.1' }])
    expect(await refusals(visitor, headers)).toEqual(new Set(['401 first_account_needed']))
  const { headers, body } = await visitor.send<Problem>('GET', '/summary', undefined, fromElsewhere)
  expect(headers.get('www-authenticate')).toContain('Basic')
  expect(body.remedy).toContain('minqing user first-link')
  const given = {
    name: 'QGIS',
    role: 'community',
    areas: [communities[0]!],
    expiresAt: new Date('2030-01-01'),
  } as const
  const { token } = await addAccessToken(app.service.accounts.database, administrator, given, clock.now())
  for (const from of [{}, fromElsewhere]) {
    const program = { authorization: `Bearer ${token}`, ...from }
    expect((await visitor.send<{ total: number }>('GET', '/summary', undefined, program)).body.total).toBe(2)
  }
})

test('with real data nobody is let in before there is an account, and whoever runs the server is shown a link', async () => {
  const said: string[] = []
  const failures: unknown[] = []
  const offer = new FirstLinkOffer(
    app.service,
    (line) => said.push(line),
    (error) => failures.push(error),
  )
  await offer.start('https://map.example.cn')
  expect(said).toEqual([])
  await makeReal()
  offer.noteChange('areas')
  await expect.poll(() => said.length).toBe(2)
  expect(said[1]).toMatch(/^https:\/\/map\.example\.cn\/first-account#[\w-]{43}$/)
  offer.noteChange('incidents')
  // Others notice within a second, also without a notification.
  await expect.poll(async () => [...(await refusals(new Visitor(other)))]).toEqual(['401 first_account_needed'])
  for (const visitor of [new Visitor(app), new Visitor(app, 'minqing-demo=centre_lead')])
    expect(await refusals(visitor)).toEqual(new Set(['401 first_account_needed']))
  expect([said.length, failures]).toEqual([2, []])
  // Without what was real, it is the demo again; an incident of another sub-district is as real as an area.
  await database`delete from area where code = ${real}`
  await expect.poll(() => new Visitor(app).status()).toBe(200)
  await insertIncident(database, { number: 'X', streetCode: real, gridCode: null })
  await changed(database, 'incidents')
  await expect.poll(() => new Visitor(app).status()).toBe(401)
  await database`delete from incident where street_code = ${real}`
  await database`delete from incident_month where street_code = ${real}`
  await makeReal()
})

test('a link makes the first account once, as long as it is good, and all other links go with it', async () => {
  const { database: accounts } = app.service.accounts
  const expired = tokenIn(await makeFirstLink(accounts, clock.now()))
  clock.move(24 * 60)
  const [link, second] = [await makeFirstLink(accounts, clock.now()), await makeFirstLink(accounts, clock.now())]
  const send = (token: string, more: Partial<typeof account> = {}, to: SignedInApp = app) =>
    new Visitor(to).send<Session & Problem>('POST', '/session/first-account', { token, ...account, ...more })
  for (const token of [expired, 'A'.repeat(43)])
    expect(await send(token)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
  // What is wrong with the account uses no link up.
  expect(await send(tokenIn(link), { password: 'short' })).toMatchObject({ status: 400 })
  expect(await send(tokenIn(link), { login: '!' })).toMatchObject({ status: 400, body: { parameter: 'login' } })
  const both = await Promise.all([send(tokenIn(link)), send(tokenIn(second), { login: 'other' }, other)])
  expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 403]))
  const made = both.find(({ status }) => status === 200)!
  expect(made.body).toMatchObject({
    role: 'centre_lead',
    areas: [{ code: 'all' }],
    pending: 'enrolment',
    isDemo: false,
  })
  expect(made.body.roles).toEqual(['centre_lead', 'administrator'])
  expect(made.cookie).toMatch(/^minqing=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
  for (const token of [link, second]) expect((await send(tokenIn(token))).status).toBe(403)
  expect(await makeFirstLink(accounts, clock.now())).toBeUndefined()
  const [row] = await database<{ details: unknown; actorName: string }[]>`
    select details, actor_name from audit where action = 'create' and object = 'account' and result = 'done'`
  expect(row).toMatchObject({ actorName: '周海', details: { first: true, areas: ['all'] } })
})

test('from then on everybody signs in, on every process, and for good', async () => {
  for (const one of [app, other])
    await expect.poll(async () => [...(await refusals(new Visitor(one)))]).toEqual(['401 unauthenticated'])
  // Also where nothing but the demo is left, and no account.
  await database`delete from area where code = ${real}`
  await database`delete from account`
  const restarted = await serveSignedIn(held.url, held.database, clock)
  for (const one of [app, restarted])
    expect(await refusals(new Visitor(one, 'minqing-demo=centre_lead'))).toEqual(new Set(['401 unauthenticated']))
  await restarted.close()
})

test('an account that was made by a command counts as well', async () => {
  const fresh = await createTestDatabase()
  const direct = connect({ url: fresh.url, poolSize: 1 })
  await insertArea(direct, street)
  for (const code of [communities[0]!, grids[0]!]) await insertArea(direct, code)
  await direct`
    insert into demo_state (street_code, seed, scale, model, made_at, carried_to)
    values (${street}, 1, 'street', 1, now(), now())`
  const served = await serveSignedIn(fresh.url, fresh.database, clock)
  expect(await new Visitor(served).status()).toBe(200)
  await addPerson(served, 'liming', [['analyst', 'all']])
  await expect.poll(() => new Visitor(served).status()).toBe(401)
  await served.close()
  await direct.end({ timeout: 5 })
  await fresh.close()
})
