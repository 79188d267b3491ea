import { exportDatumNames, ExportDatum } from '@minqing/data/domain/datum'
import { Circulation, exportFormats, type ExportFormat, exportsCountsOnly } from '@minqing/data/domain/export'
import { ProblemError } from '@minqing/data/domain/problem'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { z } from 'zod'
import type { AnalysisService } from '../analysis/analysis-service.ts'
import { recordAs } from '../audit/append-audit.ts'
import { attachment } from '../http/download.ts'
import { languageOf } from '../http/negotiation.ts'
import { LanguageParameter } from '../http/parameters.ts'
import { actorOf } from '../http/resolve-actor.ts'
import { media, problems } from '../http/responses.ts'
import { defineRoute } from '../http/route-access.ts'
import { createRouter } from '../http/router.ts'
import type { Database } from '../store/connect.ts'
import { analysisExportTitle, analysisTable, type ExportedAnalysis } from './analysis-table.ts'
import { formats } from './formats.ts'

const parameters = z.strictObject({
  lang: LanguageParameter.optional(),
  crs: ExportDatum.clone().openapi({ example: 'cgcs2000' }).optional(),
  circulation: Circulation.clone().openapi({ example: 'internal' }).optional(),
})

type AnalysisExportDependencies = {
  database: Database
  analyses: AnalysisService
  now: () => Date
  /** Folder of files that are being written. */
  temporary: string
}

function routeOf(format: ExportFormat) {
  const { type } = formats[format]
  return defineRoute({
    access: { action: 'export', object: 'analysis' },
    method: 'get',
    path: `/analyses/{id}/export.${format}`,
    tags: ['exports'],
    summary: `Every unit of an analysis with its figures as ${format}`,
    request: { params: z.strictObject({ id: z.string().regex(/^[\w-]{22}$/) }), query: parameters },
    responses: { 200: media(type.split(';')[0] ?? type, 'The file'), ...problems },
  })
}

/** `/analyses/{id}/export.{format}`: the units of a result, in every format. */
export function analysisExportRoutes(dependencies: AnalysisExportDependencies): OpenAPIHono {
  const router = createRouter()
  for (const format of exportFormats)
    router.openapi(routeOf(format), (c) => send(c, format, c.req.valid('param').id, c.req.valid('query'), dependencies))
  return router
}

/** @throws ProblemError `forbidden` for counts of cases where only published counts may leave */
async function send(
  c: Context,
  format: ExportFormat,
  id: string,
  { lang, crs: datum = 'wgs84', circulation = 'internal' }: z.output<typeof parameters>,
  { database, analyses, now, temporary }: AnalysisExportDependencies,
): Promise<Response> {
  const actor = actorOf(c)
  const language = lang ?? languageOf(c.req.header('accept-language'))
  const { bytes, record } = await analyses.result(actor, id)
  const { basis, filter, method } = record.question
  if (basis !== 'published' && (circulation === 'wide' || exportsCountsOnly(actor.role))) throw casesStay()
  const at = now()
  const { type, write } = formats[format]
  const mark = datum === 'wgs84' ? undefined : exportDatumNames[datum]
  const headers = {
    'content-type': type,
    'content-disposition': attachment(
      analysisExportTitle,
      { area: filter.area, mark, extension: format, now: at },
      language,
    ),
    'cache-control': 'no-store',
  }
  if (c.req.method === 'HEAD') return new Response(null, { headers })
  const analysis = JSON.parse(Buffer.from(bytes).toString()) as ExportedAnalysis
  const rows = analysis.features.length
  const audited = { action: 'export', object: 'analysis', area: filter.area, target: id } as const
  // Before the first byte: what cannot be recorded is not sent.
  await recordAs(database, actor, audited, 'done', { format, method, basis, crs: datum, circulation, rows })
  const table = analysisTable(analysis, { language, datum, circulation, now: at, by: actor.name })
  const pieces: Uint8Array[] = []
  // Some megabytes at most, so that a fault is an answer and not a broken file.
  for await (const piece of await write(table, temporary))
    pieces.push(typeof piece === 'string' ? Buffer.from(piece) : piece)
  return new Response(Buffer.concat(pieces), { headers })
}

function casesStay(): ProblemError {
  return new ProblemError(
    'forbidden',
    {
      zh: '这个结果含有单个区域的小数目，不能导出给您的角色，也不能扩大使用范围',
      en: 'This result has small counts of single areas: they are neither for files of your role nor for wider circulation',
    },
    {
      remedy: {
        zh: '请把“计数”改为“可公布的计数”重新分析，再导出',
        en: 'Ask again with published counts, and export that result',
      },
    },
  )
}
