import type { HttpBindings } from '@hono/node-server'
import type { Context, MiddlewareHandler } from 'hono'
import { asClient } from '../store/asking-client.ts'
import type { TrustedProxies } from '../trusted-proxies.ts'

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
export function onBehalfOfClient(proxies: TrustedProxies): MiddlewareHandler {
  return (c, next) => {
    // Tests ask without a socket.
    const { incoming } = (c.env ?? {}) as Partial<HttpBindings>
    const address = proxies.clientOf(incoming?.socket.remoteAddress, (name) => c.req.header(name))
    return asClient({ address, gone: c.req.raw.signal }, next)
  }
}
