import { setTimeout as delay } from 'node:timers/promises'
import { ProblemError } from '@minqing/data/domain/problem'
import type { Transaction } from '../store/connect.ts'
import type { ReadSource } from '../store/replica-reader.ts'
import { readAs, type Scope } from '../store/scope.ts'

/** Each holds a connection for as long as its client reads: the others stay for everybody else. */
const mostAtOnce = 4
/** Milliseconds that a client may take nothing before its connection to the database is given back. */
const timeout = 30_000

/**
 * Bodies that are read while they are sent. What fails before the first piece is thrown and becomes a problem; what
 * fails later breaks the connection off, so that nobody takes a part for the whole.
 */
export class StreamedReads {
  #running = 0

  /** @throws ProblemError `too_many_requests` while enough others are running. */
  async open(
    readFrom: ReadSource,
    scope: Scope,
    pieces: (transaction: Transaction) => AsyncIterable<string | Uint8Array>,
  ): Promise<ReadableStream<Uint8Array>> {
    if (this.#running >= mostAtOnce) throw tooMany()
    this.#running += 1
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const writer = writable.getWriter()
    const begun = Promise.withResolvers<void>()
    const send = async (transaction: Transaction) => {
      for await (const piece of pieces(transaction)) {
        begun.resolve()
        await inTime(writer.ready)
        // Its failure is the next `ready`'s.
        writer.write(typeof piece === 'string' ? Buffer.from(piece) : piece).catch(() => {})
      }
    }
    void readAs(readFrom, scope, send, Infinity)
      .then(() => writer.close())
      .catch(async (error: unknown) => {
        begun.reject(error)
        await writer.abort(error)
      })
      .catch(() => {})
      .finally(() => (this.#running -= 1))
    await begun.promise
    return readable
  }
}

async function inTime(ready: Promise<unknown>): Promise<void> {
  const waiting = new AbortController()
  const given = delay(timeout, 'late', { signal: waiting.signal }).catch(() => 'in time')
  const first = await Promise.race([ready, given])
  waiting.abort()
  if (first === 'late') throw new Error('the client stopped reading')
}

function tooMany(): ProblemError {
  return new ProblemError(
    'too_many_requests',
    { zh: '正在导出的文件较多', en: 'Several exports are running' },
    { remedy: { zh: '请在十秒后重试', en: 'Try again in ten seconds' } },
  )
}
