import { execFile } from 'node:child_process'
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { StoreError } from '../store-error.ts'
import type { Place } from './place.ts'

const run = promisify(execFile)

/** Makes the database cluster where there is none yet; true when it did. A half-made one never has the final name. */
export async function initialise(place: Place): Promise<boolean> {
  const { cluster, identity, programs } = place
  if (existsSync(cluster)) {
    checkMajor(place)
    return false
  }
  const unfinished = `${cluster}.new`
  rmSync(unfinished, { recursive: true, force: true })
  const prefix = identity.kind === 'namespace' ? identity.command : []
  const [program, ...args] = [
    ...prefix,
    programs.initdb,
    `--pgdata=${unfinished}`,
    '--username=minqing',
    // Whoever can enter the socket's directory (mode 0700) is the owner or root.
    '--auth=trust',
    '--encoding=UTF8',
    // PostgreSQL's own C.UTF-8: sorts by code point, the same on every machine, whatever locales it has.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ]
  const account = identity.kind === 'account' ? { uid: identity.uid, gid: identity.gid } : {}
  try {
    await run(program, args, { ...account, cwd: '/', env: postgresEnvironment(), timeout: 300_000 })
  } catch (cause) {
    rmSync(unfinished, { recursive: true, force: true })
    const reason = (cause as { stderr?: string }).stderr?.trim() ?? String(cause)
    throw new StoreError(`无法创建数据库：${reason}`, `The database could not be made: ${reason}`, { cause })
  }
  renameSync(unfinished, cluster)
  return true
}

/** What PostgreSQL's programs see of our environment: nothing of ours may leak into or steer them. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' }
}

function checkMajor({ cluster, programs }: Place): void {
  const made = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim()
  const packaged = programs.version.split('.')[0]
  if (made === packaged) return
  throw new StoreError(
    `数据库 ${cluster} 由 PostgreSQL ${made} 创建，本版本内置 ${packaged}；请先用原版本备份，再恢复到新目录`,
    `The database ${cluster} was made by PostgreSQL ${made}, this release brings ${packaged}: back it up with the former release and restore it into a new directory`,
  )
}
