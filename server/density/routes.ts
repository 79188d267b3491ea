import { createRoute } from '@hono/zod-openapi'
import { IncidentDensity } from '@minqing/data/domain/incident-density'
import { BoundingBox } from '@minqing/data/domain/position'
import { z } from 'zod'
import type { RoomDependencies } from '../dependencies.ts'
import { filterParameters, toIncidentFilter } from '../http/parameters.ts'
import { json, notModified, problems } from '../http/responses.ts'
import { createRouter } from '../http/router.ts'
import { versionedAnswer } from '../http/versioned-answer.ts'
import { getDensity } from './get-density.ts'

const Box = z
  .string()
  .transform((text) => text.split(',').map(Number))
  .pipe(BoundingBox.refine(([west, south, east, north]) => west < east && south < north))
  .openapi({ type: 'string', example: '114.2,30.5,114.9,31' })

const Cell = z
  .string()
  .regex(/^\d+$/)
  .transform(Number)
  .pipe(z.number().min(10).max(20_000))
  .openapi({ type: 'integer', example: 250 })

const route = createRoute({
  method: 'get',
  path: '/incidents/density',
  tags: ['incidents'],
  summary: 'How many of the filtered incidents lie in each cell of a lattice, for where they are too many to travel',
  request: { query: z.strictObject({ ...filterParameters, bbox: Box, cell: Cell }) },
  responses: { 200: json(IncidentDensity, 'The cells that are not empty'), ...notModified, ...problems },
})

export function densityRoutes(dependencies: RoomDependencies) {
  return createRouter().openapi(route, (c) => {
    const { bbox, cell, ...rest } = c.req.valid('query')
    const filter = toIncidentFilter(rest)
    return versionedAnswer(c, dependencies, ['areas', 'incidents'], async (transaction) =>
      c.json(await getDensity(transaction, filter, bbox, cell, dependencies), 200),
    )
  })
}
