import type { CollectionName } from '@minqing/data/domain/data-status'
import type { Context } from 'hono'
import { routePath } from 'hono/route'
import { collectionVersions } from '../store/collection-versions.ts'
import type { Transaction } from '../store/connect.ts'
import { scopeOf } from './resolve-actor.ts'
import { type DatabaseRole, readAs, type ReadSource, type Scope, scopeKey } from '../store/scope.ts'
import { accessOf } from './route-access.ts'
import { entityTag, isCurrent, validators } from './headers.ts'
import { acceptedEncoding, type Encoding } from './negotiation.ts'
import { hasWritten } from './read-your-writes.ts'
import { addressKey, type AnswerSource, type CachedAnswer, type ResponseCache } from './response-cache.ts'

/** What a resource needs to read the database for a request and to cache its answer. */
export type Reading = {
  readFrom: ReadSource
  /** Read under this role of the database instead of the actor's own. */
  role?: DatabaseRole
  /** Of the product: another version may answer differently from the same data. */
  version: string
  cache: ResponseCache
  /** Milliseconds that reading may take; by default those of `readAs`. */
  timeout?: number
}

/** Bytes: what is larger is requested seldom, and would push everything else out. */
const largestCached = 4 * 1024 * 1024

/**
 * Reads in one snapshot and answers with a tag of that snapshot's versions. Where the client already has the answer,
 * or it is cached for the same versions and the same reader, nothing is read but the versions.
 *
 * @param shapedBy what else the answer depends on besides data and address: language, the running minute, …
 * @param vary the request's headers that it depends on.
 */
export async function versionedAnswer(
  c: Context,
  reading: Reading,
  collections: readonly CollectionName[],
  read: (transaction: Transaction) => Promise<Response>,
  shapedBy: readonly string[] = [],
  vary: readonly string[] = [],
): Promise<Response> {
  const { cache, readFrom, version, timeout } = reading
  const scope = scopeFor(c, reading)
  const encoding = acceptedEncoding(c.req.header('accept-encoding'))
  const ifNoneMatch = c.req.header('if-none-match')?.trim()
  const answer = async (transaction: Transaction) => {
    const versions = await collectionVersions(transaction, collections)
    const tag = entityTag(versions, [version, scopeKey(scope), c.req.url, ...shapedBy])
    if (ifNoneMatch !== '*' && isCurrent(ifNoneMatch, tag)) return notModified(validators(tag, vary))
    const cached = cache.find(tag, encoding)
    if (cached !== undefined && ifNoneMatch !== '*') return responseFrom(cached, encoding, c.req.method)
    return { tag, response: await read(transaction) }
  }
  const found = await readAs(readFrom, scope, answer, timeout)
  if (found instanceof Response) return found
  const { tag, response } = found
  // Any answer is good enough, but there must be one: what is not there has been refused by now.
  if (ifNoneMatch === '*') return notModified(validators(tag, vary))
  const body = Buffer.from(await response.arrayBuffer())
  const headers = Object.fromEntries(response.headers)
  if (body.length > largestCached) return new Response(body, { headers: { ...headers, ...validators(tag, vary) } })
  const { 'content-type': type = '', ...more } = headers
  const source = { type, tag, route: routePath(c), access: accessOf(c), body, vary, headers: more }
  return responseFrom(await cache.provide(tag, encoding, [], async () => source), encoding, c.req.method)
}

/**
 * Answers from the cache without asking the database for versions: for what many clients ask for often. The listener
 * sends such answers before any middleware; a changed collection drops them.
 */
export async function cachedAnswer(
  c: Context,
  reading: Reading,
  collections: readonly CollectionName[],
  read: (transaction: Transaction) => Promise<Omit<AnswerSource, 'route' | 'tag' | 'access'>>,
): Promise<Response> {
  const { cache, readFrom, version, timeout } = reading
  const scope = scopeFor(c, reading)
  const encoding = acceptedEncoding(c.req.header('accept-encoding'))
  // Host and address, as the listener writes them: the links inside name the host.
  const key = addressKey(scope, c.req.url.slice(c.req.url.indexOf('//') + 2))
  if (hasWritten(c.req.header('cookie'))) cache.delete(key)
  const make = async (transaction: Transaction) => {
    // One snapshot, so that both are of the same time although neither waits for the other.
    const [versions, source] = await Promise.all([collectionVersions(transaction, collections), read(transaction)])
    const tag = entityTag(versions, [version, scopeKey(scope), c.req.url])
    return { tag, route: routePath(c), access: accessOf(c), ...source }
  }
  const answer = await cache.provide(key, encoding, collections, () => readAs(readFrom, scope, make, timeout))
  if (isCurrent(c.req.header('if-none-match'), answer.tag)) return notModified(answer.notModifiedHeaders)
  return responseFrom(answer, encoding, c.req.method)
}

/** A document that changes with the product alone, whoever reads it. */
export async function documentAnswer(
  c: Context,
  { cache, version }: Pick<Reading, 'cache' | 'version'>,
  make: () => Promise<Pick<AnswerSource, 'type' | 'body' | 'headers'>>,
  shapedBy: readonly string[] = [],
  vary: readonly string[] = [],
): Promise<Response> {
  const tag = entityTag([], [version, c.req.url, ...shapedBy])
  if (isCurrent(c.req.header('if-none-match'), tag)) return notModified(validators(tag, vary))
  const encoding = acceptedEncoding(c.req.header('accept-encoding'))
  const source = async () => ({ ...(await make()), tag, route: routePath(c), access: accessOf(c), vary })
  return responseFrom(await cache.provide(tag, encoding, [], source), encoding, c.req.method)
}

function scopeFor(c: Context, { role }: Pick<Reading, 'role'>): Scope {
  const scope = scopeOf(c)
  return role === undefined ? scope : { ...scope, role }
}

function notModified(headers: Record<string, string>): Response {
  return new Response(null, { status: 304, headers })
}

function responseFrom(answer: CachedAnswer, encoding: Encoding, method: string): Response {
  const body = answer.status === 204 || method === 'HEAD' ? null : new Uint8Array(answer.bodies[encoding] ?? [])
  return new Response(body, { status: answer.status, headers: answer.headers[encoding] })
}
