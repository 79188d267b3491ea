import SwaggerParser from '@apidevtools/swagger-parser'
import { createApp } from '../../server/app.ts'
import { collections } from '../../server/resources/registry.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { everybodyLeads } from './actors.ts'
import { now, type ServedApi, serveApi } from './serve-api.ts'

type Document = Awaited<ReturnType<typeof SwaggerParser.validate>>

let served: ServedApi
let document: Document & { openapi: string; paths: Record<string, object> }
beforeAll(async () => {
  served = await serveApi()
  document = await served.getJson('/openapi.json')
})
afterAll(() => served.close())

test('the document is valid OpenAPI 3.0 with nothing outside itself', async () => {
  expect(document.openapi).toMatch(/^3\.0\.\d$/)
  const options = { resolve: { external: false } }
  await expect(SwaggerParser.validate(structuredClone(document), options)).resolves.toBeDefined()
})

test('every route of the application is described, and everything described is a route', () => {
  const app = createApp({ actors: everybodyLeads, database: served.database, now: () => now, version: 'test' })
  const routes = app.routes
    .filter(({ method, path }) => method !== 'ALL' && !path.includes('*'))
    .map(({ path }) => path.slice('/api'.length))
    // A collection has its own description of what these answer.
    .flatMap((path) =>
      path.includes(':collectionId') ? collections.map(({ id }) => path.replace(':collectionId', id)) : [path],
    )
    .map((path) => path.replace(':file{[0-9]+\\.mvt}', '{y}.mvt').replaceAll(/:(\w+)/g, '{$1}') || '/')
  expect([...new Set(routes)].toSorted()).toEqual(Object.keys(document.paths).toSorted())
})
