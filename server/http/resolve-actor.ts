import type { IncomingMessage } from 'node:http'
import type { Context, MiddlewareHandler } from 'hono'
import type { Scope } from '../store/scope.ts'
import type { Actor } from '../access/actor.ts'

declare module 'hono' {
  interface ContextVariableMap {
    actor: Actor
  }
}

/** How the server learns who asks. */
export type ActorSource = {
  /** Who sent the request, where that is known without waiting; undefined where it has to be looked up. */
  known: (request: IncomingMessage) => Actor | undefined
  /** @throws ProblemError `unauthenticated` where nobody has signed in. */
  resolve: (c: Context) => Promise<Actor>
}

/** Everybody is this one: for tests, and for a program that serves one reader. */
export function everybodyIs(actor: Actor): ActorSource {
  return { known: () => actor, resolve: async () => actor }
}

/** Resolves who asks before anything else is done for a request. */
export function resolveActor(source: ActorSource): MiddlewareHandler {
  return async (c, next) => {
    c.set('actor', await source.resolve(c))
    await next()
  }
}

export function actorOf(c: Context): Actor {
  const actor = c.get('actor')
  if (actor === undefined) throw new Error(`${c.req.path} is answered without asking who asks`)
  return actor
}

/** What the asking actor may see of the database. */
export function scopeOf(c: Context): Scope {
  return actorOf(c).scope
}
