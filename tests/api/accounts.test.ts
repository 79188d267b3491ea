import { setTimeout as delay } from 'node:timers/promises'
import type { AccountEntry, AccountSession, TokenEntry } from '@minqing/data/domain/account'
import type { Problem } from '@minqing/data/domain/problem'
import type { Session } from '@minqing/data/domain/session'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyAudit } from '../../server/audit/verify-audit.ts'
import { createTestDatabase, type TestDatabase } from '../../server/store/test-database.ts'
import {
  addPerson,
  MovedClock,
  password,
  serveSignedIn,
  type SignedInApp,
  signInProven,
  Visitor,
} from './signed-in-app.ts'
import { communities, grids, insertAreas, insertIncident, street } from './world.ts'

const clock = new MovedClock()
let held: TestDatabase
/** As two processes that share one database. */
let app: SignedInApp
let other: SignedInApp
let chief: Visitor
/** Administrator of the one sub-district. */
let local: Visitor
beforeAll(async () => {
  held = await createTestDatabase()
  await insertAreas(held.database)
  for (const [index, gridCode] of grids.entries())
    await insertIncident(held.database, { number: `N${index}`, gridCode })
  app = await serveSignedIn(held.url, held.database, clock)
  other = await serveSignedIn(held.url, held.database, clock)
  await addPerson(app, 'chief', [['administrator', 'all']])
  await addPerson(app, 'local', [['administrator', street]])
  await addPerson(app, 'abroad', [['analyst', '960101999']])
  chief = await signInProven(app, clock, 'chief')
  local = await signInProven(app, clock, 'local')
})
afterAll(async () => {
  await other.close()
  await app.close()
  await held.close()
})

const listed = async (by: Visitor) => (await by.send<{ accounts: AccountEntry[] }>('GET', '/accounts')).body.accounts
const entryOf = async (by: Visitor, login: string) => (await listed(by)).find((entry) => entry.login === login)!
const idOf = async (login: string) => (await entryOf(chief, login)).id
const unknownId = '00000000-0000-4000-8000-000000000000'

async function add(login: string, role = 'analyst', areas = [communities[0]!]): Promise<{ id: string; made: string }> {
  const given = { login, name: `新人${login}`, grants: [{ role, areas }] }
  const { status, body } = await chief.send<{ id: string; password: string }>('POST', '/accounts', given)
  expect(status).toBe(201)
  return { id: body.id, made: body.password }
}

/** Signs in with a first password and replaces it. */
async function firstSignIn(login: string, made: string, served = app): Promise<Visitor> {
  const visitor = new Visitor(served)
  expect((await visitor.signIn(login, made)).body).toMatchObject({ pending: 'password' })
  const { status } = await visitor.send('PUT', '/session/password', { password: made, newPassword: password })
  expect(status).toBe(200)
  return visitor
}

