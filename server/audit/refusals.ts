import type { Access } from '@minqing/data/domain/access'
import { LRUCache } from 'lru-cache'
import type { Actor } from '../access/actor.ts'
import type { Database } from '../store/connect.ts'
import { recordAs } from './append-audit.ts'

/** Milliseconds in which the same refusal to the same actor is recorded once: a page may ask again and again. */
const pause = 60_000

/** Records that somebody was refused what their role may not do. */
export class Refusals {
  readonly #database: Database
  readonly #logError: (error: unknown) => void
  readonly #recent = new LRUCache<string, true>({ max: 10_000, ttl: pause })

  /** @param logError called where one cannot be recorded; it stays refused. */
  constructor(database: Database, logError: (error: unknown) => void) {
    this.#database = database
    this.#logError = logError
  }

  /** @param route template of the path: what was asked for in it may be personal. */
  async record(actor: Actor, { action, object }: Access, route: string): Promise<void> {
    const key = JSON.stringify([actor.id, actor.role, action, object, route])
    if (this.#recent.has(key)) return
    this.#recent.set(key, true)
    try {
      await recordAs(this.#database, actor, { action, object }, 'refused', { route })
    } catch (error) {
      this.#recent.delete(key)
      this.#logError(error)
    }
  }
}
