import type { ImportSession } from '@minqing/data/domain/import'
import type { Spool } from './spool.ts'

/** What the processes of a machine tell each other of a running import, in files beside it. */
export class RunSignals {
  readonly #spool: Spool

  constructor(spool: Spool) {
    this.#spool = spool
  }

  async clear(id: string): Promise<void> {
    await Promise.all([this.#spool.drop(id, 'stop.json'), this.#spool.drop(id, 'progress.json')])
  }

  async tell(id: string, progress: ImportSession['progress']): Promise<void> {
    if (progress !== null) await this.#spool.write(id, 'progress.json', progress)
  }

  /** Null where nothing has been told. */
  async told(id: string): Promise<ImportSession['progress']> {
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
