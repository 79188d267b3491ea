import type { Context, Hono, MiddlewareHandler } from 'hono'
import type { Log } from '../log.ts'

/** Where the templates are found: an application with every route of the server. */
export type Routes = Pick<Hono, 'router'>

/**
 * One line a request: method, route template, status and milliseconds. The address itself is left out: its query and
 * its segments may name a case or a person.
 */
export function requestLog(routes: Routes, log: Log): MiddlewareHandler {
  return async (context, next) => {
    const started = performance.now()
    await next()
    log.info('request', {
      method: context.req.method,
      route: routeTemplate(routes, context),
      status: context.res.status,
      ms: Math.round((performance.now() - started) * 10) / 10,
    })
  }
}

/** `/api/incidents/:street/:number`, never what a person asked for; `other` where no route matched. */
function routeTemplate({ router }: Routes, context: Context): string {
  const [handlers] = router.match(context.req.method, context.req.path)
  const templates = handlers.map(([[, route]]) => route.path).filter((path) => !path.endsWith('*'))
  return templates.at(-1) ?? 'other'
}
