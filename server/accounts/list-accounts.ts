import type { AccountEntry, AccountSession, TokenEntry } from '@minqing/data/domain/account'
import { ProblemError } from '@minqing/data/domain/problem'
import type { RoleName } from '@minqing/data/domain/role'
import type { Actor } from '../access/actor.ts'
import { appendAudit } from '../audit/append-audit.ts'
import type { Database, Transaction } from '../store/connect.ts'
import type { ReadSource } from '../store/scope.ts'
import { listAccessTokens } from './access-tokens.ts'
import { type Accounts, announceActors, withAccounts } from './account-transaction.ts'
import { isWithin, nameAreas } from './granted-areas.ts'
import { idleEnd, inOrder } from './sessions.ts'
import { lockTime, mostFailures } from './sign-in.ts'

export type ListedAccount = Omit<AccountEntry, 'grants'> & { grants: { role: RoleName; areas: string[] }[] }

/** By login, disabled ones as well. */
export async function listAccounts(database: Database, now: Date): Promise<ListedAccount[]> {
  const rows = await withAccounts(
    database,
    (transaction) => transaction<(Omit<AccountEntry, 'grants'> & { grants: string[] })[]>`
      select a.id, a.login, a.name, a.must_change, a.totp is not null as enrolled, a.disabled_at,
        greatest(a.signed_in_at, (select max(used_at) from session s where s.account = a.id)) as used_at,
        coalesce(f.failures >= ${mostFailures} and f.last_at > ${new Date(now.getTime() - lockTime)}, false) as locked,
        ${grantsOf(transaction)}
      from account a left join sign_in_failure f on f.name = sha256(convert_to(a.login, 'UTF8'))
      order by a.login`,
  )
  return rows.map((row) => ({ ...row, grants: byRole(row.grants) }))
}

/** `role@area` of each. */
function grantsOf(transaction: Transaction) {
  return transaction`array(select role || '@' || area from account_grant g where g.account = a.id order by 1) as grants`
}

/** Roles in the order of `roleNames`. */
function byRole(grants: readonly string[]): { role: RoleName; areas: string[] }[] {
  const pairs = grants.map((grant) => grant.split('@') as [role: string, area: string])
  return inOrder(pairs.map(([role]) => role)).map((role) => ({
    role,
    areas: pairs.filter(([of]) => of === role).map(([, area]) => area),
  }))
}

/** Those that are responsible for no more than the actor. */
export async function listOwnAccounts(
  { database, now }: Accounts,
  readFrom: ReadSource,
  actor: Actor,
): Promise<AccountEntry[]> {
  const own = (await listAccounts(database, now())).filter(({ grants }) =>
    isWithin(
      actor,
      grants.flatMap(({ areas }) => areas),
    ),
  )
  const named = await nameAreas(
    readFrom,
    own.flatMap(({ grants }) => grants.flatMap(({ areas }) => areas)),
  )
  const names = new Map(named.map((area) => [area.code, area]))
  return own.map((account) => ({
    ...account,
    grants: account.grants.map(({ role, areas }) => ({
      role,
      areas: areas.map((code) => names.get(code) ?? { code, name: null }),
    })),
  }))
}

/** Tokens for no more than the actor's areas. */
export async function listOwnTokens(database: Database, readFrom: ReadSource, actor: Actor): Promise<TokenEntry[]> {
  const own = (await listAccessTokens(database)).filter(({ areas }) => isWithin(actor, areas))
  const named = await nameAreas(
    readFrom,
    own.flatMap(({ areas }) => areas),
  )
  const names = new Map(named.map((area) => [area.code, area]))
  return own.map((token) => ({
    ...token,
    areas: token.areas.map((code) => names.get(code) ?? { code, name: null }),
  }))
}

type SessionRow = Omit<AccountSession, 'isPresent'> & { grants: string[] }

/**
 * Sessions that have not ended, of accounts that are responsible for no more than the actor, the one last used first.
 *
 * @param present the actor's own.
 */
export async function listAccountSessions(
  { database, now }: Accounts,
  actor: Actor,
  present: string | undefined,
): Promise<AccountSession[]> {
  const rows = await withAccounts(
    database,
    (transaction) => transaction<SessionRow[]>`
      select s.id, s.role, s.created_at, s.used_at, s.expires_at, s.address, s.agent, a.login, a.name,
        ${grantsOf(transaction)}
      from session s join account a on a.id = s.account
      where s.expires_at > ${now()} and s.used_at > ${new Date(now().getTime() - idleEnd)}
      order by s.used_at desc, s.id`,
  )
  return rows
    .filter(({ grants }) => isWithin(actor, areasIn(grants)))
    .map(({ id, role, createdAt, usedAt, expiresAt, address, agent, login, name }) => ({
      id,
      role,
      createdAt,
      usedAt,
      expiresAt,
      address,
      agent,
      login,
      name,
      isPresent: id === present,
    }))
}

/** @throws ProblemError `not_found`, also where its account is responsible for more than the actor. */
export async function endAccountSession({ database }: Accounts, actor: Actor, id: string): Promise<void> {
  await withAccounts(database, async (transaction) => {
    const [found] = await transaction<{ grants: string[] }[]>`
      select ${grantsOf(transaction)} from session s join account a on a.id = s.account where s.id = ${id}`
    if (found === undefined || !isWithin(actor, areasIn(found.grants)))
      throw new ProblemError(
        'not_found',
        { zh: '没有这个登录，或它已经结束', en: 'There is no such session, or it has ended' },
        { remedy: { zh: '请刷新登录列表', en: 'Load the list of sessions again' } },
      )
    await transaction`delete from session where id = ${id}`
    await announceActors(transaction)
    await appendAudit(transaction, actor, { action: 'remove', object: 'session', target: id }, 'done')
  })
}

function areasIn(grants: readonly string[]): string[] {
  return grants.map((grant) => grant.slice(grant.indexOf('@') + 1))
}
