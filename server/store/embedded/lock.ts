import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { StoreError } from '../database-problem.ts'

/** Who owns a data directory, for those who come later and want to join its database. */
export const Owner = z.object({
  pid: z.int(),
  /** `start` or a command's name. */
  command: z.string(),
  /** Where its pages are served, once they are. */
  address: z.string().optional(),
  /** Its database, once that takes connections. */
  databaseUrl: z.string().optional(),
  socketDirectory: z.string().optional(),
})
export type Owner = z.infer<typeof Owner>

export type DirectoryLock = {
  /** Who had it before and was killed before it could clear up. */
  former: Owner | undefined
  /** Adds to what others can read about the owner. */
  describe: (owner: Partial<Owner>) => void
  release: () => void
}

/** SQLITE_BUSY: another process holds the lock. */
const busy = 5

/**
 * Takes a data directory for this process alone; undefined while another has it. The operating system holds the lock
 * (through SQLite, the one file lock that Node has) and drops it when the process ends in any way, so none is ever stale.
 *
 * @throws StoreError when the directory cannot be made or written.
 */
export function lockDirectory(directory: string, command: string): DirectoryLock | undefined {
  let file: DatabaseSync | undefined
  let former: Owner | undefined
  let owner: Owner = { pid: process.pid, command }
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    file = new DatabaseSync(join(directory, 'lock'), { timeout: 0 })
    file.exec('pragma journal_mode = off; begin exclusive')
    former = readOwner(directory)
    writeOwner(directory, owner)
  } catch (error) {
    file?.close()
    if ((error as { errcode?: number }).errcode === busy) return undefined
    const reason = error instanceof Error ? error.message : String(error)
    throw new StoreError(
      `数据目录 ${directory} 无法写入（${reason}）：请检查其所有者与权限，或用 --data-dir 换一个目录`,
      `The data directory ${directory} cannot be written (${reason}): check its owner and mode, or name another with --data-dir`,
      { cause: error },
    )
  }
  const held = file
  const describe = (more: Partial<Owner>) => {
    owner = { ...owner, ...more }
    writeOwner(directory, owner)
  }
  const release = () => {
    rmSync(ownerFile(directory), { force: true })
    held.close()
  }
  return { former, describe, release }
}

/** What the present owner, or after a `kill -9` the former one, has written about itself. */
export function readOwner(directory: string): Owner | undefined {
  try {
    return Owner.parse(JSON.parse(readFileSync(ownerFile(directory), 'utf8')))
  } catch {
    return undefined
  }
}

function writeOwner(directory: string, owner: Owner): void {
  const unfinished = `${ownerFile(directory)}.new`
  writeFileSync(unfinished, `${JSON.stringify(owner, null, 2)}\n`, { mode: 0o600 })
  renameSync(unfinished, ownerFile(directory))
}

function ownerFile(directory: string): string {
  return join(directory, 'owner.json')
}
