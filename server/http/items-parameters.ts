import { z } from '@hono/zod-openapi'
import { BoundingBox } from '@minqing/data/domain/position'
import { Datetime } from './parameters.ts'

export const defaultLimit = 1000
export const maxLimit = 10_000

/** Longitude and latitude in degrees: the one system that coordinates are served in. */
export const crs84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84'
const Crs84 = z.literal(crs84)

/** Four numbers, or six with heights, which nothing here has and which therefore select nothing out. */
const Bbox = z
  .string()
  .transform((text) => text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part))))
  .transform((numbers) => (numbers.length === 6 ? [numbers[0], numbers[1], numbers[3], numbers[4]] : numbers))
  .pipe(BoundingBox.refine(([, south, , north]) => south <= north))
  .openapi({ type: 'string', example: '114.2,30.5,114.4,30.7' })

/** Above the maximum counts as the maximum (OGC 17-069r4, requirement /req/core/fc-limit-response-1). */
const Limit = z
  .string()
  .regex(/^\d+$/)
  .transform(Number)
  .pipe(z.number().min(1))
  .transform((limit) => Math.min(limit, maxLimit))
  .openapi({ type: 'integer', minimum: 1, maximum: maxLimit, default: defaultLimit })

/** Parameters of the items of every collection. */
export const itemsParameters = {
  bbox: Bbox.optional(),
  'bbox-crs': Crs84.optional(),
  datetime: Datetime.optional(),
  limit: Limit.optional(),
  next: z.string().max(500).optional(),
  f: z.enum(['json', 'html']).optional(),
}
