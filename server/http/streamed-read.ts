import type { Transaction } from '../store/connect.ts'
import { readAs, type ReadSource, type Scope } from '../store/scope.ts'
import { type Rate, writeAtPace } from './pace.ts'

/**
 * A body that is read while it is sent, with a connection for as long as its client reads at the least rate. What fails
 * before the first piece is thrown and becomes a problem; what fails later breaks the connection off, so that nobody
 * takes a part for the whole.
 */
export async function streamedRead(
  readFrom: ReadSource,
  scope: Scope,
  pieces: (transaction: Transaction) => AsyncIterable<string | Uint8Array>,
  rate?: Rate,
): Promise<ReadableStream<Uint8Array>> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  const begun = Promise.withResolvers<void>()
  const noted = async function* (transaction: Transaction) {
    for await (const piece of pieces(transaction)) {
      begun.resolve()
      yield piece
    }
  }
  void readAs(readFrom, scope, (transaction) => writeAtPace(writer, noted(transaction), rate), Infinity)
    .then(() => {
      begun.resolve()
      return writer.close()
    })
    .catch(async (error: unknown) => {
      begun.reject(error)
      await writer.abort(error)
    })
    .catch(() => {})
  await begun.promise
  return readable
}