describe('an account', () => {
  test('is made with a first password that is given once and has to be replaced, and is listed with its areas', async () => {
    const { made } = await add('LiMing')
    expect(made).toMatch(/^\w{5}-\w{5}-\w{5}$/)
    expect(await entryOf(chief, 'liming')).toMatchObject({
      name: '新人LiMing',
      grants: [{ role: 'analyst', areas: [{ code: communities[0], name: '区域001' }] }],
      enrolled: false,
      mustChange: true,
      locked: false,
      usedAt: null,
      disabledAt: null,
    })
    const visitor = await firstSignIn('liming', made)
    expect((await visitor.send<{ total: number }>('GET', '/summary')).body.total).toBe(2)
    const again = await chief.send<Problem>('POST', '/accounts', { login: 'liming', name: '李', grants: [] })
    expect([again.status, again.body.parameter]).toEqual([409, 'login'])
    expect(await entryOf(chief, 'liming')).toMatchObject({ mustChange: false, usedAt: clock.now().toISOString() })
  })

  test.each([
    [{ login: 'x', name: '李', grants: [] }, 'login'],
    [{ login: 'lihua', name: ' ', grants: [] }, 'name'],
    [{ login: 'lihua', name: '李', grants: [{ role: 'king', areas: ['all'] }] }, 'grants'],
    [{ login: 'lihua', name: '李', grants: [{ role: 'analyst', areas: ['武汉'] }] }, 'area'],
    [{ login: 'lihua', name: '李', grants: [{ role: 'analyst', areas: [] }] }, 'grants'],
  ])('%# is refused', async (given, parameter) => {
    const { status, body } = await chief.send<Problem>('POST', '/accounts', given)
    expect([status, body.parameter]).toEqual([400, parameter])
  })

  test('has its roles changed: sessions in a changed role end on every process, others go on', async () => {
    const { id, made } = await add('wanglei')
    const present = await firstSignIn('wanglei', made)
    const elsewhere = new Visitor(other, present.cookie)
    const grants = [
      { role: 'analyst', areas: [communities[0]!] },
      { role: 'mediator', areas: [street] },
    ]
    const change = (name: string, to: unknown) => chief.send('PUT', `/accounts/${id}`, { name, grants: to })
    expect((await change('王磊', grants)).status).toBe(204)
    await delay(1000)
    expect((await elsewhere.send<Session>('GET', '/session')).body).toMatchObject({
      name: '王磊',
      role: 'analyst',
      roles: ['mediator', 'analyst'],
    })
    expect((await change('王磊', [{ role: 'analyst', areas: [communities[1]!] }, grants[1]])).status).toBe(204)
    await delay(1000)
    for (const one of [present, elsewhere]) expect(await one.status()).toBe(401)
    expect((await change('王磊', [])).status).toBe(204)
    expect(await entryOf(chief, 'wanglei')).toMatchObject({ grants: [] })
  })

  test('is disabled at once on every process, and enabled with the password that it had', async () => {
    const { id, made } = await add('chenjing')
    const present = await firstSignIn('chenjing', made)
    const elsewhere = new Visitor(other, present.cookie)
    for (const one of [present, elsewhere]) expect(await one.status()).toBe(200)
    expect((await chief.send('DELETE', `/accounts/${id}`)).status).toBe(204)
    await delay(1000)
    for (const one of [present, elsewhere]) expect(await one.status()).toBe(401)
    expect((await new Visitor(app).signIn('chenjing')).status).toBe(401)
    expect((await entryOf(chief, 'chenjing')).disabledAt).toBe(clock.now().toISOString())
    expect((await chief.send('POST', `/accounts/${id}/enable`)).status).toBe(204)
    expect((await new Visitor(app).signIn('chenjing')).status).toBe(200)
  })

  test('is reset with another first password, which ends its lock and sessions and on request the second factor', async () => {
    await addPerson(app, 'sunli', [['centre_lead', street]])
    const present = await signInProven(app, clock, 'sunli')
    for (let attempt = 0; attempt < 5; attempt++) await new Visitor(app).signIn('sunli', 'Wrong-71')
    expect(await entryOf(chief, 'sunli')).toMatchObject({ locked: true, enrolled: true })
    const id = await idOf('sunli')
    const reset = (secondFactor: boolean) =>
      chief.send<{ password: string }>('POST', `/accounts/${id}/reset`, { secondFactor })
    const first = await reset(false)
    expect(await entryOf(chief, 'sunli')).toMatchObject({ locked: false, enrolled: true, mustChange: true })
    await delay(1000)
    expect(await present.status('/session')).toBe(401)
    const second = await reset(true)
    expect(second.body.password).not.toBe(first.body.password)
    expect((await entryOf(chief, 'sunli')).enrolled).toBe(false)
    expect((await new Visitor(app).signIn('sunli', first.body.password)).status).toBe(401)
    expect((await new Visitor(app).signIn('sunli', second.body.password)).body).toMatchObject({ pending: 'password' })
  })
})

