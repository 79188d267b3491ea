import { PassThrough } from 'node:stream'
import { Hono } from 'hono'
import { expect, test, vi } from 'vitest'
import { createLog } from '../log.ts'
import { requestLog } from './request-log.ts'

const stream = new PassThrough()
const log = createLog(stream, () => new Date('2026-11-21T00:00:00Z'))
const routes = new Hono().get('/api/incidents/:street/:number', (context) => context.json({}))
const site = new Hono().use(requestLog(routes, log)).route('/', routes)

async function lineOf(path: string): Promise<Record<string, unknown>> {
  await site.request(path)
  return JSON.parse(String(stream.read())) as Record<string, unknown>
}

test('a request is one line with its template, status and duration', async () => {
  expect(await lineOf('/api/incidents/990101001/2026-000123?q=王秀英')).toEqual({
    time: '2026-11-21T00:00:00.000Z',
    level: 'info',
    event: 'request',
    method: 'GET',
    route: '/api/incidents/:street/:number',
    status: 200,
    ms: expect.any(Number) as number,
  })
})

test('what nobody answers is logged without its address', async () => {
  expect(await lineOf('/wang-xiuying?phone=13812345678')).toMatchObject({ route: 'other', status: 404 })
})

test('an error is logged with its class and code, never its message', () => {
  log.error('request', Object.assign(new TypeError('duplicate key (phone)=(13812345678)'), { code: '23505' }))
  const line = String(stream.read())
  expect(JSON.parse(line)).toMatchObject({ level: 'error', name: 'TypeError', code: '23505' })
  expect(line).not.toContain('13812345678')
})

test('gathered lines are written together after their time, at once when an error comes, and none is lost', async () => {
  const gathering = createLog(stream, () => new Date('2026-11-21T00:00:00Z'), 20)
  const events = () => {
    const written = (stream.read() as Buffer | null)?.toString() ?? ''
    return written.split('\n').flatMap((line) => (line === '' ? [] : [(JSON.parse(line) as { event: string }).event]))
  }
  gathering.info('first')
  gathering.info('second')
  expect(events()).toEqual([])
  await vi.waitUntil(() => stream.readableLength > 0)
  expect(events()).toEqual(['first', 'second'])
  gathering.info('third')
  gathering.error('fourth', new Error('no'))
  expect(events()).toEqual(['third', 'fourth'])
  gathering.info('x'.repeat(70_000))
  expect(events()).toHaveLength(1)
})
