import { readFileSync } from 'node:fs'

const pageSize = 4096

/** Memory in use by a process and all below it; 0 for one that is gone, or where there is no `/proc`. */
export function residentBytes(pid: number): number {
  try {
    const own = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * pageSize
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
    if (children === '') return own
    return own + children.split(' ').reduce((sum, child) => sum + residentBytes(Number(child)), 0)
  } catch {
    return 0
  }
}
