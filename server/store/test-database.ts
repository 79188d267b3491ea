import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { connect, type Database } from './connect.ts'

const seen = new Set<string>()

/**
 * Records each different statement that a test's connections send, for `tests/architecture/check-statements.ts`, where that
 * is switched on: in files whose names begin with the cluster's.
 */
export function recordStatement(statement: string): void {
  const directory = process.env['MINQING_STATEMENTS']
  if (directory === undefined || seen.has(statement)) return
  seen.add(statement)
  mkdirSync(directory, { recursive: true })
  appendFileSync(join(directory, `${inject('cluster').name}-${process.pid}.jsonl`), `${JSON.stringify(statement)}\n`)
}

/** A private PostgreSQL cluster that a test run has started (`tests/setup`). */
export type TestCluster = {
  name: 'embedded' | 'server'
  /** Of its first database; `onCluster` gives those of the others. */
  url: string
}

declare module 'vitest' {
  interface ProvidedContext {
    /** The cluster of this run; its database `minqing_template` has all tables and no rows. */
    cluster: TestCluster
  }
}

export type TestDatabase = {
  database: Database
  /** What `DATABASE_URL` would be for another process. */
  url: string
  /** Ends the connections and removes the database. */
  close: () => Promise<void>
}

/** A database of its own for one suite: all tables, no rows. Runs once on each cluster of the test command. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const cluster = inject('cluster')
  const name = `test_${randomBytes(6).toString('hex')}`
  await asOwner(cluster, `create database ${name} template minqing_template`)
  const url = onCluster(cluster, name)
  const database = connect({ url, onStatement: recordStatement })
  const close = async () => {
    await database.end({ timeout: 5 })
    await asOwner(cluster, `drop database ${name} with (force)`)
  }
  return { database, url, close }
}

/** The URL of a database of a cluster. */
export function onCluster({ url }: TestCluster, database: string): string {
  const other = new URL(url)
  other.pathname = database
  return other.href
}

async function asOwner(cluster: TestCluster, statement: string): Promise<void> {
  const owner = connect({ url: cluster.url, poolSize: 1 })
  try {
    await owner.unsafe(statement)
  } finally {
    await owner.end()
  }
}
