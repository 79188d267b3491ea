import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { type ClientRequest, createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import type { Feature } from 'geojson'
import type { ImportPreview, ImportRecord, ImportSession } from '@minqing/data/domain/import'
import type { Problem } from '@minqing/data/domain/problem'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createApp } from '../../server/app.ts'
import { ResponseCache } from '../../server/http/response-cache.ts'
import { createListener } from '../../server/http/listener.ts'
import { ImportService } from '../../server/imports/intake/import-service.ts'
import { createTestDatabase, type TestDatabase } from '../../server/store/test-database.ts'
import { everybodyLeads } from './actors.ts'

/** For what follows a notification, also on a busy machine. */
const unhurried = { timeout: 30_000, interval: 20 }

const directory = mkdtempSync(join(tmpdir(), 'minqing-service-'))
const square = '"POLYGON ((114.30 30.60, 114.31 30.60, 114.31 30.61, 114.30 30.61, 114.30 30.60))"'
const grids = `网格编码,名称,wkt\n420102012001001,一网格,${square}\n`
const header = '编号,标题,经度,纬度,时间,事项\n'
const good = '1,漏水,114.305,30.605,2024-05-01,邻里\n'
const bad = '2,坏日期,114.305,30.605,去年,邻里\n'

let held: TestDatabase
let service: ImportService
let served: { api: string; server: Server }
const failures: unknown[] = []

