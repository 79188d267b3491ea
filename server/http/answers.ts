import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { LRUCache } from 'lru-cache'
import type { CollectionName } from '@minqing/data/domain/data-status'
import { apiHeaders } from './api-headers.ts'
import type { Encoding } from './accepted-encoding.ts'

/** An answer kept as the bytes that go out, until one of its collections changes. */
export type Answer = {
  status: 200 | 204
  tag: string
  /** Template of its route, for the log. */
  route: string
  collections: readonly CollectionName[]
  /** Only for who accepts JSON: there is a page for people at the same address. */
  negotiated: boolean
  bodies: { identity: Buffer } & Partial<Record<Encoding, Buffer>>
  headers: Record<Encoding, Record<string, string>>
  /** Those of the answer to a client that holds it. */
  heldHeaders: Record<string, string>
}

export type AnswerSource = {
  status?: 200 | 204
  type: string
  tag: string
  route: string
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
 * Answers that are the same for everybody, by `host` + address, and those that are not, by their tag, which tells
 * readers and versions apart. Whoever opens the database calls `drop` for each changed collection
 * (`listenToCollections`); what is kept by its tag goes when the room is needed.
 */
export class Answers {
  readonly #kept: LRUCache<string, Answer>
  readonly #making = new Map<string, Promise<Answer>>()
  readonly #epochs = new Map<CollectionName, number>()

  constructor(maxBytes = 64 * 1024 * 1024) {
    this.#kept = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: ({ bodies }) =>
        512 + bodies.identity.length + (bodies.gzip?.length ?? 0) + (bodies.br?.length ?? 0),
    })
  }

  /** The kept answer with its body in this encoding, if both are there: nothing is awaited. */
  find(key: string, encoding: Encoding): Answer | undefined {
    const answer = this.#kept.get(key)
    return answer?.bodies[encoding] === undefined ? undefined : answer
  }

  /** Forgets what was made from the collection, and keeps nothing of what is being made from it right now. */
  drop(collection: CollectionName): void {
    this.#epochs.set(collection, this.#epochOf([collection]) + 1)
    for (const [key, answer] of this.#kept.entries())
      if (answer.collections.includes(collection)) this.#kept.delete(key)
    this.#making.clear()
  }

  /** Has the answer made anew for whoever asks next. */
  forget(key: string): void {
    this.#kept.delete(key)
    this.#making.delete(key)
  }

  /** The kept answer, or the one that `make` reads; at once asked for twice, it is made once. */
  async provide(
    key: string,
    encoding: Encoding,
    collections: readonly CollectionName[],
    make: () => Promise<AnswerSource>,
  ): Promise<Answer> {
    const answer = this.#kept.get(key) ?? (await (this.#making.get(key) ?? this.#make(key, collections, make)))
    if (answer.bodies[encoding] === undefined) {
      const body = await compress[encoding](answer.bodies.identity)
      answer.bodies[encoding] = body
      answer.headers[encoding]['content-length'] = String(body.length)
      // Set anew, so that its size is counted with the new body.
      if (this.#kept.peek(key) === answer) {
        this.#kept.delete(key)
        this.#kept.set(key, answer)
      }
    }
    return answer
  }

  #make(key: string, collections: readonly CollectionName[], make: () => Promise<AnswerSource>): Promise<Answer> {
    const epoch = this.#epochOf(collections)
    const made = make()
      .then((source) => {
        const answer = asAnswer(source, collections)
        if (this.#epochOf(collections) === epoch) this.#kept.set(key, answer)
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

/** What an answer and the news that it still holds have in common: always ask again, by this tag. */
export function validators(tag: string, vary: readonly string[]): Record<string, string> {
  return { 'cache-control': 'no-cache', etag: tag, vary: [...vary, 'Accept-Encoding'].join(', ') }
}

function asAnswer(source: AnswerSource, collections: readonly CollectionName[]): Answer {
  const { status = 200, type, tag, route, body, vary = [], headers } = source
  const heldHeaders = { ...apiHeaders, ...validators(tag, vary) }
  const common = { ...(body.length === 0 ? {} : { 'content-type': type }), ...headers, ...heldHeaders }
  return {
    status,
    tag,
    route,
    collections,
    negotiated: vary.includes('Accept'),
    bodies: { identity: body, ...(body.length < 1024 ? { br: body, gzip: body } : {}) },
    headers: {
      identity: { ...common, ...(status === 204 ? {} : { 'content-length': String(body.length) }) },
      gzip: encodingHeaders(common, 'gzip', status, body),
      br: encodingHeaders(common, 'br', status, body),
    },
    heldHeaders,
  }
}

/** A small body goes out as it is, whatever the client accepts. */
function encodingHeaders(common: Record<string, string>, encoding: Encoding, status: 200 | 204, body: Buffer) {
  if (status === 204) return { ...common }
  return body.length < 1024
    ? { ...common, 'content-length': String(body.length) }
    : { ...common, 'content-encoding': encoding }
}
