import { z } from '@hono/zod-openapi'
import { ClosedDatetime } from './parameters.ts'
import { servedCrs } from './served-crs.ts'

export const defaultLimit = 1000
export const maxLimit = 10_000

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
