import type { Context, Hono, MiddlewareHandler } from 'hono'
import type { Log } from '../log.ts'

/** Where the templates are found: an application with every route of the server. */
export type Routes = Pick<Hono, 'router'>

/** Called after each answered request: `started` as `performance.now()` counts. */
export type NoteRequest = (method: string, route: string, status: number, started: number) => void

/**
 * One line a request: method, route template, status and milliseconds. The address itself is left out: its query and
 * its segments may name a case or a person.
 */
export function noteRequests(log: Log): NoteRequest {
  return (method, route, status, started) =>
    log.info('request', { method, route, status, ms: Math.round((performance.now() - started) * 10) / 10 })
}

/** Notes every request that passes through. */
export function requestLog(routes: Routes, log: Log): MiddlewareHandler {
  const note = noteRequests(log)
  return async (context, next) => {
    const started = performance.now()
    await next()
    note(context.req.method, routeTemplate(routes, context), context.res.status, started)
  }
}

/** `/api/incidents/:street/:number`, never what a person asked for; `other` where no route matched. */
function routeTemplate({ router }: Routes, context: Context): string {
  const [handlers] = router.match(context.req.method, context.req.path)
  const templates = handlers.map(([[, route]]) => route.path).filter((path) => !path.endsWith('*'))
  return templates.at(-1) ?? 'other'
}
