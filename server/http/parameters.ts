import { z } from '@hono/zod-openapi'
import { AreaPrefix } from '@minqing/data/domain/area-code'
import { mapFacets } from '@minqing/data/domain/incident-facets'
import { Instant } from '@minqing/data/domain/instant'
import type { Label } from '@minqing/data/domain/label'
import { languages } from '@minqing/data/domain/label'
import { servedCrs } from './served-crs.ts'

const crsRemedy: Label = {
  zh: `可用的坐标参考系：${servedCrs.join('、')}；EPSG 的两个为纬度在前`,
  en: `Served are ${servedCrs.join(', ')}; those of EPSG have latitude first`,
}

/** What a parameter wants to be, told to whoever got it wrong: a name means the same everywhere. */
export const remedies: Record<string, Label> = {
  area: {
    zh: '请给出区划代码的前 2 至 15 位数字，例如 990101001',
    en: 'Give the first 2 to 15 digits of an area code, e.g. 990101001',
  },
  code: { zh: '请给出 9、12 或 15 位数字的区划代码', en: 'Give an area code of 9, 12 or 15 digits' },
  datetime: {
    zh: '请用 RFC 3339 时间或“起/止”区间，开放的一端写“..”，例如 2026-01-01T00:00:00+08:00/..（“+”在网址中写作 %2B）',
    en: 'Use an RFC 3339 time or an interval, “..” for an open end, e.g. 2026-01-01T00:00:00+08:00/.. (write “+” as %2B in an address)',
  },
  ...mapFacets((_, { codes, aliases }) => ({
    zh: `请用逗号分隔，可选：${codes.join('、')}${aliases.map(({ key, label }) => `；${key} 表示全部${label.zh}`).join('')}`,
    en: `Separate by commas; one of: ${codes.join(', ')}${aliases.map(({ key, label }) => `; ${key} means all of ${label.en}`).join('')}`,
  })),
  bbox: {
    zh: '请按“西,南,东,北”给出 4 个经纬度（或含高程的 6 个数）；bbox-crs 为 EPSG 坐标系时纬度在前',
    en: 'Give west,south,east,north in degrees (or six numbers with heights); latitude first where bbox-crs is of EPSG',
  },
  'bbox-crs': crsRemedy,
  crs: crsRemedy,
  cell: {
    zh: '请给出 10 至 20000 的整数（米）',
    en: 'Give a whole number of metres from 10 to 20000',
  },
  'filter-crs': crsRemedy,
  'filter-lang': { zh: '仅支持 filter-lang=cql2-text', en: 'Only filter-lang=cql2-text is served' },
  limit: {
    zh: '请给出 1 以上的整数；超过 10000 按 10000 处理',
    en: 'Give a whole number from 1; more than 10000 counts as 10000',
  },
  next: { zh: '请原样使用上一页返回的 next 链接', en: 'Use the “next” link of the previous page as it is' },
  f: { zh: '请用 f=json 或 f=html', en: 'Use f=json or f=html' },
  q: { zh: '请输入 1 至 100 个字', en: 'Give 1 to 100 characters' },
  lang: { zh: `可选：${languages.join('、')}`, en: `One of: ${languages.join(', ')}` },
  layer: { zh: '/api/tiles 列出了可用的名称', en: '/api/tiles lists the names' },
  z: { zh: '请给出 0 至 22 的整数', en: 'Give a whole number from 0 to 22' },
  x: { zh: '请给出 0 至 2^z − 1 的整数', en: 'Give a whole number from 0 to 2^z − 1' },
  y: { zh: '请给出 0 至 2^z − 1 的整数', en: 'Give a whole number from 0 to 2^z − 1' },
  level: { zh: '可选：community、grid', en: 'One of: community, grid' },
}

/** A list in one parameter, `a,b,c`; empty means all. */
export function commaSeparated<T extends z.ZodType<string, string>>(member: T, example: string) {
  return z
    .string()
    .transform((text) => (text === '' ? [] : text.split(',')))
    .pipe(z.array(member))
    .openapi({ type: 'string', example })
}

/** [from, to) of an RFC 3339 instant or interval; `..` or nothing for an open end. */
export const Datetime = z
  .string()
  .transform((text, context): { from?: string; to?: string } => {
    // An unencoded “+” of an offset arrives as a space.
    const [start = '', end, ...more] = text.replaceAll(' ', '+').split('/')
    const from = openOrInstant(start)
    const to = end === undefined ? undefined : openOrInstant(end)
    const fails = from === null || to === null || more.length > 0 || (end === undefined && from === undefined)
    if (fails || (from !== undefined && to !== undefined && Date.parse(from) > Date.parse(to))) {
      context.addIssue({ code: 'invalid_format', format: 'datetime', input: text })
      return z.NEVER
    }
    // An instant is the millisecond it names.
    if (end === undefined) return { from, to: afterInstant(from!) }
    return { from, to }
  })
  .openapi({ type: 'string', example: '2026-01-01T00:00:00Z/..' })

/** The end of a window that still holds the instant. */
function afterInstant(instant: string): string {
  return isoWithin(Date.parse(instant) + 1)
}

/** The same with its end in it, as OGC 17-069r4 §7.15.4 means an interval. */
export const ClosedDatetime = z
  .string()
  .transform((text, context) => {
    const parsed = Datetime.safeParse(text)
    if (parsed.success) {
      const { from, to } = parsed.data
      return to === undefined || !text.includes('/') ? parsed.data : { from, to: afterInstant(to) }
    }
    context.addIssue({ code: 'invalid_format', format: 'datetime', input: text })
    return z.NEVER
  })
  .openapi({ type: 'string', example: '2026-01-01T00:00:00Z/..' })

function openOrInstant(text: string): string | undefined | null {
  if (text === '..' || text === '') return undefined
  const upper = text.toUpperCase()
  return Instant.safeParse(upper).success ? isoWithin(Date.parse(upper)) : null
}

const earliest = Date.parse('0001-01-01T00:00:00Z')
const latest = Date.parse('9999-12-31T23:59:59.999Z')

/** Years beyond four digits, and the year 0, have no form that the database reads; no case is as old or as far off. */
function isoWithin(moment: number): string {
  return new Date(Math.min(Math.max(moment, earliest), latest)).toISOString()
}

/** Cloned: a schema made before the OpenAPI extension was loaded does not have it. */
export const AreaParameter = AreaPrefix.clone().openapi({ example: '990101001' })

export const LanguageParameter = z.enum(languages)
