import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { StoreError } from '../store-error.ts'

/** Longest path of a Unix socket on Linux in bytes, without the closing zero; macOS has room for 103. */
const longestSocketPath = process.platform === 'linux' ? 107 : 103
const socketName = '.s.PGSQL.5432'
const prefix = 'minqing-'

/** A private directory for the socket: inside `directory`, or a short one elsewhere when the path would be too long. */
export function makeSocketDirectory(directory: string, owner?: { uid: number; gid: number }): string {
  const near = join(directory, 'run')
  let made = near
  if (fits(near)) {
    rmSync(near, { recursive: true, force: true })
    mkdirSync(near, { mode: 0o700 })
  } else {
    made = mkdtempSync(join(shortDirectory(), prefix))
  }
  if (owner) chownSync(made, owner.uid, owner.gid)
  return made
}

/** Removes one that was made, and nothing else. */
export function removeSocketDirectory(directory: string): void {
  const name = basename(directory)
  if (name === 'run' || name.startsWith(prefix)) rmSync(directory, { recursive: true, force: true })
}

/** The URL of a database on the socket in a directory. */
export function socketUrl(directory: string, database: string): string {
  return `postgres://minqing@localhost/${database}?host=${encodeURIComponent(directory)}`
}

function shortDirectory(): string {
  const short = [process.env['XDG_RUNTIME_DIR'], tmpdir(), '/tmp'].find(
    (candidate) => candidate !== undefined && existsSync(candidate) && fits(join(candidate, `${prefix}XXXXXX`)),
  )
  if (short !== undefined) return short
  throw new StoreError(
    `没有路径足够短的临时目录可放数据库套接字（上限 ${longestSocketPath} 字节），请设置 TMPDIR`,
    `No temporary directory is short enough for the database's socket (${longestSocketPath} bytes): set TMPDIR`,
  )
}

function fits(directory: string): boolean {
  return Buffer.byteLength(join(directory, socketName)) <= longestSocketPath
}
