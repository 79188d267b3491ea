import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { may } from '@minqing/data/domain/access'
import type { Problem } from '@minqing/data/domain/problem'
import { RoleName, roleNames } from '@minqing/data/domain/role'
import { mercatorX, mercatorY } from '@minqing/data/geo/mercator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Actor, actorAs } from '../../server/access/actor.ts'
import { createApp } from '../../server/app.ts'
import { createListener } from '../../server/http/listener.ts'
import type { ActorSource, Asking } from '../../server/http/resolve-actor.ts'
import { ResponseCache } from '../../server/http/response-cache.ts'
import { declaredRoutes, type RouteAccess } from '../../server/http/route-access.ts'
import { ImportService } from '../../server/imports/intake/import-service.ts'
import { collections } from '../../server/resources/registry.ts'
import { createTestDatabase, type TestDatabase } from '../../server/store/test-database.ts'
import { now } from './serve-api.ts'
import {
  centerOf,
  changed,
  communities,
  grids,
  insertAreas,
  insertBuilding,
  insertFacility,
  insertIncident,
  insertWorker,
  street,
} from './world.ts'

const elsewhere = '960101999'
/** What is in the rows of the street. Outlines and names of areas are for everybody. */
const marks = ['事件标记', '楼标记', '设施标记', '员标记']

const directory = mkdtempSync(join(tmpdir(), 'minqing-access-'))
const failures: unknown[] = []
let held: TestDatabase
let service: ImportService
let server: Server
let app: ReturnType<typeof createApp>
let api: string

/** Each request says as whom it is made: `role area`. */
const actors = new Map<string, Actor>(
  roleNames.flatMap((role) =>
    [street, elsewhere, grids[0]!].map((area) => [`${role} ${area}`, actorAs({ id: role }, role, [area])] as const),
  ),
)
function actorIn(header: Asking['header']): Actor {
  const actor = actors.get(header('x-actor') ?? '')
  if (actor === undefined) throw new Error('the request does not say who makes it')
  return actor
}
const source: ActorSource = {
  known: ({ header }) => actorIn(header),
  resolve: async ({ header }) => actorIn(header),
}

