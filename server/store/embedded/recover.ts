import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { StoreError } from '../database-problem.ts'

/** Milliseconds that each signal may take, from the gentlest to the last. */
const signals = [
  ['SIGINT', 30_000],
  ['SIGQUIT', 10_000],
] as const

/**
 * After a `kill -9` of the process that owned this database: stops what is left of its PostgreSQL and removes a pid file
 * that names some other process by now. The caller holds the data directory's lock, so nobody else is using it.
 *
 * @returns whether anything was left.
 */
export async function stopLeftovers(home: string): Promise<boolean> {
  if (!existsSync(join(home, 'postmaster.pid'))) return false
  const cluster = realpathSync(home)
  for (const [signal, timeout] of signals) {
    const deadline = Date.now() + timeout
    if (processesOf(cluster).length === 0) break
    send(postmasterOf(cluster), signal)
    while (processesOf(cluster).length > 0 && Date.now() < deadline) await delay(50)
  }
  const [left] = processesOf(cluster)
  if (left !== undefined) {
    throw new StoreError(
      `上次运行留下的 PostgreSQL 进程 ${left} 仍占用 ${cluster}，请先结束它`,
      `PostgreSQL process ${left} of an earlier run still uses ${cluster}: end it first`,
    )
  }
  rmSync(join(cluster, 'postmaster.pid'), { force: true })
  return true
}

function postmasterOf(cluster: string): number | undefined {
  const path = join(cluster, 'postmaster.pid')
  const pid = existsSync(path) ? Number(readFileSync(path, 'utf8').split('\n')[0]) : Number.NaN
  return processesOf(cluster).find((candidate) => candidate === pid)
}

/**
 * The living processes of a cluster. Each PostgreSQL process stands in its data directory, which `/proc` shows; a pid
 * file alone proves nothing, since after a reboot its number belongs to something else.
 */
function processesOf(cluster: string): number[] {
  if (existsSync('/proc/self/cwd')) {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && workingDirectory(name) === cluster)
      .map(Number)
  }
  const path = join(cluster, 'postmaster.pid')
  const pid = existsSync(path) ? readFileSync(path, 'utf8').split('\n')[0] : undefined
  if (pid === undefined) return []
  const { stdout } = spawnSync('ps', ['-p', pid, '-o', 'command='], { encoding: 'utf8' })
  return stdout.includes(cluster) ? [Number(pid)] : []
}

function workingDirectory(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}

function send(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(pid, signal)
  } catch {
    // It has ended meanwhile.
  }
}
