import { ProblemError } from '@minqing/data/domain/problem'
import type { RoleName } from '@minqing/data/domain/role'
import { Login } from '@minqing/data/domain/session'
import { appendAudit, type AuditedActor } from '../audit/append-audit.ts'
import type { Transaction } from '../store/connect.ts'
import { type Accounts, withAccounts } from './account-transaction.ts'
import { stepOfCode } from './second-factor.ts'
import { type Client, inOrder, startSession } from './sessions.ts'
import { hashOf } from './credentials.ts'

/** Wrong passwords and codes in a row after which a name is locked, and milliseconds for which. */
export const mostFailures = 5
export const lockTime = 15 * 60_000

export type Attempt = { login: string; password: string; code?: string | undefined }

/** What an account proves itself by. */
export type Secrets = {
  id: string
  login: string
  name: string
  password: string
  totp: string | null
  totpStep: number
}

/**
 * Starts a session in the account's first role. Without a code, where the account has a second factor, the session may
 * do nothing until it is given.
 *
 * An unknown name, a wrong password, a wrong code, a locked name and a disabled account are answered alike, after the
 * same work.
 *
 * @returns the token of the session.
 * @throws ProblemError `unauthenticated`, `too_many_requests`, `busy`
 */
export async function signIn(accounts: Accounts, attempt: Attempt, client: Client): Promise<string> {
  const { database, hashes, limits, now } = accounts
  const login = Login.safeParse(attempt.login).data ?? attempt.login
  const key = hashOf(login)
  const uncount = await limits.passwords.take(client.address, key.toString('base64url'))
  const [found] = await withAccounts(
    database,
    (transaction) => transaction<Secrets[]>`
      select id, login, name, password, totp, totp_step from account where login = ${login} and disabled_at is null`,
  )
  const isRight = await hashes.verify(attempt.password, found?.password)
  const token = await withAccounts(database, async (transaction) => {
    const factor = isRight && found !== undefined ? await takeCode(transaction, found, attempt.code, now()) : 'wrong'
    if (found === undefined || factor === 'wrong' || (await isLocked(transaction, key, now()))) {
      await noteFailure(transaction, key, now())
      await appendAudit(transaction, acting(found, '', client), signInAudited, 'refused')
      return undefined
    }
    await transaction`delete from sign_in_failure where name = ${key}`
    const roles = await transaction<{ role: string }[]>`
      select distinct role from account_grant where account = ${found.id}`
    const [role] = inOrder(roles.map((row) => row.role))
    if (role === undefined) throw withoutRole()
    const secondFactor = factor === 'right'
    const started = await startSession(transaction, { account: found.id, role, secondFactor }, client, now())
    await appendAudit(transaction, acting(found, role, client), signInAudited, 'done', { secondFactor })
    return started
  })
  if (token === undefined) throw notSignedIn()
  await uncount()
  return token
}

const signInAudited = { action: 'sign_in', object: 'session' } as const

/** A name that is no account's is not recorded: people type passwords into the wrong field. */
function acting(found: Secrets | undefined, role: RoleName | '', { address }: Client): AuditedActor {
  return { kind: 'person', id: found?.id ?? 'unknown', name: found?.name ?? '', role, address }
}

/**
 * The code of an account that has a second factor: each is good once, however many use it at the same time.
 *
 * @returns `absent` where none was given, or none is needed.
 */
async function takeCode(
  transaction: Transaction,
  { id, totp }: Secrets,
  code: string | undefined,
  now: Date,
): Promise<'right' | 'wrong' | 'absent'> {
  if (code === undefined || totp === null) return 'absent'
  const [held] = await transaction<{ totpStep: number }[]>`select totp_step from account where id = ${id} for update`
  const step = held && stepOfCode(totp, code, now, held.totpStep)
  if (step === undefined) return 'wrong'
  await transaction`update account set totp_step = ${step} where id = ${id}`
  return 'right'
}

async function isLocked(transaction: Transaction, key: Buffer, now: Date): Promise<boolean> {
  const [row] = await transaction<{ failures: number; lastAt: string }[]>`
    select failures, last_at from sign_in_failure where name = ${key} for update`
  return row !== undefined && row.failures >= mostFailures && now.getTime() - Date.parse(row.lastAt) < lockTime
}

