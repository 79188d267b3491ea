import type { AccessObject } from '@minqing/data/domain/access'
import type { Context } from 'hono'
import { z } from 'zod'
import { recordAs } from '../audit/append-audit.ts'
import { actorOf, scopeOf } from '../http/resolve-actor.ts'
import type { Database } from '../store/connect.ts'
import type { CountSource } from '../counts/cell-cache.ts'
import { attachment } from '../http/download.ts'
import { languageOf } from '../http/negotiation.ts'
import { LanguageParameter } from '../http/parameters.ts'
import { filterParameters, filterRemedies, toIncidentFilter } from '../incidents/parameters.ts'
import { media, problems } from '../http/responses.ts'
import { defineRoute } from '../http/route-access.ts'
import { createRouter } from '../http/router.ts'
import { streamedRead } from '../http/streamed-read.ts'
import type { Reading } from '../http/versioned-answer.ts'
import { areasCsv, areasGeojson, type Export, incidentsCsv, incidentsGeojson } from './write-export.ts'

const types = { csv: 'text/csv; charset=utf-8', geojson: 'application/geo+json' } as const
const names = { incidents: { zh: '事件', en: 'incidents' }, areas: { zh: '区域统计', en: 'areas' } } as const

const incidentParameters = z.strictObject({ ...filterParameters, lang: LanguageParameter.optional() })
const areaParameters = incidentParameters.extend({ level: z.enum(['community', 'grid']).optional() })

const remedies = { ...filterRemedies, level: { zh: '可选：community、grid', en: 'One of: community, grid' } }

function exportRoute<P extends `/${string}`, Q extends z.ZodObject>(
  object: AccessObject,
  path: P,
  type: string,
  query: Q,
  summary: string,
) {
  return defineRoute({
    access: { action: 'export', object },
    method: 'get',
    path,
    tags: ['exports'],
    summary,
    request: { query },
    responses: { 200: media(type, 'The file, sent as it is read'), ...problems },
  })
}

const routes = {
  incidentsCsv: exportRoute(
    'incident',
    '/exports/incidents.csv',
    'text/csv',
    incidentParameters,
    'The filtered incidents as a table',
  ),
  incidentsGeojson: exportRoute(
    'incident',
    '/exports/incidents.geojson',
    types.geojson,
    incidentParameters,
    'The filtered incidents as GeoJSON',
  ),
  areasCsv: exportRoute('area', '/exports/areas.csv', 'text/csv', areaParameters, 'Areas with their counts as a table'),
  areasGeojson: exportRoute(
    'area',
    '/exports/areas.geojson',
    types.geojson,
    areaParameters,
    'Areas with their counts as GeoJSON',
  ),
}

type ExportDependencies = Pick<Reading, 'readFrom'> & { database: Database } & Pick<CountSource, 'cells'> & {
    now: () => Date
  }

export function exportRoutes({ database, readFrom, now, cells }: ExportDependencies) {
  async function send(
    c: Context,
    what: keyof typeof names,
    format: keyof typeof types,
    pieces: Export,
    query: z.output<typeof areaParameters>,
  ): Promise<Response> {
    const filter = toIncidentFilter(query)
    const scope = scopeOf(c)
    const language = query.lang ?? languageOf(c.req.header('accept-language'))
    const request = { filter, language, now: now(), level: query.level ?? ('grid' as const), source: { scope, cells } }
    const headers = {
      'content-type': types[format],
      'content-disposition': attachment(
        names[what],
        { area: filter.area, extension: format, now: request.now },
        language,
      ),
      'cache-control': 'no-store',
    }
    if (c.req.method === 'HEAD') return new Response(null, { headers })
    await recordAs(
      database,
      actorOf(c),
      { action: 'export', object: what === 'incidents' ? 'incident' : 'area', area: filter.area },
      'done',
      { format, filter },
    )
    const body = await streamedRead(readFrom, scope, (transaction) => pieces(transaction, request))
    return new Response(body, { headers })
  }
  return createRouter(remedies)
    .openapi(routes.incidentsCsv, (c) => send(c, 'incidents', 'csv', incidentsCsv, c.req.valid('query')))
    .openapi(routes.incidentsGeojson, (c) => send(c, 'incidents', 'geojson', incidentsGeojson, c.req.valid('query')))
    .openapi(routes.areasCsv, (c) => send(c, 'areas', 'csv', areasCsv, c.req.valid('query')))
    .openapi(routes.areasGeojson, (c) => send(c, 'areas', 'geojson', areasGeojson, c.req.valid('query')))
}
