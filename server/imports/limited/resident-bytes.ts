import { readFileSync } from 'node:fs'

const pageSize = 4096

/** Memory that a process has in use; null where the system does not say (there is `/proc` on Linux alone). */
export function residentBytes(pid: number | undefined): number | null {
  if (pid === undefined) return null
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1])
    return Number.isFinite(pages) ? pages * pageSize : null
  } catch {
    return null
  }
}
