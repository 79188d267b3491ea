import type { CellCache } from './counts/cell-cache.ts'
import type { Answers } from './http/answers.ts'
import type { WriteAccess } from './http/own-pages-only.ts'
import type { ImportDesk } from './imports/intake/import-service.ts'
import type { Database } from './store/connect.ts'
import type { ReadSource, ReplicaReader } from './store/replica-reader.ts'
import type { Scope } from './store/scope.ts'

/** What the rooms need from outside; read once at the edge and passed in. */
export type AppDependencies = {
  database: Database
  /** Where requests read; without it, in the database itself. */
  reader?: ReplicaReader
  /** The clock: tests stop it. */
  now: () => Date
  /** Version of the product, as `/api/status` tells it. */
  version: string
  /** Kept answers, shared with `createListener`; whoever opens the database tells them what changed. */
  answers?: Answers
  /** Kept counts in memory; without it they are held as they are asked for. */
  cells?: CellCache
  /** Who every request reads as, until sign-in tells them apart. */
  scope?: Scope
  /** Imports in the browser; without it they are switched off. */
  imports?: { access: WriteAccess; desk: () => ImportDesk }
  /** Told of each failure that is nobody's mistake. */
  logError?: (error: unknown) => void
}

/** The same with nothing left open: what the rooms are given. */
export type RoomDependencies = Required<Omit<AppDependencies, 'reader'>> & { readFrom: ReadSource }
