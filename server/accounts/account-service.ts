import type { Database } from '../store/connect.ts'
import type { TrustedProxies } from '../trusted-proxies.ts'
import { type Accounts, listenToActors } from './account-transaction.ts'
import { Admission } from './admission.ts'
import type { IdentityProvider } from './identity-provider.ts'
import { PasswordHashes } from './password-hash.ts'
import { forgetFailures } from './sign-in.ts'
import { SignInLimits } from './sign-in-limits.ts'
import { SignedIn } from './signed-in.ts'

/** Milliseconds between two times at which names are forgotten that nobody tries any more. */
const forgetEvery = 5 * 60_000

/** Signing in, as one process has it. */
export type AccountService = {
  accounts: Accounts
  /** Who asks: the actor source of the server. */
  admission: Admission
  proxies: TrustedProxies
  /** The centre's own sign-on, where there is one. */
  provider: IdentityProvider | undefined
  /** Calls `changed` after each commit that may end or change what somebody may do, once it is asked of the database again. */
  whenActorsChange: (changed: () => void) => void
  /** Ends what it does by itself; the connections are whoever's that gave them. */
  close: () => Promise<void>
}

/**
 * @param database connections that nothing else uses.
 * @param now the clock; a demo whose time stands still is no reason for sessions that never end.
 */
export async function openAccountService(
  database: Database,
  {
    proxies,
    now,
    provider,
    logError,
  }: {
    proxies: TrustedProxies
    now: () => Date
    provider?: IdentityProvider | undefined
    logError: (error: unknown) => void
  },
): Promise<AccountService> {
  const accounts = { database, now, hashes: new PasswordHashes(), limits: new SignInLimits() }
  const signedIn = new SignedIn(accounts, proxies)
  const admission = new Admission(accounts, signedIn)
  const listeners: (() => void)[] = []
  const stopListening = await listenToActors(database, () => {
    signedIn.forget()
    admission.forget()
    for (const changed of listeners) changed()
  })
  const timer = setInterval(() => void forgetFailures(accounts).catch(logError), forgetEvery)
  timer.unref()
  const close = async () => {
    clearInterval(timer)
    await stopListening()
  }
  const whenActorsChange = (changed: () => void) => void listeners.push(changed)
  return { accounts, admission, proxies, provider, whenActorsChange, close }
}
