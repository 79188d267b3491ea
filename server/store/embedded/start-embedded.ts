import { connect } from '../connect.ts'
import { initialise } from './initialise.ts'
import type { DirectoryLock } from './lock.ts'
import { choosePlace, clusterHome, type Place, removeSocketDirectory, socketUrl } from './place.ts'
import { type Postmaster, startPostmaster } from './postmaster.ts'
import { stopLeftovers } from './recover.ts'

/** The embedded PostgreSQL, running. */
export type EmbeddedDatabase = {
  url: string
  /** `smart` waits for the sessions of other processes, `fast` ends them. */
  stop: (mode: 'fast' | 'smart') => Promise<void>
}

export type EmbeddedOptions = {
  /** Reports progress to a person. */
  report: (line: string) => void
  /** It has died again and again and was given up. */
  lost: (error: unknown) => void
  /** False forces the way of machines where user namespaces are forbidden. */
  allowNamespace?: boolean
}

const databaseName = 'minqing'
/** How often it is restarted before that is given up. */
const restarts = 5
const forgiveAfter = 10 * 60_000

/**
 * Starts the embedded PostgreSQL of a data directory, after clearing up what a killed process left, and makes its
 * database where there is none. When PostgreSQL dies by itself it is started again on the same socket, where pools
 * reconnect.
 *
 * @throws StoreError when it cannot start; nothing is left running then.
 */
export async function startEmbedded(
  directory: string,
  lock: DirectoryLock,
  options: EmbeddedOptions,
): Promise<EmbeddedDatabase> {
  const { report, lost } = options
  const home = clusterHome(directory)
  if (await stopLeftovers(home))
    report('上次运行未正常结束，正在恢复数据库 · Recovering the database after an unclean end')
  if (lock.former?.socketDirectory !== undefined) removeSocketDirectory(lock.former.socketDirectory)
  const place = choosePlace(directory, options)
  lock.describe({ socketDirectory: place.socketDirectory })

  let stopping = false
  let deaths: number[] = []
  let postmaster: Postmaster
  const start = async () => {
    postmaster = await startPostmaster(place)
    void postmaster.ended.then(revive)
  }
  const revive = async () => {
    if (stopping) return
    deaths = [...deaths, Date.now()].filter((time) => Date.now() - time < forgiveAfter)
    if (deaths.length > restarts) return lost(new Error(`PostgreSQL ended ${deaths.length} times; see ${place.log}`))
    report('数据库意外停止，正在重新启动 · The database ended unexpectedly and is started again')
    try {
      await stopLeftovers(home)
      await start()
    } catch (error) {
      lost(error)
    }
  }
  const stop = async (mode: 'fast' | 'smart') => {
    stopping = true
    await postmaster.stop(mode)
    removeSocketDirectory(place.socketDirectory)
  }

  try {
    await initialise(place)
    await start()
  } catch (error) {
    removeSocketDirectory(place.socketDirectory)
    throw error
  }
  try {
    await makeDatabase(place)
  } catch (error) {
    await stop('fast')
    throw error
  }
  const url = socketUrl(place.socketDirectory, databaseName)
  lock.describe({ databaseUrl: url })
  return { url, stop }
}

async function makeDatabase(place: Place): Promise<void> {
  const owner = connect({ url: socketUrl(place.socketDirectory, 'postgres'), poolSize: 1 })
  try {
    const [known] = await owner`select from pg_database where datname = ${databaseName}`
    if (known === undefined) await owner.unsafe(`create database ${databaseName}`)
  } finally {
    await owner.end()
  }
}
