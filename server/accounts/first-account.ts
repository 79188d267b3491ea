import { ProblemError } from '@minqing/data/domain/problem'
import type { RoleName } from '@minqing/data/domain/role'
import { appendAudit } from '../audit/append-audit.ts'
import type { Database, Transaction } from '../store/connect.ts'
import { type Accounts, withAccounts } from './account-transaction.ts'
import { checkRules } from './change-password.ts'
import { hashOf, makeToken } from './credentials.ts'
import { checkLogin, grantAreas, insertAccount } from './manage-accounts.ts'
import { type Client, startSession } from './sessions.ts'

/** Milliseconds for which a link is good. */
const linkGoodFor = 24 * 60 * 60_000

/** Where the web page is that a link opens; its token stands behind `#`, which browsers send to nobody. */
export const firstAccountPath = '/first-account'

/** What the first account may do: manage accounts, and as centre lead everything that the demo's user could. */
const firstRoles = ['centre_lead', 'administrator'] as const satisfies readonly RoleName[]

/**
 * A further link to make the first account with.
 *
 * @returns what follows the server's address; undefined where an account was made once.
 */
export async function makeFirstLink(database: Database, now: Date): Promise<string | undefined> {
  const token = makeToken()
  return withAccounts(database, async (transaction) => {
    if (await wasMade(transaction)) return undefined
    await transaction`delete from first_account_link where expires_at <= ${now}`
    await transaction`
      insert into first_account_link (token, expires_at)
      values (${hashOf(token)}, ${new Date(now.getTime() + linkGoodFor)})`
    return `${firstAccountPath}#${token}`
  })
}

/** The lines in which a link is shown to whoever runs the server. */
export function describeFirstLink(address: string, link: string): string[] {
  return [
    '尚无账号。请用此一次性链接建立第一个账号，24 小时内有效 · No account has been made yet: make the first one with this link, good once within 24 hours',
    `${address}${link}`,
  ]
}

export type FirstAccount = { token: string; name: string; login: string; password: string }

/**
 * Makes the first account with the token of a link, and signs it in as centre lead.
 *
 * @returns the token of the session.
 * @throws ProblemError `forbidden` where the link is not good or no longer, `bad_parameter`
 */
export async function makeFirstAccount(accounts: Accounts, given: FirstAccount, client: Client): Promise<string> {
  const { database, hashes, now } = accounts
  const link = hashOf(given.token)
  await withAccounts(database, (transaction) => checkLink(transaction, link, now()))
  const login = checkLogin(given.login)
  checkRules(given.password, login)
  const hash = await hashes.hash(given.password)
  return withAccounts(database, async (transaction) => {
    // One after the other: of two that use links at the same time the second finds an account.
    await transaction`select from first_account for update`
    await checkLink(transaction, link, now())
    const account = await insertAccount(transaction, { login, name: given.name, hash, mustChange: false }, now())
    const areas = ['all']
    for (const role of firstRoles) await grantAreas(transaction, account, { role, areas })
    const acting = { kind: 'person', id: account, name: given.name, address: client.address } as const
    const audited = { action: 'create', object: 'account', target: login } as const
    await appendAudit(transaction, { ...acting, role: '' }, audited, 'done', { roles: firstRoles, areas, first: true })
    const [role] = firstRoles
    const session = await startSession(transaction, { account, role, secondFactor: false }, client, now())
    await appendAudit(transaction, { ...acting, role }, { action: 'sign_in', object: 'session' }, 'done')
    return session
  })
}

async function wasMade(transaction: Transaction): Promise<boolean> {
  const [row] = await transaction<{ madeAt: string | null }[]>`select made_at from first_account`
  return row?.madeAt != null
}

async function checkLink(transaction: Transaction, link: Buffer, now: Date): Promise<void> {
  const [found] = await transaction`
    select from first_account_link where token = ${link} and expires_at > ${now}`
  if (found === undefined || (await wasMade(transaction)))
    throw new ProblemError(
      'forbidden',
      {
        zh: '此链接不正确、已过期，或已经建立过账号',
        en: 'This link is wrong or has expired, or an account has been made already',
      },
      {
        remedy: {
          zh: '已有账号时请登录；否则请在服务器上运行 minqing user first-link 取得新的链接',
          en: 'Sign in where there is an account; otherwise run minqing user first-link on the server for another link',
        },
      },
    )
}
