import { may } from '@minqing/data/domain/access'
import type { TileAddress } from '@minqing/data/geo/mercator'
import type { Context } from 'hono'
import { z } from 'zod'
import { languageOf } from '../http/negotiation.ts'
import type { Remedies } from '../http/parameters.ts'
import { json, media, notModified, problems } from '../http/responses.ts'
import { actorOf } from '../http/resolve-actor.ts'
import { declareAccess } from '../http/route-access.ts'
import { acceptOnly, createRouter, parameterProblem } from '../http/router.ts'
import { cachedAnswer, type Reading, versionedAnswer } from '../http/versioned-answer.ts'
import type { Transaction } from '../store/connect.ts'
import { encodeTile } from './encode-tile.ts'
import {
  deepestZoom,
  mvt,
  tileJson,
  tileMatrixSet,
  tileMatrixSetId,
  tileSetDocument,
  tileSetEntry,
} from './tile-documents.ts'
import type { TileSet } from './tile-set.ts'

const Json = z.strictObject({ f: z.literal('json').optional() })
const JsonOrTileJson = z.strictObject({ f: z.enum(['json', 'tilejson']).optional() })

const whole = z
  .string()
  .regex(/^\d{1,8}$/)
  .transform(Number)
const Address = z
  .strictObject({ z: whole.pipe(z.number().max(deepestZoom)), x: whole, y: whole })
  .superRefine(({ z: zoom, x, y }, context) => {
    for (const [name, value] of Object.entries({ x, y })) {
      if (value >= 2 ** zoom)
        context.addIssue({ code: 'too_big', maximum: 2 ** zoom - 1, origin: 'number', path: [name], input: value })
    }
  })

const tileResponses = {
  200: media(mvt, 'The layers that the metadata of the tiles name'),
  204: { description: 'Nothing lies in this tile' },
  ...notModified,
  ...problems,
}
const zoom = z.int().min(0).max(deepestZoom)
const index = z.int().min(0)

const remedies = {
  layer: { zh: '/api/tiles 列出了可用的名称', en: '/api/tiles lists the names' },
  z: { zh: '请给出 0 至 22 的整数', en: 'Give a whole number from 0 to 22' },
  x: { zh: '请给出 0 至 2^z − 1 的整数', en: 'Give a whole number from 0 to 2^z − 1' },
  y: { zh: '请给出 0 至 2^z − 1 的整数', en: 'Give a whole number from 0 to 2^z − 1' },
} satisfies Remedies

