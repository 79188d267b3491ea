import type { CollectionName } from '@minqing/data/domain/data-status'
import type { Actor } from '../access/actor.ts'
import { appendAudit, type AuditedAction } from '../audit/append-audit.ts'
import { touch } from '../store/collection-versions.ts'
import type { Database, Transaction } from '../store/connect.ts'
import { roleSettings } from '../store/scope.ts'

/** The collection that each table belongs to: a write to it raises the collection's version. */
const collectionOfTable = {
  area: 'areas',
  building: 'buildings',
  incident: 'incidents',
  incident_step: 'incidents',
  incident_party: 'incidents',
  facility: 'facilities',
  base_feature: 'base',
  staff: 'areas',
  household: 'people',
  resident: 'people',
} as const satisfies Record<string, CollectionName>
type Table = keyof typeof collectionOfTable

/** What a write has to say of itself while it works. */
export class Writing {
  readonly transaction: Transaction
  /** Of what was done, for the audit trail: counts and codes, nothing personal. */
  readonly details: Record<string, unknown> = {}
  target: string | undefined
  area: string | undefined
  /** Whether all that was written is in the log of steps. */
  bySteps = false
  readonly #changed = new Set<CollectionName>()

  constructor(transaction: Transaction) {
    this.transaction = transaction
  }

  get changed(): ReadonlySet<CollectionName> {
    return this.#changed
  }

  /** Collections whose versions are raised at the end. */
  change(collections: Iterable<CollectionName>): void {
    for (const collection of collections) this.#changed.add(collection)
  }
}

/**
 * The one way to write: a transaction under the writer's role and the actor's scope, which does the work, raises the
 * versions of the collections that changed, notifies every process and appends a row to the audit trail. All of it is
 * done or none. Whoever changes incidents calls `countIncidents` in it, or for one `countMoved`.
 *
 * @param role `owner` for who fills whole streets by COPY, which PostgreSQL refuses under row-level security: the demo.
 * @throws Error when the work wrote to a table without naming its collection: a fault of ours, and nothing is written
 */
export async function writeAs<T>(
  database: Database,
  actor: Actor,
  audited: AuditedAction,
  work: (writing: Writing) => Promise<T>,
  role: 'writer' | 'owner' = 'writer',
): Promise<T> {
  return database.begin(async (transaction) => {
    if (role === 'writer') await transaction.unsafe(roleSettings('writer', actor.scope.areas))
    await transaction`set local statement_timeout = 0`
    const writing = new Writing(transaction)
    const before = await rowsWritten(transaction)
    const result = await work(writing)
    const { area = audited.area, target = audited.target } = writing
    // Sent together: others wait for the rows that are locked here. Versions last: all writers wait for theirs.
    const [after] = await Promise.all([
      rowsWritten(transaction),
      appendAudit(transaction, actor, { ...audited, area, target }, 'done', writing.details),
      ...(writing.changed.size > 0 ? [touch(transaction, [...writing.changed], writing.bySteps)] : []),
    ])
    const written = [...after.keys()].filter((table) => after.get(table) !== before.get(table))
    const missed = written.filter((table) => !writing.changed.has(collectionOfTable[table]))
    if (missed.length > 0) throw new Error(`${audited.action} wrote to ${missed.join(', ')} without naming the change`)
    return result
  }) as Promise<T>
}

/**
 * Rows that this session's transactions have inserted, changed or deleted by table, as far as its server counts them: on
 * a coordinator of Citus the rows of distributed tables are counted elsewhere.
 */
async function rowsWritten(transaction: Transaction): Promise<Map<Table, number>> {
  const rows = await transaction<{ table: Table; written: number }[]>`
    select relname as table, n_tup_ins + n_tup_upd + n_tup_del as written from pg_stat_xact_user_tables
    where schemaname = 'public' and relname = any(${Object.keys(collectionOfTable)}::text[])`
  return new Map(rows.map(({ table, written }) => [table, written]))
}
