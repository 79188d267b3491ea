import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

export type ProgramOptions = {
  /** Milliseconds after which the program and all its children are ended. */
  limit: number
  environment?: Record<string, string>
  /** Takes what the program writes; without it, our own output does. */
  output?: (text: string) => void
}

/** Groups of the programs that are running now, so that a signal to us ends them too. */
const running = new Set<number>()

/**
 * Runs a program without input, in a process group of its own.
 * Returns undefined when it went well, else a sentence that says how it ended.
 */
export function runProgram(program: string, args: string[], options: ProgramOptions): Promise<string | undefined> {
  const child = spawn(program, args, {
    stdio: options.output === undefined ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { ...process.env, ...options.environment },
  })
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', options.output ?? (() => {}))
  const group = child.pid
  if (group !== undefined) running.add(group)
  return new Promise((resolve) => {
    let late = false
    const timer = setTimeout(() => {
      late = true
      if (group !== undefined) endGroup(group)
    }, options.limit)
    const finish = (outcome: string | undefined) => {
      clearTimeout(timer)
      if (group !== undefined) running.delete(group)
      resolve(late ? `not finished after ${options.limit / 1000} s` : outcome)
    }
    child.once('error', (error) => finish(`did not start: ${error.message}`))
    child.once('exit', (code, signal) => {
      const outcome = code === 0 ? undefined : `ended with ${signal ?? `exit code ${code}`}`
      // Its last output may still be on the way; a process that it left running would hold the pipe open for ever.
      child.once('close', () => finish(outcome))
      setTimeout(() => finish(outcome), 2_000).unref()
    })
  })
}

/** Asks every running program to end, and makes it after a while. */
export function endPrograms(): void {
  for (const group of running) endGroup(group)
}

function endGroup(group: number): void {
  signalGroup(group, 'SIGTERM')
  setTimeout(() => signalGroup(group, 'SIGKILL'), 8_000).unref()
}

function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal)
  } catch {
    // The group has ended by itself.
  }
}

export type LeftProcess = { pid: number; command: string }

/**
 * Processes that carry `mark` in their environment or command line, other than this one.
 * Linux only: elsewhere nothing is found.
 */
export function leftRunning(mark: string): LeftProcess[] {
  if (process.platform !== 'linux') return []
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry) && entry !== String(process.pid))
  return pids.flatMap((pid) => {
    const command = readProcess(pid, 'cmdline').replaceAll('\0', ' ').trim()
    // A zombie has no command any more.
    if (command === '' || !(command.includes(mark) || readProcess(pid, 'environ').includes(mark))) return []
    return [{ pid: Number(pid), command }]
  })
}

function readProcess(pid: string, file: 'cmdline' | 'environ'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // Ended meanwhile, or another user's.
    return ''
  }
}
