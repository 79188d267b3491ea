import type { CollectionName } from './touch.ts'
import type { Transaction } from './connect.ts'

export type CollectionVersion = { collection: CollectionName; version: number; changedAt: string }

/** Versions of what an answer is made from, in the snapshot that it is made from. */
export async function collectionVersions(
  transaction: Transaction,
  collections: readonly CollectionName[],
): Promise<CollectionVersion[]> {
  return transaction<CollectionVersion[]>`
    select collection, version, changed_at from collection_version
    where collection in ${transaction(collections)} order by collection`
}
