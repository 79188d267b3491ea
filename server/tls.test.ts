import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { get, type Server } from 'node:https'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { generate } from 'selfsigned'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AllowedHosts } from './allowed-hosts.ts'
import { everybodyIs } from './http/resolve-actor.ts'
import { actorAs } from './access/actor.ts'
import { createListener } from './http/listener.ts'
import { ResponseCache } from './http/response-cache.ts'
import { listen } from './listen.ts'
import { readTls, renewTls } from './tls.ts'

const folder = mkdtempSync(join(tmpdir(), 'minqing-tls-'))
afterAll(() => rmSync(folder, { recursive: true }))
const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') }
const anywhere = { host: '127.0.0.1', port: 0 }
let pairs: { cert: string; private: string }[]

beforeAll(async () => {
  const make = (value: string) => generate([{ name: 'commonName', value }], { algorithm: 'sha256' })
  pairs = [await make('first.example.cn'), await make('second.example.cn')]
})

function write(index: number): void {
  writeFileSync(files.cert, pairs[index]!.cert)
  writeFileSync(files.key, pairs[index]!.private)
}

type Answer = { status: number | undefined; headers: Record<string, unknown>; subject: string; body: string }

/** The certificates are of nobody's authority. */
function ask(address: string, host: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    get(address, { agent: false, rejectUnauthorized: false, headers: { host } }, (response) => {
      const subject = String((response.socket as TLSSocket).getPeerCertificate().subject.CN)
      let body = ''
      response.setEncoding('utf8').on('data', (text: string) => (body += text))
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, subject, body }))
    }).on('error', reject)
  })
}

test('with a certificate the server speaks HTTPS, says so, and keeps browsers to it except under a loopback name', async () => {
  write(0)
  const answer = (request: Request) => new Response(request.url)
  const hosts = new AllowedHosts(['map.example.cn'])
  const handle = createListener(answer, new ResponseCache(), everybodyIs(actorAs({}, 'analyst', ['all'])), { hosts })
  const listener = await listen(handle, { ...anywhere, tls: files })
  expect(listener.address).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
  const named = await ask(`${listener.address}/api`, 'map.example.cn')
  expect(named).toMatchObject({ status: 200, subject: 'first.example.cn', body: 'https://map.example.cn/api' })
  expect(named.headers['strict-transport-security']).toBe('max-age=31536000')
  const { host } = new URL(listener.address)
  expect((await ask(listener.address, host)).headers['strict-transport-security']).toBeUndefined()
  expect((await ask(listener.address, 'rebound.example')).status).toBe(421)
  await listener.close(0)
})

test('a renewed certificate is taken into use, and the former one stays while the new one is incomplete', async () => {
  write(0)
  const failures: unknown[] = []
  const server: Server = createServer(readTls(files), (_request, response) => response.end('.'))
  const stop = renewTls(server, files, (error) => failures.push(error), 10)
  await new Promise<void>((resolve) => server.listen(anywhere, resolve))
  const address = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  const subject = async () => (await ask(address, 'localhost')).subject
  expect(await subject()).toBe('first.example.cn')
  writeFileSync(files.cert, pairs[1]!.cert)
  await expect.poll(() => failures.length).toBeGreaterThan(0)
  expect(await subject()).toBe('first.example.cn')
  writeFileSync(files.key, pairs[1]!.private)
  await expect.poll(subject).toBe('second.example.cn')
  stop()
  server.close()
})

test('files that cannot be used are named in a sentence', async () => {
  write(0)
  expect(() => readTls({ ...files, key: join(folder, 'nothing.pem') })).toThrow(/TLS_KEY.*nothing\.pem/)
  writeFileSync(files.key, pairs[1]!.private)
  expect(() => readTls(files)).toThrow(/TLS_CERT and TLS_KEY/)
  await expect(listen(() => {}, { ...anywhere, tls: files })).rejects.toThrow(/TLS_CERT and TLS_KEY/)
})
