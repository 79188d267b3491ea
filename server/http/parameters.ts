import { z } from '@hono/zod-openapi'
import { Instant } from '@minqing/data/domain/instant'
import type { Label } from '@minqing/data/domain/label'
import { languages } from '@minqing/data/domain/label'

/** What a value of a parameter looks like, by its name; part of the problem that a wrong value is answered with. */
export type Remedies = Readonly<Record<string, Label>>

/** Those of parameters that more than one resource has. */
export const commonRemedies = {
  datetime: {
    zh: '请用 RFC 3339 时间或“起/止”区间，开放的一端写“..”，例如 2026-01-01T00:00:00+08:00/..（“+”在网址中写作 %2B）',
    en: 'Use an RFC 3339 time or an interval, “..” for an open end, e.g. 2026-01-01T00:00:00+08:00/.. (write “+” as %2B in an address)',
  },
  asOf: {
    zh: '请用 RFC 3339 时间，例如 2026-11-01T00:00:00Z',
    en: 'Use an RFC 3339 time, e.g. 2026-11-01T00:00:00Z',
  },
  f: { zh: '请用 f=json 或 f=html', en: 'Use f=json or f=html' },
  lang: { zh: `可选：${languages.join('、')}`, en: `One of: ${languages.join(', ')}` },
} satisfies Remedies

/** A schema of the domain as a parameter. Cloned, because one that was made before OpenAPI's methods were added has none. */
export function parameter<T extends z.ZodType>(schema: T, example: string): T {
  return schema.clone().openapi({ example })
}

/** Years of which something may be known. */
const isKnownYear = (text: string) => text >= '1980' && text < '2200'

/** The instant as of whose knowledge a question is answered. */
export const AsOf = parameter(Instant.refine(isKnownYear), '2026-11-01T00:00:00Z').optional()

/** Nothing is known of what is to come. */
export function knownAt(asOf: string, now: Date): Date {
  return new Date(Math.min(Date.parse(asOf), now.getTime()))
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
function isoWithin(time: number): string {
  return new Date(Math.min(Math.max(time, earliest), latest)).toISOString()
}

export const LanguageParameter = z.enum(languages)
