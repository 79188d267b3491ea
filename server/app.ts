import { methodNotAllowed } from 'hono/method-not-allowed'
import { ProblemError } from '@minqing/data/domain/problem'
import type { AppDependencies, RoomDependencies } from './dependencies.ts'
import { CellCache } from './counts/cell-cache.ts'
import { areaRoutes } from './areas/routes.ts'
import { densityRoutes } from './density/routes.ts'
import { exportRoutes } from './exports/routes.ts'
import { documentRoutes } from './features/document-routes.ts'
import { featureRoutes } from './features/routes.ts'
import { Answers } from './http/answers.ts'
import { apiHeaders } from './http/api-headers.ts'
import { compressBody } from './http/compress-body.ts'
import { languageOf } from './http/language.ts'
import { limitLoad } from './http/limit-load.ts'
import { asProblem, problemResponse } from './http/problem.ts'
import { ownWrites } from './http/own-writes.ts'
import { refuseNul } from './http/refuse-nul.ts'
import { createRouter } from './http/router.ts'
import { importRoutes } from './imports/intake/routes.ts'
import { incidentRoutes } from './incidents/routes.ts'
import { statusRoutes } from './status/routes.ts'
import { openScope } from './store/scope.ts'
import { summaryRoutes } from './summary/routes.ts'
import { searchRoutes } from './search/routes.ts'
import { tileRoutes } from './tiles/routes.ts'
import { wallRoutes } from './wall/routes.ts'

/** Composes the rooms into one application under `/api`. */
export function createApp(dependencies: AppDependencies) {
  const {
    answers = new Answers(),
    cells = new CellCache(),
    scope = openScope,
    imports = noImports,
    logError = () => {},
    reader,
  } = dependencies
  const readFrom = reader ?? dependencies.database
  const given: RoomDependencies = { ...dependencies, answers, cells, scope, imports, logError, readFrom }
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
  app.use('/api/*', limitLoad(), refuseNul)
  if (reader !== undefined) app.use('/api/*', ownWrites(reader))
  app.notFound((c) => problemResponse(pathProblem(c.req.path), languageOf(c.req.header('accept-language'))))
  app.onError((error, c) => {
    const problem = asProblem(error)
    if (problem.code === 'internal') logError(error)
    return problemResponse(problem, languageOf(c.req.header('accept-language')))
  })
  const rooms = createRouter()
    .route('/', featureRoutes(given))
    .route('/', statusRoutes(given))
    .route('/', areaRoutes(given))
    .route('/', summaryRoutes(given))
    .route('/', densityRoutes(given))
    .route('/', incidentRoutes(given))
    .route('/', tileRoutes(given))
    .route('/', exportRoutes(given))
    .route('/', searchRoutes(given))
    .route('/', wallRoutes(given))
    .route('/', importRoutes(given))
  return app.route('/api', rooms).route('/api', documentRoutes(given, rooms))
}

const noImports: RoomDependencies['imports'] = {
  access: 'off',
  desk: () => {
    throw new Error('imports are switched off')
  },
}

export type App = ReturnType<typeof createApp>

function methodProblem(method: string, allow: string): ProblemError {
  return new ProblemError(
    'method_not_allowed',
    { zh: `此资源不支持 ${method}`, en: `This resource does not answer ${method}` },
    { remedy: { zh: `可用的方法：${allow}`, en: `It answers ${allow}` } },
  )
}

function pathProblem(path: string): ProblemError {
  return new ProblemError(
    'not_found',
    { zh: `没有“${path}”这个资源`, en: `There is no resource “${path}”` },
    { remedy: { zh: '/api 列出了全部资源', en: '/api lists all resources' } },
  )
}