describe('an administrator of a sub-district', () => {
  test('grants nothing beyond it', async () => {
    for (const area of ['all', '9601', '960101999']) {
      const grants = [{ role: 'analyst', areas: [area] }]
      const added = await local.send<Problem>('POST', '/accounts', { login: 'beyond', name: '远', grants })
      expect([added.status, added.body.code, added.body.parameter]).toEqual([403, 'forbidden', 'area'])
      const token = { name: 'QGIS', role: 'analyst', areas: [area], days: 1 }
      expect((await local.send<Problem>('POST', '/tokens', token)).body).toMatchObject({ code: 'forbidden' })
    }
    const inside = [{ role: 'grid_worker', areas: [grids[0]!, grids[3]!] }]
    expect((await local.send('POST', '/accounts', { login: 'inside', name: '近', grants: inside })).status).toBe(201)
  })

  test('sees and changes no account that is responsible for more, as if there were none', async () => {
    const logins = (await listed(local)).map(({ login }) => login)
    expect(logins).toEqual(expect.arrayContaining(['inside', 'local']))
    for (const login of ['chief', 'abroad']) expect(logins).not.toContain(login)
    for (const id of [await idOf('chief'), await idOf('abroad')]) {
      for (const [method, path, body] of [
        ['PUT', '', { name: '新', grants: [] }],
        ['DELETE', '', undefined],
        ['POST', '/enable', undefined],
        ['POST', '/reset', { secondFactor: true }],
      ] as const) {
        const foreign = await local.send<Problem>(method, `/accounts/${id}${path}`, body)
        const unknown = await local.send(method, `/accounts/${unknownId}${path}`, body)
        expect([foreign.status, foreign.body], path).toEqual([404, unknown.body])
      }
    }
    const { sessions } = (await local.send<{ sessions: AccountSession[] }>('GET', '/accounts/sessions')).body
    expect(sessions.map(({ login }) => login)).not.toContain('chief')
    const ofChief = (await chief.send<Session>('GET', '/session')).body.id
    expect((await local.send('DELETE', `/accounts/sessions/${ofChief}`)).status).toBe(404)
    expect(await chief.status('/accounts')).toBe(200)
  })
})

test('the last administrator can neither be disabled nor lose the role, also not by two at a time', async () => {
  const [mine, theirs] = [await idOf('chief'), (await add('deputy', 'administrator', ['all'])).id]
  const strip = (id: string) => chief.send<Problem>('PUT', `/accounts/${id}`, { name: '管理员', grants: [] })
  await chief.send('DELETE', `/accounts/${theirs}`)
  for (const refused of [await strip(mine), await chief.send<Problem>('DELETE', `/accounts/${mine}`)])
    expect([refused.status, refused.body.code]).toEqual([409, 'conflict'])
  await chief.send('POST', `/accounts/${theirs}/enable`)
  const both = await Promise.all([
    chief.send('DELETE', `/accounts/${mine}`),
    chief.send('DELETE', `/accounts/${theirs}`),
  ])
  expect(new Set(both.map(({ status }) => status))).toEqual(new Set([204, 409]))
  await held.database`update account set disabled_at = null where login in ('chief', 'deputy')`
  chief = await signInProven(app, clock, 'chief')
})

test('sessions of others are listed and ended, and the own one is known', async () => {
  const { made } = await add('zhaomin')
  const present = await firstSignIn('zhaomin', made)
  const sessions = async () =>
    (await chief.send<{ sessions: AccountSession[] }>('GET', '/accounts/sessions')).body.sessions
  const theirs = (await sessions()).filter(({ login }) => login === 'zhaomin')
  expect(theirs).toMatchObject([{ name: '新人zhaomin', role: 'analyst', address: '127.0.0.1', isPresent: false }])
  expect((await sessions()).filter(({ isPresent }) => isPresent).map(({ login }) => login)).toEqual(['chief'])
  expect((await chief.send('DELETE', `/accounts/sessions/${theirs[0]!.id}`)).status).toBe(204)
  await delay(1000)
  expect(await present.status('/session')).toBe(401)
  expect((await chief.send('DELETE', `/accounts/sessions/${theirs[0]!.id}`)).status).toBe(404)
})

