import { type CollectionName, collectionChannel, collectionNames } from './touch.ts'
import type { Database } from './connect.ts'

/**
 * Calls `changed` after each commit that touched a collection, in whatever process it happened. After a lost connection
 * (a restarted database) every collection is told as changed once, because notifications may have been missed.
 *
 * @returns a function that stops listening.
 */
export async function listenToCollections(
  database: Database,
  changed: (collection: CollectionName) => void,
): Promise<() => Promise<void>> {
  let connectedBefore = false
  const subscription = await database.listen(
    collectionChannel,
    (payload) => {
      const collection = collectionNames.find((name) => name === payload)
      if (collection !== undefined) changed(collection)
    },
    () => {
      if (connectedBefore) collectionNames.forEach(changed)
      connectedBefore = true
    },
  )
  return () => subscription.unlisten()
}
