import { tmpdir } from 'node:os'
import { ProblemError } from '@minqing/data/domain/problem'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { routePath } from 'hono/route'
import type { AccountService } from './accounts/account-service.ts'
import { actorOf, type ActorSource, challengeFor, resolveActor } from './http/resolve-actor.ts'
import { Refusals } from './audit/refusals.ts'
import { CellCache } from './counts/cell-cache.ts'
import { AnalysisService } from './analysis/analysis-service.ts'
import { ThreadPool } from './analysis/thread-pool.ts'
import { DocumentFiles, documentFolder } from './documents/document-files.ts'
import type { ImportService } from './imports/intake/import-service.ts'
import { onBehalfOfClient } from './http/client.ts'
import { compressBody } from './http/compress-body.ts'
import { apiHeaders } from './http/headers.ts'
import { languageOf } from './http/negotiation.ts'
import { refuseForeignWrites } from './http/own-pages-only.ts'
import { asProblem, problemResponse, statusOf } from './http/problem.ts'
import { readYourWrites } from './http/read-your-writes.ts'
import { ResponseCache } from './http/response-cache.ts'
import { declaredRoutes } from './http/route-access.ts'
import { createRouter, refuseNul } from './http/router.ts'
import { TrustedProxies } from './trusted-proxies.ts'
import type { Log } from './log.ts'
import { resourceRoutes } from './resources/registry.ts'
import type { Database } from './store/connect.ts'
import { readPools } from './store/read-pools.ts'
import type { ReplicaReader } from './store/replica-reader.ts'

/** What the application needs from outside; read once at the edge and passed in. */
export type AppDependencies = {
  database: Database
  /** Where requests read; without it, in the database itself. */
  reader?: ReplicaReader
  /** Connections for what every screen asks for at any time; without it, those of all. */
  light?: Database
  /** The clock: tests stop it. */
  now: () => Date
  /** Version of the product, part of `/api/status` and of every entity tag. */
  version: string
  /** Shared with `createListener`; whoever opens the database drops from it what has changed. */
  cache?: ResponseCache
  /** Counts in memory; without it they are held as they are needed. */
  cells?: CellCache
  /** Who asks. */
  actors: ActorSource
  /** Signing in; without it, it is switched off. */
  accounts?: AccountService
  /** Aborted when the server is to end: streams end then. */
  closing?: AbortSignal
  /** Threads that analyses are computed on; whoever gives them closes them. */
  threads?: ThreadPool
  /** Takes the files of imports in the browser; without it, nothing can be uploaded. */
  imports?: ImportService
  /** Files of documents of incidents; without it, in a folder of the operating system's. */
  documents?: DocumentFiles
  /** Whether the wall names the grid workers on duty; true without it. */
  wallContacts?: boolean
  /** Whose word on who asks is believed; without it, the loopback's. */
  proxies?: TrustedProxies
  /** Folder of exports that are being written; without it, that of the operating system. */
  temporary?: string
  /** Called with each failure that no request is to blame for. */
  logError?: (error: unknown) => void
  /** Called with what an operator may want to know. */
  logInfo?: Log['info']
}

/** Composes the resources into one application under `/api`. */
export function createApp(dependencies: AppDependencies) {
  const {
    database,
    now,
    version,
    cache = new ResponseCache(),
    cells = new CellCache(),
    actors,
    accounts,
    closing,
    imports,
    threads = new ThreadPool(),
    wallContacts = true,
    proxies = new TrustedProxies(),
    temporary = tmpdir(),
    documents = new DocumentFiles(documentFolder(temporary)),
    logError = () => {},
    logInfo = () => {},
    reader,
    light,
  } = dependencies
  const app = createRouter()
  app.use('/api/*', async (c, next) => {
    await next()
    for (const [name, value] of Object.entries(apiHeaders)) if (!c.res.headers.has(name)) c.header(name, value)
  })
  app.use('/api/*', compressBody)
  app.use(
    '/api/*',
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => {
        const allow = [...new Set([...methods, 'OPTIONS'])].join(', ')
        if (c.req.method === 'OPTIONS') return c.body(null, 204, { allow })
        return problemResponse(methodProblem(c.req.method, allow), languageOf(c.req.header('accept-language')), {
          allow,
        })
      },
    }),
  )
  app.use('/api/*', onBehalfOfClient(proxies), refuseNul, refuseForeignWrites)
  app.use('/api/*', resolveActor(actors))
  if (reader !== undefined) app.use('/api/*', readYourWrites(reader))
  app.notFound((c) => problemResponse(pathProblem(c.req.path), languageOf(c.req.header('accept-language'))))
  const refusals = new Refusals(database, logError)
  app.onError(async (error, c) => {
    const problem = asProblem(error)
    const access = c.get('access')
    if (problem.code === 'forbidden' && typeof access === 'object')
      await refusals.record(actorOf(c), access, `${c.req.method} ${routePath(c, -1)}`)
    if (problem.code === 'internal') logError(error)
    const challenge: Record<string, string> =
      statusOf[problem.code] === 401 ? { 'www-authenticate': challengeFor((name) => c.req.header(name)) } : {}
    return problemResponse(problem, languageOf(c.req.header('accept-language')), challenge)
  })
  const pools = readPools(reader ?? database, light)
  const api = app.route(
    '/api',
    resourceRoutes({
      database,
      pools,
      reader,
      readFrom: pools.ordinary,
      now,
      version,
      cache,
      cells,
      accounts,
      actors,
      closing,
      imports,
      analyses: new AnalysisService({ database, pools, cells, now, version, threads, logError }),
      threads,
      documents,
      wallContacts,
      temporary,
      logError,
      logInfo,
    }),
  )
  declaredRoutes(api)
  return api
}

export type App = ReturnType<typeof createApp>

function methodProblem(method: string, allow: string): ProblemError {
  return new ProblemError(
    'method_not_allowed',
    { zh: `此资源不支持 ${method}`, en: `This resource does not support ${method}` },
    { remedy: { zh: `可用的方法：${allow}`, en: `Supported are ${allow}` } },
  )
}

function pathProblem(path: string): ProblemError {
  return new ProblemError(
    'not_found',
    { zh: `没有“${path}”这个资源`, en: `There is no resource “${path}”` },
    { remedy: { zh: '/api 列出了全部资源', en: '/api lists all resources' } },
  )
}