test('access tokens are made, listed without themselves, and revoked, within the own areas', async () => {
  const tokens = async (by: Visitor) => (await by.send<{ tokens: TokenEntry[] }>('GET', '/tokens')).body.tokens
  const given = { name: 'QGIS', role: 'analyst', areas: [communities[1]!], days: 10 }
  const { status, body } = await local.send<{ id: string; token: string }>('POST', '/tokens', given)
  expect([status, body.token]).toEqual([201, expect.stringMatching(/^mq_[\w-]{43}$/)])
  const headers = { authorization: `Bearer ${body.token}` }
  const read = () => new Visitor(app).send<{ total: number }>('GET', '/summary', undefined, headers)
  expect((await read()).body.total).toBe(2)
  clock.move(1)
  const everywhere = { ...given, name: '全市', areas: ['all'] }
  const whole = (await chief.send<{ id: string }>('POST', '/tokens', everywhere)).body.id
  expect((await tokens(local)).map(({ name }) => name)).toEqual(['QGIS'])
  expect((await tokens(chief)).map(({ name }) => name)).toEqual(['QGIS', '全市'])
  expect(JSON.stringify(await tokens(chief))).not.toContain(body.token)
  expect((await local.send('DELETE', `/tokens/${whole}`)).status).toBe(404)
  expect((await local.send('DELETE', `/tokens/${body.id}`)).status).toBe(204)
  await delay(1000)
  expect((await read()).status).toBe(401)
  for (const bad of [
    { ...given, role: 'centre_lead' },
    { ...given, days: 731 },
    { ...given, areas: [] },
  ])
    expect((await chief.send('POST', '/tokens', bad)).status).toBe(400)
})

test('every change is recorded with what was before and after, without passwords, tokens and names', async () => {
  const rows = () => held.database<
    { action: string; object: string; details: Record<string, unknown>; text: string }[]
  >`
    select action, object, details, to_jsonb(a)::text as text from audit a
    where a.street_code = '000000000' order by position`
  const before = (await rows()).length
  const { id, made } = await add('recorded')
  const grants = [{ role: 'mediator', areas: [street] }]
  await chief.send('PUT', `/accounts/${id}`, { name: '改名', grants })
  const { body } = await chief.send<{ password: string }>('POST', `/accounts/${id}/reset`, { secondFactor: false })
  await chief.send('DELETE', `/accounts/${id}`)
  await chief.send('POST', `/accounts/${id}/enable`)
  const found = (await rows()).slice(before)
  expect(found.map(({ action, details }) => [action, details])).toEqual([
    ['create', { grants: [`analyst@${communities[0]}`] }],
    ['change', { before: [`analyst@${communities[0]}`], after: [`mediator@${street}`], renamed: true }],
    ['reset', { secondFactor: false }],
    ['disable', {}],
    ['enable', {}],
  ])
  const texts = found.map(({ text }) => text).join('\n')
  for (const secret of [made, body.password, '改名', '新人recorded']) expect(texts).not.toContain(secret)
  expect((await verifyAudit(held.database)).faults).toEqual([])
})

test('nothing is changed where it cannot be recorded', async () => {
  const { id } = await add('unrecorded')
  await held.database`revoke execute on function append_audit from minqing_accounts`
  const statuses = await Promise.all([
    chief.send('DELETE', `/accounts/${id}`),
    chief.send('POST', '/accounts', { login: 'never', name: '无', grants: [] }),
    chief.send('POST', '/tokens', { name: 'never', role: 'analyst', areas: ['all'], days: 1 }),
  ])
  await held.database`grant execute on function append_audit to minqing_accounts`
  expect(statuses.map(({ status }) => status)).toEqual([500, 500, 500])
  expect(await entryOf(chief, 'unrecorded')).toMatchObject({ disabledAt: null })
  expect((await listed(chief)).map(({ login }) => login)).not.toContain('never')
})
