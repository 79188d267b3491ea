import { z } from '@hono/zod-openapi'
import { ImportChoices, ImportPreview, ImportRecord, ImportSession } from '@minqing/data/domain/import'
import { ProblemError } from '@minqing/data/domain/problem'
import { create } from 'content-disposition'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { actorOf } from '../../http/resolve-actor.ts'
import { allowSilence } from '../../http/client.ts'
import { readAtPace } from '../../http/pace.ts'
import { json, media, problems } from '../../http/responses.ts'
import { defineRoute } from '../../http/route-access.ts'
import { createRouter } from '../../http/router.ts'
import type { Database } from '../../store/connect.ts'
import { importScope, readAs } from '../../store/scope.ts'
import { Slots } from '../../store/slots.ts'
import { listImports } from '../apply/batch.ts'
import type { ImportService } from './import-service.ts'
import { fileNameOf } from '../../http/file-names.ts'
import { tooLarge, type Upload } from './spool.ts'

const noQuery = z.strictObject({})
const Id = z.strictObject({ id: z.string().regex(/^[\w-]{22}$/) })
const BatchNumber = z.strictObject({ number: z.string().regex(/^[1-9]\d{0,8}$/) })
const NamedFile = z.object({
  'content-disposition': z
    .string()
    .max(4_000)
    .default('')
    .openapi({ example: "attachment; filename*=UTF-8''%E5%8F%B0%E8%B4%A6.xlsx" }),
})
/** Choices name columns; no sensible file has so many of them. */
const largestChoices = 1_000_000

const tags = ['imports']
const session = { 200: json(ImportSession, 'The import as it stands'), ...problems }
const received = { 201: json(ImportSession, 'What was recognised in the file'), ...problems }
const bytes = {
  body: { content: { 'application/octet-stream': { schema: { type: 'string' as const, format: 'binary' } } } },
}

const routes = {
  list: defineRoute({
    access: { action: 'read', object: 'import' },
    method: 'get',
    path: '/imports',
    tags,
    summary: 'The newest imports, with what each did and whether it can be undone',
    request: { query: noQuery },
    responses: { 200: json(z.object({ imports: z.array(ImportRecord) }), 'The newest first'), ...problems },
  }),
  receive: defineRoute({
    access: { action: 'create', object: 'import' },
    method: 'post',
    path: '/imports',
    tags,
    summary: 'Uploads a file, as the body, and returns what was recognised in it',
    request: { query: noQuery, headers: NamedFile, ...bytes },
    responses: received,
  }),
  beside: defineRoute({
    access: { action: 'create', object: 'import' },
    method: 'post',
    path: '/imports/{id}/files',
    tags,
    summary: 'Uploads another part of a Shapefile',
    request: { params: Id, query: noQuery, headers: NamedFile, ...bytes },
    responses: received,
  }),
  get: defineRoute({
    access: { action: 'create', object: 'import' },
    method: 'get',
    path: '/imports/{id}',
    tags,
    summary: 'What was recognised, what was chosen, how far it is and what came of it',
    request: { params: Id, query: noQuery },
    responses: session,
  }),
  choose: defineRoute({
    access: { action: 'create', object: 'import' },
    method: 'put',
    path: '/imports/{id}/choices',
    tags,
    summary: 'Corrects what was recognised',
    request: { params: Id, query: noQuery, body: { content: { 'application/json': { schema: ImportChoices } } } },
    responses: session,
  }),
  preview: defineRoute({
    access: { action: 'create', object: 'import' },
    method: 'get',
    path: '/imports/{id}/preview',
    tags,
    summary: 'The first rows with what is wrong with each cell, and where they lie',
    request: { params: Id, query: noQuery },
    responses: { 200: json(ImportPreview, 'At most a hundred rows'), ...problems },
  }),
  run: defineRoute({
    access: { action: 'create', object: 'import' },
    method: 'post',
    path: '/imports/{id}/run',
    tags,
    summary: 'Starts the import',
    request: { params: Id, query: noQuery },
    responses: session,
  }),
  cancel: defineRoute({
    access: { action: 'create', object: 'import' },
    method: 'post',
    path: '/imports/{id}/cancel',
    tags,
    summary: 'Stops an import: nothing of it is written',
    request: { params: Id, query: noQuery },
    responses: session,
  }),
  discard: defineRoute({
    access: { action: 'create', object: 'import' },
    method: 'delete',
    path: '/imports/{id}',
    tags,
    summary: 'Deletes the file, and stops its import',
    request: { params: Id, query: noQuery },
    responses: { 204: { description: 'It is gone' }, ...problems },
  }),
  rejects: defineRoute({
    access: { action: 'create', object: 'import' },
    method: 'get',
    path: '/imports/{id}/rejects',
    tags,
    summary: 'The rejected rows with their reasons, to be corrected and uploaded again',
    request: { params: Id, query: noQuery },
    responses: { 200: media('text/csv', 'A table as CSV, features as GeoJSON'), ...problems },
  }),
  undo: defineRoute({
    access: { action: 'undo', object: 'import' },
    method: 'post',
    path: '/imports/{number}/undo',
    tags,
    summary: 'Undoes an import of the list as a whole',
    request: { params: BatchNumber, query: noQuery },
    responses: {
      200: json(z.object({ id: z.int(), file: z.string(), removed: z.int(), restored: z.int() }), 'It is undone'),
      ...problems,
    },
  }),
}

