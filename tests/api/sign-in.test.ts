import type { Problem } from '@minqing/data/domain/problem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { disableAccount, resetAccount } from '../../server/accounts/manage-accounts.ts'
import { codeAt } from '../../server/accounts/second-factor.ts'
import { verifyAudit } from '../../server/audit/verify-audit.ts'
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
import { communities, grids, insertAreas, insertIncident, street } from './world.ts'

const clock = new MovedClock()
let held: TestDatabase
let app: SignedInApp
beforeAll(async () => {
  held = await createTestDatabase()
  await insertAreas(held.database)
  for (const [index, gridCode] of grids.entries())
    await insertIncident(held.database, { number: `N${index}`, gridCode })
  app = await serveSignedIn(held.url, held.database, clock)
  await addPerson(app, 'liming', [
    ['community', communities[0]!],
    ['analyst', 'all'],
  ])
  await addPerson(app, 'wanglei', [['centre_lead', street]])
})
afterAll(async () => {
  await app.close()
  await held.close()
})

/** The answer to an attempt without what differs by chance. */
async function refusal(login: string, given: string): Promise<unknown> {
  const { status, body, headers } = await new Visitor(app).signIn(login, given)
  return { status, body, challenge: headers.get('www-authenticate'), type: headers.get('content-type') }
}

