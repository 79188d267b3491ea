import { connect } from '../connect.ts'
import { StoreError } from '../database-problem.ts'
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
/** How often it is restarted within so many milliseconds before that is given up. */
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
  let reviving: Promise<void> = Promise.resolve()
  const start = async () => {
    postmaster = await startPostmaster(place)
    void postmaster.ended.then(() => (reviving = revive()))
  }
  const revive = async (): Promise<void> => {
    if (stopping) return
    deaths = [...deaths, Date.now()].filter((time) => Date.now() - time < forgiveAfter)
    if (deaths.length > restarts) return lost(givenUp(deaths.length, place))
    report('数据库意外停止，正在重新启动 · The database ended unexpectedly and is started again')
    try {
      await stopLeftovers(home)
      await start()
    } catch {
      // One that dies while it is starting has died once more.
      await revive()
    }
  }
  const stop = async (mode: 'fast' | 'smart') => {
    stopping = true
    // One that is just starting would be left running.
    await reviving
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

function givenUp(times: number, { log }: Place): StoreError {
  return new StoreError(
    `数据库在十分钟内意外停止 ${times} 次，不再重新启动；原因见 ${log}。已经写入的数据没有丢失，排除原因后请重新启动`,
    `The database ended unexpectedly ${times} times within ten minutes and is not started again; ${log} has the cause. What was written is not lost: start again when the cause is removed`,
  )
}

async function makeDatabase(place: Place): Promise<void> {
  const owner = connect({ url: socketUrl(place.socketDirectory, 'postgres'), poolSize: 1 })
  try {
    const [known] = await owner`select from pg_database where datname = ${databaseName}`
    if (known === undefined) await owner.unsafe(`create database ${databaseName}`)
  } finally {
    await owner.end({ timeout: 1 })
  }
}
