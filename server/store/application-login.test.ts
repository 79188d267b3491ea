import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { applicationLogin } from './application-login.ts'
import { connect, type Database } from './connect.ts'
import { openScope, readAs, wallScope } from './scope.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

let owned: TestDatabase
let login: string
let application: Database

beforeAll(async () => {
  owned = await createTestDatabase()
  const asLogin = await applicationLogin(owned.database, owned.url)
  login = asLogin?.(owned.url) ?? ''
  application = connect({ url: login })
})
afterAll(async () => {
  await application.end()
  const name = new URL(login).username
  await owned.database.unsafe(`drop owned by ${name}; drop role ${name}`)
  await owned.close()
})

test('reads and writes by its roles, and has no right of its own', async () => {
  expect(await readAs(application, openScope, (transaction) => transaction`select from incident`)).toHaveLength(0)
  const roles = await application<Record<string, unknown>[]>`
    select rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication from pg_roles
    where rolname = current_user`
  expect(Object.values(roles[0] ?? {})).toEqual([false, false, false, false, false, false])
  for (const statement of [
    'select from incident',
    'select from area',
    'select from audit',
    `insert into audit_head values ('990101001', 1, '')`,
    `select append_audit('000000000', '', '', '', '', '', '', '', '', '', 'done', '{}')`,
    'create table mine (id integer)',
    'set role minqing',
    'alter table incident disable row level security',
  ])
    await expect(application.unsafe(statement), statement).rejects.toThrow(
      /permission denied|must be owner|does not exist/,
    )
})

test('a transaction of the wall that resets its role can read nothing', async () => {
  const reading = readAs(application, wallScope, async (transaction) => {
    await transaction`reset role`
    return transaction`select title from incident`
  })
  await expect(reading).rejects.toThrow('permission denied')
})

test('owns no table, function or schema', async () => {
  const owns = await owned.database`
    select relname from pg_class where relowner = ${new URL(login).username}::regrole
    union all select proname from pg_proc where proowner = ${new URL(login).username}::regrole`
  expect(owns).toHaveLength(0)
})

test('is made once for all processes, and found again', async () => {
  const again = await Promise.all([
    applicationLogin(owned.database, owned.url),
    applicationLogin(owned.database, owned.url),
  ])
  expect(again.map((asLogin) => asLogin?.(owned.url))).toEqual([login, login])
})

test('without a right to make logins there is none', async () => {
  const name = `modest_${randomBytes(4).toString('hex')}`
  await owned.database.unsafe(`create role ${name} login`)
  const url = new URL(owned.url)
  url.username = name
  const modest = connect({ url: url.href, poolSize: 1 })
  expect(await applicationLogin(modest, url.href)).toBeUndefined()
  await modest.end()
  await owned.database.unsafe(`drop role ${name}`)
})
