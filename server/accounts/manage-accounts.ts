import { ProblemError } from '@minqing/data/domain/problem'
import type { RoleName } from '@minqing/data/domain/role'
import { Login } from '@minqing/data/domain/session'
import type { Actor } from '../access/actor.ts'
import { appendAudit } from '../audit/append-audit.ts'
import type { Database, Transaction } from '../store/connect.ts'
import { announceActors, withAccounts } from './account-transaction.ts'
import { checkRules, setPassword } from './change-password.ts'
import type { PasswordHashes } from './password-hash.ts'
import { endOtherSessions } from './sessions.ts'
import { hashOf } from './credentials.ts'

export type Grant = { role: RoleName; areas: readonly string[] }
export type NewPassword = { password: string; /** It was made for the person, who replaces it. */ isMade: boolean }

export type AccountEntry = {
  login: string
  name: string
  /** `role@area` of each. */
  grants: string[]
  enrolled: boolean
  mustChange: boolean
  disabledAt: string | null
}

/** @throws ProblemError `bad_parameter`, or `conflict` where there is such an account. */
export async function addAccount(
  database: Database,
  actor: Actor,
  hashes: PasswordHashes,
  given: { login: string; name: string; grant: Grant } & NewPassword,
  now: Date,
): Promise<void> {
  const login = Login.safeParse(given.login).data
  if (login === undefined) throw badLogin()
  checkAreas(given.grant.areas)
  checkRules(given.password, login)
  const hash = await hashes.hash(given.password)
  await withAccounts(database, async (transaction) => {
    const [made] = await transaction<{ id: string }[]>`
      insert into account (login, name, password, password_at, must_change, created_at)
      values (${login}, ${given.name}, ${hash}, ${now}, ${given.isMade}, ${now})
      on conflict (login) do nothing returning id`
    if (made === undefined)
      throw new ProblemError(
        'conflict',
        { zh: `账号“${login}”已存在`, en: `There is an account “${login}” already` },
        { remedy: { zh: 'minqing user list 列出全部账号', en: 'minqing user list shows all accounts' } },
      )
    await grantAreas(transaction, made.id, given.grant)
    await appendAudit(transaction, actor, { action: 'create', object: 'account', target: login }, 'done', given.grant)
  })
}

/** By login; a disabled account is listed as well. */
export function listAccounts(database: Database): Promise<AccountEntry[]> {
  return withAccounts(
    database,
    (transaction) => transaction<AccountEntry[]>`
      select login, name, must_change, totp is not null as enrolled, disabled_at,
        array(select role || '@' || area from account_grant g where g.account = a.id order by 1) as grants
      from account a order by login`,
  )
}

/** Gives an account a role in areas, besides what it has. */
export async function addGrant(database: Database, actor: Actor, login: string, grant: Grant): Promise<void> {
  checkAreas(grant.areas)
  await changeAccount(database, actor, login, ['grant', grant], (transaction, id) => grantAreas(transaction, id, grant))
}

/** Takes a role in these areas from an account, without areas in all. Sessions in it end where nothing is left of it. */
export async function removeGrant(database: Database, actor: Actor, login: string, grant: Grant): Promise<void> {
  const { role, areas } = grant
  await changeAccount(database, actor, login, ['revoke', grant], async (transaction, id) => {
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
  })
}

/** A new password, an end to the lock and to all sessions, on request without the second factor; enables it again. */
export async function resetAccount(
  database: Database,
  actor: Actor,
  hashes: PasswordHashes,
  login: string,
  { password, isMade, secondFactor }: NewPassword & { secondFactor: boolean },
  now: Date,
): Promise<void> {
  const known = Login.safeParse(login).data ?? login
  checkRules(password, known)
  const hash = await hashes.hash(password)
  await changeAccount(database, actor, known, ['reset', { secondFactor }], async (transaction, id) => {
    await setPassword(transaction, id, hash, { mustChange: isMade, now })
    await transaction`update account set disabled_at = null where id = ${id}`
    if (secondFactor)
      await transaction`update account set totp = null, totp_pending = null, totp_step = 0 where id = ${id}`
    await transaction`delete from sign_in_failure where name = ${hashOf(known)}`
    await endOtherSessions(transaction, id)
  })
}

/** Nobody can sign in with it, and its sessions end. */
export async function disableAccount(database: Database, actor: Actor, login: string, now: Date): Promise<void> {
  await changeAccount(database, actor, login, ['disable', {}], async (transaction, id) => {
    await transaction`update account set disabled_at = coalesce(disabled_at, ${now}) where id = ${id}`
    await endOtherSessions(transaction, id)
  })
}

/** @throws ProblemError `not_found` */
async function changeAccount(
  database: Database,
  actor: Actor,
  login: string,
  [action, details]: [action: string, details: Record<string, unknown>],
  change: (transaction: Transaction, id: string) => Promise<void>,
): Promise<void> {
  await withAccounts(database, async (transaction) => {
    const target = Login.safeParse(login).data ?? login
    const [found] = await transaction<{ id: string }[]>`select id from account where login = ${target} for update`
    if (found === undefined)
      throw new ProblemError(
        'not_found',
        { zh: `没有账号“${login}”`, en: `There is no account “${login}”` },
        { remedy: { zh: 'minqing user list 列出全部账号', en: 'minqing user list shows all accounts' } },
      )
    await change(transaction, found.id)
    await announceActors(transaction)
    await appendAudit(transaction, actor, { action, object: 'account', target }, 'done', details)
  })
}

async function grantAreas(transaction: Transaction, account: string, { role, areas }: Grant): Promise<void> {
  for (const area of areas)
    await transaction`
      insert into account_grant (account, role, area) values (${account}, ${role}, ${area}) on conflict do nothing`
}

/** @throws ProblemError `bad_parameter` for what is neither `all` nor the beginning of an area's code. */
export function checkAreas(areas: readonly string[]): void {
  const foreign = areas.find((area) => !/^(all|\d{2,17})$/.test(area))
  if (foreign === undefined && areas.length > 0) return
  throw new ProblemError(
    'bad_parameter',
    foreign === undefined
      ? { zh: '没有给出区域', en: 'No area was given' }
      : { zh: `“${foreign}”不是区域编码`, en: `“${foreign}” is no code of an area` },
    {
      parameter: 'area',
      remedy: {
        zh: '请用行政区划、街道、社区或网格编码，或 all 表示全部',
        en: 'Use the code of a division, sub-district, community or grid, or all',
      },
    },
  )
}

function badLogin(): ProblemError {
  return new ProblemError(
    'bad_parameter',
    {
      zh: '账号须为 2 至 32 个字母、汉字或数字，其间可有 . _ - @',
      en: 'An account has 2 to 32 letters or digits, with . _ - @ between',
    },
    { parameter: 'login' },
  )
}
