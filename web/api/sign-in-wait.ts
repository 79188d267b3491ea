import { useSyncExternalStore } from 'react'

/** Requests that were refused because nobody has signed in wait here until somebody has. */
let waiting: { promise: Promise<boolean>; resolve: (isAgain: boolean) => void } | null = null
const listeners = new Set<() => void>()

/**
 * Resolves when the wait has ended: to whether the request may be sent again.
 *
 * @throws DOMException `AbortError`
 */
export function waitForSignIn(signal: AbortSignal | null): Promise<boolean> {
  if (waiting === null) {
    let resolve: (isAgain: boolean) => void = () => {}
    const promise = new Promise<boolean>((settle) => (resolve = settle))
    waiting = { promise, resolve }
    for (const listener of listeners) listener()
  }
  const { promise } = waiting
  if (signal === null) return promise
  return new Promise((resolve, reject) => {
    const abort = () => reject(new DOMException('given up', 'AbortError'))
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    void promise.then(resolve).finally(() => signal.removeEventListener('abort', abort))
  })
}

/** Ends the wait. Without `isAgain`, what has waited fails: it was asked by somebody else, or nobody signs in. */
export function endWait(isAgain: boolean): void {
  if (waiting === null) return
  const { resolve } = waiting
  waiting = null
  for (const listener of listeners) listener()
  resolve(isAgain)
}

/** Whether requests wait. */
export function useIsWaiting(): boolean {
  return useSyncExternalStore(subscribe, () => waiting !== null)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
