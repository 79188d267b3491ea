import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../server/app.ts'
import { createListener } from '../../server/http/listener.ts'
import { ResponseCache } from '../../server/http/response-cache.ts'
import { ImportService } from '../../server/imports/intake/import-service.ts'
import { createTestDatabase, type TestDatabase } from '../../server/store/test-database.ts'
import { generateRequests } from '../fuzz/generate-requests.ts'
import { knownValues, uploadFile } from '../fuzz/known-values.ts'
import { type OpenapiDocument, operationsOf } from '../fuzz/openapi-operations.ts'
import { faultOf, sendRequest } from '../fuzz/send-request.ts'
import { everybodyLeads } from './actors.ts'
import { now } from './serve-api.ts'
import { changed, grids, insertAreas, insertBuilding, insertFacility, insertIncident } from './world.ts'

const directory = mkdtempSync(join(tmpdir(), 'minqing-generated-'))
const failures: unknown[] = []
let held: TestDatabase
let service: ImportService
let server: Server
let address: string

beforeAll(async () => {
  held = await createTestDatabase()
  const { database } = held
  await insertAreas(database)
  for (const [index, grid] of grids.entries()) {
    await insertBuilding(database, index + 1, { grid })
    await insertFacility(database, `F${index}`, { grid })
    await insertIncident(database, { number: `N${index}`, gridCode: grid })
  }
  await insertIncident(database, { number: 'nowhere', position: null })
  await changed(database, 'buildings', 'facilities', 'incidents')
  const logError = (error: unknown) => failures.push(error)
  service = new ImportService(database, { directory, limit: 10_000_000, now: () => now, logError })
  const imports = service
  const app = createApp({ actors: everybodyLeads, database, now: () => now, version: 'test', imports, logError })
  server = createServer(createListener(app.fetch, new ResponseCache(), everybodyLeads))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await service.close()
  server.closeAllConnections()
  server.close()
  await held.close()
  rmSync(directory, { recursive: true })
})

test('no generated request is answered by an error of ours', async () => {
  const document = (await (await fetch(`${address}/api/openapi.json`)).json()) as OpenapiDocument
  const generated = generateRequests(operationsOf(document), await knownValues(address))
  const faults: unknown[] = []
  const statuses = new Set<number | undefined>()
  let file = await uploadFile(address)
  for (const request of fc.sample(generated, { seed: 20_261_126, numRuns: 600 })) {
    const answer = await sendRequest(address, { ...request, target: request.target.replace('{import}', file) })
    statuses.add(answer?.status)
    const fault = answer === undefined ? undefined : faultOf(answer)
    if (fault !== undefined) faults.push({ fault, request: JSON.stringify(request).slice(0, 1000) })
    if (answer?.status === 404 && request.target.includes('{import}')) file = await uploadFile(address)
  }
  expect(faults).toEqual([])
  expect(failures).toEqual([])
  // They get far enough to be answered, and are wrong in many ways.
  expect([...statuses]).toEqual(expect.arrayContaining([200, 400, 404, 405]))
})
