import type { AuditAction } from '@minqing/data/domain/audit'
import { ProblemError } from '@minqing/data/domain/problem'
import type { RoleName } from '@minqing/data/domain/role'
import { Login } from '@minqing/data/domain/session'
import type { Actor } from '../access/actor.ts'
import { appendAudit } from '../audit/append-audit.ts'
import type { Database, Transaction } from '../store/connect.ts'
import { announceActors, withAccounts } from './account-transaction.ts'
import { checkRules, setPassword } from './change-password.ts'
import { hashOf } from './credentials.ts'
import { checkAreas, isWithin, refuseBeyond } from './granted-areas.ts'
import { countAdministrators, refuseLastAdministrator } from './last-administrator.ts'
import type { PasswordHashes } from './password-hash.ts'
import { endOtherSessions } from './sessions.ts'

/** A role, and the areas that it is for. */
export type GivenGrant = { role: RoleName; areas: readonly string[] }
export type NewPassword = { password: string; /** It was made for the person, who replaces it. */ isMade: boolean }

/** What an account is named by: its id, or what is typed to sign in. */
export type AccountKey = { id: string } | { login: string }

/**
 * @returns the id.
 * @throws ProblemError `bad_parameter`, `forbidden` for areas beyond the actor's own, `conflict` where there is such an
 * account.
 */
export async function addAccount(
  database: Database,
  actor: Actor,
  hashes: PasswordHashes,
  given: { login: string; name: string; grants: readonly GivenGrant[] } & NewPassword,
  now: Date,
): Promise<string> {
  const login = checkLogin(given.login)
  checkGrants(actor, given.grants)
  checkRules(given.password, login)
  const hash = await hashes.hash(given.password)
  return withAccounts(database, async (transaction) => {
    const id = await insertAccount(transaction, { login, name: given.name, hash, mustChange: given.isMade }, now)
    for (const grant of given.grants) await grantAreas(transaction, id, grant)
    const audited = { action: 'create', object: 'account', target: login } as const
    await appendAudit(transaction, actor, audited, 'done', { grants: textsOf(given.grants) })
    return id
  })
}

/**
 * An account without grants. With the first one the links to make it go, and the demo is open to nobody without an account
 * from then on.
 *
 * @returns its id.
 * @throws ProblemError `conflict`
 */
export async function insertAccount(
  transaction: Transaction,
  { login, name, hash, mustChange }: { login: string; name: string; hash: string; mustChange: boolean },
  now: Date,
): Promise<string> {
  const [made] = await transaction<{ id: string }[]>`
    insert into account (login, name, password, password_at, must_change, created_at)
    values (${login}, ${name}, ${hash}, ${now}, ${mustChange}, ${now})
    on conflict (login) do nothing returning id`
  if (made === undefined)
    throw new ProblemError(
      'conflict',
      { zh: `账号“${login}”已存在`, en: `There is an account “${login}” already` },
      { parameter: 'login', remedy: { zh: '请换一个账号', en: 'Choose another one' } },
    )
  const { count } = await transaction`update first_account set made_at = ${now} where made_at is null`
  if (count > 0) {
    await transaction`delete from first_account_link`
    await announceActors(transaction)
  }
  return made.id
}

/**
 * Replaces name and grants. Sessions in a role end where that role's areas are others now.
 *
 * @throws ProblemError `not_found`, `bad_parameter`, `forbidden` for areas beyond the actor's own, `conflict` where
 * nobody would be administrator any more.
 */
export async function changeAccount(
  database: Database,
  actor: Actor,
  key: AccountKey,
  { name, grants }: { name: string; grants: readonly GivenGrant[] },
): Promise<void> {
  checkGrants(actor, grants)
  await onAccount(database, actor, key, 'change', async (transaction, account) => {
    const before = account.grants
    const after = textsOf(grants)
    const changed = [...before.filter((one) => !after.includes(one)), ...after.filter((one) => !before.includes(one))]
    const roles = [...new Set(changed.map((one) => one.split('@')[0] ?? ''))]
    await transaction`update account set name = ${name} where id = ${account.id}`
    if (changed.length > 0) {
      await transaction`delete from account_grant where account = ${account.id}`
      for (const grant of grants) await grantAreas(transaction, account.id, grant)
      await transaction`delete from session where account = ${account.id} and role = any(${roles})`
    }
    return { before, after, renamed: name !== account.name }
  })
}

/** Gives an account a role in areas, besides what it has. */
export async function addGrant(database: Database, actor: Actor, login: string, grant: GivenGrant): Promise<void> {
  checkGrants(actor, [grant])
  await onAccount(database, actor, { login }, 'grant', async (transaction, { id }) => {
    await grantAreas(transaction, id, grant)
    return grant
  })
}

/** Takes a role in these areas from an account, without areas in all. Sessions in it end where nothing is left of it. */
export async function removeGrant(database: Database, actor: Actor, login: string, grant: GivenGrant): Promise<void> {
  const { role, areas } = grant
  await onAccount(database, actor, { login }, 'revoke', async (transaction, { id }) => {
    const { count } = await transaction`
      delete from account_grant
      where account = ${id} and role = ${role} and (area = any(${[...areas]}) or ${areas.length === 0})`
    if (count === 0)
      throw new ProblemError('not_found', {
        zh: `账号“${login}”没有这个角色`,
        en: `The account “${login}” has no such role`,
      })
    await transaction`
      delete from session s where s.account = ${id}
        and not exists (select from account_grant g where g.account = s.account and g.role = s.role)`
    return grant
  })
}

