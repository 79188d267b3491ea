import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { ImportCollection, ImportSession } from '@minqing/data/domain/import'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { checkCounts } from '../../server/counts/check-counts.ts'
import { connect, type Database } from '../../server/store/connect.ts'
import { startEmbeddedCluster } from '../setup/embedded-cluster.ts'
import { addressOf, incidents, type Running, startServer } from './process.ts'

const folder = mkdtempSync(join(tmpdir(), 'minqing-two-'))
const header = '编号,标题,经度,纬度,时间,类型\n'
const square = (west: number, side = 0.01) => {
  const [south, east, north] = [30.6, west + side, 30.6 + side]
  return `"POLYGON ((${west} ${south}, ${east} ${south}, ${east} ${north}, ${west} ${north}, ${west} ${south}))"`
}

let cluster: Awaited<ReturnType<typeof startEmbeddedCluster>>
let database: Database
let processes: [Running, Running, ...Running[]]
let [one, two] = ['', '']

/** Without accounts: what is imported is more than the demo. */
const start = (name: string) => startServer(join(folder, name), { DATABASE_URL: cluster.cluster.url, SIGN_IN: 'off' })

beforeAll(async () => {
  cluster = await startEmbeddedCluster()
  database = connect({ url: cluster.cluster.url, poolSize: 2 })
  // An empty database: both find it so, in the same moment.
  processes = [start('one'), start('two')]
  ;[one, two] = (await Promise.all(processes.map(addressOf))) as [string, string]
}, 180_000)
afterAll(async () => {
  for (const { child } of processes) child.kill('SIGINT')
  await Promise.all(processes.map(({ ended }) => ended))
  await database.end({ timeout: 1 })
  await cluster.stop()
  rmSync(folder, { recursive: true, force: true })
}, 60_000)

const named = (name: string) => ({ 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}` })

async function ask<Body>(address: string, path: string, init: RequestInit = {}): Promise<Body> {
  const response = await fetch(`${address}/api/imports${path}`, init)
  const text = await response.text()
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`)
  return JSON.parse(text) as Body
}

/** Hands a file over, says into which collection where its columns do not, and imports it, as the import screen does. */
async function importFile(
  address: string,
  name: string,
  content: string,
  collection?: ImportCollection,
): Promise<number> {
  const { id } = await ask<ImportSession>(address, '', { method: 'POST', headers: named(name), body: content })
  if (collection !== undefined) {
    const headers = { 'content-type': 'application/json' }
    await ask(address, `/${id}/choices`, { method: 'PUT', headers, body: JSON.stringify({ collection }) })
  }
  await ask(address, `/${id}/run`, { method: 'POST' })
  const session = await ended(address, id)
  expect(session.report).toMatchObject({ written: true, rejected: 0 })
  return session.report?.batch ?? 0
}

async function ended(address: string, id: string): Promise<ImportSession> {
  for (;;) {
    const session = await ask<ImportSession>(address, `/${id}`)
    if (session.state !== 'running') return session
    await delay(20)
  }
}

async function tagOf(address: string, path: string): Promise<string> {
  const response = await fetch(`${address}/api${path}`)
  expect(response.ok).toBe(true)
  await response.arrayBuffer()
  return response.headers.get('etag') ?? ''
}

test('two that start at once on an empty database make its tables and its demo once', async () => {
  const counted = await Promise.all([incidents(one), incidents(two)])
  expect(counted[0]).toBeGreaterThan(8_000)
  expect(counted[1]).toBe(counted[0])
  const [row] = await database<{ demos: number; versions: number; twice: number }[]>`
    select (select count(*) from demo_state) as demos, count(*) as versions, count(*) - count(distinct version) as twice
    from schema_version`
  expect(row).toMatchObject({ demos: 1, twice: 0 })
})

test('what is imported or undone through one is served by the other, with another ETag', async () => {
  const before = await incidents(two)
  const paths = ['/collections/incidents/items?limit=1', '/collections/grids/items', '/summary']
  const tags = await Promise.all(paths.map((path) => tagOf(two, path)))
  // Cached: the same request has the same ETag.
  expect(await Promise.all(paths.map((path) => tagOf(two, path)))).toEqual(tags)

  await importFile(one, '网格.csv', `网格编码,名称,wkt\n420102012001001,一网格,${square(114.3)}\n`)
  const ledger = await importFile(one, '工单.csv', `${header}Z1,漏水,114.305,30.605,2026-05-01,D02\n`)
  await vi.waitFor(async () => expect(await incidents(two)).toBe(before + 1), { timeout: 30_000, interval: 20 })
  for (const [index, path] of paths.entries()) expect(await tagOf(two, path)).not.toBe(tags[index])
  const [grid] = await Promise.all(
    [two, one].map(async (address) => (await fetch(`${address}/api/collections/grids/items/420102012001001`)).status),
  )
  expect(grid).toBe(200)

  await ask(two, `/${ledger}/undo`, { method: 'POST' })
  await vi.waitFor(async () => expect(await incidents(one)).toBe(before), { timeout: 30_000, interval: 20 })
})

