import { readdirSync, readFileSync } from 'node:fs'

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
