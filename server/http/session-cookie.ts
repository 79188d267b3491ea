import type { TLSSocket } from 'node:tls'
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { parse } from 'hono/utils/cookie'
import type { TrustedProxies } from '../trusted-proxies.ts'
import { type Asking, askingOf } from './resolve-actor.ts'

/**
 * Under TLS a name that browsers take from this host alone, for the whole of it and encrypted: no other server of the
 * domain, and nobody on the way, can plant a session.
 */
function cookieName(asking: Asking, proxies: TrustedProxies): string {
  return isSecure(asking, proxies) ? '__Host-minqing' : 'minqing'
}

/** Whether the client speaks TLS with us, or with a trusted proxy that says so. */
function isSecure({ header, socket }: Asking, proxies: TrustedProxies): boolean {
  if ((socket as Partial<TLSSocket> | undefined)?.encrypted === true) return true
  const address = socket?.remoteAddress
  return address !== undefined && proxies.has(address) && header('x-forwarded-proto')?.trim() === 'https'
}

/** The token of the session that a browser sends, if it does. */
export function sessionCookie(asking: Asking, proxies: TrustedProxies): string | undefined {
  const cookies = asking.header('cookie')
  if (cookies === undefined) return undefined
  const name = cookieName(asking, proxies)
  return parse(cookies, name)[name]
}

/** Until the browser is closed: the session ends by itself before. Without a token, the cookie goes. */
export function setSessionCookie(c: Context, proxies: TrustedProxies, token: string | undefined): void {
  const asking = askingOf(c)
  const name = cookieName(asking, proxies)
  if (token === undefined && getCookie(c, name) === undefined) return
  const options = { path: '/', httpOnly: true, sameSite: 'Strict', secure: isSecure(asking, proxies) } as const
  setCookie(c, name, token ?? '', token === undefined ? { ...options, maxAge: 0 } : options)
}
