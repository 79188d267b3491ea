import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AccountService } from '../../server/accounts/account-service.ts'
import { createApp } from '../../server/app.ts'
import type { DocumentFiles } from '../../server/documents/document-files.ts'
import { ResponseCache } from '../../server/http/response-cache.ts'
import { createListener } from '../../server/http/listener.ts'
import { connect, type Database } from '../../server/store/connect.ts'
import { listenToCollections } from '../../server/store/collection-versions.ts'
import { type Actor, actorAs } from '../../server/access/actor.ts'
import { everybodyIs } from '../../server/http/resolve-actor.ts'
import { createTestDatabase } from '../../server/store/test-database.ts'

export type ServedApi = {
  database: Database
  /** `http://127.0.0.1:<port>/api` */
  api: string
  /** A path below `/api`. */
  get: (path: string, headers?: Record<string, string>) => Promise<Response>
  getJson: <T>(path: string) => Promise<T>
  close: () => Promise<void>
}

/** The time at which the clock of these tests stands. */
export const now = new Date('2026-03-10T12:00:00+08:00')

/** The API on a port and a database of its own, as `node server/main.ts` puts it together. */
export async function serveApi(options: { actor?: Actor; documents?: DocumentFiles } = {}): Promise<ServedApi> {
  const { database: ofTheApp, url, close: dropDatabase } = await createTestDatabase()
  const served = await serveOn(ofTheApp, options)
  // Connections of their own: what the application says is recorded (`server/store/test-database.ts`), what a test
  // prepares is not.
  const database = connect({ url })
  const close = async () => {
    await served.close()
    await database.end({ timeout: 5 })
    await dropDatabase()
  }
  return { ...served, database, close }
}

/** The same on a database that is already there, and is left there. */
export async function serveOn(
  database: Database,
  {
    actor = actorAs({}, 'centre_lead', ['all']),
    wallContacts = true,
    notified = true,
    accounts,
    clock = () => now,
    documents,
  }: {
    actor?: Actor
    wallContacts?: boolean
    /** Whether it hears of changes. */
    notified?: boolean
    /** Signing in, instead of an actor. */
    accounts?: AccountService
    clock?: () => Date
    /** Files of documents, which the test removes. */
    documents?: DocumentFiles
  } = {},
): Promise<ServedApi> {
  const cache = new ResponseCache()
  const stopListening = notified
    ? await listenToCollections(database, (collection, version) => cache.drop(collection, version))
    : async () => {}
  const actors = accounts?.admission ?? everybodyIs(actor)
  const app = createApp({
    database,
    ...(accounts === undefined ? {} : { accounts }),
    ...(documents === undefined ? {} : { documents }),
    now: clock,
    version: 'test',
    cache,
    wallContacts,
    actors,
  })
  const server = createServer(createListener(app.fetch, cache, actors))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`
  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${api}${path}`, { headers })
  const getJson = async <T>(path: string) => {
    const response = await get(path)
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await stopListening()
  }
  return { database, api, get, getJson, close }
}
