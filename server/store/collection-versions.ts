import { type CollectionName, collectionNames } from '@minqing/data/domain/data-status'
import type { Database, Transaction } from './connect.ts'

export type CollectionVersion = { collection: CollectionName; version: number; changedAt: string }

/** The notification channel on which name and version of a changed collection are sent when its transaction commits. */
const channel = 'collection_changed'

/**
 * Raises the versions of what this transaction wrote and notifies all listeners when it commits. Call it last: the
 * version rows stay locked until the commit. Areas also decide whether the demo's buildings and base map are drawn on
 * their ground.
 *
 * @param bySteps whether all that was written is in the log of steps, which streams show one by one.
 */
export async function touch(
  transaction: Transaction,
  collections: readonly CollectionName[],
  bySteps = false,
): Promise<void> {
  // Locked in one order, so that two writers of the same collections wait instead of deadlocking.
  await transaction`
    with locked as (
      select collection from collection_version
      where collection in ${transaction(collections)} or (
        collection in ('base', 'buildings') and ${collections.includes('areas')} and exists (select from demo_state))
      order by collection for update
    ), raised as (
      update collection_version v set version = v.version + 1,
        rewrites = v.rewrites + ${bySteps ? 0 : 1}, changed_at = clock_timestamp()
      from locked where v.collection = locked.collection
      returning v.collection, v.version
    )
    select pg_notify(${channel}, collection || ' ' || version) from raised`
}

/** Versions of what an answer is made from, in the snapshot that it is made from. */
export async function collectionVersions(
  transaction: Transaction,
  collections: readonly CollectionName[],
): Promise<CollectionVersion[]> {
  return transaction<CollectionVersion[]>`
    select collection, version, changed_at from collection_version
    where collection in ${transaction(collections)} order by collection`
}

/**
 * Calls `changed` after each commit that touched a collection, in whatever process it happened. After a lost connection
 * (a restarted database) it is called once for every collection, because notifications may have been missed; the
 * version is then unknown.
 *
 * @returns a function that stops listening.
 */
export async function listenToCollections(
  database: Database,
  changed: (collection: CollectionName, version?: number) => void,
): Promise<() => Promise<void>> {
  let connectedBefore = false
  const subscription = await database.listen(
    channel,
    (payload) => {
      const [name, version] = payload.split(' ')
      const collection = collectionNames.find((known) => known === name)
      if (collection !== undefined) changed(collection, Number(version))
    },
    () => {
      if (connectedBefore) for (const collection of collectionNames) changed(collection)
      connectedBefore = true
    },
  )
  return () => subscription.unlisten()
}
