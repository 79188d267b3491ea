import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { StoreError } from '../database-problem.ts'
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chooseIdentity, type Identity } from './identity.ts'
import { packagedPrograms, type Programs, programsIn } from './initialise.ts'

/** Longest path of a Unix socket on Linux in bytes, without the closing zero; macOS allows 103. */
const longestSocketPath = process.platform === 'linux' ? 107 : 103
const socketName = '.s.PGSQL.5432'
const prefix = 'minqing-'

/** A private directory for the socket: inside `directory`, or a short one elsewhere when the path would be too long. */
export function makeSocketDirectory(directory: string, owner?: { uid: number; gid: number }): string {
  const near = join(directory, 'run')
  let made = near
  if (fits(near)) {
    rmSync(near, { recursive: true, force: true })
    mkdirSync(near, { mode: 0o700 })
  } else {
    made = mkdtempSync(join(shortDirectory(), prefix))
  }
  if (owner) chownSync(made, owner.uid, owner.gid)
  return made
}

/** Removes one that was made, and nothing else. */
export function removeSocketDirectory(directory: string): void {
  const name = basename(directory)
  if (name === 'run' || name.startsWith(prefix)) rmSync(directory, { recursive: true, force: true })
}

/** The URL of a database on the socket in a directory. */
export function socketUrl(directory: string, database: string): string {
  return `postgres://minqing@localhost/${database}?host=${encodeURIComponent(directory)}`
}

function shortDirectory(): string {
  const short = [process.env['XDG_RUNTIME_DIR'], tmpdir(), '/tmp'].find(
    (candidate) => candidate !== undefined && existsSync(candidate) && fits(join(candidate, `${prefix}XXXXXX`)),
  )
  if (short !== undefined) return short
  throw new StoreError(
    `没有路径足够短的临时目录可放数据库套接字（上限 ${longestSocketPath} 字节），请设置 TMPDIR`,
    `No temporary directory is short enough for the database's socket (${longestSocketPath} bytes): set TMPDIR`,
  )
}

function fits(directory: string): boolean {
  return Buffer.byteLength(join(directory, socketName)) <= longestSocketPath
}

/** Where one embedded database lives and as whom it runs. */
export type Place = {
  identity: Identity
  programs: Programs
  /** PostgreSQL's data directory, without symbolic links. */
  cluster: string
  /** Directory of its socket, mode 0700. */
  socketDirectory: string
  log: string
}

type Account = Extract<Identity, { kind: 'account' }>

/** Where accounts other than root can go; only used where user namespaces are forbidden. */
const serviceRoot = '/var/lib/minqing'

/** PostgreSQL's data directory of ours: there, or a link to where another account can reach it. */
export function clusterHome(dataDirectory: string): string {
  return join(dataDirectory, 'postgres')
}

/**
 * Decides where the database of a data directory lives, and makes what it needs except the database itself. Nothing of
 * that database may be running.
 */
export function choosePlace(dataDirectory: string, options: { allowNamespace?: boolean } = {}): Place {
  const programs = packagedPrograms()
  const home = clusterHome(dataDirectory)
  const reach = { programs: programs.postgres, directory: dataDirectory }
  const identity = chooseIdentity(home, reach, options.allowNamespace)
  const log = join(dataDirectory, 'postgres.log')
  if (identity.kind !== 'account') {
    const cluster = join(realpathSync(dataDirectory), basename(home))
    return { identity, programs, cluster, socketDirectory: makeSocketDirectory(dataDirectory), log }
  }
  const service = serviceDirectory(home, identity)
  return {
    identity,
    programs: reachablePrograms(programs, identity),
    cluster: join(service, 'postgres'),
    socketDirectory: makeSocketDirectory(service, identity),
    log,
  }
}

/** The account's own directory, found again by the link that stands in the data directory. */
function serviceDirectory(home: string, account: Account): string {
  if (existsSync(home)) return dirname(realpathSync(home))
  const known = linkedTo(home)
  const service = known === undefined ? join(serviceRoot, randomBytes(6).toString('hex')) : dirname(known)
  mkdirSync(serviceRoot, { recursive: true, mode: 0o755 })
  mkdirSync(service, { recursive: true, mode: 0o700 })
  chownSync(service, account.uid, account.gid)
  if (known === undefined) symlinkSync(join(service, 'postgres'), home)
  return service
}

function linkedTo(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch {
    return undefined
  }
}

/** The packaged programs, or a copy of them where the account cannot enter their directory. */
function reachablePrograms(programs: Programs, { uid, gid }: Account): Programs {
  if (spawnSync(programs.postgres, ['--version'], { uid, gid, cwd: '/', stdio: 'ignore' }).status === 0) return programs
  const copy = join(serviceRoot, `programs-${programs.version}`)
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}`
    cpSync(programs.directory, unfinished, { recursive: true, verbatimSymlinks: true })
    renameSync(unfinished, copy)
  }
  return programsIn(copy, programs.version)
}
