import { CommunityCode, StreetCode } from '@minqing/data/domain/area-code'
import { collectionNames } from '@minqing/data/domain/data-status'
import { ProblemError } from '@minqing/data/domain/problem'
import {
  WallAreas,
  WallCells,
  WallContacts,
  WallCounts,
  wallDimensions,
  WallHotSpots,
  WallPicture,
  WallVersions,
} from '@minqing/data/domain/wall'
import type { Context } from 'hono'
import { z } from 'zod'
import type { AnalysisInput } from '../analysis/analysis-input.ts'
import type { ThreadPool } from '../analysis/thread-pool.ts'
import { scopeOf } from '../http/resolve-actor.ts'
import { json, media, notModified, problems } from '../http/responses.ts'
import { defineRoute } from '../http/route-access.ts'
import { createRouter } from '../http/router.ts'
import { SharedReads } from '../http/shared-reads.ts'
import { type Reading, versionedAnswer } from '../http/versioned-answer.ts'
import { collectionVersions } from '../store/collection-versions.ts'
import type { ReplicaReader } from '../store/replica-reader.ts'
import { readAs, type Scope, scopeKey } from '../store/scope.ts'
import { deepestZoom, mvt } from '../tiles/tile-documents.ts'
import { countReported } from './count-incidents.ts'
import { findWallArea } from './find-area.ts'
import { getWallPicture } from './get-wall-picture.ts'
import { readHotSpotInput, WallHotSpotFinder, withoutHotSpots } from './hot-spots.ts'
import { countWallCells, listWallAreas, listWallContacts, wallBaseTile, wallBuildingTile } from './map-data.ts'

const Place = z.union([StreetCode, CommunityCode])
const tags = ['wall']

const pictureRoute = defineRoute({
  access: { action: 'read', object: 'wall' },
  method: 'get',
  path: '/wall',
  tags,
  summary: 'Counts and latest cases of a wall, without personal data and free text',
  request: { query: z.strictObject({ area: Place.optional() }) },
  responses: { 200: json(WallPicture, 'The picture at this instant'), ...problems },
})

const areasRoute = defineRoute({
  access: { action: 'read', object: 'wall' },
  method: 'get',
  path: '/wall/areas',
  tags,
  summary: 'Outlines of the areas of a sub-district, without contacts',
  request: { query: z.strictObject({ area: Place }) },
  responses: {
    200: json(WallAreas, 'The outlines by level'),
    ...notModified,
    ...problems,
  },
})

const List = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(z.enum(wallDimensions)).min(1))
  .openapi({ type: 'string', example: 'type,risk' })
const Days = z
  .string()
  .regex(/^\d{1,3}$/)
  .transform(Number)
  .pipe(z.number().min(1).max(366))
  .openapi({ type: 'integer', example: 30 })

const countsRoute = defineRoute({
  access: { action: 'read', object: 'wall' },
  method: 'get',
  path: '/wall/counts',
  tags,
  summary: 'Cases of the last days by facets and areas, and of as many days before',
  request: { query: z.strictObject({ area: Place.optional(), by: List, days: Days }) },
  responses: { 200: json(WallCounts, 'A row for each combination that occurs'), ...problems },
})

const cellsRoute = defineRoute({
  access: { action: 'read', object: 'wall' },
  method: 'get',
  path: '/wall/cells',
  tags,
  summary: 'Counted cases by cell of 50 m, of the thirty days before the running clock hour and of that hour',
  request: { query: z.strictObject({ area: Place }) },
  responses: { 200: json(WallCells, 'The cells that are not empty'), ...notModified, ...problems },
})

const hotSpotsRoute = defineRoute({
  access: { action: 'read', object: 'wall' },
  method: 'get',
  path: '/wall/hot-spots',
  tags,
  summary: 'Where residents reported significantly more than elsewhere in the last ninety days',
  request: { query: z.strictObject({ area: Place.optional() }) },
  responses: {
    200: json(WallHotSpots, 'The hottest first; none where nothing is significant'),
    ...notModified,
    ...problems,
  },
})

const index = z
  .string()
  .regex(/^\d{1,8}$/)
  .transform(Number)
const tileRequest = {
  params: z.strictObject({ z: index.pipe(z.number().max(deepestZoom)), x: index, y: index }),
  query: z.strictObject({}),
}
const tileRoute = defineRoute({
  access: { action: 'read', object: 'wall' },
  method: 'get',
  path: '/wall/buildings/{z}/{x}/{y}',
  tags,
  summary: 'A vector tile of buildings with height and use (MVT 2.1, Web Mercator, y from the north)',
  request: tileRequest,
  responses: { 200: media(mvt, 'Layer `buildings`; empty where there are none'), ...notModified, ...problems },
})

const baseTileRoute = defineRoute({
  access: { action: 'read', object: 'wall' },
  method: 'get',
  path: '/wall/base/{z}/{x}/{y}',
  tags,
  summary: 'A vector tile of the base map without house numbers (MVT 2.1, Web Mercator, y from the north)',
  request: tileRequest,
  responses: {
    200: media(mvt, 'The layers of the tile set `base`; empty where there is nothing'),
    ...notModified,
    ...problems,
  },
})

const versionsRoute = defineRoute({
  access: { action: 'read', object: 'wall' },
  method: 'get',
  path: '/wall/versions',
  tags,
  summary: 'Versions of the collections: another number than before means that it was written to',
  request: { query: z.strictObject({}) },
  responses: { 200: json(WallVersions, 'A number for each collection'), ...problems },
})

