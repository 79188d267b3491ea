import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { StoreError } from '../database-problem.ts'
import { postgresEnvironment } from './initialise.ts'
import type { Place } from './place.ts'

/** A running PostgreSQL of our own. */
export type Postmaster = {
  pid: number
  /** Settles when PostgreSQL has ended, for whatever reason. */
  ended: Promise<void>
  /**
   * `fast` ends its sessions and itself; `smart` first lets the sessions of others finish.
   *
   * A `fast` stop may follow a `smart` one.
   */
  stop: (mode: 'fast' | 'smart') => Promise<void>
}

/**
 * Starts PostgreSQL and stops it when file 3 ends: that is when we close it, or when we die, however that happens. It
 * runs in a session of its own, so that the Ctrl-C of a terminal reaches only us, and we end the two in good order.
 */
const supervisor = `
"$@" </dev/null >&2 3<&- &
postmaster=$!
echo "$postmaster"
exec >&-
{ read -r _ <&3; kill -INT "$postmaster"; } 2>/dev/null &
exec 3<&-
wait "$postmaster"
`

/** Milliseconds that a fast shutdown may take (it writes a checkpoint) before sessions are cut off. */
const timeout = 60_000
const largestLog = 5_000_000

/** Starts PostgreSQL and waits until it takes connections, however long its recovery needs. */
export async function startPostmaster(place: Place): Promise<Postmaster> {
  const child = spawnSupervisor(place)
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      child.stdio[3]?.destroy()
      resolve()
    })
  })
  const lifeline = child.stdio[3] as Writable
  lifeline.on('error', () => {})
  const pid = await firstNumber(child)
  const stop = async (mode: 'fast' | 'smart') => {
    if (mode === 'fast') lifeline.end()
    else signal(pid, 'SIGTERM')
    const impatient = mode === 'fast' ? setTimeout(() => signal(pid, 'SIGQUIT'), timeout) : undefined
    await ended
    clearTimeout(impatient)
  }
  let over = false
  void ended.then(() => (over = true))
  while (!isReady(place.cluster, pid)) {
    // oxlint-disable-next-line typescript/no-unnecessary-condition -- set by the promise above
    if (over || pid === 0) throw failedToStart(place)
    await delay(10)
  }
  return { pid, ended, stop }
}

function spawnSupervisor(place: Place): ChildProcess {
  const { identity, programs, cluster, socketDirectory, log } = place
  const prefix = identity.kind === 'namespace' ? identity.command : []
  const account = identity.kind === 'account' ? { uid: identity.uid, gid: identity.gid } : {}
  const tooLarge = (statSync(log, { throwIfNoEntry: false })?.size ?? 0) > largestLog
  const output = openSync(log, tooLarge ? 'w' : 'a', 0o600)
  const settings = Object.entries(serverSettings(socketDirectory)).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  try {
    return spawn('/bin/sh', ['-c', supervisor, 'minqing', ...prefix, programs.postgres, '-D', cluster, ...settings], {
      ...account,
      cwd: '/',
      env: postgresEnvironment(),
      detached: true,
      stdio: ['ignore', 'pipe', output, 'pipe'],
    })
  } finally {
    closeSync(output)
  }
}

function serverSettings(socketDirectory: string): Record<string, string> {
  return {
    listen_addresses: '',
    unix_socket_directories: `"${socketDirectory.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    fsync: 'on',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // No statement, parameter or row of a person reaches the log.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_parameter_max_length_on_error: '0',
  }
}

/** The supervisor's first line is PostgreSQL's process id; 0 when it could not start at all. */
async function firstNumber(child: ChildProcess): Promise<number> {
  child.once('error', () => {})
  for await (const line of createInterface(child.stdout as Readable)) return Number(line)
  return 0
}

/** The eighth line of `postmaster.pid` says `ready` (the interface that `pg_ctl --wait` uses, too). */
function isReady(cluster: string, pid: number): boolean {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready'
  } catch {
    return false
  }
}

function failedToStart({ log }: Place): StoreError {
  const last = readFileSync(log, 'utf8').trim().split('\n').slice(-5).join('\n')
  return new StoreError(
    `数据库未能启动，日志 ${log} 的最后几行：`,
    `The database did not start; the last lines of ${log}:\n${last}`,
  )
}

function signal(pid: number, name: 'SIGTERM' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name)
  } catch {
    // It has ended by itself.
  }
}
