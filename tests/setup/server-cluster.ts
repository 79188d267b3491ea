import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { chownSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { chooseIdentity, type Identity } from '../../server/store/embedded/identity.ts'
import { provideCluster, type RunningCluster } from './embedded-cluster.ts'
import { installedPostgres } from './installed-programs.ts'

/** Before the tests of `api-server`: a PostgreSQL of this machine, as a centre's own database server would be. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const bin = installedPostgres()
  if (bin === undefined) throw new Error('No PostgreSQL >= 15 is installed on this machine: apt-get install postgresql')
  return provideCluster(project, await startServerCluster(bin))
}

/** Makes an empty cluster of the programs in `bin` (PostgreSQL >= 15) and starts it; `stop` leaves nothing behind. */
export async function startServerCluster(bin: string): Promise<RunningCluster> {
  const directory = mkdtempSync(join(tmpdir(), 'minqing-server-'))
  const data = join(directory, 'data')
  const identity = chooseIdentity(data, { programs: join(bin, 'postgres'), directory })
  if (identity.kind === 'account') chownSync(directory, identity.uid, identity.gid)

  const encoding = ['--encoding=UTF8', '--no-locale', '--no-sync']
  const owner = ['--username=minqing', '--auth=trust']
  const initdb = withoutRoot(identity, join(bin, 'initdb'), [`--pgdata=${data}`, ...owner, ...encoding])
  const options = { ...initdb.account, cwd: '/', timeout: 60_000 }
  const made = spawnSync(initdb.program, initdb.args, { ...options, encoding: 'utf8' })
  if (made.status !== 0) {
    rmSync(directory, { recursive: true, force: true })
    throw new Error(`initdb of ${bin} failed: ${made.error?.message ?? made.stderr}`)
  }

  const { port, stop } = await startServer(bin, directory, identity)
  return { cluster: { name: 'server', url: `postgres://minqing@127.0.0.1:${port}/postgres` }, stop }
}

export type RunningServer = {
  port: number
  /** Ends it, as a crash would where `signal` says so, and leaves its files. */
  end: (signal?: 'SIGINT' | 'SIGQUIT') => Promise<void>
  /** Ends it and removes its files. */
  stop: () => Promise<void>
}

/** Starts the cluster in `<directory>/data` on a spare port, or on the one that it had. */
export async function startServer(
  bin: string,
  directory: string,
  identity: Identity,
  formerPort?: number,
): Promise<RunningServer> {
  const data = join(directory, 'data')
  const port = formerPort ?? (await sparePort())
  const place = ['-D', data, `--port=${port}`, '--listen_addresses=127.0.0.1', `--unix_socket_directories=${directory}`]
  // Tests may lose their data with the machine; they may not wait for the disk.
  const careless = ['fsync', 'synchronous_commit', 'full_page_writes'].map((setting) => `--${setting}=off`)
  const server = withoutRoot(identity, join(bin, 'postgres'), [...place, ...careless])
  const log = join(directory, 'log')
  const output = openSync(log, 'a')
  const child = spawn(server.program, server.args, { ...server.account, cwd: '/', stdio: ['ignore', output, output] })
  const url = `postgres://minqing@127.0.0.1:${port}/postgres`
  const stop = async () => {
    await end(child, 'SIGINT')
    rmSync(directory, { recursive: true, force: true })
  }
  try {
    await answers(url, child)
  } catch (error) {
    const said = readFileSync(log, 'utf8').trim()
    await stop()
    throw new Error(`PostgreSQL of ${bin} did not start: ${said}`, { cause: error })
  }
  return { port, stop, end: (signal = 'SIGINT') => end(child, signal) }
}

async function sparePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('No spare port')
  return address.port
}

/** Waits until the cluster takes a statement. */
async function answers(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 60_000
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('it ended')
    const connection = postgres(url, { max: 1, connect_timeout: 5 })
    try {
      await connection`select 1`
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
      await delay(100)
    } finally {
      await connection.end()
    }
  }
}

/** SIGINT is PostgreSQL's fast shutdown: it ends its sessions and itself; SIGQUIT has it drop everything. */
async function end(child: ChildProcess, signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  const forced = setTimeout(() => child.kill('SIGQUIT'), 20_000)
  await ended
  clearTimeout(forced)
}

type Invocation = { program: string; args: string[]; account: { uid?: number; gid?: number } }

/** How a program of PostgreSQL, which refuses to run as root, is run; on Linux it also ends when its parent dies. */
export function withoutRoot(identity: Identity, program: string, args: string[]): Invocation {
  const tie = ['setpriv', '--pdeathsig', 'INT']
  const tied = works([...tie, 'true']) ? [...tie, program, ...args] : [program, ...args]
  const [first = program, ...rest] = identity.kind === 'namespace' ? [...identity.command, ...tied] : tied
  const account = identity.kind === 'account' ? { uid: identity.uid, gid: identity.gid } : {}
  return { program: first, args: rest, account }
}

function works([program = '', ...args]: string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore', timeout: 10_000 }).status === 0
}
