import { Worker } from 'node:worker_threads'

/** The work of the thread; the instant as an ISO string. */
export type CarryOn = { databaseUrl: string; asOf: string }

/**
 * Carries the demo's series on in a thread of its own: it takes a second or two, in which requests are answered already.
 * Readers are notified by its `touch`, like of any write.
 *
 * @param failed called when it could not; the series then ends where it did, and the next start tries again.
 */
export function carryOnBeside(work: CarryOn, failed: (error: unknown) => void): { stop: () => Promise<void> } {
  const worker = new Worker(new URL('carry-on-thread.ts', import.meta.url), { workerData: work })
  worker.once('error', failed)
  worker.unref()
  // Its transaction ends with its connection: all of it is there, or nothing.
  return { stop: async () => void (await worker.terminate()) }
}
