import type { MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { parsePosition, type ReplicaReader, writePosition } from '../store/replica-reader.ts'

const cookie = 'minqing-position'

/** Seconds after which every process has long heard of a write by itself. */
const lifetime = 10

/** Whether a request comes from someone who has just written: cached answers may be older than what they wrote. */
export function hasWritten(cookies: string | undefined): boolean {
  return cookies?.includes(`${cookie}=`) ?? false
}

/**
 * A writer reads its own writes, whichever process and whichever replica answers: an answer to a write says in a cookie
 * how long the log was, and what is read with that cookie is at least as new.
 */
export function readYourWrites(reader: ReplicaReader): MiddlewareHandler {
  return async (c, next) => {
    const seen = parsePosition(getCookie(c, cookie) ?? '')
    if (seen !== undefined) await reader.require(seen)
    await next()
    if (['GET', 'HEAD', 'OPTIONS'].includes(c.req.method) || !c.res.ok) return
    const position = writePosition(await reader.position())
    setCookie(c, cookie, position, { path: '/api', httpOnly: true, sameSite: 'Strict', maxAge: lifetime })
  }
}
