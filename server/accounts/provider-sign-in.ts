import { ProblemError } from '@minqing/data/domain/problem'
import type { RoleName } from '@minqing/data/domain/role'
import { Login } from '@minqing/data/domain/session'
import { appendAudit, type AuditedActor } from '../audit/append-audit.ts'
import type { Transaction } from '../store/connect.ts'
import { type Accounts, withAccounts } from './account-transaction.ts'
import { hashOf, makeToken } from './credentials.ts'
import type { IdentityProvider, ProviderIdentity, ProviderRequest } from './identity-provider.ts'
import { type Client, inOrder, startSession } from './sessions.ts'

/** Milliseconds that signing in at the provider may take. */
export const longestAbsence = 10 * 60_000

type Sent = ProviderRequest & { back: string }

/**
 * Sends a browser to the provider.
 *
 * @param back the page to go on with.
 * @returns the address, and what the browser has to come back with; undefined where the provider cannot be reached.
 * @throws ProblemError `too_many_requests`
 */
export async function beginAtProvider(
  { database, limits, now }: Accounts,
  provider: IdentityProvider,
  { redirectUri, back }: { redirectUri: string; back: string },
  client: Client,
): Promise<{ address: URL; browser: string } | undefined> {
  await limits.provider.take(client.address, undefined)
  const begun = await provider.prepare(redirectUri)
  if (begun === undefined) return undefined
  const { state, nonce, verifier } = begun.request
  const browser = makeToken()
  await withAccounts(database, async (transaction) => {
    await transaction`delete from provider_sign_in where expires_at <= ${now()}`
    await transaction`
      insert into provider_sign_in (browser, state, nonce, verifier, back, expires_at)
      values (${hashOf(browser)}, ${state}, ${nonce}, ${verifier}, ${ownPath(back)},
        ${new Date(now().getTime() + longestAbsence)})`
  })
  return { address: begun.address, browser }
}

/**
 * Starts a session for whom the provider says that the browser's user is. The account must be there: it is found by
 * issuer and subject, and the first time by its login.
 *
 * @param callback the address that the provider has sent the browser back to.
 * @returns the token of the session, and the page to go on with.
 * @throws ProblemError `bad_parameter` where this browser was not sent there, or has come back before; `forbidden` where
 * the provider refuses, and alike where there is no such account or it is disabled.
 */
export async function completeAtProvider(
  { database, now }: Accounts,
  provider: IdentityProvider,
  { browser, callback }: { browser: string; callback: URL },
  client: Client,
): Promise<{ token: string; back: string }> {
  // Whatever comes of it, nobody comes back a second time.
  const [sent] = await withAccounts(
    database,
    (transaction) => transaction<Sent[]>`
      delete from provider_sign_in where browser = ${hashOf(browser)} and expires_at > ${now()}
      returning state, nonce, verifier, back`,
  )
  if (sent === undefined) throw notSent()
  const identity = await provider.complete(callback, sent)
  const token = await withAccounts(database, async (transaction) => {
    const found = identity && (await findAccount(transaction, identity))
    if (identity === undefined || found === undefined || found.isDisabled) {
      await appendAudit(transaction, acting(found, '', client), audited, 'refused', details)
      return undefined
    }
    const roles = await transaction<{ role: string }[]>`
      select distinct role from account_grant where account = ${found.id}`
    const [role] = inOrder(roles.map((row) => row.role))
    if (role === undefined) {
      await appendAudit(transaction, acting(found, '', client), audited, 'refused', details)
      return undefined
    }
    const { secondFactor } = identity
    const given = { account: found.id, role, secondFactor, byProvider: true }
    const started = await startSession(transaction, given, client, now())
    await appendAudit(transaction, acting(found, role, client), audited, 'done', { ...details, secondFactor })
    return started
  })
  if (token === undefined) throw notKnown()
  return { token, back: sent.back }
}

const audited = { action: 'sign_in', object: 'session' } as const
const details = { by: 'provider' }

type Found = { id: string; name: string; isDisabled: boolean }

async function findAccount(
  transaction: Transaction,
  { issuer, subject, login }: ProviderIdentity,
): Promise<Found | undefined> {
  const [known] = await transaction<Found[]>`
    select id, name, disabled_at is not null as is_disabled from account
    where provider_issuer = ${issuer} and provider_subject = ${subject}`
  const typed = Login.safeParse(login).data
  if (known !== undefined || typed === undefined) return known
  // Whoever is somebody at the provider already is nobody else there.
  const [first] = await transaction<Found[]>`
    update account set provider_issuer = ${issuer}, provider_subject = ${subject}
    where login = ${typed} and provider_subject is null and disabled_at is null
    returning id, name, false as is_disabled`
  return first
}

function acting(found: Found | undefined, role: RoleName | '', { address }: Client): AuditedActor {
  return { kind: 'person', id: found?.id ?? 'unknown', name: found?.name ?? '', role, address }
}

/** Path and query of a page of ours; the start for anything else: nobody is sent to another site. */
export function ownPath(back: string): string {
  // Browsers read `/\` as `//`, and drop tabs and line breaks.
  if (!/^\/(?![/\\])[^\\\s]*$/.test(back)) return '/'
  const base = 'http://localhost'
  const { origin, pathname, search } = new URL(back, base)
  return origin !== base || pathname.startsWith('//') || pathname.startsWith('/api') ? '/' : pathname + search
}

function notSent(): ProblemError {
  return new ProblemError(
    'bad_parameter',
    {
      zh: '这次登录已超时、已用过，或不是从本系统的登录页面开始的',
      en: 'This sign-in took too long, was used before, or was not begun on the sign-in page of this system',
    },
    { remedy: { zh: '请回到登录页面重新登录', en: 'Go to the sign-in page and begin again' } },
  )
}

/** One sentence for all: it does not say whether there is such an account. */
function notKnown(): ProblemError {
  return new ProblemError(
    'forbidden',
    { zh: '未能登录', en: 'You could not be signed in' },
    {
      remedy: {
        zh: '如您应当可以使用本系统，请联系系统管理员',
        en: 'If you should have access to this system, ask its administrator',
      },
    },
  )
}
