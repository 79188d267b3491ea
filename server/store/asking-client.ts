import { AsyncLocalStorage } from 'node:async_hooks'

/** The client whose request is being worked on. */
export type AskingClient = {
  /** What it is told apart by; undefined where many clients may stand behind one address. */
  address: string | undefined
  /** Aborted when its connection closes before its answer is complete. */
  gone: AbortSignal
}

const asking = new AsyncLocalStorage<AskingClient>()

/** Everything that `work` waits for is waited for on behalf of this client. */
export function asClient<T>(client: AskingClient, work: () => T): T {
  return asking.run(client, work)
}

/** Undefined outside of a request. */
export function askingClient(): AskingClient | undefined {
  return asking.getStore()
}

/** Work whose result others wait for as well: it waits its turn as the one who asked first, and goes on without it. */
export function forEveryClient<T>(work: () => T): T {
  const address = asking.getStore()?.address
  return asking.run({ address, gone: new AbortController().signal }, work)
}
