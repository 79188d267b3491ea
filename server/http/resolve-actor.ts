import { ProblemError } from '@minqing/data/domain/problem'
import type { IncomingMessage } from 'node:http'
import type { Context, MiddlewareHandler } from 'hono'
import { askingClient } from '../store/asking-client.ts'
import type { Scope } from '../store/scope.ts'
import type { Actor } from '../access/actor.ts'

declare module 'hono' {
  interface ContextVariableMap {
    actor: Actor
    /** Why there is none. */
    withoutActor: ProblemError
  }
}

/** What of a request says who asks, whether it comes from `node:http` or from Hono. */
export type Asking = {
  path: string
  header: (name: string) => string | undefined
  /** Of the connection; undefined in tests without one. */
  socket: IncomingMessage['socket'] | undefined
}

/** How the server learns who asks. */
export type ActorSource = {
  /** Who sent the request, where that is known without waiting; undefined where it has to be looked up. */
  known: (asking: Asking) => Actor | undefined
  /** @throws ProblemError `unauthenticated` where nobody has signed in. */
  resolve: (asking: Asking) => Promise<Actor>
  /**
   * Says of who was resolved whether that has ended by its own clock: of a session, unless it is used meanwhile. Without it,
   * nothing ends by itself.
   */
  expiry?: (asking: Asking) => Promise<() => boolean>
}

/** Everybody is this one: for tests, and for a program that serves one reader. */
export function everybodyIs(actor: Actor): ActorSource {
  return { known: () => actor, resolve: async () => actor }
}

/**
 * Resolves who asks, and from where, before anything else is done for a request; who nobody is, is refused by what needs
 * an actor.
 */
export function resolveActor(source: ActorSource): MiddlewareHandler {
  return async (c, next) => {
    try {
      // A copy: the same actor asks from several addresses.
      c.set('actor', { ...(await source.resolve(askingOf(c))), address: askingClient()?.address })
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      c.set('withoutActor', error)
    }
    await next()
  }
}

export function askingOf(c: Context): Asking {
  const { incoming } = (c.env ?? {}) as { incoming?: IncomingMessage }
  return { path: c.req.path, header: (name) => c.req.header(name), socket: incoming?.socket }
}

/** The same before any middleware. */
export function askingIn(request: IncomingMessage): Asking {
  const header = (name: string) => {
    const value = request.headers[name]
    return Array.isArray(value) ? value.join(', ') : value
  }
  return { path: request.url ?? '', header, socket: request.socket }
}

/** @throws ProblemError `unauthenticated` or `sign_in_incomplete` where nobody has signed in. */
export function actorOf(c: Context): Actor {
  const actor = c.get('actor') as Actor | undefined
  const refusal = c.get('withoutActor') as ProblemError | undefined
  if (refusal !== undefined) throw refusal
  if (actor === undefined) throw new Error(`${c.req.path} is answered without asking who asks`)
  return actor
}

/** What the asking actor may see of the database. */
export function scopeOf(c: Context): Scope {
  return actorOf(c).scope
}

/** QGIS calls itself Mozilla as well, and is none. */
const browsers = /AppleWebKit|Gecko\//

/**
 * How to prove who asks (RFC 9110 §11.6.1). HTTP Basic is named to programs alone: a browser would ask for a password by
 * itself, over the page that does.
 */
export function challengeFor(header: (name: string) => string | undefined): string {
  const isBrowser = header('sec-fetch-site') !== undefined || browsers.test(header('user-agent') ?? '')
  return isBrowser ? 'Bearer realm="minqing"' : 'Basic realm="minqing", charset="UTF-8", Bearer realm="minqing"'
}
