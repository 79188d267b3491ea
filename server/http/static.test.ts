import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { Hono } from 'hono'
import { afterAll, expect, test } from 'vitest'
import { securityHeaders, staticFiles } from './static.ts'

const directory = mkdtempSync(join(tmpdir(), 'minqing-static-'))
const built = join(directory, 'dist')
const script = 'console.log(1)'
mkdirSync(join(built, 'assets'), { recursive: true })
writeFileSync(join(directory, 'secret.txt'), 'secret')
writeFileSync(join(built, '.built-from'), 'hash')
writeFileSync(join(built, 'index.html'), '<title>民情地图</title>')
writeFileSync(join(built, 'assets', 'index-abc.js'), script)
writeFileSync(join(built, 'assets', 'index-abc.js.br'), brotliCompressSync(script))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const site = new Hono().use(securityHeaders).route('/', staticFiles(built))

test.each(['/', '/wall'])('%s is the page, revalidated each time by its tag', async (path) => {
  const first = await site.request(path)
  expect(await first.text()).toContain('民情地图')
  expect(first.headers.get('cache-control')).toBe('no-cache')
  const again = await site.request(path, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } })
  expect(again.status).toBe(304)
})

test('an asset is cached for ever and sent compressed to whoever can read it', async () => {
  const plain = await site.request('/assets/index-abc.js')
  expect(await plain.text()).toBe(script)
  expect(plain.headers.get('cache-control')).toContain('immutable')
  const compressed = await site.request('/assets/index-abc.js', { headers: { 'accept-encoding': 'gzip, br' } })
  expect(compressed.headers.get('content-encoding')).toBe('br')
  expect(compressed.headers.get('content-type')).toContain('javascript')
})

test('nothing is loaded from outside, and no page may frame ours', async () => {
  const { headers } = await site.request('/')
  const policy = headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'self'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toMatch(/https?:|\*|unsafe-eval/)
  expect(policy).toMatch(/script-src 'self';/)
  for (const part of ["object-src 'none'", "base-uri 'none'", "form-action 'self'", "worker-src 'self' blob:"])
    expect(policy).toContain(part)
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})

test.each([
  '/.built-from',
  '/assets/index-abc.js.br',
  '/../secret.txt',
  '/..%2fsecret.txt',
  '/%2e%2e/secret.txt',
  '/assets/..%5c..%5c..%5csecret.txt',
  '//secret.txt',
  '/nothing',
])('%s is not given out', async (path) => {
  const response = await site.fetch(new Request(`http://localhost${path}`))
  expect(response.status).toBe(404)
})
