import { z } from '@hono/zod-openapi'
import { StreetCode } from '@minqing/data/domain/area-code'
import { documentLimits, IncidentDocument, Withdrawal } from '@minqing/data/domain/incident-document'
import { create } from 'content-disposition'
import type { Context } from 'hono'
import { fileNameOf } from '../http/file-names.ts'
import { readAtPace } from '../http/pace.ts'
import { parameter } from '../http/parameters.ts'
import { actorOf } from '../http/resolve-actor.ts'
import { json, media, problems } from '../http/responses.ts'
import { defineRoute } from '../http/route-access.ts'
import { createRouter } from '../http/router.ts'
import { jsonBody, limitBody } from '../http/small-body.ts'
import type { Database } from '../store/connect.ts'
import type { ReadSource } from '../store/scope.ts'
import { Slots } from '../store/slots.ts'
import type { DocumentFiles } from './document-files.ts'
import { addDocument, listDocuments, readDocument, withdrawDocument } from './documents.ts'
import { fileEmpty, fileTooLarge } from './problems.ts'

const tags = ['incidents']
const noQuery = z.strictObject({})
/** Private: no cache keeps it. */
const fresh = { 'cache-control': 'no-store' }
const Params = z.strictObject({ street: parameter(StreetCode, '990101001'), number: z.string().min(1).max(64) })
const OneDocument = Params.extend({ id: z.string().regex(/^[\w-]{22}$/) })
const NamedFile = z.object({
  'content-disposition': z
    .string()
    .max(4_000)
    .default('')
    .openapi({ example: "attachment; filename*=UTF-8''%E7%8E%B0%E5%9C%BA.jpg" }),
})
const bytes = {
  body: { content: { 'application/octet-stream': { schema: { type: 'string' as const, format: 'binary' } } } },
}
const megabytes = documentLimits.file / 1_000_000

const routes = {
  list: defineRoute({
    access: { action: 'read', object: 'document' },
    method: 'get',
    path: '/incidents/{street}/{number}/documents',
    tags,
    summary: 'The documents of an incident, those that were withdrawn among them',
    request: { params: Params, query: noQuery },
    responses: { 200: json(z.object({ documents: z.array(IncidentDocument) }), 'The oldest first'), ...problems },
  }),
  add: defineRoute({
    access: { action: 'create', object: 'document' },
    method: 'post',
    path: '/incidents/{street}/{number}/documents',
    tags,
    summary: 'Adds a photograph, scan or PDF, as the body, to an incident',
    description: `At most ${megabytes} MB. Images (JPEG, PNG, WebP, HEIC, AVIF) are written again without anything but the picture; PDFs are stored as they are. What a file is is found from its content.`,
    request: { params: Params, query: noQuery, headers: NamedFile, ...bytes },
    responses: { 201: json(IncidentDocument, 'The document as it is stored'), ...problems },
  }),
  read: defineRoute({
    access: { action: 'read', object: 'document' },
    method: 'get',
    path: '/incidents/{street}/{number}/documents/{id}',
    tags,
    summary: 'A document of an incident, as an attachment; that it was read is recorded',
    request: { params: OneDocument, query: noQuery },
    responses: { 200: media('application/octet-stream', 'The stored bytes'), ...problems },
  }),
  withdraw: defineRoute({
    access: { action: 'remove', object: 'document' },
    method: 'post',
    path: '/incidents/{street}/{number}/documents/{id}/withdrawal',
    tags,
    summary: 'Withdraws a document of an incident for a reason; its record stays',
    request: { params: OneDocument, query: noQuery, ...jsonBody(Withdrawal) },
    responses: { 204: { description: 'It can no longer be read' }, ...problems },
  }),
}

/** Files that are sent at once, apart from all other requests. */
const uploadLimits = { slots: 8, perClient: 4, queue: 8, wait: 800 }

export function incidentDocumentRoutes(
  database: Database,
  readFrom: ReadSource,
  files: DocumentFiles,
  now: () => Date,
) {
  const router = createRouter()
  const uploads = new Slots(uploadLimits)
  router.use('/incidents/:street/:number/documents/:id/withdrawal', limitBody())
  return router
    .openapi(routes.list, async (c) => {
      const documents = await listDocuments(readFrom, actorOf(c), c.req.valid('param'))
      return c.json({ documents }, 200, fresh)
    })
    .openapi(routes.add, async (c) => {
      const body = bodyOf(c)
      const name = fileNameOf(c.req.valid('header')['content-disposition'])
      const release = await uploads.take()
      try {
        const file = { name, bytes: readAtPace(body) }
        const added = await addDocument(database, files, actorOf(c), c.req.valid('param'), file, now())
        const { street, number } = c.req.valid('param')
        const location = `/api/incidents/${street}/${encodeURIComponent(number)}/documents/${added.id}`
        return c.json(added, 201, { ...fresh, location })
      } finally {
        release()
      }
    })
    .openapi(routes.read, async (c) => {
      const asked = c.req.valid('param')
      const { document, bytes: stored } = await readDocument(database, readFrom, files, actorOf(c), asked)
      const fallback = `document.${extensions[document.type]}`
      return new Response(new Uint8Array(stored), {
        headers: {
          ...fresh,
          'content-type': document.type,
          'content-length': String(stored.length),
          'content-disposition': create(document.name, { fallback }),
          // Also where somebody opens it all the same: nothing in it runs.
          'content-security-policy': "default-src 'none'; sandbox",
        },
      })
    })
    .openapi(routes.withdraw, async (c) => {
      const { reason } = c.req.valid('json')
      await withdrawDocument(database, actorOf(c), c.req.valid('param'), reason, now())
      return c.body(null, 204, fresh)
    })
}

const extensions = { 'image/jpeg': 'jpg', 'image/png': 'png', 'application/pdf': 'pdf' } as const

function bodyOf(c: Context): AsyncIterable<Uint8Array> {
  if (Number(c.req.header('content-length') ?? 0) > documentLimits.file) throw fileTooLarge()
  const { body } = c.req.raw
  if (body === null) throw fileEmpty()
  return body as AsyncIterable<Uint8Array>
}
