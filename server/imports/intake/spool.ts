import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { ImportSession } from '@minqing/data/domain/import'
import { ProblemError } from '@minqing/data/domain/problem'
import { storageFull } from '../../store/storage-problem.ts'

const idPattern = /^[\w-]{22}$/

export type SpoolLimits = {
  /** Bytes that one file may have, and all of them together. */
  file: number
  total: number
  /** Bytes that stay free on the disk, for the database; no more than a tenth of it. */
  reserve: number
}

/** A file on its way, and how many bytes it is said to have. */
export type Upload = { bytes: AsyncIterable<Uint8Array>; size?: number | undefined }

/** Bytes between two looks at how much room there is. */
const bytesBetweenChecks = 8_000_000

/**
 * Uploaded files, each in a folder of its own that only our account may enter. What a person called a
 * file never becomes a path.
 */
export class Spool {
  readonly directory: string
  readonly #limits: SpoolLimits

  constructor(directory: string, limits: SpoolLimits) {
    this.directory = directory
    this.#limits = limits
  }

  async create(): Promise<string> {
    const id = randomBytes(16).toString('base64url')
    await mkdir(join(this.directory, id), { recursive: true, mode: 0o700 })
    return id
  }

  /** @throws ProblemError `not_found` for what is no id of ours */
  path(id: string, name: string): string {
    if (!idPattern.test(id)) throw noSuchImport()
    return join(this.directory, id, name)
  }

  /**
   * Writes bytes as they come. What did not arrive whole leaves nothing, and what comes again takes the earlier one's
   * place: who lost the connection sends it once more.
   *
   * @throws ProblemError `too_large` beyond the limit, `storage_full` where spool or disk have no room for it
   */
  async receive(id: string, name: string, { bytes, size: announced }: Upload): Promise<number> {
    const limit = this.#limits.file
    const makeSureOfSpace = (more: number) => this.#makeSureOfSpace(more)
    let size = 0
    let checkedAt = 0
    const counted = async function* () {
      for await (const chunk of bytes) {
        size += chunk.length
        if (size > limit) throw tooLarge(limit)
        if (size - checkedAt > bytesBetweenChecks) {
          checkedAt = size
          await makeSureOfSpace(Math.max((announced ?? 0) - size, bytesBetweenChecks))
        }
        yield chunk
      }
    }
    const unfinished = this.path(id, `${name}.${randomBytes(4).toString('hex')}`)
    await makeSureOfSpace(announced ?? bytesBetweenChecks)
    try {
      await pipeline(counted, createWriteStream(unfinished, { mode: 0o600, flags: 'wx' }))
      await rename(unfinished, this.path(id, name))
    } catch (error) {
      await rm(unfinished, { force: true })
      throw error
    }
    return size
  }

  /** Counts what lies on disk: other processes may use the same spool, and files on their way have announced little. */
  async #makeSureOfSpace(more: number): Promise<void> {
    const { total, reserve } = this.#limits
    if ((await this.#used()) + more > total) throw spoolFull(total)
    const { bavail, bsize, blocks } = await statfs(this.directory)
    if (bavail * bsize - more < Math.min(reserve, (blocks * bsize) / 10)) throw storageFull()
  }

  async #used(): Promise<number> {
    const entries = await readdir(this.directory, { recursive: true, withFileTypes: true }).catch(() => [])
    const sizes = entries
      .filter((entry) => entry.isFile())
      // One that is removed meanwhile takes no room.
      .map((entry) =>
        stat(join(entry.parentPath, entry.name)).then(
          ({ size }) => size,
          () => 0,
        ),
      )
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  }

  /** @throws ProblemError `not_found` when it is gone */
  async read<Body>(id: string, name: string): Promise<Body> {
    const text = await readFile(this.path(id, name), 'utf8').catch(() => {
      throw noSuchImport()
    })
    return JSON.parse(text) as Body
  }

  /** All of it or nothing, also when we are killed meanwhile. */
  async write(id: string, name: string, body: unknown): Promise<void> {
    const path = this.path(id, name)
    const unfinished = `${path}.${process.pid}`
    await writeFile(unfinished, JSON.stringify(body), { mode: 0o600 })
    await rename(unfinished, path)
  }

  async has(id: string, name: string): Promise<boolean> {
    return stat(this.path(id, name)).then(
      () => true,
      () => false,
    )
  }

  async drop(id: string, name: string): Promise<void> {
    await rm(this.path(id, name), { force: true })
  }

  async remove(id: string): Promise<void> {
    await rm(this.path(id, '.'), { recursive: true, force: true })
  }

  /** Ids with the time of their last change, in milliseconds. */
  async all(): Promise<{ id: string; changedAt: number }[]> {
    const names = await readdir(this.directory).catch(() => [])
    const found = await Promise.all(
      names
        .filter((name) => idPattern.test(name))
        .map(async (id) => {
          const folder = await stat(join(this.directory, id)).catch(() => null)
          return folder === null ? [] : [{ id, changedAt: folder.mtimeMs }]
        }),
    )
    return found.flat()
  }
}

export function noSuchImport(): ProblemError {
  return new ProblemError(
    'not_found',
    {
      zh: '没有这次导入：它可能已放弃，或因超过一天而清除',
      en: 'There is no such import: it was given up, or cleared after a day',
    },
    { remedy: { zh: '请重新选择文件', en: 'Choose the file again' } },
  )
}

export function tooLarge(limit: number): ProblemError {
  const megabytes = Math.floor(limit / 1_000_000)
  return new ProblemError(
    'too_large',
    { zh: `文件超过 ${megabytes} MB 的上限`, en: `The file exceeds the limit of ${megabytes} MB` },
    {
      remedy: {
        zh: '请拆成几个文件，或在服务器上用 minqing import 导入',
        en: 'Split it into several files, or import it on the server with minqing import',
      },
    },
  )
}

function spoolFull(total: number): ProblemError {
  const megabytes = Math.floor(total / 1_000_000)
  return new ProblemError(
    'storage_full',
    {
      zh: `上传暂存已满：所有上传的文件合计最多 ${megabytes} MB`,
      en: `The space for uploads is used up: all uploaded files together may have ${megabytes} MB`,
    },
    {
      remedy: {
        zh: '请放弃不再需要的上传，或等它们在一天后清除；也可在服务器上用 minqing import 导入',
        en: 'Discard uploads that are no longer needed, or wait until they are cleared after a day; minqing import on the server needs no such space',
      },
    },
  )
}

/** What the processes of a machine exchange about a running import, in files beside it. */
export class RunSignals {
  readonly #spool: Spool

  constructor(spool: Spool) {
    this.#spool = spool
  }

  async clear(id: string): Promise<void> {
    await Promise.all([this.#spool.drop(id, 'stop.json'), this.#spool.drop(id, 'progress.json')])
  }

  async writeProgress(id: string, progress: ImportSession['progress']): Promise<void> {
    if (progress !== null) await this.#spool.write(id, 'progress.json', progress)
  }

  /** Null where nothing has been written. */
  async readProgress(id: string): Promise<ImportSession['progress']> {
    return this.#spool.read<ImportSession['progress']>(id, 'progress.json').catch(() => null)
  }

  async askToStop(id: string): Promise<void> {
    await this.#spool.write(id, 'stop.json', true)
  }

  async isToStop(id: string): Promise<boolean> {
    return this.#spool.has(id, 'stop.json')
  }
}

/** Whether another process of this machine lives. */
export function isAlive(pid: number | null): boolean {
  if (pid === null || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
