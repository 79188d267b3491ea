import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { inTurn } from './in-turn.ts'

const begun: { url: string; response: ServerResponse }[] = []
const server = createServer(inTurn((request, response) => void begun.push({ url: request.url ?? '', response })))
const opened: Socket[] = []

async function opens(): Promise<Socket> {
  if (!server.listening) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  opened.push(socket)
  await once(socket, 'connect')
  return socket
}

function asks(socket: Socket, ...urls: string[]): void {
  socket.write(urls.map((url) => `GET ${url} HTTP/1.1\r\nhost: a\r\n\r\n`).join(''))
}

const urls = () => begun.map(({ url }) => url)

afterEach(() => {
  for (const socket of opened.splice(0)) socket.destroy()
  begun.length = 0
  server.close()
})

test('requests sent ahead on one connection are begun one after the other, those of others beside them', async () => {
  const [one, other] = [await opens(), await opens()]
  asks(one, '/1', '/2', '/3')
  await vi.waitFor(() => expect(urls()).toEqual(['/1']))
  asks(other, '/other')
  await vi.waitFor(() => expect(urls()).toEqual(['/1', '/other']))
  begun[0]!.response.end('first')
  await vi.waitFor(() => expect(urls()).toEqual(['/1', '/other', '/2']))
  begun[2]!.response.end('second')
  await vi.waitFor(() => expect(urls()).toEqual(['/1', '/other', '/2', '/3']))
})

test('a reused connection is served as often as it asks', async () => {
  const socket = await opens()
  for (const time of Array.from({ length: 100 }, (_, index) => index)) {
    asks(socket, `/${time}`)
    await vi.waitFor(() => expect(begun.length).toBe(time + 1), { interval: 1 })
    const answered = once(socket, 'data')
    begun[time]!.response.end('x')
    await answered
  }
})

test('what a closed connection has sent ahead is never begun', async () => {
  const socket = await opens()
  asks(socket, '/1', '/2')
  await vi.waitFor(() => expect(urls()).toEqual(['/1']))
  const closed = once(begun[0]!.response, 'close')
  socket.destroy()
  await closed
  const other = await opens()
  asks(other, '/other')
  await vi.waitFor(() => expect(urls()).toEqual(['/1', '/other']))
})

test('a connection that sends too many ahead is closed', async () => {
  const socket = await opens()
  socket.on('error', () => {})
  const closed = once(socket, 'close')
  asks(socket, ...Array.from({ length: 250 }, (_, index) => `/${index}`))
  await closed
  expect(urls()).toEqual(['/0'])
})
