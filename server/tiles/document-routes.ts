import type { Context } from 'hono'
import { z } from 'zod'
import type { RoomDependencies } from '../dependencies.ts'
import { languageOf } from '../http/language.ts'
import { json, notModified, problems } from '../http/responses.ts'
import { createRouter, parameterProblem } from '../http/router.ts'
import { versionedAnswer } from '../http/versioned-answer.ts'
import type { Transaction } from '../store/connect.ts'
import type { CollectionName } from '@minqing/data/domain/data-status'
import { tileBounds } from './tile-bounds.ts'
import { tileJson, tileMatrixSet, tileSetDocument, tileSetEntry } from './tile-documents.ts'
import { tileMatrixSetId } from './tile-media.ts'
import { type TileSet, tileSetNames, tileSetOf } from './tile-sets.ts'
import { tiledCollections } from './tiled-collections.ts'

const Json = z.strictObject({ f: z.literal('json').optional() })
const JsonOrTileJson = z.strictObject({ f: z.enum(['json', 'tilejson']).optional() })

/** The documents of OGC API – Tiles: which sets of tiles there are, what is in them, and how they are numbered. */
export function tileDocumentRoutes(dependencies: RoomDependencies) {
  const router = createRouter()
  const describe = (path: string, summary: string, query: z.ZodObject = Json) => {
    router.openAPIRegistry.registerPath({
      method: 'get',
      path,
      tags: ['tiles'],
      summary,
      request: { ...namedIn(path), query },
      responses: { 200: json(z.looseObject({}), summary), ...notModified, ...problems },
    })
    // As Hono writes a placeholder.
    return path.replaceAll(/\{(\w+)\}/g, ':$1')
  }
  const sets = tileSetNames.map(tileSetOf)

  router.get(describe('/tiles', 'Every set of tiles'), (c) => {
    ask(c, Json)
    return answer(c, dependencies, [], async (_transaction, { origin, language }) => ({
      links: [{ href: `${origin}/api/tiles`, rel: 'self', type: 'application/json' }],
      tilesets: sets.map((set) => tileSetEntry(set, origin, language)),
    }))
  })
  router.get(describe('/tiles/{layer}', 'A set of tiles, also as TileJSON', JsonOrTileJson), (c) => {
    const { f } = ask(c, JsonOrTileJson)
    const parsed = z.strictObject({ layer: z.enum(tileSetNames) }).safeParse({ layer: c.req.param('layer') })
    if (!parsed.success) throw parameterProblem(parsed.error, 'param')
    return setAnswer(c, dependencies, tileSetOf(parsed.data.layer), f === 'tilejson')
  })
  for (const collection of tiledCollections) {
    const path = `/collections/${collection}/tiles`
    const set = tileSetOf(collection)
    router.get(describe(path, `Sets of tiles of ${collection}`), (c) => {
      ask(c, Json)
      return answer(c, dependencies, [], async (_transaction, { origin, language }) => ({
        links: [{ href: `${origin}/api${path}`, rel: 'self', type: 'application/json' }],
        tilesets: [tileSetEntry(set, origin, language)],
      }))
    })
    router.get(describe(`${path}/${tileMatrixSetId}`, `The tiles of ${collection}`, JsonOrTileJson), (c) =>
      setAnswer(c, dependencies, set, ask(c, JsonOrTileJson).f === 'tilejson'),
    )
  }
  router.get(describe('/tileMatrixSets', 'How tiles are numbered'), (c) => {
    ask(c, Json)
    return answer(c, dependencies, [], async (_transaction, { origin }) => {
      const { id, title, uri, crs, links } = tileMatrixSet(origin)
      return { tileMatrixSets: [{ id, title, uri, crs, links }] }
    })
  })
  router.get(describe(`/tileMatrixSets/${tileMatrixSetId}`, 'The pyramid of tiles that web maps draw in'), (c) => {
    ask(c, Json)
    return answer(c, dependencies, [], async (_transaction, { origin }) => tileMatrixSet(origin))
  })
  return router
}

function namedIn(path: string) {
  return path.includes('{layer}') ? { params: z.object({ layer: z.enum(tileSetNames) }) } : {}
}

/** The query; a parameter that has no meaning is a problem. */
function ask<Query extends z.ZodObject>(c: Context, query: Query): z.output<Query> {
  const parsed = query.safeParse(c.req.query())
  if (!parsed.success) throw parameterProblem(parsed.error)
  return parsed.data
}

type Asked = { origin: string; language: ReturnType<typeof languageOf> }

function setAnswer(c: Context, dependencies: RoomDependencies, set: TileSet, asTileJson: boolean) {
  return answer(c, dependencies, [set.follows], async (transaction, { origin, language }) => {
    const write = asTileJson ? tileJson : tileSetDocument
    return write(set, origin, language, await tileBounds(transaction, set))
  })
}

function answer(
  c: Context,
  dependencies: RoomDependencies,
  follows: readonly CollectionName[],
  make: (transaction: Transaction, asked: Asked) => Promise<object>,
): Promise<Response> {
  const asked = { origin: new URL(c.req.url).origin, language: languageOf(c.req.header('accept-language')) }
  const read = async (transaction: Transaction) => c.json(await make(transaction, asked))
  return versionedAnswer(c, dependencies, follows, read, [asked.language], ['Accept-Language'])
}
