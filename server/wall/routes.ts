import { createRoute } from '@hono/zod-openapi'
import { CommunityCode, StreetCode } from '@minqing/data/domain/area-code'
import { WallPicture } from '@minqing/data/domain/wall'
import { z } from 'zod'
import { json, problems } from '../http/responses.ts'
import { createRouter } from '../http/router.ts'
import type { Reading } from '../http/versioned-answer.ts'
import { readAs, type Scope } from '../store/scope.ts'
import { getWallPicture } from './get-wall-picture.ts'

const route = createRoute({
  method: 'get',
  path: '/wall',
  tags: ['wall'],
  summary: 'What a wall shows beside the map: numbers and cases without a word that a person wrote',
  request: { query: z.strictObject({ area: z.union([StreetCode, CommunityCode]).optional() }) },
  responses: { 200: json(WallPicture, 'The picture at this moment'), ...problems },
})

export function wallRoutes({ readFrom, scope, now }: Pick<Reading, 'readFrom' | 'scope'> & { now: () => Date }) {
  // Whoever asks sees no more than the wall's own rights give.
  const asWall: Scope = { ...scope, role: 'wall' }
  return createRouter().openapi(route, async (c) => {
    const { area } = c.req.valid('query')
    const picture = await readAs(readFrom, asWall, (transaction) => getWallPicture(transaction, area, now()))
    return c.json(picture, 200, { 'cache-control': 'no-store' })
  })
}
