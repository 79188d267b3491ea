import { once } from 'node:events'
import { type AddressInfo, createConnection, createServer, type Server, type Socket } from 'node:net'
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connect, type Database } from './connect.ts'
import { readAhead } from './read-ahead.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

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

describe('a connection that is reset', () => {
  let world: TestDatabase
  let between: Server
  let database: Database
  const clients = new Set<Socket>()
  const reset = () => {
    for (const client of clients) client.resetAndDestroy()
  }
  beforeAll(async () => {
    world = await createTestDatabase()
    const target = new URL(world.url)
    const directory = target.searchParams.get('host')
    const port = Number(target.port || 5432)
    between = createServer((client) => {
      const server =
        directory === null ? createConnection(port, target.hostname) : createConnection(`${directory}/.s.PGSQL.${port}`)
      clients.add(client)
      for (const socket of [client, server]) socket.on('error', () => {})
      client.once('close', () => {
        clients.delete(client)
        server.destroy()
      })
      client.pipe(server).pipe(client)
    }).listen(0, '127.0.0.1')
    await once(between, 'listening')
    target.hostname = '127.0.0.1'
    target.port = String((between.address() as AddressInfo).port)
    target.searchParams.delete('host')
    database = connect({ url: target.href, poolSize: 1 })
  })
  beforeEach(async () => {
    await database`select 1`
  })
  afterAll(async () => {
    await database.end({ timeout: 1 })
    between.close()
    await world.close()
  })

  /** Ends it while it works: resolved once its statement is known to have failed. */
  async function lose(): Promise<void> {
    const working = database`select pg_sleep(60)`.catch((error: unknown) => error)
    await delay(20)
    reset()
    expect(await working).toBeInstanceOf(Error)
  }

  test('leaves no statement without an answer, and gives each its own', async () => {
    for (let turns = 0; turns < 4; turns += 1) {
      await lose()
      const asked: Promise<boolean>[] = []
      // Also between the socket's error and its end.
      for (let passed = 0; passed <= turns; passed += 1) {
        const number = turns * 10 + passed
        const answer = database<{ n: number }[]>`select ${number}::integer as n`
        asked.push(
          answer.then(
            ([row]) => row?.n === number,
            () => true,
          ),
        )
        await turn()
      }
      expect(await Promise.all(asked)).not.toContain(false)
      expect(await database`select ${turns}::integer as n`).toEqual([{ n: turns }])
    }
  })

  test('ends the statements of its transaction that wait for their turn', async () => {
    const settled: string[] = []
    const lost = database.begin(async (transaction) => {
      const asked = [1, 2, 3].map((n) => transaction`select pg_sleep(${60 * n}::integer)`.execute())
      await delay(20)
      reset()
      for (const { status } of await Promise.allSettled(asked)) settled.push(status)
    })
    await expect(lost).rejects.toThrow('CONNECTION_CLOSED')
    await expect.poll(() => settled).toEqual(['rejected', 'rejected', 'rejected'])
  })

  test('is not used again by its transaction', async () => {
    let goOn: () => void = () => {}
    const waits = new Promise<void>((resolve) => (goOn = resolve))
    let late: Promise<unknown> | undefined
    const first = database.begin(async (transaction) => {
      await transaction`select 1`
      reset()
      await waits
      late = transaction`set local statement_timeout = 1`.execute()
      await late
    })
    await expect(first).rejects.toThrow('CONNECTION_CLOSED')
    const second = database.begin(async (transaction) => {
      await transaction`set local statement_timeout = 54321`
      goOn()
      await turn()
      await expect(late).rejects.toThrow('CONNECTION_CLOSED')
      return transaction<{ own: string }[]>`select current_setting('statement_timeout') as own`
    })
    expect(await second).toEqual([{ own: '54321ms' }])
  })

  test.each([
    ['goes on', /^(ECONNRESET|EPIPE|CONNECTION_CLOSED)$/],
    ['stops', /^none$/],
  ])('fails a cursor whose reader %s, and ends nothing else', async (way, failure) => {
    const unheard: unknown[] = []
    const note = (error: unknown) => unheard.push(error)
    process.on('unhandledRejection', note)
    try {
      let rows = 0
      const reading = (async () => {
        for await (const batch of readAhead(database`select generate_series(1, 1000)`.cursor(10))) {
          rows += batch.length
          if (rows > 10) continue
          reset()
          await delay(50)
          if (way === 'stops') break
        }
      })()
      const ended = await reading.then(
        () => 'none',
        (error: { code?: string }) => error.code,
      )
      expect(ended).toMatch(failure)
      expect(rows).toBeLessThan(1000)
      expect(await database`select 1 as n`).toEqual([{ n: 1 }])
      await delay(20)
      expect(unheard).toEqual([])
    } finally {
      process.off('unhandledRejection', note)
    }
  })
})
