import { createRoute } from '@hono/zod-openapi'
import { AreaCode } from '@minqing/data/domain/area-code'
import { homeDay } from '@minqing/data/domain/instant'
import { AreaProfile } from '@minqing/data/domain/summary'
import { z } from 'zod'
import type { RoomDependencies } from '../dependencies.ts'
import { json, notModified, problems } from '../http/responses.ts'
import { createRouter } from '../http/router.ts'
import { versionedAnswer } from '../http/versioned-answer.ts'
import { getAreaProfile } from './get-area-profile.ts'

const route = createRoute({
  method: 'get',
  path: '/areas/{code}',
  tags: ['areas'],
  summary: 'Population, buildings, facilities and staff of a street, community or grid',
  request: {
    params: z.strictObject({ code: AreaCode.clone().openapi({ example: '990101001' }) }),
    query: z.strictObject({}),
  },
  responses: { 200: json(AreaProfile, 'The profile'), ...notModified, ...problems },
})

export function areaRoutes(dependencies: RoomDependencies) {
  const { now } = dependencies
  return createRouter().openapi(route, (c) => {
    const { code } = c.req.valid('param')
    // Ages change at midnight, at home.
    const today = homeDay(now())
    const read = ['areas', 'buildings', 'facilities', 'people'] as const
    return versionedAnswer(
      c,
      dependencies,
      read,
      async (transaction) => c.json(await getAreaProfile(transaction, code, now()), 200),
      [today],
    )
  })
}
