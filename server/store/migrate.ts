import { migrationPattern } from '@minqing/data/tables'
import postgres from 'postgres'
import Postgrator from 'postgrator'
import type { Database } from './connect.ts'

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
    return migrations.migrate()
  })
  return applied.map((migration) => migration.name)
}

/** The migrator looks columns up by their own names, which our connections camelCase. */
function withColumnNames(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [postgres.fromCamel(name), value]))
}
