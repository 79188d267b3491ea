import { type PasswordFault, passwordFault, passwordFaults, rememberedPasswords } from '@minqing/data/domain/password'
import { ProblemError } from '@minqing/data/domain/problem'
import { appendAudit } from '../audit/append-audit.ts'
import type { Transaction } from '../store/connect.ts'
import { type Accounts, withAccounts } from './account-transaction.ts'
import type { PasswordHashes } from './password-hash.ts'
import { actingIn, type Client, endOtherSessions, type OpenSession, replaceToken } from './sessions.ts'
import { prove } from './sign-in.ts'

/**
 * The owner's own. All other sessions of the account end, and this one gets another token.
 *
 * @returns the new token.
 * @throws ProblemError `forbidden` for a wrong present password, `bad_parameter` for a new one against the rules.
 */
export async function changePassword(
  accounts: Accounts,
  session: OpenSession,
  { present, next }: { present: string; next: string },
  client: Client,
): Promise<string> {
  const { database, hashes, now } = accounts
  const { id } = await prove(accounts, session.account, { password: present }, client)
  checkRules(next, session.login)
  const [held] = await withAccounts(
    database,
    (transaction) => transaction<{ password: string; former: string[] }[]>`
      select password, former_passwords as former from account where id = ${id}`,
  )
  await refuseUsed(hashes, next, held === undefined ? [] : [held.password, ...held.former])
  const hash = await hashes.hash(next)
  return withAccounts(database, async (transaction) => {
    await setPassword(transaction, id, hash, { mustChange: false, now: now() })
    await endOtherSessions(transaction, id, session.id)
    const token = await replaceToken(transaction, session.id, {})
    await appendAudit(transaction, actingIn(session, client), { action: 'change', object: 'password' }, 'done')
    return token
  })
}

/** The present one becomes the first of the former ones. */
export async function setPassword(
  transaction: Transaction,
  account: string,
  hash: string,
  { mustChange, now }: { mustChange: boolean; now: Date },
): Promise<void> {
  await transaction`
    update account set password = ${hash}, must_change = ${mustChange}, password_at = ${now},
      former_passwords = (array[password] || former_passwords)[1:${rememberedPasswords - 1}::integer]
    where id = ${account}`
}

/** @throws ProblemError `bad_parameter` naming the rule. */
export function checkRules(password: string, login: string): void {
  const fault = passwordFault(password, login)
  if (fault !== undefined) throw unfit(fault)
}

async function refuseUsed(hashes: PasswordHashes, password: string, used: readonly string[]): Promise<void> {
  for (const hash of used) if (await hashes.verify(password, hash)) throw unfit('used')
}

function unfit(fault: PasswordFault): ProblemError {
  return new ProblemError('bad_parameter', passwordFaults[fault], {
    parameter: 'newPassword',
    remedy: { zh: '请换一个密码', en: 'Choose another password' },
  })
}
