import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { LRUCache } from 'lru-cache'
import type { CollectionName } from '@minqing/data/domain/data-status'
import { forEveryClient } from '../store/asking-client.ts'
import { type Scope, scopeKey } from '../store/scope.ts'
import type { RouteAccess } from './route-access.ts'
import { apiHeaders, validators } from './headers.ts'
import type { Encoding } from './negotiation.ts'

/** An answer as the bytes that go out. */
export type CachedAnswer = {
  status: 200 | 204
  tag: string
  /** Template of its route, for the log. */
  route: string
  collections: readonly CollectionName[]
  /** What its route does: it is sent only to those who may. */
  access: RouteAccess
  /** Only for who accepts JSON: there is a page for people at the same address. */
  negotiated: boolean
  bodies: { identity: Buffer } & Partial<Record<Encoding, Buffer>>
  headers: Record<Encoding, Record<string, string>>
  /** Those of a 304. */
  notModifiedHeaders: Record<string, string>
}

/** The key of an answer at `host` + path + query for those who read with this role and scope. */
export function addressKey(scope: Scope, address: string): string {
  return `${scopeKey(scope)} ${address}`
}

/** What an answer is made from; without a body it is a 204. */
export type AnswerSource = {
  type: string
  tag: string
  route: string
  access: RouteAccess
  body: Buffer
  /** Request headers that it depends on, besides the encoding. */
  vary?: readonly string[]
  headers?: Record<string, string>
}

const compress = {
  br: (body: Buffer) =>
    promisify(brotliCompress)(body, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
    }),
  gzip: (body: Buffer) => promisify(gzip)(body, { level: 6 }),
  identity: async (body: Buffer) => body,
}

/**
 * The one cache of answers. A key says for whom an answer was made as well as what it answers: either `addressKey` (reader
 * and address; whoever opens the database calls `drop` for each changed collection), or a tag that was computed from the
 * reader and the versions of the data (`entityTag`), which is never asked for again once one of these has changed.
 */
export class ResponseCache {
  readonly #cached: LRUCache<string, CachedAnswer>
  readonly #making = new Map<string, Promise<CachedAnswer>>()
  readonly #epochs = new Map<CollectionName, number>()
  /** The newest version of each collection that this process has heard of. */
  readonly #versions = new Map<CollectionName, number>()

  constructor(maxBytes = 64 * 1024 * 1024) {
    this.#cached = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: ({ bodies }) =>
        512 + bodies.identity.length + (bodies.gzip?.length ?? 0) + (bodies.br?.length ?? 0),
    })
  }

  /** The cached answer with its body in this encoding, if both are there: nothing is awaited. */
  find(key: string, encoding: Encoding): CachedAnswer | undefined {
    const answer = this.#cached.get(key)
    return answer?.bodies[encoding] === undefined ? undefined : answer
  }

  /**
   * Removes what was made from the collection; what is being made from it right now is not cached.
   *
   * @param version of the collection from now on, where it is known.
   */
  drop(collection: CollectionName, version?: number): void {
    if (version !== undefined) this.#versions.set(collection, version)
    this.#epochs.set(collection, this.#epochOf([collection]) + 1)
    for (const [key, answer] of this.#cached.entries())
      if (answer.collections.includes(collection)) this.#cached.delete(key)
    this.#making.clear()
  }

  /**
   * To be called before versions are sent to a client: it asks for what has changed at once, which may be before the
   * notification of the change has arrived here. Removes what was made from older versions.
   *
   * @returns whether a version was news.
   */
  reach(versions: Partial<Record<CollectionName, number>>): boolean {
    let isNews = false
    for (const [collection, version] of Object.entries(versions) as [CollectionName, number][]) {
      const known = this.#versions.get(collection)
      if (known !== undefined && known >= version) continue
      this.drop(collection, version)
      isNews = true
    }
    return isNews
  }

  /** Removes one answer. */
  delete(key: string): void {
    this.#cached.delete(key)
    this.#making.delete(key)
  }

  /** The cached answer, or the one that `make` makes; requested twice at once, it is made once. */
  async provide(
    key: string,
    encoding: Encoding,
    collections: readonly CollectionName[],
    make: () => Promise<AnswerSource>,
  ): Promise<CachedAnswer> {
    const answer = this.#cached.get(key) ?? (await (this.#making.get(key) ?? this.#make(key, collections, make)))
    if (answer.bodies[encoding] === undefined) {
      const body = await compress[encoding](answer.bodies.identity)
      answer.bodies[encoding] = body
      answer.headers[encoding]['content-length'] = String(body.length)
      // Set again, so that its size is counted with the new body.
      if (this.#cached.peek(key) === answer) {
        this.#cached.delete(key)
        this.#cached.set(key, answer)
      }
    }
    return answer
  }

  #make(key: string, collections: readonly CollectionName[], make: () => Promise<AnswerSource>): Promise<CachedAnswer> {
    const epoch = this.#epochOf(collections)
    const made = forEveryClient(make)
      .then((source) => {
        const answer = asAnswer(source, collections)
        if (this.#epochOf(collections) === epoch) this.#cached.set(key, answer)
        return answer
      })
      .finally(() => {
        if (this.#making.get(key) === made) this.#making.delete(key)
      })
    this.#making.set(key, made)
    return made
  }

  #epochOf(collections: readonly CollectionName[]): number {
    return collections.reduce((sum, collection) => sum + (this.#epochs.get(collection) ?? 0), 0)
  }
}

function asAnswer(source: AnswerSource, collections: readonly CollectionName[]): CachedAnswer {
  const { type, tag, route, access, body, vary = [], headers } = source
  const status = body.length === 0 ? 204 : 200
  const notModifiedHeaders = { ...apiHeaders, ...validators(tag, vary) }
  const common = { ...(body.length === 0 ? {} : { 'content-type': type }), ...headers, ...notModifiedHeaders }
  return {
    status,
    tag,
    route,
    access,
    collections,
    negotiated: vary.includes('Accept'),
    bodies: { identity: body, ...(body.length < 1024 ? { br: body, gzip: body } : {}) },
    headers: {
      identity: { ...common, ...(status === 204 ? {} : { 'content-length': String(body.length) }) },
      gzip: encodingHeaders(common, 'gzip', status, body),
      br: encodingHeaders(common, 'br', status, body),
    },
    notModifiedHeaders,
  }
}

/** A small body goes out as it is, whatever the client accepts. */
function encodingHeaders(common: Record<string, string>, encoding: Encoding, status: 200 | 204, body: Buffer) {
  if (status === 204) return { ...common }
  return body.length < 1024
    ? { ...common, 'content-length': String(body.length) }
    : { ...common, 'content-encoding': encoding }
}
