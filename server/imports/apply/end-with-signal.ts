import { setTimeout as delay } from 'node:timers/promises'
import type { Database, Transaction } from '../../store/connect.ts'

/** Milliseconds between two attempts: one may come between two statements, where there is nothing to end. */
const pace = 200

/**
 * Does work in a transaction and ends the statement that it waits for when the signal is given: writing millions of
 * rows, or waiting for another import, takes minutes.
 *
 * @param database the pool that the transaction is of; a second connection of it is needed to end the statement
 * @throws the signal's reason once it was given, whatever the work threw
 */
export async function endWithSignal(
  signal: AbortSignal,
  database: Database,
  transaction: Transaction,
  work: () => Promise<void>,
): Promise<void> {
  const [backend] = await transaction<{ pid: number }[]>`select pg_backend_pid() as pid`
  const ended = new AbortController()
  let ending = Promise.resolve()
  const end = () => {
    ending = endStatements(database, backend?.pid ?? 0, ended.signal)
  }
  signal.addEventListener('abort', end, { once: true })
  try {
    signal.throwIfAborted()
    await work()
    signal.throwIfAborted()
  } catch (error) {
    throw signal.aborted ? (signal.reason as Error) : error
  } finally {
    signal.removeEventListener('abort', end)
    ended.abort()
    // Whoever gets the connection next must not be hit.
    await ending
  }
}

async function endStatements(database: Database, pid: number, ended: AbortSignal): Promise<void> {
  while (!ended.aborted) {
    // One attempt after the other.
    await database`select pg_cancel_backend(${pid})`.catch(() => {})
    await delay(pace, undefined, { signal: ended }).catch(() => {})
  }
}
