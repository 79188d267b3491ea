import { isAbsolute } from 'node:path'
import { ExportDatum } from '@minqing/data/domain/datum'
import {
  Circulation,
  ExportCollection,
  exportCollections,
  type ExportFormat,
  exportFormats,
} from '@minqing/data/domain/export'
import { facetNames } from '@minqing/data/domain/incident-facets'
import { languages } from '@minqing/data/domain/label'
import { ProblemError } from '@minqing/data/domain/problem'
import { ExportInterval, ScheduledExport } from '@minqing/data/domain/scheduled-export'
import { localTimeText } from '@minqing/data/formats/values/local-time-text'
import { z } from 'zod'
import { commandActor } from '../access/actor.ts'
import { exportFile } from '../exports/export-file.ts'
import { scheduleExport } from '../exports/scheduled/scheduled-exports.ts'
import { parameterProblem } from '../http/router.ts'
import { filterParameters, filterRemedies, toIncidentFilter } from '../incidents/parameters.ts'
import { type CommandContext, defineCommand, type ExitCode, UsageError } from './command.ts'
import { exportRaw } from './export-raw.ts'

const facetOptions = Object.fromEntries(facetNames.map((name) => [name, { type: 'string' }])) as Record<
  (typeof facetNames)[number],
  { type: 'string' }
>

export const exportCommand = defineCommand({
  name: 'export',
  summary: { zh: '导出数据文件，或定时导出', en: 'Export a file, or have the server write it at regular times' },
  help: `用法 · Usage
  minqing export <collection> <file> [options]
  minqing export <collection> --every <day|week|month> --name <名称> --format <格式> --folder <文件夹> [options]
  minqing export <collection> <file.geojson|file.csv> --raw [--bbox …] [--datetime …]

  collection     ${exportCollections.join(' | ')}
  file           以格式结尾 · ends in its format: ${exportFormats.map((format) => `.${format}`).join(' ')}

  --area <编码>      区划代码的前几位 · first digits of an area code
  --datetime <起>/<止>  上报时间（RFC 3339，.. 表示不限，止不含）· reported in this time, .. is open, the end excluded
  ${facetNames.map((name) => `--${name}`).join(' ')}  用逗号分隔的代码 · codes, separated by commas
  --level <community|grid>  区域统计的级别，默认 grid · level of areas
  --crs <wgs84|cgcs2000|gcj02>  坐标，默认 wgs84 · coordinates
  --circulation <internal|wide>  使用范围，默认 internal；wide 不含单个事件 · for whom; wide has no single case
  --lang <zh|en>     列名与取值的语言，默认 zh · language of headings and values

  --every            由服务定时写入文件夹 · written into a folder by the server
  --name             名称，文件名以此开头；同名的被替换 · its files begin with it; one of the same name is replaced
  --folder           服务所在机器上的绝对路径 · an absolute path on the server's machine
  --at <HH:MM>       当地时间，默认 02:30；每周为周一，每月为 1 日 · local time; on Mondays, or on the 1st
  --keep <n>         保留最新的几个文件，默认 12 · how many of its newest files stay
  --last             只导出刚结束的一天、一周或一月 · the last day, week or month that has ended
  minqing exports    列出和移除 · lists and removes them

  --raw              按字段原名导出一个集合（streets | communities | grids | buildings | incidents | facilities），供再次导入
                     a whole collection under the names of its fields, to be imported again
  --bbox <西,南,东,北>  与 --raw 一起：只导出与此范围相交的 · with --raw: what meets these degrees

例 · Example
  minqing export incidents 事件.xlsx --area 990101001 --datetime 2026-01-01T00:00:00+08:00/..
  minqing export areas --every month --last --name 月报 --format xlsx --folder /data/reports`,
  options: {
    ...facetOptions,
    area: { type: 'string' },
    datetime: { type: 'string' },
    level: { type: 'string' },
    crs: { type: 'string' },
    circulation: { type: 'string' },
    lang: { type: 'string' },
    every: { type: 'string' },
    name: { type: 'string' },
    format: { type: 'string' },
    folder: { type: 'string' },
    at: { type: 'string' },
    keep: { type: 'string' },
    last: { type: 'boolean' },
    raw: { type: 'boolean' },
    bbox: { type: 'string' },
  },
  run: async (context, { values, positionals }) => {
    const [collection, file, ...rest] = positionals
    if (collection === undefined || rest.length > 0) throw new UsageError(usage)
    try {
      if (values.raw === true) return await exportRaw(context, collection, file, values)
      if (values.bbox !== undefined) throw new UsageError('--bbox 只能与 --raw 一起使用 · --bbox goes with --raw')
      if (values.every !== undefined) return await schedule(context, collection, file, values)
      if (file === undefined) throw new UsageError(usage)
      const asked = parametersOf(collection, values)
      const request = { ...asked, now: context.now(), format: formatOf(file), path: context.path(file) }
      const { rows } = await exportFile(await context.database(), commandActor(), request)
      context.out(`${collection} → ${file}：${rows} 行 · rows`)
      return 0
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      for (const { zh, en } of [error.detail, error.remedy ?? { zh: '', en: '' }])
        if (zh !== '') context.report(`${zh}\n${en}`)
      return 2
    }
  },
})