/** Private: no cache keeps it. */
const fresh = { 'cache-control': 'no-store' }

/** @param given the service that takes files; without it, nothing can be uploaded. */
export function importRoutes(database: Database, given: ImportService | undefined) {
  const router = createRouter()
  const uploads = new Slots(uploadLimits)
  const service = () => given ?? switchedOff()
  router.use(
    '/imports/:id/choices',
    bodyLimit({
      maxSize: largestChoices,
      onError: () => {
        throw tooLarge(largestChoices)
      },
    }),
  )
  return router
    .openapi(routes.list, async (c) => {
      const records = await readAs(database, importScope, (transaction) => listImports(transaction))
      return c.json({ imports: records }, 200, fresh)
    })
    .openapi(routes.receive, async (c) => {
      const made = await service().receive(
        fileNameOf(c.req.valid('header')['content-disposition']),
        fileIn(c, service(), uploads),
      )
      return c.json(made, 201, { ...fresh, location: `/api/imports/${made.id}` })
    })
    .openapi(routes.beside, async (c) => {
      const { id } = c.req.valid('param')
      return c.json(
        await service().receiveBeside(
          id,
          fileNameOf(c.req.valid('header')['content-disposition']),
          fileIn(c, service(), uploads),
        ),
        201,
        fresh,
      )
    })
    .openapi(routes.get, async (c) => c.json(await service().session(c.req.valid('param').id), 200, fresh))
    .openapi(routes.choose, async (c) =>
      c.json(await service().choose(c.req.valid('param').id, c.req.valid('json')), 200, fresh),
    )
    .openapi(routes.preview, async (c) => c.json(await service().preview(c.req.valid('param').id), 200, fresh))
    .openapi(routes.run, async (c) => c.json(await service().run(c.req.valid('param').id, actorOf(c)), 200, fresh))
    .openapi(routes.cancel, async (c) => c.json(await service().cancel(c.req.valid('param').id), 200, fresh))
    .openapi(routes.discard, async (c) => {
      await service().discard(c.req.valid('param').id)
      return c.body(null, 204, fresh)
    })
    .openapi(routes.rejects, async (c) => {
      const { path, name } = await service().rejects(c.req.valid('param').id)
      const fallback = name.endsWith('.csv') ? 'rejects.csv' : 'rejects.geojson'
      return new Response(Readable.toWeb(createReadStream(path)) as ReadableStream, {
        headers: {
          ...fresh,
          'content-type': name.endsWith('.csv') ? 'text/csv; charset=utf-8' : 'application/geo+json',
          'content-disposition': create(name, { fallback }),
        },
      })
    })
    .openapi(routes.undo, async (c) => {
      allowSilence(c)
      // Loaded where it is needed: geometry is heavy, and most servers never undo.
      const { undoImport } = await import('../undo/undo-import.ts')
      return c.json(await undoImport(database, actorOf(c), Number(c.req.valid('param').number)), 200, fresh)
    })
}

function switchedOff(): never {
  throw new Error('this application was made without imports')
}

/** Files that are sent at once, apart from all other requests. */
const uploadLimits = { slots: 8, perClient: 4, queue: 0, wait: 800 }

function fileIn(c: Context, service: ImportService, uploads: Slots): Upload {
  const length = c.req.header('content-length')
  const size = length === undefined ? undefined : Number(length)
  if ((size ?? 0) > service.limit) throw tooLarge(service.limit)
  const { body } = c.req.raw
  if (body === null)
    throw new ProblemError(
      'bad_parameter',
      { zh: '请求不带文件', en: 'The request holds no file' },
      {
        remedy: { zh: '请把文件内容作为请求的正文', en: 'Send the file as the body of the request' },
      },
    )
  return { bytes: withSlot(uploads, body as AsyncIterable<Uint8Array>), size }
}

async function* withSlot(uploads: Slots, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const release = await uploads.take()
  try {
    yield* readAtPace(body)
  } finally {
    release()
  }
}