/** A failure while locked does not prolong it. */
async function noteFailure(transaction: Transaction, key: Buffer, now: Date): Promise<void> {
  const forgotten = new Date(now.getTime() - lockTime)
  await transaction`
    insert into sign_in_failure as f (name, failures, last_at) values (${key}, 1, ${now})
    on conflict (name) do update set last_at = excluded.last_at,
      failures = case when f.last_at <= ${forgotten} then 1 else f.failures + 1 end
    where f.failures < ${mostFailures} or f.last_at <= ${forgotten}`
}

/** Names that nobody has tried for as long as a lock lasts. */
export async function forgetFailures({ database, now }: Accounts): Promise<void> {
  const forgotten = new Date(now().getTime() - lockTime)
  await withAccounts(database, (transaction) => transaction`delete from sign_in_failure where last_at <= ${forgotten}`)
}

/**
 * Proves again who holds a session, by password, code or both; wrong ones count as those of signing in do.
 *
 * @returns the account.
 * @throws ProblemError `forbidden`, `too_many_requests`, `busy`
 */
export async function prove(
  { database, hashes, limits, now }: Accounts,
  account: string,
  proof: { password?: string; code?: string },
  client: Client,
): Promise<Secrets> {
  const [found] = await withAccounts(
    database,
    (transaction) => transaction<Secrets[]>`
      select id, login, name, password, totp, totp_step from account where id = ${account} and disabled_at is null`,
  )
  if (found === undefined) throw notProven()
  const key = hashOf(found.login)
  const uncount = await limits.passwords.take(client.address, key.toString('base64url'))
  const isRight = proof.password === undefined || (await hashes.verify(proof.password, found.password))
  const proven = await withAccounts(database, async (transaction) => {
    const factor = isRight ? await takeCode(transaction, found, proof.code, now()) : 'wrong'
    // A code proves nothing for an account without a second factor.
    const isEnough = factor === (proof.code === undefined ? 'absent' : 'right')
    const isProven = isEnough && !(await isLocked(transaction, key, now()))
    if (isProven) await transaction`delete from sign_in_failure where name = ${key}`
    else await noteFailure(transaction, key, now())
    const audited = { action: 'prove', object: 'account' } as const
    await appendAudit(transaction, acting(found, '', client), audited, isProven ? 'done' : 'refused')
    return isProven
  })
  if (!proven) throw notProven()
  await uncount()
  return found
}

/** One answer for all that may be wrong: it does not say whether there is such an account. */
function notSignedIn(): ProblemError {
  return new ProblemError(
    'unauthenticated',
    {
      zh: `账号、密码或验证码不正确；同一账号连续 ${mostFailures} 次不正确会锁定 ${lockTime / 60_000} 分钟`,
      en: `Account, password or code is wrong; after ${mostFailures} wrong attempts in a row an account is locked for ${lockTime / 60_000} minutes`,
    },
    {
      remedy: {
        zh: '请核对后重试；忘记密码请联系系统管理员',
        en: 'Check them and try again; an administrator can reset a forgotten password',
      },
    },
  )
}

/** Another code than that of a session that has ended: whoever holds this one need not sign in again. */
function notProven(): ProblemError {
  return new ProblemError(
    'forbidden',
    {
      zh: `密码或验证码不正确，或已使用过；连续 ${mostFailures} 次不正确会锁定 ${lockTime / 60_000} 分钟`,
      en: `Password or code is wrong, or was used before; after ${mostFailures} wrong attempts in a row the account is locked for ${lockTime / 60_000} minutes`,
    },
    {
      remedy: {
        zh: '请核对后重试；验证码请等待下一个',
        en: 'Check it and try again; wait for the next code if this one was used',
      },
    },
  )
}

function withoutRole(): ProblemError {
  return new ProblemError(
    'forbidden',
    { zh: '此账号没有任何角色', en: 'This account has no role' },
    { remedy: { zh: '请联系系统管理员授予角色', en: 'Ask an administrator for one' } },
  )
}