/** OGC API – Tiles: vector tiles of the sets, and the documents that describe the sets and how tiles are numbered. */
export function tileRoutes(reading: Reading, sets: readonly TileSet[]) {
  const router = createRouter()
  const names = z.enum(sets.map(({ name }) => name))
  const Layer = z.strictObject({ layer: names })
  const setNamed = (name: string): TileSet => {
    const parsed = Layer.safeParse({ layer: name })
    if (!parsed.success) throw parameterProblem(parsed.error, 'param', remedies)
    return sets.find((set) => set.name === parsed.data.layer)!
  }
  const readsService = declareAccess({ action: 'read', object: 'service' })
  const readsLayer = declareAccess(({ layer = '' }) => ({ action: 'read', object: setNamed(layer).object }))
  const describe = (path: string, summary: string, query: z.ZodObject = Json) => {
    const params = path.includes('{layer}') ? { params: z.object({ layer: names }) } : {}
    router.openAPIRegistry.registerPath({
      method: 'get',
      path,
      tags: ['tiles'],
      summary,
      request: { ...params, query },
      responses: { 200: json(z.looseObject({}), summary), ...notModified, ...problems },
    })
    // As Hono writes a placeholder.
    return path.replaceAll(/\{(\w+)\}/g, ':$1')
  }

  router.get(describe('/tiles', 'Every set of tiles'), readsService, (c) => {
    parseQuery(c, Json)
    const { role } = actorOf(c)
    const readable = sets.filter(({ object }) => may(role, 'read', object))
    const make = ({ origin, language }: Asker) => ({
      links: [{ href: `${origin}/api/tiles`, rel: 'self', type: 'application/json' }],
      tilesets: readable.map((set) => tileSetEntry(set, origin, language)),
    })
    return documentAnswer(
      c,
      reading,
      undefined,
      make,
      readable.map(({ name }) => name),
    )
  })
  router.get(describe('/tiles/{layer}', 'A set of tiles, also as TileJSON', JsonOrTileJson), readsLayer, (c) => {
    const { f } = parseQuery(c, JsonOrTileJson)
    return setAnswer(c, reading, setNamed(c.req.param('layer') ?? ''), f === 'tilejson')
  })
  router.openAPIRegistry.registerPath({
    method: 'get',
    path: '/tiles/{layer}/{z}/{x}/{y}.mvt',
    tags: ['tiles'],
    summary: 'A vector tile (MVT 2.1, Web Mercator, y from the north)',
    request: { params: z.object({ layer: names, z: zoom, x: index, y: index }) },
    responses: tileResponses,
  })
  router.get('/tiles/:layer/:z/:x/:file{[0-9]+\\.mvt}', readsLayer, (c) => {
    const { layer, z: matrix, x, file } = c.req.param()
    return tileAnswer(c, reading, setNamed(layer), { z: matrix, x, y: file.replace('.mvt', '') })
  })
  /** The same tiles where clients that know the collection look for them. */
  const addCollection = (set: TileSet) => {
    const path = `/collections/${set.name}/tiles`
    const readsSet = declareAccess({ action: 'read', object: set.object })
    router.get(describe(path, `Sets of tiles of ${set.name}`), readsSet, (c) => {
      parseQuery(c, Json)
      return documentAnswer(c, reading, undefined, ({ origin, language }) => ({
        links: [{ href: `${origin}/api${path}`, rel: 'self', type: 'application/json' }],
        tilesets: [tileSetEntry(set, origin, language)],
      }))
    })
    router.get(describe(`${path}/${tileMatrixSetId}`, `The tiles of ${set.name}`, JsonOrTileJson), readsSet, (c) =>
      setAnswer(c, reading, set, parseQuery(c, JsonOrTileJson).f === 'tilejson'),
    )
    router.openAPIRegistry.registerPath({
      method: 'get',
      path: `${path}/${tileMatrixSetId}/{z}/{y}/{x}`,
      tags: ['tiles'],
      summary: `A vector tile of ${set.name}: matrix, row, column`,
      request: { params: z.object({ z: zoom, y: index, x: index }) },
      responses: tileResponses,
    })
    router.get(`${path}/${tileMatrixSetId}/:z/:y/:x`, readsSet, (c) => {
      const { z: matrix, y, x } = c.req.param()
      return tileAnswer(c, reading, set, { z: matrix, x, y })
    })
  }
  for (const set of sets.filter(({ isCollection }) => isCollection)) addCollection(set)
  router.get(describe('/tileMatrixSets', 'How tiles are numbered'), readsService, (c) => {
    parseQuery(c, Json)
    return documentAnswer(c, reading, undefined, ({ origin }) => {
      const { id, title, uri, crs, links } = tileMatrixSet(origin)
      return { tileMatrixSets: [{ id, title, uri, crs, links }] }
    })
  })
  router.get(
    describe(`/tileMatrixSets/${tileMatrixSetId}`, 'The pyramid of tiles that web maps draw in'),
    readsService,
    (c) => {
      parseQuery(c, Json)
      return documentAnswer(c, reading, undefined, ({ origin }) => tileMatrixSet(origin))
    },
  )
  return router
}

function tileAnswer(c: Context, reading: Reading, set: TileSet, given: Record<string, string | undefined>) {
  acceptOnly(new URL(c.req.url).searchParams)
  const parsed = Address.safeParse(given)
  if (!parsed.success) throw parameterProblem(parsed.error, 'param', remedies)
  const tile: TileAddress = parsed.data
  return cachedAnswer(c, reading, [set.follows], async (transaction) => {
    const bytes = encodeTile(tile, await set.read(transaction, tile))
    return { type: mvt, body: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) }
  })
}

/** The query; a parameter that has no meaning is a problem. */
function parseQuery<Query extends z.ZodObject>(c: Context, query: Query): z.output<Query> {
  const parsed = query.safeParse(c.req.query())
  if (!parsed.success) throw parameterProblem(parsed.error)
  return parsed.data
}

type Asker = { origin: string; language: ReturnType<typeof languageOf> }

function setAnswer(c: Context, reading: Reading, set: TileSet, asTileJson: boolean) {
  return documentAnswer(c, reading, set, async ({ origin, language }, transaction) => {
    const write = asTileJson ? tileJson : tileSetDocument
    return write(set, origin, language, await set.bounds(transaction))
  })
}

/**
 * @param set whose data the document depends on, if on any.
 * @param shapedBy what else it depends on.
 */
function documentAnswer(
  c: Context,
  reading: Reading,
  set: TileSet | undefined,
  make: (asker: Asker, transaction: Transaction) => object | Promise<object>,
  shapedBy: readonly string[] = [],
): Promise<Response> {
  const asker = { origin: new URL(c.req.url).origin, language: languageOf(c.req.header('accept-language')) }
  const read = async (transaction: Transaction) => c.json(await make(asker, transaction))
  const follows = set === undefined ? [] : [set.follows]
  return versionedAnswer(c, reading, follows, read, [asker.language, ...shapedBy], ['Accept-Language'])
}
