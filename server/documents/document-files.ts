import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { storageFull } from '../store/storage-problem.ts'

/** Bytes that stay free on the disk, for the database; no more than a tenth of it. */
const diskReserve = 1_000_000_000

/** The folder of documents in a data directory. */
export function documentFolder(dataDirectory: string): string {
  return join(dataDirectory, 'documents')
}

/**
 * Files by the SHA-256 of their bytes, in a folder that only our account may enter. The same bytes are there once; what
 * is there is never changed.
 */
export class DocumentFiles {
  readonly folder: string

  constructor(folder: string) {
    this.folder = folder
  }

  /**
   * All of it or nothing, and on the disk when it resolves.
   *
   * @throws ProblemError `storage_full` while the disk has no room to spare
   */
  async put(bytes: Uint8Array): Promise<string> {
    const sha256 = digestOf(bytes)
    const path = this.#path(sha256)
    const own = join(this.folder, sha256.slice(0, 2))
    await mkdir(own, { recursive: true, mode: 0o700 })
    await this.#makeSureOfSpace(bytes.length)
    const unfinished = join(own, `unfinished-${randomBytes(8).toString('hex')}`)
    try {
      const file = await open(unfinished, 'wx', 0o600)
      try {
        await file.writeFile(bytes)
        await file.sync()
      } finally {
        await file.close()
      }
      // What is there already is the same, or was damaged since.
      await rename(unfinished, path)
    } catch (error) {
      await rm(unfinished, { force: true })
      throw error
    }
    const entered = await open(own, 'r')
    try {
      await entered.sync()
    } finally {
      await entered.close()
    }
    return sha256
  }

  /** The bytes, compared with what they were stored as; undefined where they are missing or no longer the same. */
  async read(sha256: string): Promise<Buffer | undefined> {
    const bytes = await readFile(this.#path(sha256)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined
      throw error
    })
    return bytes !== undefined && digestOf(bytes) === sha256 ? bytes : undefined
  }

  async remove(sha256: string): Promise<void> {
    await rm(this.#path(sha256), { force: true })
  }

  /** Digests of all that is there, with the time of storing in milliseconds. */
  async all(): Promise<{ sha256: string; storedAt: number }[]> {
    const entries = await readdir(this.folder, { recursive: true, withFileTypes: true }).catch(() => [])
    const files = entries.filter((entry) => entry.isFile() && /^[0-9a-f]{64}$/.test(entry.name))
    return Promise.all(
      files.map(async ({ name, parentPath }) => ({
        sha256: name,
        storedAt: (await stat(join(parentPath, name))).mtimeMs,
      })),
    )
  }

  #path(sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('no digest of ours')
    return join(this.folder, sha256.slice(0, 2), sha256)
  }

  async #makeSureOfSpace(more: number): Promise<void> {
    const { bavail, bsize, blocks } = await statfs(this.folder)
    if (bavail * bsize - more < Math.min(diskReserve, (blocks * bsize) / 10)) throw storageFull()
  }
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
