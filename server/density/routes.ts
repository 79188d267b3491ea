import { gridsFromCell, IncidentDensity } from '@minqing/data/domain/incident-density'
import { BoundingBox } from '@minqing/data/domain/position'
import { ProblemError } from '@minqing/data/domain/problem'
import { z } from 'zod'
import { scopeOf } from '../http/resolve-actor.ts'
import { filterParameters, filterRemedies, toIncidentFilter } from '../incidents/parameters.ts'
import { json, notModified, problems } from '../http/responses.ts'
import { defineRoute } from '../http/route-access.ts'
import { createRouter } from '../http/router.ts'
import { type Reading, versionedAnswer } from '../http/versioned-answer.ts'
import type { CountSource } from '../counts/cell-cache.ts'
import { DensityRaster, getDensity } from './get-density.ts'

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

const remedies = {
  ...filterRemedies,
  cell: { zh: '请给出 10 至 20000 的整数（米）', en: 'Give a whole number of metres from 10 to 20000' },
}

const route = defineRoute({
  access: { action: 'count', object: 'incident' },
  method: 'get',
  path: '/incidents/density',
  tags: ['incidents'],
  summary: 'How many of the filtered incidents lie in each cell of a raster, where they are too many to be sent',
  request: { query: z.strictObject({ ...filterParameters, bbox: Box, cell: Cell }) },
  responses: { 200: json(IncidentDensity, 'The cells that are not empty'), ...notModified, ...problems },
})

/** More than any screen has pixels for; an answer of so many is some megabytes. */
const mostCells = 1_000_000

function tooManyCells(): ProblemError {
  return new ProblemError(
    'bad_parameter',
    { zh: '这个范围里的格子太多', en: 'The box holds too many cells' },
    {
      parameter: 'cell',
      remedy: {
        zh: `请用更大的格子（${gridsFromCell} 米起不限范围），或缩小范围，使格子不超过一百万个`,
        en: `Use larger cells (from ${gridsFromCell} m any box will do) or a smaller box, a million cells at most`,
      },
    },
  )
}

export function densityRoutes(dependencies: Reading & Pick<CountSource, 'cells'>) {
  return createRouter(remedies).openapi(route, (c) => {
    const { bbox, cell, ...rest } = c.req.valid('query')
    // Larger ones are filled from the counts of grids, which are few, whatever the box.
    if (cell < gridsFromCell && new DensityRaster(bbox, cell).size > mostCells) throw tooManyCells()
    const filter = toIncidentFilter(rest)
    return versionedAnswer(c, dependencies, ['areas', 'incidents'], async (transaction) =>
      c.json(await getDensity(transaction, filter, bbox, cell, { scope: scopeOf(c), cells: dependencies.cells }), 200),
    )
  })
}
