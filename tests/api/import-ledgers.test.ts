import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { ImportChoices, ImportSession } from '@minqing/data/domain/import'
import { testData } from '@minqing/data/test-data'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../server/app.ts'
import { createListener } from '../../server/http/listener.ts'
import { ResponseCache } from '../../server/http/response-cache.ts'
import { ImportService } from '../../server/imports/intake/import-service.ts'
import { createTestDatabase, type TestDatabase } from '../../server/store/test-database.ts'
import { everybodyLeads } from './actors.ts'

const communities = testData('ledgers/社区.geojson')

/** What the import screen asks of the server, with the same choices as a person makes there. */
describe.skipIf(communities === null)(
  'the ledgers of a sub-district, through the import screen (needs shared/data)',
  () => {
    let test: TestDatabase
    let service: ImportService
    let server: Server
    let api = ''
    const failures: unknown[] = []
    const directory = mkdtempSync(join(tmpdir(), 'minqing-ledgers-'))
    beforeAll(async () => {
      test = await createTestDatabase()
      const logError = (error: unknown) => failures.push(error)
      service = new ImportService(test.database, { directory, limit: 10_000_000, now: () => new Date(), logError })
      const imports = service
      const app = createApp({
        actors: everybodyLeads,
        database: test.database,
        now: () => new Date(),
        version: 'test',
        imports,
      })
      server = createServer(createListener(app.fetch, new ResponseCache(), everybodyLeads))
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      api = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/imports`
    })
    afterAll(async () => {
      await service.close()
      server.close()
      await test.close()
      rmSync(directory, { recursive: true })
    })

    async function answer(path: string, init: RequestInit = {}): Promise<ImportSession> {
      const response = await fetch(`${api}${path}`, init)
      const text = await response.text()
      if (!response.ok) throw new Error(`${response.status} ${text}`)
      return JSON.parse(text) as ImportSession
    }

    /** Uploads a ledger, makes the choices and imports it; `collection` is what the server then takes it for. */
    async function take(name: string, choices: ImportChoices = {}) {
      const path = testData(`ledgers/${name}`) ?? ''
      const headers = { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(basename(path))}` }
      const { id } = await answer('', { method: 'POST', headers, body: readFileSync(path) })
      const chosen = await answer(`/${id}/choices`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(choices),
      })
      expect(chosen.inspection?.faulty).toBe(0)
      await answer(`/${id}/run`, { method: 'POST' })
      for (;;) {
        const session = await answer(`/${id}`)
        if (session.state !== 'running')
          return { collection: chosen.inspection?.collection, report: session.report, session }
        await delay(20)
      }
    }

    it('takes areas, a ledger of disputes, one of buildings, and one that has nothing but addresses', async () => {
      expect(await take('社区.geojson', { collection: 'communities' })).toMatchObject({
        collection: 'communities',
        report: { inserted: 9, rejected: 0 },
      })
      expect(await take('网格.geojson')).toMatchObject({ collection: 'grids', report: { inserted: 171, rejected: 0 } })
      const street = { street: '420102012' }
      expect(await take('L2_矛盾纠纷调解台账.xlsx', street)).toMatchObject({
        collection: 'incidents',
        report: { read: 15, inserted: 15, rejected: 0 },
      })
      expect(await take('L5_楼栋台账.xlsx', { set: ['communityCode=江北社区'] })).toMatchObject({
        collection: 'buildings',
        report: { inserted: 30, rejected: 0 },
      })
      expect(await take('L7_只有地址.csv', street)).toMatchObject({
        collection: 'incidents',
        report: {
          encoding: 'gb18030',
          inserted: 9,
          rejected: 0,
          addresses: {
            placed: [
              { source: 'address-grid', rows: 1 },
              { source: 'address-community', rows: 6 },
            ],
            unplaced: 1,
            list: [{ address: '不存在小区9栋', rows: 1, candidates: [] }],
          },
        },
      })
      const [cases] = await test.database`select count(building_code)::integer as placed from incident`
      expect(cases).toEqual({ placed: 5 })
      expect(failures).toEqual([])
    })
  },
)
