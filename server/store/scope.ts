import { ProblemError } from '@minqing/data/domain/problem'
import type { Database, Transaction } from './connect.ts'

/** Who is asking, as far as the database must know: which rows exist for them, and which columns. */
export type Scope = {
  role: 'reader' | 'wall'
  /** A code prefix, or `all`. */
  area: string
}

/** Everything, until sign-in gives each person a scope of their own (the server then listens on loopback only). */
export const openScope: Scope = { role: 'reader', area: 'all' }
export const wallScope: Scope = { role: 'wall', area: 'all' }

const scopePattern = /^(all|\d{2,17})$/

/**
 * Runs `work` in one read-only transaction of the scope's role, where row-level security shows only its rows.
 *
 * The scope is set by `set local` with a validated literal, not by `set_config`: only the former reaches the workers
 * of a distributed database.
 *
 * @throws ProblemError `bad_parameter` when the scope is no code prefix.
 */
export async function readAs<T>(
  database: Database,
  scope: Scope,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  if (!scopePattern.test(scope.area)) throw new ProblemError('bad_parameter', `“${scope.area}” is no area scope`)
  const result = await database.begin('isolation level repeatable read read only', async (transaction) => {
    await transaction.unsafe(`set local role minqing_${scope.role}; set local app.scope = '${scope.area}'`)
    return work(transaction)
  })
  return result as T
}
