import { getStatus } from '../status/get-status.ts'
import type { Database } from '../store/connect.ts'
import { openScope, readAs, wallScope } from '../store/scope.ts'
import { getWallPicture } from '../wall/get-wall-picture.ts'

/**
 * Asks what every screen asks for on each of the `connections` of a pool, so that all of them are open and have planned
 * it before they are needed: on a busy machine the first time takes a second.
 */
export async function prepareConnections(database: Database, connections: number, now: () => Date): Promise<void> {
  const onEach = (ask: () => Promise<unknown>) => Promise.all(Array.from({ length: connections }, ask))
  // Together, so that each is asked on a connection of its own.
  await onEach(() => readAs(database, openScope, (transaction) => getStatus(transaction, openScope)))
  await onEach(() => readAs(database, wallScope, (transaction) => getWallPicture(transaction, undefined, now())))
}