describe('signing in', () => {
  test('gives a cookie that scripts and other sites cannot use, and who one is', async () => {
    const visitor = new Visitor(app)
    expect(await visitor.status()).toBe(401)
    const { status, body, cookie, headers } = await visitor.signIn('ＬｉＭｉｎｇ')
    expect(status).toBe(200)
    expect(cookie).toMatch(/^minqing=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(body).toMatchObject({
      login: 'liming',
      role: 'community',
      areas: [{ code: communities[0], name: '区域001' }],
      roles: ['community', 'analyst'],
      pending: null,
    })
    expect((await visitor.send('GET', '/session')).body).toEqual(body)
    const summary = await visitor.send<{ total: number }>('GET', '/summary')
    expect([summary.status, summary.body.total]).toEqual([200, 2])
  })

  test('under TLS the cookie is bound to the host and encrypted', async () => {
    const secure = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.7' }
    const visitor = new Visitor(app)
    const { cookie } = await visitor.send('POST', '/session', { login: 'liming', password }, secure)
    expect(cookie).toMatch(/^__Host-minqing=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
    expect((await visitor.send('GET', '/session', undefined, secure)).status).toBe(200)
    // Planted under the other name, or sent without TLS, it is nothing.
    expect((await visitor.send('GET', '/session')).status).toBe(401)
    const planted = new Visitor(app, visitor.cookie?.replace('__Host-', ''))
    expect((await planted.send('GET', '/session', undefined, secure)).status).toBe(401)
  })

  test('a wrong password, an unknown name, a locked and a disabled account are answered alike', async () => {
    await addPerson(app, 'disabled', [['analyst', 'all']])
    await disableAccount(app.service.accounts.database, administrator, { login: 'disabled' }, clock.now())
    await addPerson(app, 'locked', [['analyst', 'all']])
    const wrong = await refusal('liming', 'Wrong-71-lamp')
    expect(wrong).toMatchObject({ status: 401, body: { code: 'unauthenticated' } })
    expect(await refusal('nobody', password)).toEqual(wrong)
    expect(await refusal('disabled', password)).toEqual(wrong)
    for (let attempt = 1; attempt <= 5; attempt++) expect(await refusal('locked', `Wrong-${attempt}`)).toEqual(wrong)
    expect(await refusal('locked', password)).toEqual(wrong)
    // Also for another process, and until a quarter of an hour has passed.
    const other = await serveSignedIn(held.url, held.database, clock)
    expect((await new Visitor(other).signIn('locked')).status).toBe(401)
    clock.move(14)
    expect((await new Visitor(other).signIn('locked')).status).toBe(401)
    clock.move(1)
    expect((await new Visitor(other).signIn('locked')).status).toBe(200)
    await other.close()
  })

  test('an unknown name is locked as a known one is', async () => {
    const failures = () => held.database<{ failures: number }[]>`
      select failures from sign_in_failure order by last_at desc, failures desc limit 1`
    clock.move(1)
    for (let attempt = 0; attempt < 7; attempt++) await refusal('nobody-2', 'x')
    expect(await failures()).toEqual([{ failures: 5 }])
  })

  test('too many attempts with one name are refused before a password is looked at, known or not', async () => {
    const third = await serveSignedIn(held.url, held.database, clock)
    const codes = async (login: string) => {
      const answers: string[] = []
      for (let attempt = 0; attempt < 11; attempt++) {
        const { body } = await new Visitor(third).signIn(login, 'x')
        answers.push((body as unknown as Problem).code)
      }
      return answers
    }
    const expected = [...Array.from({ length: 10 }, () => 'unauthenticated'), 'too_many_requests']
    expect(await codes('nobody-3')).toEqual(expected)
    expect(await codes('wanglei')).toEqual(expected)
    await third.close()
    clock.move(16)
  })

  test('what the database holds is no token and no password', async () => {
    const visitor = new Visitor(app)
    await visitor.signIn('liming')
    const token = visitor.cookie?.split('=')[1] ?? ''
    const rows = await held.database`
      select to_jsonb(s)::text || to_jsonb(a)::text as text from session s join account a on a.id = s.account`
    const text = rows.map((row) => String(row['text'])).join('\n')
    expect(text).toContain('$argon2id$v=19$')
    expect(text).not.toContain(token)
    expect(text).not.toContain(password)
  })
})

describe('a second factor', () => {
  let secret: string

  test('must be enrolled before a role that needs one does anything', async () => {
    const lead = new Visitor(app)
    expect((await lead.signIn('wanglei')).body).toMatchObject({ role: 'centre_lead', pending: 'enrolment' })
    const refused = await lead.send<Problem>('GET', '/summary')
    expect([refused.status, refused.body.code]).toEqual([403, 'sign_in_incomplete'])
    expect((await lead.send('POST', '/session/second-factor', { password: 'wrong' })).status).toBe(403)
    const begun = await lead.send<{ uri: string; secret: string }>('POST', '/session/second-factor', { password })
    secret = begun.body.secret
    expect(begun.body.uri).toMatch(/^otpauth:\/\/totp\/Minqing:wanglei\?.*secret=/)
    expect((await lead.send('PUT', '/session/second-factor', { code: '000000' })).status).toBe(403)
    const former = lead.cookie
    const done = await lead.send('PUT', '/session/second-factor', { code: codeAt(secret, clock.now()) })
    expect(done.body).toMatchObject({ pending: null, enrolled: true, areas: [{ code: street }] })
    expect(await lead.status()).toBe(200)
    // What has ended is refused within a second.
    await expect.poll(() => new Visitor(app, former).status('/session')).toBe(401)
  })

  test('a session without the code says nothing and does nothing, and each code is good once', async () => {
    clock.move(1)
    const lead = new Visitor(app)
    expect((await lead.signIn('wanglei')).body).toMatchObject({ pending: 'second_factor', areas: [] })
    expect(await lead.status()).toBe(403)
    for (const [method, path, body] of [
      ['GET', '/sessions', undefined],
      ['PUT', '/session', { role: 'centre_lead' }],
      ['PUT', '/session/password', { password, newPassword: 'Paper-91-boat' }],
      ['POST', '/session/second-factor', { password }],
    ] as const)
      expect((await lead.send(method, path, body)).body, path).toMatchObject({ code: 'sign_in_incomplete' })
    const code = codeAt(secret, clock.now())
    expect((await lead.send('POST', '/session/code', { code })).status).toBe(200)
    expect(await lead.status()).toBe(200)
    expect((await new Visitor(app).signIn('wanglei', password, code)).status).toBe(401)
    clock.move(1)
    const next = codeAt(secret, clock.now())
    expect((await new Visitor(app).signIn('wanglei', password, next)).body).toMatchObject({ pending: null })
  })

  test('a code proves nothing where no second factor is enrolled', async () => {
    const visitor = new Visitor(app)
    await visitor.signIn('liming')
    expect((await visitor.send('POST', '/session/code', { code: '123456' })).status).toBe(403)
  })
})

/** What the audit trail holds of accounts, without the chain. */
const auditRows = () => held.database<{ action: string; object: string; result: string; role: string; who: string }[]>`
  select action, object, result, role, actor_name as who from audit where street_code = '000000000' order by position`

test('signing in, refusals and changes of rights are recorded, without what was typed', async () => {
  const before = (await auditRows()).length
  await addPerson(app, 'sunli', [['analyst', 'all']])
  const visitor = new Visitor(app)
  await visitor.signIn('sunli', 'Mistyped-71')
  await visitor.signIn('Mistyped-72', password)
  await visitor.signIn('sunli')
  await visitor.send('PUT', '/session', { role: 'analyst' })
  await visitor.send('DELETE', '/session')
  await disableAccount(app.service.accounts.database, administrator, { login: 'sunli' }, clock.now())
  const rows = (await auditRows()).slice(before)
  const name = '姓名sunli'
  expect(rows.map(({ action, object, result, role, who }) => [action, object, result, role, who])).toEqual([
    ['create', 'account', 'done', 'administrator', '管理员'],
    ['sign_in', 'session', 'refused', '', name],
    ['sign_in', 'session', 'refused', '', ''],
    ['sign_in', 'session', 'done', 'analyst', name],
    ['switch', 'session', 'done', 'analyst', name],
    ['remove', 'session', 'done', 'analyst', name],
    ['disable', 'account', 'done', 'administrator', '管理员'],
  ])
  expect(JSON.stringify(await held.database`select to_jsonb(a)::text as text from audit a`)).not.toMatch(
    /mistyped|Tide-71/i,
  )
  expect((await verifyAudit(held.database)).faults).toEqual([])
})

test('nobody signs in where it cannot be recorded', async () => {
  clock.move(1)
  await held.database`revoke execute on function append_audit from minqing_accounts`
  const { status } = await new Visitor(app).signIn('liming')
  await held.database`grant execute on function append_audit to minqing_accounts`
  expect(status).toBe(500)
  const [sessions] = await held.database<{ count: number }[]>`
    select count(*) from session s join account a on a.id = s.account where a.login = 'liming' and s.created_at = ${clock.now()}`
  expect(sessions?.count).toBe(0)
})

describe('the own password', () => {
  test('that was made has to be replaced first, by the rules, and ends the other sessions', async () => {
    await addPerson(app, 'chenjing', [['analyst', 'all']])
    const made = { password: 'Made-55-word', isMade: true, secondFactor: false, makeFor: () => 'Made-55-word' }
    const { accounts } = app.service
    await resetAccount(accounts.database, administrator, accounts.hashes, { login: 'chenjing' }, made, clock.now())
    expect((await new Visitor(app).signIn('chenjing')).status).toBe(401)
    const [visitor, elsewhere] = [new Visitor(app), new Visitor(app)]
    for (const one of [visitor, elsewhere])
      expect((await one.signIn('chenjing', made.password)).body).toMatchObject({ pending: 'password' })
    expect(await visitor.status()).toBe(403)
    const change = (newPassword: string, present = made.password) =>
      visitor.send<Problem>('PUT', '/session/password', { password: present, newPassword })
    expect((await change('Paper-91-boat', 'wrong')).status).toBe(403)
    for (const refused of ['Ab-1', 'nodigitshere', 'Chenjing-2026', 'P@ssw0rd1', made.password, password])
      expect((await change(refused)).body, refused).toMatchObject({ code: 'bad_parameter', parameter: 'newPassword' })
    expect((await change('Paper-91-boat')).body).toMatchObject({ pending: null })
    expect(await visitor.status()).toBe(200)
    expect(await elsewhere.status('/session')).toBe(401)
    expect((await new Visitor(app).signIn('chenjing', 'Paper-91-boat')).status).toBe(200)
  })
})
