import type { Database, Transaction } from '../store/connect.ts'
import type { PasswordHashes } from './password-hash.ts'
import type { SignInLimits } from './sign-in-limits.ts'

/** What operations on accounts and sessions need. */
export type Accounts = {
  /** Connections of their own: no query of anybody else keeps people from signing in. */
  database: Database
  /** The clock. It runs also where that of the demo is stopped. */
  now: () => Date
  hashes: PasswordHashes
  limits: SignInLimits
}

/** Runs `work` in a transaction of the one role that may read and write accounts, sessions and tokens. */
export function withAccounts<T>(database: Database, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  return database.begin(async (transaction) => {
    await transaction`set local role minqing_accounts`
    return work(transaction)
  }) as Promise<T>
}

const channel = 'actor_changed'

/** For all that may end or change what somebody may do: every process forgets who asks when it commits. */
export async function announceActors(transaction: Transaction): Promise<void> {
  await transaction`select pg_notify(${channel}, '')`
}

/**
 * Calls `changed` after each such commit, in whatever process it happened, and after a lost connection.
 *
 * @returns a function that stops listening.
 */
export async function listenToActors(database: Database, changed: () => void): Promise<() => Promise<void>> {
  const subscription = await database.listen(channel, changed, changed)
  return () => subscription.unlisten()
}
