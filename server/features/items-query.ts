import { z } from '@hono/zod-openapi'
import type { Label } from '@minqing/data/domain/label'
import { BoundingBox } from '@minqing/data/domain/position'
import { ProblemError } from '@minqing/data/domain/problem'
import { ClosedDatetime, type Remedies } from '../http/parameters.ts'
import { parameterProblem } from '../http/router.ts'
import { crs84, isLatitudeFirst, servedCrs, type ServedCrs } from './crs.ts'
import type { FeatureSource } from './feature-source.ts'
import type { Condition } from './filter/expression.ts'
import { parseFilter } from './filter/parse-filter.ts'
import { queryablesOf } from './queryables.ts'

export const defaultLimit = 1000
export const maxLimit = 10_000
/** Of a page for a person: more rows are nothing to read, and each cell is written as markup. */
export const maxHtmlLimit = 200

/** Form, not exploded: as OGC 17-069r4 defines the parameters of a collection's items. */
const param = { style: 'form', explode: false } as const

/**
 * Four numbers in the axis order of `bbox-crs`, or six with heights, which nothing here has and which therefore select
 * nothing out. Whether they are a box is known with the order of its axes.
 */
const Bbox = z
  .string()
  .transform((text) => text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part))))
  .transform((numbers) => (numbers.length === 6 ? [numbers[0], numbers[1], numbers[3], numbers[4]] : numbers))
  .pipe(z.tuple([z.number(), z.number(), z.number(), z.number()]))
  .openapi({
    param,
    type: 'array',
    items: { type: 'number' },
    minItems: 4,
    maxItems: 6,
    example: [114.2, 30.5, 114.4, 30.7],
  })

/** Above the maximum counts as the maximum (OGC 17-069r4, requirement /req/core/fc-limit-response-1). */
const Limit = z
  .string()
  .regex(/^\d+$/)
  .transform(Number)
  .pipe(z.number().min(1))
  .transform((limit) => Math.min(limit, maxLimit))
  .openapi({ param, type: 'integer', minimum: 1, maximum: maxLimit, default: defaultLimit })

const Crs = z.enum(servedCrs)

/** `f` of every resource that also has a page for people. */
export const Format = z.enum(['json', 'html'])

/** Parameters of one feature. */
export const featureParameters = { crs: Crs.optional(), f: Format.optional() }

/** Parameters of the items of every collection. */
export const itemsParameters = {
  bbox: Bbox.optional(),
  'bbox-crs': Crs.optional(),
  datetime: ClosedDatetime.openapi({ param }).optional(),
  limit: Limit.optional(),
  next: z.string().max(500).optional(),
  /** CQL2 text over the collection's queryables (OGC 19-079r2, OGC 21-065r2). */
  filter: z.string().min(1).openapi({ example: "source = 'demo'" }).optional(),
  'filter-lang': z.literal('cql2-text').optional(),
  'filter-crs': Crs.optional(),
  ...featureParameters,
}

const crsRemedy: Label = {
  zh: `可用的坐标参考系：${servedCrs.join('、')}；EPSG 的两个为纬度在前`,
  en: `Served are ${servedCrs.join(', ')}; those of EPSG have latitude first`,
}

export const itemsRemedies = {
  bbox: {
    zh: '请按“西,南,东,北”给出 4 个经纬度（或含高程的 6 个数）；bbox-crs 为 EPSG 坐标系时纬度在前',
    en: 'Give west,south,east,north in degrees (or six numbers with heights); latitude first where bbox-crs is of EPSG',
  },
  'bbox-crs': crsRemedy,
  crs: crsRemedy,
  'filter-crs': crsRemedy,
  'filter-lang': { zh: '仅支持 filter-lang=cql2-text', en: 'Only filter-lang=cql2-text is served' },
  limit: {
    zh: '请给出 1 以上的整数；超过 10000 按 10000 处理',
    en: 'Give a whole number from 1; more than 10000 counts as 10000',
  },
  next: { zh: '请原样使用上一页返回的 next 链接', en: 'Use the “next” link of the previous page as it is' },
} satisfies Remedies

export type ItemsQuery = {
  bbox: BoundingBox | undefined
  datetime: { from?: string; to?: string } | undefined
  limit: number
  /** The last key of the page before. */
  after: string[] | undefined
  /** What `f` says; without it `Accept` decides. */
  format: 'json' | 'html' | undefined
  /** The system that the answer's coordinates are in. */
  crs: ServedCrs
  filter: Condition | undefined
  /** The collection's own parameters. */
  parameters: Record<string, unknown>
}

/**
 * The query of a collection's items.
 *
 * @throws ProblemError `bad_parameter` or `unknown_parameter`, naming it.
 */
export function parseItemsQuery(source: FeatureSource, search: URLSearchParams): ItemsQuery {
  const parsed = querySchemaOf(source).safeParse(given(search))
  if (!parsed.success) throw parameterProblem(parsed.error, 'query', { ...itemsRemedies, ...source.remedies })
  const {
    bbox,
    'bbox-crs': bboxCrs = crs84,
    crs = crs84,
    datetime,
    limit = defaultLimit,
    next,
    f: format,
    filter,
    'filter-lang': _language,
    'filter-crs': filterCrs = crs84,
    ...parameters
  } = parsed.data
  return {
    bbox: bbox === undefined ? undefined : toBoundingBox(bbox, bboxCrs),
    crs,
    datetime,
    limit,
    format,
    after: next === undefined ? undefined : decodeKey(source, next),
    filter: filter === undefined ? undefined : parseFilter(filter, queryablesOf(source), isLatitudeFirst(filterCrs)),
    parameters,
  }
}

const querySchemas = new WeakMap<FeatureSource, ReturnType<typeof makeQuerySchema>>()

/** Made once for each collection: making one compiles code, which takes longer than answering. */
function querySchemaOf(source: FeatureSource): ReturnType<typeof makeQuerySchema> {
  const found = querySchemas.get(source)
  if (found !== undefined) return found
  const made = makeQuerySchema(source)
  querySchemas.set(source, made)
  return made
}

function makeQuerySchema({ parameters }: FeatureSource) {
  return z.strictObject({ ...itemsParameters, ...parameters })
}

const Box = z.object({
  bbox: BoundingBox.refine(([, south, , north]) => south <= north, { error: '南 > 北 · south > north' }),
})

/** Longitude first, whatever the order in which the numbers came. */
function toBoundingBox([a, b, c, d]: [number, number, number, number], crs: ServedCrs): BoundingBox {
  const parsed = Box.safeParse({ bbox: isLatitudeFirst(crs) ? [b, a, d, c] : [a, b, c, d] })
  if (!parsed.success) throw parameterProblem(parsed.error, 'query', itemsRemedies)
  return parsed.data.bbox
}

/** A parameter given twice has no meaning here: it becomes a list, which no schema accepts. */
function given(search: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(search.keys())].map((name) => {
      const values = search.getAll(name)
      return [name, values.length === 1 ? values[0]! : values]
    }),
  )
}

export function encodeKey(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

function decodeKey(source: FeatureSource, next: string): string[] {
  // No text of the database holds a NUL.
  const key = z.array(z.string().regex(/^[^\0]*$/)).length(source.key.length)
  try {
    return key.parse(JSON.parse(Buffer.from(next, 'base64url').toString()))
  } catch {
    throw new ProblemError(
      'bad_parameter',
      { zh: '参数“next”不是上一页给出的值', en: 'Parameter “next” is not the value that a page gave' },
      { parameter: 'next', remedy: itemsRemedies.next },
    )
  }
}
