import { createHmac } from 'node:crypto'
import { connect, type Database } from './connect.ts'
import { narrowRoles } from './scope.ts'

/** What a running server works as, one transaction after the other; it is nothing of it by itself. */
const roles = [
  'minqing_reader',
  'minqing_reader_all',
  'minqing_wall',
  'minqing_wall_all',
  'minqing_duty',
  'minqing_duty_all',
  'minqing_writer',
  'minqing_writer_all',
  'minqing_auditor',
  'minqing_accounts',
  ...narrowRoles.flatMap((role) => [`minqing_${role}`, `minqing_${role}_all`]),
]

/**
 * Makes the login that a running server connects as, or brings it up to date: no superuser, no owner of anything, member
 * of the reading and writing roles alone, and without `set role` (NOINHERIT) with no right at all. `reset role` inside a
 * transaction gains nothing then.
 *
 * Its password is derived from that of the owner, so that all processes know it and no file holds it.
 *
 * @param owner a connection as the owner of the database, migrated
 * @param url that of `owner`
 * @returns what turns an address of this database, or of a replica of it, into one of that login; undefined where the
 * owner may make no logins or the server takes none without a password: the server then works as the owner
 */
export async function applicationLogin(owner: Database, url: string): Promise<((url: string) => string) | undefined> {
  const [{ oid, name }] = await owner<[{ oid: number; name: string }]>`
    select oid::integer as oid, datname as name from pg_database where datname = current_database()`
  // Roles are the cluster's, which may hold several databases of ours.
  const login = `minqing_app_${oid}`
  const secret = new URL(url).password
  const password = secret === '' ? undefined : createHmac('sha256', secret).update(login).digest('base64url')
  const attributes = `login noinherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls
    password ${password === undefined ? 'null' : `'${password}'`}`
  try {
    // Two processes that start together wait for each other.
    await owner.begin(async (transaction) => {
      await transaction`select pg_advisory_xact_lock(${loginLock})`
      const [known] = await transaction`select from pg_roles where rolname = ${login}`
      await transaction.unsafe(`${known === undefined ? 'create' : 'alter'} role ${login} ${attributes}`)
      await transaction.unsafe(`grant ${roles.join(', ')} to ${login}`)
      await transaction`grant connect, temporary on database ${transaction(name)} to ${transaction(login)}`
      await transaction`grant temporary on database ${transaction(name)} to minqing_writer, minqing_writer_all`
    })
    const asLogin = (address: string) => {
      const changed = new URL(address)
      changed.username = login
      changed.password = password ?? ''
      return changed.href
    }
    await tryLogin(asLogin(url))
    return asLogin
  } catch {
    return undefined
  }
}

async function tryLogin(url: string): Promise<void> {
  const database = connect({ url, poolSize: 1 })
  try {
    await database`select 1`
  } finally {
    await database.end({ timeout: 1 })
  }
}

/** Any number, the same everywhere. */
const loginLock = 7_301_998
