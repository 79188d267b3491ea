import type { TileAddress } from '@minqing/data/geo/tile-box'
import { z } from 'zod'
import type { RoomDependencies } from '../dependencies.ts'
import { entityTag } from '../http/entity-tag.ts'
import { keptAnswer } from '../http/kept-answer.ts'
import { media, notModified, problems } from '../http/responses.ts'
import { acceptOnly, createRouter, parameterProblem } from '../http/router.ts'
import { collectionVersions } from '../store/collection-version.ts'
import { readAs } from '../store/scope.ts'
import { encodeTile } from './encode-tile.ts'
import { baseTile, buildingTile } from './tile-features.ts'

const tileSets = {
  base: { follows: 'base', read: baseTile },
  buildings: { follows: 'buildings', read: buildingTile },
} as const

export const mvt = 'application/vnd.mapbox-vector-tile'

const whole = z
  .string()
  .regex(/^\d{1,8}$/)
  .transform(Number)
const Address = z
  .strictObject({ layer: z.enum(['base', 'buildings']), z: whole.pipe(z.number().max(22)), x: whole, y: whole })
  .superRefine(({ z: zoom, x, y }, context) => {
    for (const [name, value] of Object.entries({ x, y })) {
      if (value >= 2 ** zoom)
        context.addIssue({ code: 'too_big', maximum: 2 ** zoom - 1, origin: 'number', path: [name], input: value })
    }
  })

export function tileRoutes({ answers, readFrom, scope, version }: RoomDependencies) {
  const router = createRouter()
  router.openAPIRegistry.registerPath({
    method: 'get',
    path: '/tiles/{layer}/{z}/{x}/{y}.mvt',
    tags: ['tiles'],
    summary: 'A vector tile (MVT 2.1, Web Mercator, y from the north)',
    request: {
      params: z.object({
        layer: z.enum(['base', 'buildings']),
        z: z.int().min(0).max(22),
        x: z.int().min(0),
        y: z.int().min(0),
      }),
    },
    responses: {
      200: media(mvt, 'base: land, water, green, road, rail, place; buildings: buildings'),
      204: { description: 'Nothing lies in this tile' },
      ...notModified,
      ...problems,
    },
  })
  router.get('/tiles/:layer/:z/:x/:file{[0-9]+\\.mvt}', (c) => {
    acceptOnly(new URL(c.req.url).searchParams)
    const { layer, z: zoom, x, file } = c.req.param()
    const parsed = Address.safeParse({ layer, z: zoom, x, y: file.replace('.mvt', '') })
    if (!parsed.success) throw parameterProblem(parsed.error, 'param')
    const { layer: name, ...tile } = parsed.data
    const { follows, read } = tileSets[name]
    return keptAnswer(c, answers, [follows], () =>
      readAs(readFrom, scope, async (transaction) => {
        const versions = await collectionVersions(transaction, [follows])
        const bytes = encodeTile(tile satisfies TileAddress, await read(transaction, tile))
        return {
          status: bytes.length === 0 ? 204 : 200,
          type: mvt,
          tag: entityTag(versions, [version, c.req.path]),
          body: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
        }
      }),
    )
  })
  return router
}
