import type { TLSSocket } from 'node:tls'
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { parse } from 'hono/utils/cookie'
import type { TrustedProxies } from '../trusted-proxies.ts'
import { type Asking, askingOf } from './resolve-actor.ts'

/**
 * Of a person's session, of a screen that shows the wall without one, and of a browser that was sent to the identity
 * provider: it may have all of them.
 */
type CookieKind = 'minqing' | 'minqing-wall' | 'minqing-provider'

/**
 * Under TLS a name that browsers take from this host alone, for the whole of it and encrypted: no other server of the
 * domain, and nobody on the way, can plant a session.
 */
function cookieName(kind: CookieKind, asking: Asking, proxies: TrustedProxies): string {
  return isSecure(asking, proxies) ? `__Host-${kind}` : kind
}

/** Whether the client speaks TLS with us, or with a trusted proxy that says so. */
export function isSecure({ header, socket }: Asking, proxies: TrustedProxies): boolean {
  if ((socket as Partial<TLSSocket> | undefined)?.encrypted === true) return true
  const address = socket?.remoteAddress
  return address !== undefined && proxies.has(address) && header('x-forwarded-proto')?.trim() === 'https'
}

/** The token of the session that a browser sends, if it does. */
export function sessionCookie(asking: Asking, proxies: TrustedProxies): string | undefined {
  return cookie('minqing', asking, proxies)
}

/** The token of the screen, if it has one. */
export function wallCookie(asking: Asking, proxies: TrustedProxies): string | undefined {
  return cookie('minqing-wall', asking, proxies)
}

function cookie(kind: CookieKind, asking: Asking, proxies: TrustedProxies): string | undefined {
  const cookies = asking.header('cookie')
  if (cookies === undefined) return undefined
  const name = cookieName(kind, asking, proxies)
  return parse(cookies, name)[name]
}

/** Until the browser is closed: the session ends by itself before. Without a token, the cookie goes. */
export function setSessionCookie(c: Context, proxies: TrustedProxies, token: string | undefined): void {
  const asking = askingOf(c)
  const name = cookieName('minqing', asking, proxies)
  if (token === undefined && getCookie(c, name) === undefined) return
  const options = optionsOf(asking, proxies)
  setCookie(c, name, token ?? '', token === undefined ? { ...options, maxAge: 0 } : options)
}

/** Seconds: as long as browsers keep a cookie at all (RFC 6265bis §5.5). */
const longest = 400 * 24 * 3600

export function setWallCookie(c: Context, proxies: TrustedProxies, token: string): void {
  const asking = askingOf(c)
  setCookie(c, cookieName('minqing-wall', asking, proxies), token, { ...optionsOf(asking, proxies), maxAge: longest })
}

/** What a browser was sent to the identity provider with. */
export function providerCookie(asking: Asking, proxies: TrustedProxies): string | undefined {
  return cookie('minqing-provider', asking, proxies)
}

/**
 * For as long as somebody may stay at the identity provider. Another site sends them back: browsers have to send it with
 * the links of others. Without a token, the cookie goes.
 *
 * @param maxAge seconds
 */
export function setProviderCookie(
  c: Context,
  proxies: TrustedProxies,
  token: string | undefined,
  maxAge: number,
): void {
  const asking = askingOf(c)
  const options = { ...optionsOf(asking, proxies), sameSite: 'Lax', maxAge: token === undefined ? 0 : maxAge } as const
  setCookie(c, cookieName('minqing-provider', asking, proxies), token ?? '', options)
}

function optionsOf(asking: Asking, proxies: TrustedProxies) {
  return { path: '/', httpOnly: true, sameSite: 'Strict', secure: isSecure(asking, proxies) } as const
}

const demoRole = 'minqing-demo'

/** The role that the demo's user has chosen, as its browser remembers it. It proves nothing, and protects nothing. */
export function demoRoleCookie({ header }: Asking): string | undefined {
  const cookies = header('cookie')
  return cookies?.includes(demoRole) === true ? parse(cookies, demoRole)[demoRole] : undefined
}

/** Until the browser is closed. */
export function setDemoRoleCookie(c: Context, proxies: TrustedProxies, role: string): void {
  setCookie(c, demoRole, role, optionsOf(askingOf(c), proxies))
}
