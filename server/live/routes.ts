import type { Writable } from 'node:stream'
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { apiHeaders } from '../http/headers.ts'
import { actorOf, type ActorSource, type Asking, askingOf } from '../http/resolve-actor.ts'
import { media, problems } from '../http/responses.ts'
import { defineRoute } from '../http/route-access.ts'
import { createRouter } from '../http/router.ts'
import type { FeedSource } from './live-feed.ts'
import { LiveFeed } from './live-feed.ts'
import { parseResumePoint } from './resume-point.ts'

const liveRoute = defineRoute({
  access: { action: 'read', object: 'incident' },
  method: 'get',
  path: '/live',
  tags: ['incidents'],
  summary: 'The steps of incidents as they are taken, as server-sent events',
  description:
    'Events are `begin`, `step`, `reset`, `changed` and `due`, when a time limit is nearly over or has passed. The id of an event is `street:position`. Who reads one sub-district resumes by `Last-Event-ID`; who reads several gives the last position of each in `since`. A sub-district that is not named, or is more than a thousand steps behind, is `reset`. The stream ends when the right to it ends.',
  request: {
    query: z.strictObject({
      since: z.string().max(32_000).optional().openapi({ example: '990101001:120,990101002:7' }),
      wait: z.enum(['0', '1']).default('1').openapi({ description: '0: ends when what has come is sent' }),
    }),
  },
  responses: { 200: media('text/event-stream', 'Events'), ...problems },
})

const wallRoute = defineRoute({
  access: { action: 'read', object: 'wall' },
  method: 'get',
  path: '/wall/live',
  tags: ['wall'],
  summary: 'Which collections have changed, as server-sent events',
  description: 'Events are `begin`, with the version of each collection, and `changed`. They name no case.',
  request: { query: z.strictObject({ wait: liveRoute.request.query.shape.wait }) },
  responses: { 200: media('text/event-stream', 'Events'), ...problems },
})

/** What a stream is sent with: it is cached nowhere, and no proxy gathers it. */
const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
}

/**
 * Node's own response, with its head written. Through the web streams of a `Response` half as many events a second reach a
 * thousand clients (`pnpm bench live`).
 */
function openOutput(c: Context): Writable {
  const { outgoing } = c.env as HttpBindings
  // Without chunks around each piece: the stream ends with its connection (RFC 9112 §6.3).
  outgoing.removeHeader('transfer-encoding')
  return outgoing.writeHead(200, { ...apiHeaders, ...headers })
}

/** A stream that is open is no use of the session. */
function automatically({ header, ...asking }: Asking): Asking {
  return { ...asking, header: (name: string) => (name === 'x-minqing-automatic' ? '1' : header(name)) }
}

/** @param more when actors may have changed, and when the server ends. */
export function liveRoutes(
  source: Omit<FeedSource, 'actors'>,
  actors: ActorSource,
  more: { whenActorsChange?: ((changed: () => void) => void) | undefined; closing?: AbortSignal | undefined },
) {
  const feed = new LiveFeed({ ...source, actors })
  more.whenActorsChange?.(() => void feed.checkActors())
  more.closing?.addEventListener('abort', () => feed.close(), { once: true })
  const walls = createRouter().openapi(wallRoute, async (c) => {
    const isFollowing = c.req.valid('query').wait === '1' && c.req.method !== 'HEAD'
    await feed.joinVersions(actorOf(c), automatically(askingOf(c)), { isFollowing, open: () => openOutput(c) })
    return RESPONSE_ALREADY_SENT
  })
  return walls.openapi(liveRoute, async (c) => {
    const { since, wait } = c.req.valid('query')
    const last = c.req.header('last-event-id') ?? since
    const point = last === undefined ? undefined : parseResumePoint(last)
    const isFollowing = wait === '1' && c.req.method !== 'HEAD'
    const open = () => openOutput(c)
    await feed.join(actorOf(c), automatically(askingOf(c)), { since: point, isFollowing, open })
    return RESPONSE_ALREADY_SENT
  })
}