test('simultaneous imports run one after the other, each complete and counted', async () => {
  const before = await incidents(two)
  // Numbers 900 to 999 are in both: whoever comes second changes nothing of them.
  const rows = (from: number) =>
    Array.from({ length: 1000 }, (_, at) => `P${from + at},同时,114.305,30.605,2026-05-03,D02`).join('\n')
  await Promise.all([
    importFile(one, '甲.csv', `${header}${rows(0)}\n`),
    importFile(two, '乙.csv', `${header}${rows(900)}\n`),
  ])
  for (const address of [one, two]) expect(await incidents(address)).toBe(before + 1900)
  expect(await checkCounts(database)).toEqual([])
})

test('a cached tile of one is rendered again when the other imports a building', async () => {
  // 114.30525, 30.60025 at zoom 16.
  const tile = '/tiles/buildings/16/53576/26911.mvt'
  const before = await tagOf(two, tile)
  expect(await tagOf(two, tile)).toBe(before)
  await importFile(one, '楼栋.csv', `楼栋名称,层数,wkt\n新楼,6,${square(114.305, 0.0005)}\n`, 'buildings')
  await vi.waitFor(async () => expect(await tagOf(two, tile)).not.toBe(before), { timeout: 30_000, interval: 20 })
  const bytes = Buffer.from(await (await fetch(`${two}/api${tile}`)).arrayBuffer())
  expect(bytes.includes('新楼')).toBe(true)
})

test('an import that one runs is shown, and can be cancelled, by another with the same data directory', async () => {
  const before = await incidents(two)
  const beside = start('two')
  processes.push(beside)
  const third = await addressOf(beside)
  const rows = Array.from({ length: 60_000 }, (_, at) => `S${at},第${at}件,114.305,30.605,2026-05-01,D02`).join('\n')
  const content = { method: 'POST', headers: named('停.csv'), body: `${header}${rows}\n` }
  const { id } = await ask<ImportSession>(two, '', content)
  await ask(two, `/${id}/run`, { method: 'POST' })
  await vi.waitFor(async () => expect((await ask<ImportSession>(third, `/${id}`)).progress?.rows).toBeGreaterThan(0), {
    timeout: 30_000,
    interval: 20,
  })
  const stopped = await ask<ImportSession>(third, `/${id}/cancel`, { method: 'POST' })
  expect([stopped.state, stopped.problem?.zh]).toEqual(['received', '已取消，没有写入任何数据'])
  expect(await incidents(third)).toBe(before)
})

test('one that is killed in the middle of an import leaves no trace, and the other goes on', async () => {
  const before = await incidents(two)
  const rows = Array.from(
    { length: 60_000 },
    (_, at) => `K${at},第${at}件,${114.3001 + (at % 90) / 10_000},30.605,2026-05-01,D02`,
  ).join('\n')
  const { id } = await ask<ImportSession>(one, '', {
    method: 'POST',
    headers: named('大.csv'),
    body: `${header}${rows}\n`,
  })
  await ask(one, `/${id}/run`, { method: 'POST' })
  // Until it holds the lock under which everything is imported.
  await vi.waitFor(
    async () => {
      const [lock] = await database<{ held: number }[]>`
        select count(*) as held from pg_locks where locktype = 'advisory' and granted and objid = 7301997`
      expect(lock?.held).toBe(1)
    },
    { timeout: 30_000, interval: 20 },
  )
  processes[0].child.kill('SIGKILL')
  expect(await processes[0].ended).toBe('SIGKILL')
  expect(await incidents(two)).toBe(before)
  // The lock went with it.
  await importFile(two, '后.csv', `${header}Y1,噪声,114.305,30.605,2026-05-02,D02\n`)
  expect(await incidents(two)).toBe(before + 1)
  processes[0] = start('one')
  one = await addressOf(processes[0])
  expect(await incidents(one)).toBe(before + 1)
})
