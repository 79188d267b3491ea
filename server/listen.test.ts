import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { listen } from './listen.ts'

const anywhere = { host: '127.0.0.1', port: 0 }

test('a running request finishes, a new one is refused', async () => {
  const arrived = Promise.withResolvers<ServerResponse>()
  const listener = await listen((_request, response) => arrived.resolve(response), anywhere)
  const running = fetch(listener.address)
  const response = await arrived.promise
  // The connection is kept alive by the client: it must not hold the end up for this grace, nor this test.
  const closed = listener.close(600_000)
  await expect(fetch(listener.address)).rejects.toThrow('fetch failed')
  response.end('done')
  expect(await (await running).text()).toBe('done')
  await closed
})

test('a request that does not finish is cut off after the grace', async () => {
  const listener = await listen((_request, response) => void response.write('…'), anywhere)
  const endless = await fetch(listener.address)
  await listener.close(100)
  await expect(endless.text()).rejects.toThrow('terminated')
})

test('a port in use is reported in one sentence', async () => {
  const first = await listen((_request, response) => void response.end(), anywhere)
  const port = Number(new URL(first.address).port)
  await expect(listen(() => {}, { host: '127.0.0.1', port })).rejects.toThrow(`Port 127.0.0.1:${port} is in use`)
  await first.close(0)
})
