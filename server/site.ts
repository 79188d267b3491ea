import { Hono } from 'hono'
import { requestLog } from './http/request-log.ts'
import { securityHeaders, staticFiles } from './http/static.ts'
import type { App } from './app.ts'
import type { Log } from './log.ts'

/** The whole of what is served on the port: the API under `/api`, the web app beside it. */
export function createSite(api: App, webDirectory: string, log: Log): Hono {
  const site = new Hono()
  const web = staticFiles(webDirectory)
  const templates = new Hono().route('/', api).route('/', web)
  site.use(requestLog(templates, log))
  const answerApi = (request: Request, env: unknown) => api.fetch(request, env as object)
  site.all('/api', (context) => answerApi(context.req.raw, context.env))
  site.all('/api/*', (context) => answerApi(context.req.raw, context.env))
  // The API has headers of its own (`apiHeaders`), also where it answers without passing here.
  site.use(securityHeaders)
  site.route('/', web)
  site.notFound((context) => context.text('没有这个页面 · There is no such page', 404))
  return site
}
