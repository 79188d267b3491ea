import { hash, randomBytes } from 'node:crypto'
import type { Asking } from '../http/resolve-actor.ts'
import { sessionCookie, wallCookie } from '../http/session-cookie.ts'
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
export type Credential = { kind: 'session' | 'access_token' | 'wall'; token: Buffer }

const bearer = /^Bearer +([\w-]{1,100})$/i
const basic = /^Basic +([\w+/=]{1,1000})$/i
/** What the page of a wall asks for, whose paths are the only ones that the token of a screen is good for. */
const ofTheWall = /^\/api\/wall(?=[/?]|$)/

/**
 * A token of a program (`Authorization: Bearer`, or the password of HTTP Basic) before what a browser holds: the token
 * of a screen, for its own paths alone, and the session of a person.
 *
 * @returns those that there are, of which the first counts that stands for somebody.
 */
export function credentialsOf(asking: Asking, proxies: TrustedProxies): Credential[] {
  const authorization = asking.header('authorization')
  if (authorization !== undefined) {
    const token = bearer.exec(authorization)?.[1] ?? passwordOf(authorization)
    return token === undefined ? [] : [{ kind: 'access_token', token: hashOf(token) }]
  }
  const found: Credential[] = []
  const ofScreen = ofTheWall.test(asking.path) ? wallCookie(asking, proxies) : undefined
  if (ofScreen !== undefined) found.push({ kind: 'wall', token: hashOf(ofScreen) })
  const ofPerson = sessionCookie(asking, proxies)
  if (ofPerson !== undefined) found.push({ kind: 'session', token: hashOf(ofPerson) })
  return found
}

function passwordOf(authorization: string): string | undefined {
  const encoded = basic.exec(authorization)?.[1]
  if (encoded === undefined) return undefined
  const [, ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  return password.join(':')
}