async function serve(imports: ImportService): Promise<{ api: string; server: Server }> {
  const { database } = held
  const app = createApp({ actors: everybodyLeads, database, now: () => new Date(), version: 'test', imports })
  const server = createServer(createListener(app.fetch, new ResponseCache(), everybodyLeads))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { api: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/imports`, server }
}

beforeAll(async () => {
  held = await createTestDatabase()
  const logError = (error: unknown) => failures.push(error)
  service = new ImportService(held.database, { directory, limit: 100_000, now: () => new Date(), logError })
  served = await serve(service)
})
afterAll(async () => {
  await service.close()
  served.server.close()
  await held.close()
  rmSync(directory, { recursive: true })
})

const ask = (path: string, init: RequestInit = {}) => fetch(`${served.api}${path}`, init)
async function answer<Body>(path: string, init: RequestInit = {}): Promise<Body> {
  const response = await ask(path, init)
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.status} ${text}`)
  return JSON.parse(text) as Body
}
const named = (name: string) => ({ 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}` })
const hand = (name: string, body: string, encoding: BufferEncoding = 'utf8') =>
  answer<ImportSession>('', { method: 'POST', headers: named(name), body: Buffer.from(body, encoding) })
const choose = (id: string, choices: ImportSession['choices']) =>
  answer<ImportSession>(`/${id}/choices`, {
    method: 'PUT',
    body: JSON.stringify(choices),
    headers: { 'content-type': 'application/json' },
  })
async function run(id: string): Promise<ImportSession> {
  await answer(`/${id}/run`, { method: 'POST' })
  return ended(id)
}

async function ended(id: string): Promise<ImportSession> {
  for (;;) {
    const session = await answer<ImportSession>(`/${id}`)
    if (session.state !== 'running') return session
    // Often, so that some of the answers fall into the instant at which the run ends.
    await delay(1)
  }
}

test('a file is uploaded, corrected, run, and undone', async () => {
  const areas = await hand('网格.csv', grids)
  expect(areas.inspection?.collection).toBe('grids')
  expect((await run(areas.id)).report).toMatchObject({ written: true, inserted: 1 })

  const first = await hand('工单.csv', header + good + bad)
  expect(first.inspection).toMatchObject({ collection: 'incidents', rows: 2, faulty: 1 })
  expect(first.inspection?.columns.find(({ name }) => name === '事项')?.field).toBeNull()
  const corrected = await choose(first.id, { map: ['type=事项'] })
  expect(corrected.inspection?.words.find(({ field }) => field === 'type')?.words).toEqual([
    { word: '邻里', rows: 2, code: 'D02', known: true },
  ])
  const preview = await answer<ImportPreview>(`/${first.id}/preview`)
  expect(preview.rows.map(({ faults }) => faults.map(({ column }) => column))).toEqual([[], ['时间']])
  const places = preview.places.features as Feature[]
  expect(places.map(({ properties }) => properties)).toEqual([
    { row: 1, line: 2, faulty: false },
    { row: 2, line: 3, faulty: true },
  ])

  const refused = await run(first.id)
  expect(refused.report).toMatchObject({ written: false, rejected: 1 })
  const rejects = await ask(`/${first.id}/rejects`)
  expect(rejects.headers.get('content-disposition')).toContain(encodeURIComponent('工单.rejects.csv'))
  const mended = (await rejects.text()).replace('2,坏日期,114.305,30.605,去年', '2,坏日期,114.305,30.605,2024-05-02')
  await choose(first.id, { map: ['type=事项'], skipInvalid: true, place: ['文件里没有的路1号=-'] })
  const { report } = await run(first.id)
  expect(report).toMatchObject({ written: true, inserted: 1, rejected: 1 })
  expect(report?.notes.map(({ zh }) => zh).join()).toContain('“文件里没有的路1号”')

  const second = await hand('工单.rejects.csv', mended)
  expect((await choose(second.id, { map: ['type=事项'], source: '工单.csv' })).inspection?.faulty).toBe(0)
  const done = await run(second.id)
  expect(done.report).toMatchObject({ written: true, inserted: 1, rejected: 0 })

  const again = await hand('六月.csv', header + good)
  expect([again.remembered?.file, again.choices.map]).toEqual(['工单.csv', ['type=事项']])
  const { imports } = await answer<{ imports: ImportRecord[] }>('')
  expect(imports.map(({ file, via }) => [file, via])).toEqual([
    ['工单.rejects.csv', 'web'],
    ['工单.csv', 'web'],
    ['网格.csv', 'web'],
  ])
  expect(await answer(`/${imports[0]?.id}/undo`, { method: 'POST' })).toMatchObject({ removed: 1 })
  expect((await ask(`/${imports[2]?.id}/undo`, { method: 'POST' })).status).toBe(409)
  expect(failures).toEqual([])
})

test('a session is private on disk, and gone when it is given up', async () => {
  const { id } = await hand('../../etc/工单.csv', header + good)
  expect(statSync(join(directory, id)).mode & 0o777).toBe(0o700)
  expect(readdirSync(join(directory, id)).toSorted()).toEqual(['file.csv', 'preview.json', 'session.json'])
  for (const name of readdirSync(join(directory, id)))
    expect(statSync(join(directory, id, name)).mode & 0o777).toBe(0o600)
  expect((await answer<ImportSession>(`/${id}`)).file.name).toBe('工单.csv')
  expect((await ask(`/${id}`, { method: 'DELETE' })).status).toBe(204)
  expect((await ask(`/${id}`)).status).toBe(404)
  expect(readdirSync(directory)).not.toContain(id)
})

test('what cannot be read is reported in a sentence, and can be read otherwise', async () => {
  const unknown = await hand('名单.csv', 'a')
  expect(unknown.problem ?? unknown.inspection).not.toBeNull()
  const picture = await hand('表.xlsx', '\u0089PNG not really', 'latin1')
  expect(picture.problem?.zh).toMatch(/。/)
  const { status, problem } = await refusal(`/${picture.id}/run`, { method: 'POST' })
  expect([status, problem.code]).toEqual([409, 'conflict'])
})

test('too large, unknown and foreign requests are refused', async () => {
  const post = { method: 'POST', headers: named('a.csv') }
  expect(await refusal('', { ...post, body: Buffer.alloc(100_001) })).toMatchObject({ status: 413 })
  const endless = new ReadableStream({ pull: (stream) => stream.enqueue(Buffer.alloc(50_000)) })
  const streamed = ask('', { ...post, body: endless, duplex: 'half' } as RequestInit)
  expect(await streamed.then(({ status }) => status).catch(() => 413)).toBe(413)
  // A name belongs in a header: an address is written down by every server on its way.
  expect(await refusal('?name=a.csv', { ...post, body: 'a' })).toMatchObject({ status: 400 })
  const nameless = await refusal('', { method: 'POST', body: 'a' })
  expect([nameless.status, nameless.problem.parameter]).toEqual([400, 'content-disposition'])
  for (const header of ["attachment; filename*=UTF-8''%ff", ';;', 'filename', "attachment; filename*=klingon''a"])
    expect(await refusal('', { method: 'POST', headers: { 'content-disposition': header }, body: 'a' })).toMatchObject({
      status: 400,
    })
  expect(await refusal('/../../etc')).toMatchObject({ status: 404 })
  const foreign: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'http://evil.example' },
  ]
  for (const headers of foreign)
    expect(await refusal('', { method: 'POST', headers, body: 'a' }), JSON.stringify(headers)).toMatchObject({
      status: 403,
    })
  const { id } = await hand('工单.csv', header + good)
  const choices = { method: 'PUT', headers: { 'content-type': 'application/json' } }
  expect(await refusal(`/${id}/choices`, { ...choices, body: '{"colour":"red"}' })).toMatchObject({ status: 400 })
  expect(await refusal(`/${id}/choices`, { ...choices, body: '{"crs":"mars"}' })).toMatchObject({ status: 200 })
  expect((await answer<ImportSession>(`/${id}`)).problem?.zh).toContain('mars')
})

test('uploads are counted apart: others are asked to come back, and what is broken off is free again', async () => {
  // One after the other: each is there before the next begins.
  const uploads: ClientRequest[] = []
  while (uploads.length < 4) uploads.push(await halfUpload())
  const refused = await fetch(served.api, { method: 'POST', headers: named('a.csv'), body: header })
  expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([503, true])
  expect(await refused.json()).toMatchObject({ code: 'busy' })
  expect((await ask('')).status).toBe(200)
  for (const upload of uploads) upload.destroy()
  await expect
    .poll(async () => (await fetch(served.api, { method: 'POST', headers: named('a.csv'), body: header })).status)
    .toBe(201)
})

/** An upload of which a part has come. */
async function halfUpload(): Promise<ClientRequest> {
  const before = readdirSync(directory).length
  const headers = { ...named('a.csv'), 'content-length': 1_000 }
  const sending = request(served.api, { method: 'POST', headers, agent: false })
  sending.on('error', () => {})
  sending.write('a')
  await expect.poll(() => readdirSync(directory).length).toBeGreaterThan(before)
  return sending
}

test('the space for uploads has a quota, and a sentence for it', async () => {
  const small = new ImportService(held.database, {
    directory: join(directory, 'small'),
    limit: 100_000,
    quota: 50_000,
    now: () => new Date(),
    logError: (error) => failures.push(error),
  })
  const { api, server } = await serve(small)
  const response = await fetch(api, { method: 'POST', headers: named('a.csv'), body: Buffer.alloc(50_001) })
  const problem = (await response.json()) as Problem
  server.close()
  expect([response.status, problem.code]).toEqual([507, 'storage_full'])
  expect(problem.detail).toContain('上传暂存已满')
  expect(readdirSync(join(directory, 'small'))).toEqual([])
})

test('a run that the server did not survive is reported to have written nothing, and what is old is cleared', async () => {
  const { id } = await hand('工单.csv', header + good)
  const later = new ImportService(held.database, {
    directory,
    limit: 1,
    now: () => new Date(Date.now() + 2 * 86_400_000),
    logError: (error) => failures.push(error),
  })
  await later.sweep()
  expect(readdirSync(directory)).not.toContain(id)
})

async function refusal(path: string, init: RequestInit = {}): Promise<{ status: number; problem: Problem }> {
  const response = await ask(path, init)
  return { status: response.status, problem: (await response.json()) as Problem }
}

test('of two who begin the same import at once, one gets the problem that it runs', async () => {
  const { id } = await hand('同时.csv', header + good.replace('1,', '9,'))
  const cache = await Promise.all([1, 2].map(() => ask(`/${id}/run`, { method: 'POST' })))
  expect(cache.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409])
  const refused = (await cache.find(({ status }) => status === 409)?.json()) as Problem
  expect(refused).toMatchObject({ code: 'conflict', detail: '这个文件正在导入' })
  expect((await ended(id)).report?.written).toBe(true)
})

test('what one tab chooses while another begins is imported as chosen, and the run is not lost', async () => {
  const { id } = await hand('两个标签页.csv', header + good.replace('1,', 'T1,'))
  // Sent first: looking at the file takes longer than it takes the other tab to begin.
  const begin = () => answer<ImportSession>(`/${id}/run`, { method: 'POST' })
  const choosing = choose(id, { map: ['type=事项'], source: '两页' })
  const [chosen, begun] = await Promise.all([choosing, delay(50).then(begin)])
  expect(chosen.choices).toMatchObject({ source: '两页' })
  expect([begun.state, begun.choices.source]).toEqual(['running', '两页'])
  const { status, problem } = await refusal(`/${id}/choices`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  expect([status, problem.detail]).toEqual([409, '这个文件正在导入'])
  expect((await ended(id)).report).toMatchObject({
    written: true,
    inserted: 1,
    source: expect.stringContaining('两页'),
  })
  // A tab that has not heard of it.
  expect(await refusal(`/${id}/run`, { method: 'POST' })).toMatchObject({
    status: 409,
    problem: { detail: '这个文件已经导入' },
  })
  expect((await answer<ImportSession>(`/${id}`)).report?.batch).toEqual(expect.any(Number))
})

test('choices are taken in the order in which they came', async () => {
  const { id } = await hand('先后.csv', header + good.replace('1,', 'T2,'))
  // Of the service itself: in what order requests of several connections arrive is not certain.
  await Promise.all(['一', '二', '三'].map((source) => service.choose(id, { source })))
  expect((await answer<ImportSession>(`/${id}`)).choices).toEqual({ source: '三' })
})

test('a part of a Shapefile that did not arrive whole is sent once more', async () => {
  const { id } = await hand('点.shp', 'not a shape')
  const broken = new ReadableStream({
    start: (stream) => {
      stream.enqueue(Buffer.alloc(10))
      setTimeout(() => stream.error(new Error('the network is gone')), 100)
    },
  })
  const half = { method: 'POST', headers: named('点.prj'), body: broken, duplex: 'half' } as RequestInit
  await expect(ask(`/${id}/files`, half)).rejects.toThrow('fetch failed')
  await vi.waitFor(
    () => expect(readdirSync(join(directory, id)).filter((name) => name.includes('prj'))).toEqual([]),
    unhurried,
  )
  const part = { method: 'POST', headers: named('点.prj'), body: 'GEOGCS["a"]' }
  for (const again of [1, 2]) {
    const session = await answer<ImportSession>(`/${id}/files`, part)
    expect([again, session.file.beside]).toEqual([again, ['点.prj']])
  }
})

const malformed = [
  '{',
  '}',
  '{"crs":}',
  '{"crs":"wgs84",}',
  "{'crs':'wgs84'}",
  '[1,',
  'wgs84',
  '1e999x',
  '\0',
  '{"crs":"a\0b"}',
  '['.repeat(100_000),
  `{"map":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
  '{"crs":"a\\u0000b"}',
  '{"map":["title=\\ud800"]}',
  '{"__proto__":{"crs":"wgs84"},"constructor":1}',
  'null',
  '"text"',
]

test('choices that are no choices are refused with a sentence, and change nothing', async () => {
  const { id, choices } = await hand('工单.csv', header + good)
  const headers = { 'content-type': 'application/json' }
  for (const body of malformed) {
    const response = await ask(`/${id}/choices`, { method: 'PUT', headers, body })
    const problem = (await response.json()) as Problem
    expect([body.slice(0, 40), response.status, problem.code]).toEqual([
      body.slice(0, 40),
      400,
      expect.stringMatching(/^(bad|unknown)_parameter$/),
    ])
  }
  const other = await ask(`/${id}/choices`, { method: 'PUT', headers: { 'content-type': 'text/plain' }, body: '{}' })
  expect([other.status, ((await other.json()) as Problem).code]).toEqual([415, 'unsupported_media_type'])
  expect((await answer<ImportSession>(`/${id}`)).choices).toEqual(choices)
  expect(failures).toEqual([])
})

test('a geometry without coordinates is a fault of its row', async () => {
  const { id } = await hand('几何.csv', `编号,标题,时间,事项,wkt\n1,漏水,2024-05-01,邻里,"{""type"":""Point""}"\n`)
  expect((await run(id)).report).toMatchObject({ read: 1, rejected: 1 })
})

test.each(['constructor', '__proto__', 'toString'])('“%s” is the name of nothing', async (name) => {
  const { id } = await hand('工单.csv', header + good)
  for (const choices of [
    { encoding: name },
    { crs: name },
    { delimiter: name },
    { timeZone: name },
    { map: [`${name}=标题`] },
    { set: [`${name}=1`] },
  ]) {
    const { problem, inspection } = await choose(id, choices)
    expect([choices, problem?.en]).toEqual([choices, expect.stringContaining(name)])
    expect(inspection?.columns).toHaveLength(6)
  }
  expect(failures).toEqual([])
})

const deep = (open: string, close: string) => open.repeat(100_000) + close.repeat(100_000)

test.each([
  ['属性.geojson', `{"type":"Feature","properties":{"a":${deep('[', ']')}},"geometry":null}`, 'nested deeper'],
  ['属性.geojson', `{"type":"Feature","properties":{"a":${deep('{"b":', '}')}},"geometry":null}`, 'valid JSON'],
  ['类型.geojson', `{"type":${deep('[', ']')},"properties":{},"geometry":null}`, 'should be Feature'],
  ['图形.csv', `编号,标题,时间,geometry\n1,漏水,2024-05-01,"${deep('[', ']')}"\n`, ''],
  ['图形.csv', `编号,标题,时间,wkt\n1,漏水,2024-05-01,"POINT ${deep('(', ')')}"\n`, ''],
])('a value nested 100,000 deep is a fault of its row, in %s', async (name, text, reason) => {
  const deeply = new ImportService(held.database, {
    directory,
    limit: 10_000_000,
    now: () => new Date(),
    logError: (error) => failures.push(error),
  })
  const session = await deeply.receive(name, { bytes: Readable.from([Buffer.from(text)]) })
  const said = session.problem?.en ?? JSON.stringify(await deeply.preview(session.id))
  expect(said).toContain(reason)
  expect(session.problem !== null || session.inspection?.faulty === 1).toBe(true)
})
