import { hash, randomBytes } from 'node:crypto'
import type { Asking } from '../http/resolve-actor.ts'
import { sessionCookie } from '../http/session-cookie.ts'
import type { TrustedProxies } from '../trusted-proxies.ts'

/** 256 bits, as 43 characters that are safe in cookies and headers. */
export function makeToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What of a token is stored: who reads the database cannot sign in with it. A random token needs no salt. */
export function hashOf(token: string): Buffer {
  return hash('sha256', token, 'buffer')
}

/** What a request proves itself by; the token by its hash. */
export type Credential = { kind: 'session' | 'access_token'; token: Buffer }

const bearer = /^Bearer +([\w-]{1,100})$/i
const basic = /^Basic +([\w+/=]{1,1000})$/i

/**
 * A token of a program (`Authorization: Bearer`, or the password of HTTP Basic) before the session of a browser.
 *
 * @returns undefined where there is neither, and where it cannot be a token.
 */
export function credentialOf(asking: Asking, proxies: TrustedProxies): Credential | undefined {
  const authorization = asking.header('authorization')
  if (authorization !== undefined) {
    const token = bearer.exec(authorization)?.[1] ?? passwordOf(authorization)
    return token === undefined ? undefined : { kind: 'access_token', token: hashOf(token) }
  }
  const token = sessionCookie(asking, proxies)
  return token === undefined ? undefined : { kind: 'session', token: hashOf(token) }
}

function passwordOf(authorization: string): string | undefined {
  const encoded = basic.exec(authorization)?.[1]
  if (encoded === undefined) return undefined
  const [, ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  return password.join(':')
}
