import type { Context } from 'hono'
import { routePath } from 'hono/route'
import { collectionVersions } from '../store/collection-versions.ts'
import type { Transaction } from '../store/connect.ts'
import type { ReadSource } from '../store/replica-reader.ts'
import { readAs, type Scope } from '../store/scope.ts'
import type { CollectionName } from '@minqing/data/domain/data-status'
import { acceptedEncoding } from './accepted-encoding.ts'
import { type Answers, validators } from './answers.ts'
import { entityTag, isHeld } from './entity-tag.ts'
import { responseOf } from './kept-answer.ts'

export type Reading = {
  readFrom: ReadSource
  scope: Scope
  version: string
  answers: Answers
  /** Milliseconds that reading may take; usually fifteen seconds (`readAs`). */
  patience?: number
}

/** Bytes: what is larger is asked for seldom, and would push everything else out. */
const largestKept = 8 * 1024 * 1024

/**
 * Reads in one snapshot and answers with a tag of that snapshot's versions. Where the client already holds the answer,
 * or it was made before of the same versions for the same reader, nothing is read but the versions.
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
  const { answers, readFrom, scope, version, patience } = reading
  const encoding = acceptedEncoding(c.req.header('accept-encoding'))
  const ifNoneMatch = c.req.header('if-none-match')?.trim()
  const answer = async (transaction: Transaction) => {
    const versions = await collectionVersions(transaction, collections)
    const tag = entityTag(versions, [version, scope.role, scope.area, c.req.url, ...shapedBy])
    if (ifNoneMatch !== '*' && isHeld(ifNoneMatch, tag))
      return new Response(null, { status: 304, headers: validators(tag, vary) })
    const kept = answers.find(tag, encoding)
    if (kept !== undefined && ifNoneMatch !== '*') return responseOf(kept, encoding, c.req.method)
    return { tag, response: await read(transaction) }
  }
  const found = await readAs(readFrom, scope, answer, patience)
  if (found instanceof Response) return found
  const { tag, response } = found
  // Any answer is good enough, but there must be one: what is not there has been refused by now.
  if (ifNoneMatch === '*') return new Response(null, { status: 304, headers: validators(tag, vary) })
  const body = Buffer.from(await response.arrayBuffer())
  const headers = Object.fromEntries(response.headers)
  if (body.length > largestKept) return new Response(body, { headers: { ...headers, ...validators(tag, vary) } })
  const { 'content-type': type = '', ...more } = headers
  const source = { type, tag, route: routePath(c), body, vary, headers: more }
  return responseOf(await answers.provide(tag, encoding, [], async () => source), encoding, c.req.method)
}
