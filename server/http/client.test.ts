import { once } from 'node:events'
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AskingClient, askingClient } from '../store/asking-client.ts'
import { allowSilence, onBehalfOfClient } from './client.ts'
import { TrustedProxies } from '../trusted-proxies.ts'

const asked: AskingClient[] = []
const app = new Hono()
  .use(onBehalfOfClient(new TrustedProxies()))
  .get('/limit', (c) => {
    const { socket } = (c.env as HttpBindings).incoming
    const before = socket.timeout
    if (c.req.query('silent') !== undefined) allowSilence(c)
    return c.json([before, socket.timeout])
  })
  .get('/', async (c) => {
    await Promise.resolve()
    const client = askingClient()
    if (client !== undefined) asked.push(client)
    if (c.req.query('wait') !== undefined)
      await new Promise((resolve) => client?.gone.addEventListener('abort', resolve))
    return c.text('done')
  })
const listener = getRequestListener(app.fetch)
const server = createServer((request, response) => void listener(request, response))
let address: string
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test('what is done for a request is done for its client, which a proxy on this machine may name', async () => {
  await fetch(address)
  expect(asked.pop()).toMatchObject({ address: '127.0.0.1', gone: { aborted: false } })
  await fetch(address, { headers: { 'x-forwarded-for': '198.51.100.7, 203.0.113.9' } })
  expect(asked.pop()?.address).toBe('203.0.113.9')
  await fetch(address, { headers: { via: '1.1 proxy' } })
  expect(asked.pop()?.address).toBeUndefined()
  expect(askingClient()).toBeUndefined()
})

test('one request may be silent, and the next of its connection not', async () => {
  server.timeout = 77_000
  const limits = async (query: string) => (await fetch(`${address}limit${query}`)).json()
  expect(await limits('?silent')).toEqual([77_000, 0])
  expect(await limits('')).toEqual([77_000, 77_000])
})

test('a client that closes its connection is known to be gone', async () => {
  const asking = get(`${address}?wait`)
  asking.on('error', () => {})
  await expect.poll(() => asked.length).toBe(1)
  asking.destroy()
  const { gone } = asked.pop()!
  if (!gone.aborted) await once(gone, 'abort')
  expect(gone.aborted).toBe(true)
})
