import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { StreetOrder, StreetText } from './make-street-text.ts'

/** One core is the database's. */
const threadCount = Math.max(1, Math.min(4, availableParallelism() - 1))

/**
 * Makes streets in threads beside the database, in order. Each thread is at most one street ahead of who takes them, so
 * that no more of them are in memory than there are threads.
 */
export async function* makeStreets(orders: readonly StreetOrder[]): AsyncGenerator<StreetText> {
  const threads = Array.from({ length: Math.min(threadCount, orders.length) }, () => {
    return new Worker(new URL('street-thread.ts', import.meta.url))
  })
  const begin = (index: number): Promise<StreetText> | undefined => {
    const order = orders[index]
    const thread = threads[index % threads.length]
    if (order === undefined || thread === undefined) return undefined
    const made = once(thread, 'message') as Promise<[StreetText]>
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    thread.postMessage(order)
    const street = made.then(([text]) => text)
    // Looked at when its turn comes.
    street.catch(() => {})
    return street
  }
  try {
    const ahead = threads.map((_, index) => begin(index))
    for (let index = 0; index < orders.length; index++) {
      // In order.
      const street = await ahead.shift()
      ahead.push(begin(index + threads.length))
      if (street !== undefined) yield street
    }
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()))
  }
}
