import { setTimeout as delay } from 'node:timers/promises'
import { connect, type Database } from './connect.ts'
import { type DirectoryLock, lockDirectory, readOwner } from './embedded/lock.ts'
import { startEmbedded } from './embedded/start-embedded.ts'
import { openExternal } from './open-external.ts'
import { StoreError } from './database-problem.ts'
import { readConnections } from './read-pools.ts'

export type StoreSource = { databaseUrl: string | undefined; dataDirectory: string }

/** The database, however it is had. */
export type Store = {
  kind: 'embedded' | 'joined' | 'external'
  database: Database
  /** Of the database, for another thread's connection; holds the password where there is one. */
  url: string
  /** Records for later processes where the pages are served. */
  describe: (more: { address: string }) => void
  /** Ends the connections, and the embedded database where we had started it. */
  close: () => Promise<void>
}

type Reports = { report: (line: string) => void; lost: (error: unknown) => void }

/**
 * For the server: the data directory is its own.
 *
 * @throws StoreError when another process has the data directory, saying which, or when there is no database to be had.
 */
export async function openOwnStore(source: StoreSource, reports: Reports): Promise<Store> {
  const options = { poolSize: readConnections }
  if (source.databaseUrl !== undefined)
    return external(await openExternal(source.databaseUrl, options), source.databaseUrl)
  const lock = lockDirectory(source.dataDirectory, 'start')
  if (lock === undefined) throw inUse(source.dataDirectory)
  return embedded(source, lock, reports, 'fast', options)
}

/** Milliseconds that a command waits for the present owner to finish starting or stopping. */
const timeout = 120_000

/** For a command: joins the database of whoever has the data directory, or starts it and stops it again. */
export async function openStoreForCommand(source: StoreSource, command: string, reports: Reports): Promise<Store> {
  // An import may take its time, and is seen by a person who can end it.
  const options = { statementTimeout: 0 }
  if (source.databaseUrl !== undefined)
    return external(await openExternal(source.databaseUrl, options), source.databaseUrl)
  const deadline = Date.now() + timeout
  for (;;) {
    const lock = lockDirectory(source.dataDirectory, command)
    // Another command may have joined us meanwhile: let it finish.
    if (lock !== undefined) return embedded(source, lock, reports, 'smart', options)
    const url = readOwner(source.dataDirectory)?.databaseUrl
    const database = url === undefined ? undefined : await joined(url, options)
    if (url !== undefined && database !== undefined) {
      return { kind: 'joined', database, url, describe: () => {}, close: () => database.end({ timeout: 1 }) }
    }
    if (Date.now() > deadline) throw inUse(source.dataDirectory)
    await delay(100)
  }
}

function external(database: Database, url: string): Store {
  return { kind: 'external', database, url, describe: () => {}, close: () => database.end({ timeout: 1 }) }
}

async function embedded(
  { dataDirectory }: StoreSource,
  lock: DirectoryLock,
  reports: Reports,
  mode: 'fast' | 'smart',
  options: { statementTimeout?: number; poolSize?: number },
): Promise<Store> {
  try {
    const running = await startEmbedded(dataDirectory, lock, reports)
    const database = connect({ url: running.url, ...options })
    const close = async () => {
      await database.end({ timeout: 1 })
      await running.stop(mode)
      lock.release()
    }
    return { kind: 'embedded', database, url: running.url, describe: lock.describe, close }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** Undefined while the owner's database takes no connections (it is starting or stopping). */
async function joined(url: string, options: { statementTimeout: number }): Promise<Database | undefined> {
  const database = connect({ url, ...options })
  try {
    await database`select 1`
    return database
  } catch {
    await database.end({ timeout: 1 })
    return undefined
  }
}

function inUse(directory: string): StoreError {
  const owner = readOwner(directory)
  const who = owner === undefined ? '?' : `${owner.pid}`
  const what = owner?.command === undefined || owner.command === 'start' ? '' : ` minqing ${owner.command}`
  const where = owner?.address === undefined ? '' : ` ${owner.address}`
  return new StoreError(
    `数据目录 ${directory} 正被另一个进程使用（进程号 ${who}${what}${where}）。请先结束它，或用 --data-dir 指定另一个目录。`,
    `The data directory ${directory} is in use by another process (pid ${who}${what}${where}). End it first, or name another directory with --data-dir.`,
  )
}
