import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from './connect.ts'

/** A place in PostgreSQL's write-ahead log, `16/B374D848` as a number that can be compared. */
export type LogPosition = bigint

const pattern = /^([0-9A-F]{1,8})\/([0-9A-F]{1,8})$/i

/** Undefined where the text is no position. */
export function parsePosition(text: string): LogPosition | undefined {
  const [, high, low] = pattern.exec(text) ?? []
  return high === undefined || low === undefined ? undefined : (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`)
}

export function writePosition(position: LogPosition): string {
  return `${(position >> 32n).toString(16)}/${(position & 0xffffffffn).toString(16)}`.toUpperCase()
}

/** Chooses where a request reads, so that it sees everything that this process knows to have been written. */
export type Reader = {
  primary: Database
  choose: () => Promise<Database>
  /** From now on nothing is read that is older than now. */
  noteChange: () => Promise<void>
  /** Reports a database that failed: others are chosen for a while. */
  giveUp: (database: Database) => void
}

type Replica = {
  database: Database
  /** What it is known to have replayed; positions only grow while it runs. */
  replayed: LogPosition
  /** Not asked before (`performance.now()`). */
  restsUntil: number
}

/** Milliseconds: a replica that is behind is asked again soon, one that failed later. */
const restWhenBehind = 100
const restWhenLost = 2000
/** Milliseconds that a replica has to say how far it is; a slower one is of no help. */
const timeout = 500

/**
 * Reads from replicas as long as they have replayed everything that this process heard of or a client has seen, and
 * from the primary otherwise. Positions of the log are compared, not clocks: a replica that is late by any time, or has
 * lost its primary, is good for as long as nothing was written that it lacks.
 */
export class ReplicaReader implements Reader {
  readonly primary: Database
  readonly #replicas: Replica[]
  #needed: LogPosition = 0n
  /** Changes heard of whose position is being asked for. */
  #unsure = 0
  /** The last answer did not come: what is needed is not known until one does. */
  #unknown = false
  #turn = 0

  private constructor(primary: Database, replicas: readonly Database[]) {
    this.primary = primary
    this.#replicas = replicas.map((database) => ({ database, replayed: 0n, restsUntil: 0 }))
  }

  /** @param replicas of the primary's cluster; they need not run yet. */
  static async open(primary: Database, replicas: readonly Database[]): Promise<ReplicaReader> {
    const reader = new ReplicaReader(primary, replicas)
    if (replicas.length > 0) reader.#needed = await reader.position()
    return reader
  }

  /** The end of the primary's log, also of what is not on its disk yet: whatever was committed lies before it. */
  async position(): Promise<LogPosition> {
    const [row] = await this.primary<[{ at: string }]>`select pg_current_wal_insert_lsn()::text as at`
    return parsePosition(row.at) ?? 0n
  }

  /** Call it for each notified change, and after what was read on the primary. */
  async noteChange(): Promise<void> {
    if (this.#replicas.length === 0) return
    this.#unsure += 1
    try {
      this.#raise(await this.position())
      this.#unknown = false
    } catch (error) {
      this.#unknown = true
      throw error
    } finally {
      this.#unsure -= 1
    }
  }

  /** Nothing is read that is older than what a client has seen; a position that is still to come counts as now. */
  async require(position: LogPosition): Promise<void> {
    if (this.#replicas.length === 0 || position <= this.#needed) return
    const end = await this.position()
    this.#raise(position < end ? position : end)
  }

  async choose(): Promise<Database> {
    if (this.#mustAskPrimary) return this.primary
    for (let tried = 0; tried < this.#replicas.length; tried += 1) {
      this.#turn = (this.#turn + 1) % this.#replicas.length
      const replica = this.#replicas[this.#turn]
      // What is needed may have grown while it was asked.
      if (replica !== undefined && (await this.#isUpToDate(replica)) && !this.#mustAskPrimary) return replica.database
    }
    return this.primary
  }

  giveUp(database: Database): void {
    const replica = this.#replicas.find((candidate) => candidate.database === database)
    if (replica === undefined) return
    replica.restsUntil = performance.now() + restWhenLost
    // After a crash it may have forgotten what it had not yet written.
    replica.replayed = 0n
  }

  async close(): Promise<void> {
    await Promise.all(this.#replicas.map(({ database }) => database.end({ timeout: 1 })))
  }

  get #mustAskPrimary(): boolean {
    return this.#unsure > 0 || this.#unknown
  }

  #raise(position: LogPosition): void {
    if (position > this.#needed) this.#needed = position
  }

  async #isUpToDate(replica: Replica): Promise<boolean> {
    if (performance.now() < replica.restsUntil) return false
    if (replica.replayed >= this.#needed && replica.replayed > 0n) return true
    const replayed = await askReplayed(replica.database)
    if (replayed === undefined) {
      this.giveUp(replica.database)
      return false
    }
    replica.replayed = replayed
    if (replayed >= this.#needed) return true
    replica.restsUntil = performance.now() + restWhenBehind
    return false
  }
}

/** Undefined where it does not answer, or is no replica (any more). */
async function askReplayed(database: Database): Promise<LogPosition | undefined> {
  const waiting = new AbortController()
  const late = delay(timeout, undefined, { signal: waiting.signal }).catch(() => undefined)
  const asked = database<[{ at: string | null }]>`
    select case when pg_is_in_recovery() then pg_last_wal_replay_lsn()::text end as at`
    .then(([row]) => parsePosition(row.at ?? ''))
    .catch(() => undefined)
  const first = await Promise.race([asked, late])
  waiting.abort()
  return first
}
