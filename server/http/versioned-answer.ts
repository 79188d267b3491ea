import type { Context } from 'hono'
import { collectionVersions } from '../store/collection-version.ts'
import type { Database, Transaction } from '../store/connect.ts'
import { readAs, type Scope } from '../store/scope.ts'
import type { CollectionName } from '../store/touch.ts'
import { entityTag, isHeld } from './entity-tag.ts'

export type Reading = { database: Database; scope: Scope; version: string }

/**
 * Reads in one snapshot and answers with a tag of that snapshot's versions; where the client already holds the answer,
 * nothing is read but the versions.
 *
 * @param shapedBy what else the answer depends on besides data and address: language, the running minute, …
 */
export async function versionedAnswer(
  c: Context,
  reading: Reading,
  collections: readonly CollectionName[],
  read: (transaction: Transaction) => Promise<Response>,
  shapedBy: readonly string[] = [],
): Promise<Response> {
  return readAs(reading.database, reading.scope, async (transaction) => {
    const { role, area } = reading.scope
    const versions = await collectionVersions(transaction, collections)
    const tag = entityTag(versions, [reading.version, role, area, c.req.url, ...shapedBy])
    const headers = { etag: tag, 'cache-control': 'no-cache' }
    if (isHeld(c.req.header('if-none-match'), tag)) return new Response(null, { status: 304, headers })
    const response = await read(transaction)
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
    return response
  })
}
