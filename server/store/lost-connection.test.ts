import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { connect } from './connect.ts'

/** `AuthenticationOk` and `ReadyForQuery` of PostgreSQL's protocol: what lets a client in. */
const welcome = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49])

test('a connection lost before its first query is reported to whoever waits, and no rejection is unhandled', async () => {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => {}))
    if (sockets.length > 1) return
    socket.once('data', () => {
      socket.write(welcome)
      // What comes now is the driver's own question about the types of arrays.
      socket.once('data', () => socket.resetAndDestroy())
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const database = connect({ url: `postgres://nobody@127.0.0.1:${port}/none`, poolSize: 1 })
  const unheard: unknown[] = []
  const note = (error: unknown) => unheard.push(error)
  process.on('unhandledRejection', note)
  try {
    await expect(database`select 1`).rejects.toThrow('ECONNRESET')
    await delay(20)
    expect(unheard).toEqual([])
  } finally {
    process.off('unhandledRejection', note)
    void database.end({ timeout: 0 }).catch(() => {})
    for (const socket of sockets) socket.destroy()
    server.close()
  }
})
