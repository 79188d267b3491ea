import { exportDatumNames, exportDatums, ExportDatum } from '@minqing/data/domain/datum'
import {
  Circulation,
  circulations,
  type ExportCollection,
  exportCollectionLabels,
  exportCollections,
  exportFormats,
  type ExportFormat,
  exportObjects,
  exportsCountsOnly,
} from '@minqing/data/domain/export'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { z } from 'zod'
import { recordAs } from '../audit/append-audit.ts'
import { AreaParameter } from '../areas/parameters.ts'
import type { CountSource } from '../counts/cell-cache.ts'
import { attachment } from '../http/download.ts'
import { languageOf } from '../http/negotiation.ts'
import { LanguageParameter } from '../http/parameters.ts'
import { actorOf, scopeOf } from '../http/resolve-actor.ts'
import { media, problems } from '../http/responses.ts'
import { defineRoute } from '../http/route-access.ts'
import { createRouter } from '../http/router.ts'
import { streamedRead } from '../http/streamed-read.ts'
import type { Reading } from '../http/versioned-answer.ts'
import { filterParameters, filterRemedies, toIncidentFilter } from '../incidents/parameters.ts'
import type { Database, Transaction } from '../store/connect.ts'
import type { ExportRequest } from './export-table.ts'
import { formats } from './formats.ts'
import { wholeStreets } from '../published/select-groups.ts'
import { type ExportSize, writeExport } from './write-export.ts'

const commonParameters = {
  lang: LanguageParameter.optional(),
  crs: ExportDatum.clone().openapi({ example: 'cgcs2000' }).optional(),
  circulation: Circulation.clone().openapi({ example: 'internal' }).optional(),
}
const areaParameters = z.strictObject({ area: AreaParameter.optional(), ...commonParameters })
const parameters = {
  incidents: z.strictObject({ ...filterParameters, ...commonParameters }),
  areas: z.strictObject({
    ...filterParameters,
    ...commonParameters,
    level: z.enum(['community', 'grid']).optional(),
  }),
  buildings: areaParameters,
  facilities: areaParameters,
} satisfies Record<ExportCollection, z.ZodObject>

type Query = z.output<typeof parameters.areas>

const remedies = {
  ...filterRemedies,
  level: { zh: '可选：community、grid', en: 'One of: community, grid' },
  crs: { zh: `可选：${exportDatums.join('、')}`, en: `One of: ${exportDatums.join(', ')}` },
  circulation: { zh: `可选：${circulations.join('、')}`, en: `One of: ${circulations.join(', ')}` },
}

/** The route of a collection in a format. */
function routeOf(collection: ExportCollection, format: ExportFormat) {
  const { type } = formats[format]
  return defineRoute({
    access: { action: 'export', object: exportObjects[collection] },
    method: 'get',
    path: `/exports/${collection}.${format}`,
    tags: ['exports'],
    summary: `${exportCollectionLabels[collection].en[0]?.toUpperCase()}${exportCollectionLabels[collection].en.slice(1)} of a filter as ${format}`,
    request: { query: parameters[collection] },
    responses: { 200: media(type.split(';')[0] ?? type, 'The file, sent as it is written'), ...problems },
  })
}

type ExportDependencies = Pick<Reading, 'readFrom'> & { database: Database } & Pick<CountSource, 'cells'> & {
    now: () => Date
    /** Folder of files that are being written. */
    temporary: string
    logError: (error: unknown) => void
  }

/** `/exports/{collection}.{format}`: every collection in every format. */
export function exportRoutes(dependencies: ExportDependencies): OpenAPIHono {
  const router = createRouter(remedies)
  for (const collection of exportCollections)
    for (const format of exportFormats)
      router.openapi(routeOf(collection, format), (c) =>
        send(c, collection, format, c.req.valid('query') as Query, dependencies),
      )
  return router
}

async function send(
  c: Context,
  collection: ExportCollection,
  format: ExportFormat,
  { lang, crs: datum = 'wgs84', circulation = 'internal', level = 'grid', ...query }: Query,
  { database, readFrom, cells, now, temporary, logError }: ExportDependencies,
): Promise<Response> {
  const filter = toIncidentFilter(query)
  const actor = actorOf(c)
  const scope = scopeOf(c)
  const language = lang ?? languageOf(c.req.header('accept-language'))
  const countsOnly = circulation === 'wide' || exportsCountsOnly(actor.role)
  const request: ExportRequest = {
    collection,
    filter,
    language,
    datum,
    circulation,
    level,
    countsOnly,
    now: now(),
    by: actor.name,
    source: { scope, cells },
  }
  const mark = datum === 'wgs84' ? undefined : exportDatumNames[datum]
  const headers = {
    'content-type': formats[format].type,
    'content-disposition': attachment(
      exportCollectionLabels[collection],
      { area: filter.area, mark, extension: format, now: request.now },
      language,
    ),
    'cache-control': 'no-store',
  }
  if (c.req.method === 'HEAD') return new Response(null, { headers })
  const audited = { action: 'export', object: exportObjects[collection], area: filter.area } as const
  const details = { format, filter, crs: datum, circulation, countsOnly }
  const record = (result: 'done' | 'failed', size: object) =>
    recordAs(database, actor, audited, result, { ...details, ...size })
  // Before the first byte: what cannot be recorded is not sent.
  await record('done', {})
  const size: ExportSize = { rows: 0, bytes: 0 }
  const pieces = async function* (transaction: Transaction) {
    let result: 'done' | 'failed' = 'failed'
    try {
      yield* writeExport(transaction, request, format, temporary, size)
      result = 'done'
    } finally {
      // And how much it was, before its end is sent.
      await record(result, size).catch(logError)
    }
  }
  const body = await streamedRead(readFrom, countsOnly ? wholeStreets(scope) : scope, pieces)
  return new Response(body, { headers })
}
