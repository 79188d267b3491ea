import type { HttpBindings } from '@hono/node-server'
import type { Context, MiddlewareHandler } from 'hono'
import { asClient } from '../store/asking-client.ts'

/** What a proxy adds: behind one, everybody seems to be at its address. */
const proxied = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via']

export function isProxied(header: (name: string) => string | undefined): boolean {
  return proxied.some((name) => header(name) !== undefined)
}

/** What waits for an import, and answers nothing meanwhile, is not ended for its silence (`server/listen.ts`). */
export function allowSilence(c: Context): void {
  const { incoming } = (c.env ?? {}) as Partial<HttpBindings>
  // Node sets the limit again for the connection's next request.
  incoming?.socket.setTimeout(0)
}

/**
 * Everything below is done for the client that asks: it waits in turn with other clients, and what it waits for is
 * cancelled when its connection closes.
 */
export const onBehalfOfClient: MiddlewareHandler = (c, next) => {
  // Tests ask without a socket.
  const { incoming } = (c.env ?? {}) as Partial<HttpBindings>
  const address = isProxied((name) => c.req.header(name)) ? undefined : incoming?.socket.remoteAddress
  return asClient({ address, gone: c.req.raw.signal }, next)
}