const contactsRoute = defineRoute({
  access: { action: 'read', object: 'duty_contact' },
  method: 'get',
  path: '/wall/contacts',
  tags,
  summary: 'Names and phones of the grid workers on duty in a community; switched off by WALL_CONTACTS=off',
  request: { query: z.strictObject({ area: CommunityCode }) },
  responses: { 200: json(WallContacts, 'One for each grid that has a worker'), ...notModified, ...problems },
})

/**
 * Everything that the page `/wall` receives. Whoever asks reads under the role `minqing_wall`,
 * contacts under `minqing_duty`.
 */
export function wallRoutes(
  dependencies: Reading & {
    now: () => Date
    wallContacts: boolean
    reader: ReplicaReader | undefined
    threads: ThreadPool
  },
) {
  const { readFrom, now, wallContacts, reader } = dependencies
  const asWall = (c: Context): Scope => ({ ...scopeOf(c), role: 'wall' })
  /** Whoever may see one area alone is shown it without having to name it: a screen that was paired for a community. */
  const placeOf = (c: Context, asked: string | undefined) => {
    const [own, ...others] = scopeOf(c).areas
    return asked ?? (others.length === 0 ? Place.safeParse(own).data : undefined)
  }
  const wallReading = { ...dependencies, role: 'wall' } as const
  const dutyReading = { ...dependencies, role: 'duty' } as const
  const hotSpots = new WallHotSpotFinder(dependencies.threads)
  const inputs = new SharedReads<AnalysisInput | null>()
  const pictures = new SharedReads<Awaited<ReturnType<typeof getWallPicture>>>()
  return createRouter()
    .openapi(pictureRoute, async (c) => {
      const area = placeOf(c, c.req.valid('query').area)
      const scope = asWall(c)
      const read = () => readAs(readFrom, scope, (transaction) => getWallPicture(transaction, area, now()))
      const picture = await pictures.read(`${scopeKey(scope)} ${area ?? ''}`, read)
      return c.json({ ...picture, contacts: wallContacts }, 200, { 'cache-control': 'no-store' })
    })
    .openapi(areasRoute, (c) => {
      const { area } = c.req.valid('query')
      return versionedAnswer(c, wallReading, ['areas'], async (transaction) =>
        c.json(await listWallAreas(transaction, area), 200),
      )
    })
    .openapi(countsRoute, async (c) => {
      const { area: asked, by, days } = c.req.valid('query')
      const area = placeOf(c, asked)
      const counts = await readAs(readFrom, asWall(c), async (transaction) => {
        const found = await findWallArea(transaction, area)
        return found === null ? [] : countReported(transaction, found.area.code, by, now(), days)
      })
      return c.json(counts, 200, { 'cache-control': 'no-store' })
    })
    .openapi(cellsRoute, (c) => {
      const { area } = c.req.valid('query')
      const instant = now()
      const hour = instant.toISOString().slice(0, 13)
      return versionedAnswer(
        c,
        wallReading,
        ['incidents'],
        async (transaction) => c.json(await countWallCells(transaction, area, instant), 200),
        [hour],
      )
    })
    .openapi(hotSpotsRoute, async (c) => {
      const area = placeOf(c, c.req.valid('query').area)
      const scope = asWall(c)
      const read = () =>
        readAs(readFrom, scope, async (transaction) => {
          const found = await findWallArea(transaction, area)
          return found && readHotSpotInput(transaction, found.area.code, scope, now())
        })
      const input = await inputs.read(`${scopeKey(scope)} ${area ?? ''}`, read)
      const found = input === null ? withoutHotSpots : await hotSpots.find(input)
      return c.json(found, 200, { 'cache-control': 'no-store' })
    })
    .openapi(tileRoute, (c) => {
      const tile = c.req.valid('param')
      return versionedAnswer(c, wallReading, ['buildings'], async (transaction) => {
        const bytes = await wallBuildingTile(transaction, tile)
        return c.body(new Uint8Array(bytes), 200, { 'content-type': mvt })
      })
    })
    .openapi(baseTileRoute, (c) => {
      const tile = c.req.valid('param')
      return versionedAnswer(c, wallReading, ['base'], async (transaction) => {
        const bytes = await wallBaseTile(transaction, tile)
        return c.body(new Uint8Array(bytes), 200, { 'content-type': mvt })
      })
    })
    .openapi(versionsRoute, async (c) => {
      const rows = await readAs(readFrom, asWall(c), (transaction) => collectionVersions(transaction, collectionNames))
      const versions = Object.fromEntries(rows.map(({ collection, version }) => [collection, version])) as WallVersions
      // As for `/api/status`.
      if (wallReading.cache.reach(versions)) await reader?.noteChange()
      return c.json(versions, 200, { 'cache-control': 'no-store' })
    })
    .openapi(contactsRoute, (c) => {
      if (!wallContacts) throw contactsOff()
      const { area } = c.req.valid('query')
      return versionedAnswer(c, dutyReading, ['areas', 'people'], async (transaction) =>
        c.json(await listWallContacts(transaction, area), 200),
      )
    })
}

function contactsOff(): ProblemError {
  return new ProblemError(
    'not_found',
    { zh: '大屏不显示值守人员', en: 'The wall shows no contacts' },
    { remedy: { zh: '由 WALL_CONTACTS=on 启用', en: 'WALL_CONTACTS=on shows them' } },
  )
}