/** A new password, an end to the lock and to all sessions, on request without the second factor; enables it again. */
export async function resetAccount(
  database: Database,
  actor: Actor,
  hashes: PasswordHashes,
  key: AccountKey,
  { makeFor, isMade, secondFactor }: { makeFor: (login: string) => string; isMade: boolean; secondFactor: boolean },
  now: Date,
): Promise<string> {
  const { login } = await withAccounts(database, (transaction) => findAccount(transaction, actor, key))
  const password = makeFor(login)
  checkRules(password, login)
  const hash = await hashes.hash(password)
  await onAccount(database, actor, key, 'reset', async (transaction, { id }) => {
    await setPassword(transaction, id, hash, { mustChange: isMade, now })
    await transaction`update account set disabled_at = null where id = ${id}`
    if (secondFactor)
      await transaction`update account set totp = null, totp_pending = null, totp_step = 0 where id = ${id}`
    await transaction`delete from sign_in_failure where name = ${hashOf(login)}`
    await endOtherSessions(transaction, id)
    return { secondFactor }
  })
  return password
}

/** Nobody can sign in with it, and its sessions end. */
export async function disableAccount(database: Database, actor: Actor, key: AccountKey, now: Date): Promise<void> {
  await onAccount(database, actor, key, 'disable', async (transaction, { id }) => {
    await transaction`update account set disabled_at = coalesce(disabled_at, ${now}) where id = ${id}`
    await endOtherSessions(transaction, id)
    return {}
  })
}

/** It can be signed in with again, by the password that it had. */
export async function enableAccount(database: Database, actor: Actor, key: AccountKey): Promise<void> {
  await onAccount(database, actor, key, 'enable', async (transaction, { id }) => {
    await transaction`update account set disabled_at = null where id = ${id}`
    return {}
  })
}

type Found = { id: string; login: string; name: string; /** `role@area` of each. */ grants: string[] }

/** @throws ProblemError `not_found`, also where the account is responsible for more than the actor. */
async function findAccount(transaction: Transaction, actor: Actor, key: AccountKey): Promise<Found> {
  const login = 'login' in key ? (Login.safeParse(key.login).data ?? key.login) : ''
  const [found] = await transaction<Found[]>`
    select id, login, name,
      array(select role || '@' || area from account_grant g where g.account = a.id order by 1) as grants
    from account a where ${'id' in key ? transaction`id = ${key.id}` : transaction`login = ${login}`} for update`
  const areas = found?.grants.map((grant) => grant.slice(grant.indexOf('@') + 1)) ?? []
  if (found !== undefined && isWithin(actor, areas)) return found
  throw new ProblemError(
    'not_found',
    'id' in key
      ? { zh: '没有这个账号', en: 'There is no such account' }
      : { zh: `没有账号“${login}”`, en: `There is no account “${login}”` },
    { remedy: { zh: 'minqing user list 列出全部账号', en: 'minqing user list shows all accounts' } },
  )
}

/**
 * Changes an account and records it.
 *
 * @param change returns what is recorded of it.
 */
async function onAccount(
  database: Database,
  actor: Actor,
  key: AccountKey,
  action: AuditAction,
  change: (transaction: Transaction, account: Found) => Promise<Record<string, unknown>>,
): Promise<void> {
  await withAccounts(database, async (transaction) => {
    const before = await countAdministrators(transaction)
    const account = await findAccount(transaction, actor, key)
    const details = await change(transaction, account)
    // On the server's own machine another one can be made.
    if (actor.kind !== 'command') await refuseLastAdministrator(transaction, before)
    await announceActors(transaction)
    await appendAudit(transaction, actor, { action, object: 'account', target: account.login }, 'done', details)
  })
}

export async function grantAreas(
  transaction: Transaction,
  account: string,
  { role, areas }: GivenGrant,
): Promise<void> {
  for (const area of areas)
    await transaction`
      insert into account_grant (account, role, area) values (${account}, ${role}, ${area}) on conflict do nothing`
}

function checkGrants(actor: Actor, grants: readonly GivenGrant[]): void {
  for (const { areas } of grants) {
    checkAreas(areas)
    refuseBeyond(actor, areas)
  }
}

/** As the database orders them. */
function textsOf(grants: readonly GivenGrant[]): string[] {
  return [...new Set(grants.flatMap(({ role, areas }) => areas.map((area) => `${role}@${area}`)))].toSorted()
}

/**
 * What is typed to sign in, as it is stored.
 *
 * @throws ProblemError `bad_parameter`
 */
export function checkLogin(text: string): string {
  const login = Login.safeParse(text).data
  if (login !== undefined) return login
  throw new ProblemError(
    'bad_parameter',
    {
      zh: '账号须为 2 至 32 个字母、汉字或数字，其间可有 . _ - @',
      en: 'An account has 2 to 32 letters or digits, with . _ - @ between',
    },
    { parameter: 'login' },
  )
}
