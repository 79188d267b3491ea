import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import type { TestCluster } from '../../server/store/test-database.ts'
import { withoutRoot } from './without-root.ts'

/** Makes an empty cluster of the programs in `bin` (PostgreSQL >= 15) and starts it; `stop` leaves nothing behind. */
export async function startCluster(
  name: TestCluster['name'],
  bin: string,
): Promise<{ cluster: TestCluster; stop: () => Promise<void> }> {
  const directory = mkdtempSync(join(tmpdir(), `minqing-${name}-`))
  const data = join(directory, 'data')
  const log = join(directory, 'log')
  const initdb = withoutRoot(join(bin, 'initdb'), [
    `--pgdata=${data}`,
    '--username=minqing',
    '--auth=trust',
    '--encoding=UTF8',
    '--no-locale',
    '--no-sync',
  ])
  chmodSync(directory, 0o755)
  if (initdb.owner !== undefined) spawnSync('chown', [initdb.owner, directory])
  const made = spawnSync(initdb.program, initdb.args, { cwd: '/', encoding: 'utf8', timeout: 60_000 })
  if (made.status !== 0) {
    rmSync(directory, { recursive: true, force: true })
    throw new Error(`initdb of ${bin} failed: ${made.error?.message ?? made.stderr}`)
  }

  const port = await sparePort()
  // Tests may lose their data with the machine; they may not wait for the disk.
  const careless = ['fsync', 'synchronous_commit', 'full_page_writes'].map((setting) => `--${setting}=off`)
  const server = withoutRoot(join(bin, 'postgres'), [
    `--unix_socket_directories=${directory}`,
    `--port=${port}`,
    '-D',
    data,
    '--listen_addresses=127.0.0.1',
    ...careless,
  ])
  const output = openSync(log, 'a')
  const child = spawn(server.program, server.args, { cwd: '/', stdio: ['ignore', output, output] })
  const cluster: TestCluster = { name, url: `postgres://minqing@127.0.0.1:${port}/` }
  const stop = async () => {
    await end(child)
    rmSync(directory, { recursive: true, force: true })
  }
  try {
    await answers(cluster, child)
  } catch (error) {
    const said = readFileSync(log, 'utf8').trim()
    await stop()
    throw new Error(`The ${name} PostgreSQL of ${bin} did not start: ${said}`, { cause: error })
  }
  return { cluster, stop }
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
async function answers(cluster: TestCluster, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 60_000
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('it ended')
    const connection = postgres(`${cluster.url}postgres`, { max: 1, connect_timeout: 5 })
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

/** SIGINT is PostgreSQL's fast shutdown: it ends its sessions and itself. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGINT')
  const forced = setTimeout(() => child.kill('SIGQUIT'), 20_000)
  await ended
  clearTimeout(forced)
}
