import { needsSecondFactor } from '@minqing/data/domain/access'
import { type RoleName, roleNames } from '@minqing/data/domain/role'
import type { PendingStep, SessionEntry } from '@minqing/data/domain/session'
import { ProblemError } from '@minqing/data/domain/problem'
import { appendAudit, type AuditedActor } from '../audit/append-audit.ts'
import type { Transaction } from '../store/connect.ts'
import { type Accounts, announceActors, withAccounts } from './account-transaction.ts'
import { hashOf, makeToken } from './credentials.ts'

const minute = 60_000
/** Milliseconds without a request after which a session ends (GB/T 22239 level 3: idle exit). */
export const idleEnd = 30 * minute
/** Milliseconds after which it ends in any case. */
export const absoluteEnd = 12 * 60 * minute
/** Milliseconds between two times of use that are written down. */
export const useResolution = minute

/** A session that has not ended, with what its account may do at this time. */
export type OpenSession = {
  id: string
  account: string
  login: string
  name: string
  role: RoleName
  /** Of the role. */
  areas: readonly string[]
  /** All roles of the account, in the order of `roleNames`. */
  roles: readonly RoleName[]
  secondFactor: boolean
  enrolled: boolean
  /** Not of who signed in without the password. */
  mustChange: boolean
  usedAt: string
  expiresAt: string
}

export type Client = { address: string | undefined; agent: string | undefined }

/** Whom the audit trail names. */
export function actingIn({ account, name, role }: OpenSession, { address }: Client): AuditedActor {
  return { kind: 'person', id: account, name, role, address }
}

/** What the session has to do first. */
export function pendingStep(session: OpenSession): PendingStep | undefined {
  const { enrolled, secondFactor, mustChange, role } = session
  if (enrolled && !secondFactor) return 'second_factor'
  if (mustChange) return 'password'
  // It may have been given at the identity provider.
  return needsSecondFactor(role) && !enrolled && !secondFactor ? 'enrolment' : undefined
}

/** @returns the token, which is stored nowhere. */
export async function startSession(
  transaction: Transaction,
  {
    account,
    role,
    secondFactor,
    byProvider = false,
  }: { account: string; role: RoleName; secondFactor: boolean; byProvider?: boolean },
  { address, agent }: Client,
  now: Date,
): Promise<string> {
  const token = makeToken()
  // Those that have ended go when somebody comes.
  await transaction`
    delete from session where expires_at <= ${now} or used_at <= ${new Date(now.getTime() - idleEnd)}`
  await transaction`update account set signed_in_at = ${now} where id = ${account}`
  await transaction`
    insert into session (token, account, role, second_factor, by_provider, created_at, used_at, expires_at, address, agent)
    values (${hashOf(token)}, ${account}, ${role}, ${secondFactor}, ${byProvider}, ${now}, ${now},
      ${new Date(now.getTime() + absoluteEnd)}, ${address ?? null}, ${agent?.slice(0, 200) ?? null})`
  return token
}

/** Undefined where there is none, where it has ended, and where its account may no longer act in its role. */
export async function findSession({ database, now }: Accounts, token: Buffer): Promise<OpenSession | undefined> {
  return withAccounts(database, (transaction) => readSession(transaction, token, now()))
}

export async function readSession(
  transaction: Transaction,
  token: Buffer,
  now: Date,
): Promise<OpenSession | undefined> {
  const [found] = await transaction<OpenSession[]>`
    select s.id, s.account, a.login, a.name, s.role, s.second_factor, s.used_at, s.expires_at,
      a.must_change and not s.by_provider as must_change, a.totp is not null as enrolled,
      array(select area from account_grant g where g.account = a.id and g.role = s.role order by area) as areas,
      array(select distinct role from account_grant g where g.account = a.id) as roles
    from session s join account a on a.id = s.account
    where s.token = ${token} and a.disabled_at is null`
  if (found === undefined || found.areas.length === 0) return undefined
  return hasEnded(found, now) ? undefined : { ...found, roles: inOrder(found.roles) }
}

