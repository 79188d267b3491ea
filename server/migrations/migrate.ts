import { migrationPattern } from '@minqing/data/tables'
import postgres from 'postgres'
import Postgrator from 'postgrator'
import { dropNarrowViews, renewNarrowReaders } from '../access/narrow-readers.ts'
import { ensureCounts } from '../counts/count-incidents.ts'
import type { Database } from '../store/connect.ts'
import { renewPostgisViews } from '../store/postgis.ts'
import { StoreError } from '../store/database-problem.ts'

/** Any number, the same everywhere: two processes that start together migrate one after the other. */
const migrationLock = 7_301_996

/** Brings the schema to the newest version in one transaction: all of it or none. Returns the names applied. */
export async function migrate(database: Database): Promise<string[]> {
  const applied = await database.begin(async (transaction) => {
    await transaction`select pg_advisory_xact_lock(${migrationLock})`
    await transaction`set local statement_timeout = 0`
    const migrations = new Postgrator({
      driver: 'pg',
      migrationPattern,
      schemaTable: 'schema_version',
      validateChecksums: true,
      execQuery: async (query) => ({ rows: (await transaction.unsafe(query)).map(withColumnNames) }),
    })
    const isNew = (await migrations.getMaxVersion()) > (await migrations.getDatabaseVersion())
    if (isNew) await dropNarrowViews(transaction)
    const done = await migrations.migrate().catch((error: unknown) => Promise.reject(explain(error)))
    await renewNarrowReaders(transaction)
    await ensureCounts(transaction)
    await renewPostgisViews(transaction)
    return done
  })
  return applied.map((migration) => migration.name)
}

/** A migration that was applied has other words now: this database belongs to another state of the product. */
function explain(error: unknown): unknown {
  if (!(error instanceof Error && error.message.startsWith('MD5 checksum failed'))) return error
  return new StoreError(
    '这个数据库由结构不同的另一版本创建，不能直接使用：请用原版本导出数据，再用 --data-dir（或 DATABASE_URL）换一个新的数据库',
    'This database was made by another version with other tables and cannot be used: export its data with that version, and name a new database with --data-dir (or DATABASE_URL)',
    { cause: error },
  )
}

/** The migrator looks columns up by their own names, which our connections camelCase. */
function withColumnNames(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [postgres.fromCamel(name), value]))
}
