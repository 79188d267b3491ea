import type { Transaction } from './connect.ts'

/** What caches, ETags and live listeners are keyed by; the rows of `collection_version`. */
export const collectionNames = ['areas', 'buildings', 'incidents', 'facilities', 'base', 'people'] as const
export type CollectionName = (typeof collectionNames)[number]

/** The channel on which a changed collection's name is told after its commit. */
export const collectionChannel = 'collection_changed'

/**
 * Raises the versions of what this transaction wrote and tells all listeners when it commits. Call it last: the
 * version rows stay locked until the commit.
 */
export async function touch(transaction: Transaction, collections: readonly CollectionName[]): Promise<void> {
  // Locked in one order, so that two writers of the same collections wait instead of deadlocking.
  await transaction`
    with locked as (
      select collection from collection_version where collection in ${transaction(collections)}
      order by collection for update
    ), raised as (
      update collection_version v set version = v.version + 1, changed_at = clock_timestamp()
      from locked where v.collection = locked.collection
      returning v.collection
    )
    select pg_notify(${collectionChannel}, collection) from raised`
}