/** By its clock; whether it was ended by somebody is the database's to say. */
export function hasEnded({ usedAt, expiresAt }: Pick<OpenSession, 'usedAt' | 'expiresAt'>, now: Date): boolean {
  return now.getTime() - Date.parse(usedAt) >= idleEnd || now.getTime() >= Date.parse(expiresAt)
}

export function inOrder(roles: readonly string[]): RoleName[] {
  return roleNames.filter((role) => roles.includes(role))
}

/** Writes down that a session is being used, which puts its idle end off. */
export async function noteUse({ database, now }: Accounts, id: string): Promise<void> {
  await withAccounts(
    database,
    (transaction) => transaction`update session set used_at = greatest(used_at, ${now()}) where id = ${id}`,
  )
}

/**
 * Gives a session another token and what else changes with it: who has learned the former one has nothing.
 *
 * @returns the new token.
 */
export async function replaceToken(
  transaction: Transaction,
  id: string,
  change: { role?: RoleName; secondFactor?: true },
): Promise<string> {
  const token = makeToken()
  await transaction`
    update session set token = ${hashOf(token)}, role = coalesce(${change.role ?? null}, role),
      second_factor = second_factor or ${change.secondFactor === true}
    where id = ${id}`
  await announceActors(transaction)
  return token
}

/** @throws ProblemError `forbidden` for a role that the account has not. */
export async function switchRole(
  { database }: Accounts,
  session: OpenSession,
  role: RoleName,
  client: Client,
): Promise<string> {
  if (!session.roles.includes(role))
    throw new ProblemError(
      'forbidden',
      { zh: '此账号没有这个角色', en: 'This account has no such role' },
      { parameter: 'role', remedy: { zh: '请联系系统管理员授予', en: 'Ask an administrator for it' } },
    )
  return withAccounts(database, async (transaction) => {
    const token = await replaceToken(transaction, session.id, { role })
    await appendAudit(transaction, actingIn(session, client), { action: 'switch', object: 'session' }, 'done', { role })
    return token
  })
}

/** The owner's sessions that have not ended, the one last used first. */
export async function listSessions({ database, now }: Accounts, present: OpenSession): Promise<SessionEntry[]> {
  const rows = await withAccounts(
    database,
    (transaction) => transaction<Omit<SessionEntry, 'isPresent'>[]>`
      select id, role, created_at, used_at, expires_at, address, agent from session
      where account = ${present.account} and expires_at > ${now()}
        and used_at > ${new Date(now().getTime() - idleEnd)}
      order by used_at desc, id`,
  )
  return rows.map((row) => ({ ...row, isPresent: row.id === present.id }))
}

/** @throws ProblemError `not_found` where the owner has no such session, whoever else has it. */
export async function endSession(
  { database }: Accounts,
  owner: OpenSession,
  id: string,
  client: Client,
): Promise<void> {
  const ended = await withAccounts(database, async (transaction) => {
    const { count } = await transaction`delete from session where id = ${id} and account = ${owner.account}`
    if (count === 0) return false
    await announceActors(transaction)
    const audited = { action: 'remove', object: 'session', target: id } as const
    await appendAudit(transaction, actingIn(owner, client), audited, 'done')
    return true
  })
  if (!ended)
    throw new ProblemError(
      'not_found',
      { zh: '您没有这个会话，或它已经结束', en: 'You have no such session, or it has ended' },
      { remedy: { zh: '/api/sessions 列出了您的会话', en: '/api/sessions lists your sessions' } },
    )
}

/** Ends all sessions of an account but one. */
export async function endOtherSessions(transaction: Transaction, account: string, but?: string): Promise<void> {
  await transaction`delete from session where account = ${account} and id is distinct from ${but ?? null}`
  await announceActors(transaction)
}