beforeAll(async () => {
  held = await createTestDatabase()
  const { database } = held
  await insertAreas(database)
  await insertWorker(database, grids[1]!, '员标记', '027-0000000')
  await insertBuilding(database, 1, { grid: grids[1]!, name: '楼标记' })
  await insertFacility(database, 'F1', { grid: grids[1]!, name: '设施标记' })
  await insertIncident(database, { number: 'CASE-1', gridCode: grids[1]!, title: '事件标记' })
  await changed(database, 'buildings', 'facilities', 'incidents')
  const logError = (error: unknown) => failures.push(error)
  service = new ImportService(database, { directory, limit: 10_000, now: () => now, logError })
  const imports = service
  const cache = new ResponseCache()
  app = createApp({ actors: source, database, now: () => now, version: 'test', cache, imports, logError })
  server = createServer(createListener(app.fetch, cache, source))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  api = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`
})
afterAll(async () => {
  await service.close()
  server.closeAllConnections()
  server.close()
  await held.close()
  rmSync(directory, { recursive: true })
})

const asked = async (path: string, role: RoleName, area: string, method = 'GET') =>
  fetch(`${api}${path}`, { method, headers: { 'x-actor': `${role} ${area}` } })

/** What stands for the parameters of a path. */
const values: Readonly<Record<string, string>> = {
  code: communities[0]!,
  street,
  number: 'CASE-1',
  featureId: `${street}-CASE-1`,
  layer: 'base',
  z: '14',
  x: '13380',
  y: '6759',
  file: '6759.mvt',
  id: 'A'.repeat(22),
  figure: 'overdue',
}
const queries: Readonly<Record<string, string>> = {
  '/search': '?q=标记',
  '/incidents/density': '?bbox=113,29,115,31&cell=500',
  '/live': '?wait=0',
  '/wall/live': '?wait=0',
  '/wall': `?area=${street}`,
  '/wall/areas': `?area=${street}`,
  '/wall/counts': `?area=${street}&by=type&days=30`,
  '/wall/cells': `?area=${street}`,
  '/wall/contacts': `?area=${communities[0]}`,
}

type Request = { method: string; path: string; access: RouteAccess }

/** One request to each route; to those of collections and tile sets one for each of them. */
function everyRequest(): Request[] {
  const layers = ['base', ...collections.filter(({ tiles }) => tiles !== undefined).map(({ id }) => id)]
  return declaredRoutes(app).flatMap(({ method, path, access }) => {
    const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
    const several = path.includes(':collectionId')
      ? collections.map(({ id }) => ({ collectionId: id }))
      : path.includes(':layer')
        ? layers.map((layer) => ({ layer }))
        : [{}]
    return several.map((own: Record<string, string>) => {
      const given = Object.fromEntries(
        names.map((name) => [name, own[name] ?? (path.includes('/undo') ? '999' : values[name]!)]),
      )
      const address = path.slice('/api'.length).replaceAll(/:(\w+)(\{[^}]*\})?/g, (_, name: string) => given[name]!)
      const query = Object.hasOwn(queries, address) ? queries[address] : ''
      return { method, path: `${address}${query}`, access: typeof access === 'function' ? access(given) : access }
    })
  })
}

function isExpected(role: RoleName, access: RouteAccess): boolean {
  return typeof access === 'string' || may(role, access.action, access.object)
}

test('every route answers every role as the table of rights says, and holds nothing of the street elsewhere', async () => {
  const requests = everyRequest()
  // All collections, tile sets, documents, counts, exports, walls and imports.
  expect(requests.length).toBeGreaterThan(80)
  const faults: string[] = []
  const seen = new Set<string>()
  // The lead first, so that what is cached is there for those who may not have it.
  const roles = RoleName.options.toSorted((a, b) => Number(b === 'centre_lead') - Number(a === 'centre_lead'))
  for (const { method, path, access } of requests) {
    for (const role of roles) {
      for (const area of [street, elsewhere]) {
        const response = await asked(path, role, area, method)
        const body = await response.text()
        const expected = isExpected(role, access)
        const problem = response.status >= 400 ? (JSON.parse(body) as Problem) : undefined
        const where = `${method} ${path} as ${role} in ${area}: ${response.status} ${problem?.code ?? ''}`
        const isRefused = response.status === 403 && problem?.code === 'forbidden'
        if (isRefused === expected || response.status === 401 || response.status >= 500) faults.push(where)
        for (const mark of marks) {
          if (!body.includes(mark)) continue
          seen.add(mark)
          if (area === elsewhere) faults.push(`${where} holds ${mark}`)
        }
      }
    }
  }
  expect(faults).toEqual([])
  expect(failures).toEqual([])
  expect([...seen].toSorted()).toEqual(marks.toSorted())
})

test('an answer that is cached for one role is refused to another that may not have it', async () => {
  const path = '/collections/buildings/tiles/WebMercatorQuad/14/6759/13380'
  expect((await asked(path, 'centre_lead', street)).status).toBe(200)
  expect((await asked(path, 'supervisor', street)).status).toBe(403)
  expect((await asked(path, 'mediator', street)).status).toBe(200)
})

test('a refusal names the role and the action, and the roles that may', async () => {
  const response = await fetch(`${api}/exports/incidents.csv`, {
    headers: { 'x-actor': `mediator ${street}`, 'accept-language': 'zh' },
  })
  expect(await response.json()).toMatchObject({
    status: 403,
    code: 'forbidden',
    detail: '“调解员”身份不能导出事件',
    remedy: '可以导出事件的身份：社区、值班员、中心负责人、纪检督查、分析员。请切换身份，或请系统管理员授权',
  })
  const english = await asked('/imports', 'administrator', street, 'POST')
  expect(await english.json()).toMatchObject({ code: 'forbidden' })
})

test('collections, tile sets and hits that a role may not read are not listed for it', async () => {
  const names = async (role: RoleName) => {
    const { collections: listed } = (await (await asked('/collections', role, street)).json()) as {
      collections: { id: string }[]
    }
    const { tilesets } = (await (await asked('/tiles', role, street)).json()) as {
      tilesets: { links: { href: string }[] }[]
    }
    const { hits } = (await (await asked('/search?q=标记', role, street)).json()) as { hits: { kind: string }[] }
    return {
      collections: listed.map(({ id }) => id),
      tiles: tilesets.length,
      hits: [...new Set(hits.map(({ kind }) => kind))].toSorted(),
    }
  }
  const all = collections.map(({ id }) => id)
  expect(await names('centre_lead')).toEqual({ collections: all, tiles: 6, hits: ['building', 'facility'] })
  expect(await names('supervisor')).toEqual({
    collections: ['streets', 'communities', 'grids', 'incidents'],
    tiles: 4,
    hits: [],
  })
  expect(await names('auditor')).toEqual({ collections: ['streets', 'communities', 'grids'], tiles: 3, hits: [] })
  // And again for who may: what was made for one role is not sent to another.
  expect(await names('centre_lead')).toEqual({ collections: all, tiles: 6, hits: ['building', 'facility'] })
  const found = async (role: RoleName) => {
    const { hits } = (await (await asked('/search?q=case-1', role, street)).json()) as { hits: { name: string }[] }
    return hits.map(({ name }) => name)
  }
  expect(await found('supervisor')).toEqual(['CASE-1'])
  expect(await found('administrator')).toEqual([])
})

test('the whole traffic of a grid worker holds nothing of another grid', async () => {
  const foreign = [...marks, '027-0000000', ...grids.slice(1), communities[1]!]
  const layers = ['base', ...collections.filter(({ tiles }) => tiles !== undefined).map(({ id }) => id)]
  const [lon, lat] = centerOf(grids[1]!)
  const tiles = layers.flatMap((layer) =>
    Array.from({ length: 19 }, (_, z) => {
      const [x, y] = [mercatorX(lon), mercatorY(lat)].map((share) => Math.floor(share * 2 ** z))
      return `/tiles/${layer}/${z}/${x}/${y}.mvt`
    }),
  )
  const words = [...marks, '区域', '00', 'CASE', 'F1'].map((word) => `/search?q=${encodeURIComponent(word)}`)
  const own = everyRequest().filter(({ method }) => method === 'GET')
  const paths = [...own.map(({ path }) => path), ...tiles, ...words]
  const faults: string[] = []
  let answered = 0
  for (const path of paths) {
    const response = await asked(path, 'grid_worker', grids[0]!)
    const body = await response.text()
    answered += Number(response.status === 200)
    for (const mark of foreign) if (response.status < 400 && body.includes(mark)) faults.push(`${path} holds ${mark}`)
    // A refusal may repeat what was asked for, and nothing more.
    if (response.status >= 400 && marks.some((mark) => body.includes(mark))) faults.push(`${path}: ${response.status}`)
  }
  expect(faults).toEqual([])
  expect(answered).toBeGreaterThan(60)
})
