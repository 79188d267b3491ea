import type { TileAddress } from '@minqing/data/geo/mercator'
import type { Context } from 'hono'
import { z } from 'zod'
import type { RoomDependencies } from '../dependencies.ts'
import { entityTag } from '../http/entity-tag.ts'
import { keptAnswer } from '../http/kept-answer.ts'
import { media, notModified, problems } from '../http/responses.ts'
import { acceptOnly, createRouter, parameterProblem } from '../http/router.ts'
import { collectionVersions } from '../store/collection-versions.ts'
import { readAs } from '../store/scope.ts'
import { tileDocumentRoutes } from './document-routes.ts'
import { encodeTile } from './encode-tile.ts'
import { deepestZoom } from './tile-documents.ts'
import { mvt, tileMatrixSetId } from './tile-media.ts'
import { tileSetNames, tileSetOf } from './tile-sets.ts'
import { tiledCollections } from './tiled-collections.ts'

const whole = z
  .string()
  .regex(/^\d{1,8}$/)
  .transform(Number)
const Address = z
  .strictObject({ layer: z.enum(tileSetNames), z: whole.pipe(z.number().max(deepestZoom)), x: whole, y: whole })
  .superRefine(({ z: zoom, x, y }, context) => {
    for (const [name, value] of Object.entries({ x, y })) {
      if (value >= 2 ** zoom)
        context.addIssue({ code: 'too_big', maximum: 2 ** zoom - 1, origin: 'number', path: [name], input: value })
    }
  })

const responses = {
  200: media(mvt, 'The layers that the metadata of the tiles name'),
  204: { description: 'Nothing lies in this tile' },
  ...notModified,
  ...problems,
}
const zoom = z.int().min(0).max(deepestZoom)
const place = z.int().min(0)

export function tileRoutes(dependencies: RoomDependencies) {
  const router = createRouter().route('/', tileDocumentRoutes(dependencies))
  router.openAPIRegistry.registerPath({
    method: 'get',
    path: '/tiles/{layer}/{z}/{x}/{y}.mvt',
    tags: ['tiles'],
    summary: 'A vector tile (MVT 2.1, Web Mercator, y from the north)',
    request: { params: z.object({ layer: z.enum(tileSetNames), z: zoom, x: place, y: place }) },
    responses,
  })
  router.get('/tiles/:layer/:z/:x/:file{[0-9]+\\.mvt}', (c) => {
    const { layer, z: zoom, x, file } = c.req.param()
    return tileAnswer(c, dependencies, { layer, z: zoom, x, y: file.replace('.mvt', '') })
  })
  for (const layer of tiledCollections) {
    const path = `/collections/${layer}/tiles/${tileMatrixSetId}`
    router.openAPIRegistry.registerPath({
      method: 'get',
      path: `${path}/{z}/{y}/{x}`,
      tags: ['tiles'],
      summary: `A vector tile of ${layer}: matrix, row, column`,
      request: { params: z.object({ z: zoom, y: place, x: place }) },
      responses,
    })
    router.get(`${path}/:z/:y/:x`, (c) => {
      const { z: matrix, y, x } = c.req.param()
      return tileAnswer(c, dependencies, { layer, z: matrix, x, y })
    })
  }
  return router
}

function tileAnswer(c: Context, dependencies: RoomDependencies, named: Record<string, string | undefined>) {
  acceptOnly(new URL(c.req.url).searchParams)
  const parsed = Address.safeParse(named)
  if (!parsed.success) throw parameterProblem(parsed.error, 'param')
  const { answers, readFrom, scope, version } = dependencies
  const { layer, ...tile } = parsed.data
  const { follows, read } = tileSetOf(layer)
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
}
