import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, cpSync, existsSync, mkdirSync, readlinkSync, realpathSync, renameSync, symlinkSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { chooseIdentity, type Identity } from './identity.ts'
import { packagedPrograms, type Programs, programsIn } from './programs.ts'
import { makeSocketDirectory } from './socket-directory.ts'

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
