import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const server = join(import.meta.dirname, '../../server')

/** One of our processes, as a person would have started it. */
export type Running = {
  child: ChildProcess
  output: () => string
  /** The exit code, or the signal that ended it. */
  ended: Promise<number | string | null>
}

export function launch(
  program: string,
  args: string[],
  environment: Record<string, string> = {},
  options: { detached?: boolean } = {},
): Running {
  const child = spawn(program, args, {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', DATABASE_URL: '', ...environment },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  const ended = new Promise<number | string | null>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal))
  })
  return { child, output: () => output, ended }
}

/** The clock of the demo is stopped, so that a later start has no series to continue unless `asOf` is later. */
export function mainArguments(directory: string, asOf = '2026-11-21T08:00:00+08:00'): string[] {
  return [join(server, 'main.ts'), '--data-dir', directory, '--as-of', asOf]
}

export function startServer(directory: string, environment: Record<string, string> = {}, asOf?: string): Running {
  return launch(process.execPath, mainArguments(directory, asOf), environment)
}

export function minqing(
  directory: string,
  command: string,
  environment?: Record<string, string>,
  more: readonly string[] = [],
): Running {
  return launch(process.execPath, [join(server, 'cli.ts'), command, ...more, '--data-dir', directory], environment)
}

/** Where it serves, once it does. */
export async function addressOf(running: Running): Promise<string> {
  for (;;) {
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(running.output())?.[0]
    if (address !== undefined) return address
    if (running.child.exitCode !== null) throw new Error(`It ended:\n${running.output()}`)
    await delay(20)
  }
}

/** Number of incidents that it serves. */
export async function incidents(address: string): Promise<number> {
  const response = await fetch(`${address}/api/collections/incidents/items?limit=1`)
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  return ((await response.json()) as { numberMatched: number }).numberMatched
}

/**
 * Processes that stand in the data directory, as PostgreSQL's do, or were started with its name; where another account
 * runs the database, that lies elsewhere and the directory links to it.
 */
export function processesOf(directory: string): string[] {
  const places = [directory, link(join(directory, 'postgres'))].filter((place) => place !== '')
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((pid) => ({ pid, command: read(`/proc/${pid}/cmdline`), place: link(`/proc/${pid}/cwd`) }))
    .filter(({ command }) => command !== '')
    .filter(({ command, place }) => places.some((own) => command.includes(own) || place.startsWith(own)))
    .map(({ pid, command }) => `${pid} ${command}`)
}

/** Waits until nothing of the directory runs any more; returns what still does after a minute. */
export async function leftOf(directory: string): Promise<string[]> {
  for (let round = 0; round < 1200 && processesOf(directory).length > 0; round += 1) await delay(50)
  return processesOf(directory)
}

export function postmasterPid(directory: string): number {
  const pid = Number(readFileSync(join(directory, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  // The file is empty for an instant, and a signal to process 0 is one to our own group.
  if (!(pid > 0)) throw new Error('no database has written its number yet')
  return pid
}

/** Kills the shells that would end the database with its server. */
export function killSupervisors(directory: string): void {
  for (const entry of processesOf(directory)) {
    const [pid, program] = entry.split(' ')
    if (program === '/bin/sh') process.kill(Number(pid), 'SIGKILL')
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8').replaceAll('\0', ' ').trim()
  } catch {
    return ''
  }
}

function link(path: string): string {
  try {
    return existsSync(path) ? readlinkSync(path) : ''
  } catch {
    return ''
  }
}
