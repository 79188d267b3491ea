import { readFileSync } from 'node:fs'

/** The most memory that a process has had in use; null where the system does not say (there is `/proc` on Linux alone). */
export function peakBytes(pid: number | undefined): number | null {
  if (pid === undefined) return null
  try {
    const kilobytes = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kilobytes === undefined ? null : Number(kilobytes) * 1024
  } catch {
    return null
  }
}