const usage = 'minqing export <collection> <file>：需要一个集合和一个文件 · needs one collection and one file'

type Values = Readonly<Record<string, string | boolean | undefined>>

const Parameters = z.object({
  ...filterParameters,
  level: z.enum(['community', 'grid']).default('grid'),
  crs: ExportDatum.default('wgs84'),
  circulation: Circulation.default('internal'),
  lang: z.enum(languages).default('zh'),
})

function parametersOf(named: string, values: Values) {
  const collection = ExportCollection.safeParse(named)
  if (!collection.success)
    throw new UsageError(`没有集合“${named}”；可用：${exportCollections.join('、')} · there is no such collection`)
  const given = Object.fromEntries(
    Object.entries(values).filter(([name, value]) => Object.hasOwn(Parameters.shape, name) && value !== undefined),
  )
  const parsed = Parameters.safeParse(given)
  if (!parsed.success) throw parameterProblem(parsed.error, 'query', filterRemedies)
  const { level, crs: datum, circulation, lang: language, ...filter } = parsed.data
  return { collection: collection.data, filter: toIncidentFilter(filter), level, datum, circulation, language }
}

function formatOf(file: string): ExportFormat {
  const format = exportFormats.find((ending) => file.toLowerCase().endsWith(`.${ending}`))
  if (format !== undefined) return format
  const endings = exportFormats.map((ending) => `.${ending}`).join(' ')
  throw new UsageError(`“${file}”：文件名应以格式结尾：${endings} · the name should end in a format`)
}

async function schedule(
  context: CommandContext,
  named: string,
  file: string | undefined,
  values: Values,
): Promise<ExitCode> {
  if (file !== undefined) throw new UsageError('--every 与文件名不能同时使用 · --every takes no name of a file')
  const { collection, ...asked } = parametersOf(named, values)
  const lastOnly = values['last'] === true
  if (lastOnly && asked.circulation === 'wide' && values['every'] !== 'month')
    throw new UsageError(
      '--circulation wide 只公布整月，--last 请与 --every month 一起使用 · with --circulation wide, --last goes with --every month',
    )
  const schedule = ScheduledExport.pick({ id: true, format: true, every: true, atTime: true, files: true }).safeParse({
    id: values['name'],
    format: values['format'],
    every: ExportInterval.safeParse(values['every']).data,
    atTime: values['at'] ?? '02:30',
    files: Number(values['keep'] ?? 12),
  })
  if (!schedule.success) {
    const options = new Map([
      ['id', 'name'],
      ['atTime', 'at'],
      ['files', 'keep'],
    ])
    const field = String(schedule.error.issues[0]?.path[0])
    throw new UsageError(`--${options.get(field) ?? field} 缺少或无法识别 · is missing or cannot be understood`)
  }
  const folder = values['folder']
  if (typeof folder !== 'string' || !isAbsolute(folder))
    throw new UsageError(
      '--folder 须为服务所在机器上的绝对路径 · --folder must be an absolute path on the machine of the server',
    )
  const parameters = { ...asked, lastOnly }
  const now = context.now()
  const full = { ...schedule.data, collection, folder, parameters }
  const next = await scheduleExport(await context.database(), commandActor(), full, now)
  context.out(
    `已安排“${full.id}”，首次导出：${localTimeText(next.toISOString())}；服务运行时执行 · scheduled; first at that local time, while the server runs`,
  )
  return 0
}
