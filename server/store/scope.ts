import { codeLength } from '@minqing/data/domain/area-code'
import { ProblemError } from '@minqing/data/domain/problem'
import type { Database, Transaction } from './connect.ts'
import { isReplicaFault, tookTooLong } from './database-problem.ts'
import { ReadPool } from './read-pools.ts'
import type { Reader } from './replica-reader.ts'

/** Where a request reads: a database, whichever a reader chooses, or either within a share of its connections. */
export type ReadSource = Database | Reader | ReadPool

/** Readers from whom fields or tables are hidden, by views in a schema of their own (server/access/narrow-readers.ts). */
export const narrowRoles = ['department', 'procedure', 'analyst', 'office'] as const
export type NarrowRole = (typeof narrowRoles)[number]

/**
 * The roles of the database that requests read as; `duty` may read the contacts of grid workers and nothing else,
 * `writer` what is recorded of imports as well, `auditor` the audit trail alone.
 */
export type DatabaseRole = 'reader' | NarrowRole | 'wall' | 'duty' | 'writer' | 'auditor'

/** Who is asking, as far as the database must know: which rows exist for them, and which columns. */
export type Scope = {
  role: DatabaseRole
  /** Code prefixes of which none lies below another, or `all` alone; with none of them there are no rows. */
  areas: readonly string[]
}

export const openScope: Scope = { role: 'reader', areas: ['all'] }
export const wallScope: Scope = { role: 'wall', areas: ['all'] }
/** Of imports: what was imported, by whom, with which choices. */
export const importScope: Scope = { role: 'writer', areas: ['all'] }

const scopePattern = /^(all|\d{2,17})$/

/** The same for equal scopes: what may be shown to one may be shown to the other. */
export function scopeKey({ role, areas }: Scope): string {
  return `${role} ${areas.length === 1 ? areas[0] : areas.join(',')}`
}

/** Whether a scope shows everything. */
export function isWhole({ areas }: Scope): boolean {
  return areas.length === 1 && areas[0] === 'all'
}

/**
 * The statements that give a transaction its role and its scope. All rows: a role whose policies the planner drops, so
 * that every index serves (006.do.whole-scope.sql).
 *
 * @throws ProblemError `bad_parameter` when an area is no code prefix.
 */
export function roleSettings(role: DatabaseRole, areas: readonly string[]): string {
  const foreign = areas.find((area) => !scopePattern.test(area))
  if (foreign !== undefined) throw new ProblemError('bad_parameter', `“${foreign}” is no area scope`)
  const isAll = areas.length === 1 && areas[0] === 'all' && role !== 'auditor'
  const settings = [
    `set local role minqing_${role}${isAll ? '_all' : ''}`,
    `set local app.scope = '${areas.join(',')}'`,
    ...streetRange(areas),
    ...(isNarrow(role) ? [`set local search_path = minqing_${role}, public`] : []),
  ]
  return settings.join('; ')
}

function isNarrow(role: DatabaseRole): role is NarrowRole {
  return narrowRoles.some((narrow) => narrow === role)
}

/** From the first street of the areas to the last: what an index on street_code can look up (032.do.scope-by-street.sql). */
function streetRange(areas: readonly string[]): string[] {
  const streets = areas.filter((area) => area !== 'all').map((area) => area.slice(0, codeLength.street))
  if (streets.length === 0 || streets.length < areas.length) return []
  const sorted = streets.toSorted()
  // No digit follows a letter, so that all codes that begin with the last one lie before the end.
  return [`set local app.scope_from = '${sorted[0]}'`, `set local app.scope_to = '${sorted.at(-1)}z'`]
}

/** Milliseconds after which a reader gets an error, waiting for a connection included. */
const defaultTimeout = 15_000
/** For who reads as fast as a client takes it: to the database a cursor is one statement, from its first row to its last. */
const longestRead = "; set local statement_timeout = '1h'"

/**
 * Runs `work` in one read-only transaction of the scope's role, where row-level security shows only its rows.
 *
 * The scope is set by `set local` with a validated literal, not by `set_config`: only the former reaches the workers
 * of a distributed database.
 *
 * Where a replica fails, the work is done again on the primary; it must therefore have no effect but its result, unless
 * its timeout is infinite: what was read then is already on its way, and the failure is the reader's.
 *
 * @param timeout milliseconds, waiting in a `ReadPool` not included; the database then stops what it is doing, and the
 * connection is free again. Infinite for readers whose client or disk sets the pace, up to an hour.
 * @throws ProblemError `bad_parameter` when the scope is no code prefix, `busy` when the pool has no connection in its
 * time, `timeout` when the timeout is at its end.
 */
export async function readAs<T>(
  source: ReadSource,
  scope: Scope,
  work: (transaction: Transaction) => Promise<T>,
  timeout = defaultTimeout,
): Promise<T> {
  const settings = roleSettings(scope.role, scope.areas)
  const transactions: Promise<unknown>[] = []
  const readFrom = (database: Database, limit: () => string) => {
    const found = Promise.withResolvers<T>()
    const ended = database.begin('isolation level repeatable read read only', async (transaction) => {
      // Sent with the first question, without a round trip of its own: what follows a failed setting fails as well.
      const set = transaction.unsafe(`${settings}${limit()}`).execute()
      const [result] = await Promise.all([work(transaction), set])
      // Nothing can fail any more: what was only read needs no commit.
      found.resolve(result)
    })
    transactions.push(ended.catch(found.reject))
    return found.promise
  }
  // A share is free when its connection is, which may be after the answer.
  const freed = () => Promise.all(transactions).then(release)
  const pool = source instanceof ReadPool ? source : undefined
  const readable = source instanceof ReadPool ? source.source : source
  const reader = 'choose' in readable ? readable : undefined
  const release = await pool?.slots.take()
  if (timeout === Infinity) {
    const read = async () =>
      readFrom(reader === undefined ? (readable as Database) : await reader.choose(), () => longestRead)
    return read().finally(() => void freed())
  }
  const deadline = performance.now() + timeout
  const over = Promise.withResolvers<never>()
  const timer = setTimeout(() => over.reject(tookTooLong()), timeout)
  const within = () => {
    const left = Math.ceil(deadline - performance.now())
    // Whoever asked has been answered: the connection is for the next one.
    if (left <= 0) throw tookTooLong()
    return `; set local statement_timeout = ${left}`
  }
  const read = async () => {
    if (reader === undefined) return readFrom(readable as Database, within)
    const database = await reader.choose()
    try {
      const found = await readFrom(database, within)
      // It may have shown what no notification has brought yet: no replica without it is read from now on.
      if (database === reader.primary) await reader.noteChange().catch(() => {})
      return found
    } catch (error) {
      if (database === reader.primary || !isReplicaFault(error)) throw error
      reader.giveUp(database)
      return readFrom(reader.primary, within)
    }
  }
  try {
    return await Promise.race([read().finally(() => void freed()), over.promise])
  } finally {
    clearTimeout(timer)
  }
}
