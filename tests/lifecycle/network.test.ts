import { mkdtempSync, realpathSync, writeFileSync } from 'node:fs'
import { request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { generate } from 'selfsigned'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { removeData } from '../setup/start-product.ts'
import { leftOf, minqing, type Running, startServer } from './process.ts'

const directory = realpathSync(mkdtempSync(join(tmpdir(), 'minqing-network-')))
let running: Running | undefined

afterEach(async () => {
  running?.child.kill('SIGINT')
  await running?.ended
  expect(await leftOf(directory)).toEqual([])
})
afterAll(() => removeData(directory))

/** The first address that it prints, which is where it is open. */
async function printed({ output, child }: Running): Promise<URL> {
  for (;;) {
    const address = /https?:\/\/localhost:\d+/.exec(output())?.[0]
    if (address !== undefined && output().includes('Ctrl-C')) return new URL(address)
    if (child.exitCode !== null) throw new Error(`It ended:\n${output()}`)
    await delay(20)
  }
}

type Answer = { status: number | undefined; headers: Record<string, string | string[] | undefined> }

function send(address: URL, method: string, path: string, host: string, body?: unknown): Promise<Answer> {
  const options = { method, headers: { host, 'content-type': 'application/json' }, rejectUnauthorized: false }
  return new Promise((resolve, reject) => {
    const ask = address.protocol === 'https:' ? requestSecure : requestPlain
    const asking = ask(new URL(path, address), options, (response) => {
      response.resume().on('end', () => resolve({ status: response.statusCode, headers: response.headers }))
    })
    asking.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body))
  })
}

describe.skipIf(process.platform !== 'linux')('a server that is open to the network', () => {
  test('without encryption says what to do, and answers to no foreign name', async () => {
    running = startServer(directory, { HOST: '0.0.0.0' })
    const address = await printed(running)
    expect(address.protocol).toBe('http:')
    expect(running.output()).toContain('Set TLS_CERT and TLS_KEY')
    expect((await send(address, 'GET', '/api', address.host)).status).toBe(200)
    expect((await send(address, 'GET', '/api', 'rebound.example')).status).toBe(421)
  })

  test('with a certificate speaks HTTPS, and hands out cookies for encrypted connections alone', async () => {
    const made = await generate([{ name: 'commonName', value: 'map.example.cn' }], { algorithm: 'sha256' })
    const [TLS_CERT, TLS_KEY] = [join(directory, 'cert.pem'), join(directory, 'key.pem')]
    writeFileSync(TLS_CERT, made.cert)
    writeFileSync(TLS_KEY, made.private)
    const ALLOWED_HOSTS = 'map.example.cn'
    running = startServer(directory, { HOST: '0.0.0.0', SIGN_IN: 'on', TLS_CERT, TLS_KEY, ALLOWED_HOSTS })
    const address = await printed(running)
    expect(address.protocol).toBe('https:')
    expect(running.output()).not.toContain('TLS_CERT')
    const adding = minqing(directory, 'user', {}, [
      'add',
      'linan',
      '--name',
      '林安',
      '--role',
      'analyst',
      '--area',
      'all',
      '--made',
    ])
    expect(await adding.ended).toBe(0)
    const password = /\w{5}-\w{5}-\w{5}/.exec(adding.output())?.[0]
    const { status, headers } = await send(address, 'POST', '/api/session', 'map.example.cn', {
      login: 'linan',
      password,
    })
    expect(status).toBe(200)
    expect(headers['strict-transport-security']).toBe('max-age=31536000')
    expect(headers['set-cookie']?.[0]).toMatch(/^__Host-minqing=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
  })
})
