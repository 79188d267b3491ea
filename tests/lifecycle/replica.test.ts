import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createApp } from '../../server/app.ts'
import { ResponseCache } from '../../server/http/response-cache.ts'
import { createListener } from '../../server/http/listener.ts'
import { connect, type Database } from '../../server/store/connect.ts'
import { listenToCollections } from '../../server/store/collection-versions.ts'
import { ReplicaReader, writePosition } from '../../server/store/replica-reader.ts'
import { migrate } from '../../server/migrations/migrate.ts'
import { openScope, readAs } from '../../server/store/scope.ts'
import { everybodyLeads } from '../api/actors.ts'
import { changed, grids, insertAreas, insertIncident } from '../api/world.ts'
import type { RunningCluster } from '../setup/embedded-cluster.ts'
import { type Replica, replicaPrograms, startReplica } from '../setup/start-replica.ts'
import { startServerCluster } from '../setup/server-cluster.ts'

/** For what follows a notification, also on a busy machine. */
const unhurried = { timeout: 30_000, interval: 20 }

const bin = replicaPrograms()

/** An API process, as far as the database is concerned: its own connections, its own response cache. */
type Process = { address: string; reader: ReplicaReader; close: () => Promise<void> }

async function startProcess(primaryUrl: string, replicaUrl: string, { deaf = false } = {}): Promise<Process> {
  const database = connect({ url: primaryUrl })
  const reader = await ReplicaReader.open(database, [connect({ url: replicaUrl })])
  const cache = new ResponseCache()
  const stopListening = deaf
    ? async () => {}
    : await listenToCollections(database, (collection) => {
        reader.noteChange().catch(() => {})
        cache.drop(collection)
      })
  const app = createApp({ actors: everybodyLeads, database, reader, now: () => new Date(), version: 'test', cache })
  const server: Server = createServer(createListener(app.fetch, cache, everybodyLeads))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await stopListening()
    await reader.close()
    await database.end({ timeout: 1 })
  }
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`, reader, close }
}

describe.skipIf(bin === undefined)(
  `a streaming replica${bin === undefined ? ' (PostgreSQL with pg_basebackup is not installed)' : ''}`,
  () => {
    let cluster: RunningCluster
    let replica: Replica
    let writer: Database
    let onReplica: Database
    let one: Process
    let two: Process
    beforeAll(async () => {
      cluster = await startServerCluster(bin ?? '')
      writer = connect({ url: cluster.cluster.url })
      await migrate(writer)
      await insertAreas(writer)
      replica = await startReplica(bin ?? '', cluster.cluster.url)
      onReplica = connect({ url: replica.url, poolSize: 1 })
      one = await startProcess(cluster.cluster.url, replica.url)
      two = await startProcess(cluster.cluster.url, replica.url)
    }, 120_000)
    afterAll(async () => {
      await Promise.all([one.close(), two.close()])
      await onReplica.end({ timeout: 1 })
      await writer.end({ timeout: 1 })
      await replica.stop()
      await cluster.stop()
    })

    const reads = ({ reader }: Process) =>
      readAs(reader, openScope, async (transaction) => {
        const [row] = await transaction<[{ standby: boolean }]>`select pg_is_in_recovery() as standby`
        return row.standby ? 'replica' : 'primary'
      })
    const untilReplica = (process: Process) =>
      vi.waitFor(async () => expect(await reads(process)).toBe('replica'), { timeout: 20_000, interval: 50 })
    const count = async ({ address }: Process, headers: Record<string, string> = {}) => {
      const response = await fetch(`${address}/collections/incidents/items?limit=1`, { headers })
      expect(response.status).toBe(200)
      return ((await response.json()) as { numberMatched: number }).numberMatched
    }
    const pause = async () => {
      await onReplica`select pg_wal_replay_pause()`
      await vi.waitFor(async () => {
        const [row] = await onReplica<[{ state: string }]>`select pg_get_wal_replay_pause_state() as state`
        expect(row.state).toBe('paused')
      }, unhurried)
    }
    let written = 0
    async function write(): Promise<number> {
      written += 1
      await insertIncident(writer, { number: `W${String(written).padStart(4, '0')}` })
      await changed(writer, 'incidents')
      return written
    }

    test('requests read from it', async () => {
      await untilReplica(one)
      await untilReplica(two)
      expect(await count(one)).toBe(0)
    })

    test('what is written is read by both processes as soon as they heard of it, and never unread again', async () => {
      const seen: Record<string, number[]> = { one: [], two: [] }
      for (let round = 0; round < 40; round += 1) {
        const now = await write()
        for (const [name, process] of Object.entries({ one, two })) {
          await vi.waitFor(async () => {
            const counted = await count(process)
            seen[name]?.push(counted)
            expect(counted).toBe(now)
          }, unhurried)
        }
      }
      for (const counts of Object.values(seen)) expect(counts).toEqual(counts.toSorted((a, b) => a - b))
    })

    test('while it lags, the primary cache; when it has caught up, it does again', async () => {
      await untilReplica(one)
      await pause()
      const now = await write()
      await vi.waitFor(async () => expect(await count(one)).toBe(now), unhurried)
      expect(await reads(one)).toBe('primary')
      const [behind] = await onReplica<[{ count: number }]>`select count(*) from incident`
      expect(behind.count).toBe(now - 1)
      await onReplica`select pg_wal_replay_resume()`
      await untilReplica(one)
      expect(await count(one)).toBe(now)
    })

    test('a writer reads its own writes in a process that has not heard of them', async () => {
      const deaf = await startProcess(cluster.cluster.url, replica.url, { deaf: true })
      try {
        const cachedPath = `${deaf.address}/collections/grids/items`
        const name = async (headers: Record<string, string>) =>
          /"name":"[^"]*"/.exec(await (await fetch(cachedPath, { headers })).text())?.[0]
        await untilReplica(deaf)
        await name({})
        await pause()
        const now = await write()
        await writer`update area set name = '新名' where code = ${grids[0]!}`
        await changed(writer, 'areas')
        // What it knows is old: it was not notified.
        expect(await count(deaf)).toBe(now - 1)
        expect(await name({})).not.toBe('"name":"新名"')
        const cookie = `minqing-position=${encodeURIComponent(writePosition(await one.reader.position()))}`
        expect(await count(deaf, { cookie })).toBe(now)
        expect(await name({ cookie })).toBe('"name":"新名"')
        // A position that is still to come is no way to keep everybody from the replica.
        await count(deaf, { cookie: 'minqing-position=FFFFFFFF%2FFFFFFFFF' })
        await onReplica`select pg_wal_replay_resume()`
        await untilReplica(deaf)
      } finally {
        await deaf.close()
      }
    })

    test('when it dies nobody is refused, and when it is back it is read from again', async () => {
      await untilReplica(one)
      const asked = Array.from({ length: 30 }, async (_, index) => {
        await delay(index * 20)
        return count(one)
      })
      await delay(100)
      await replica.kill()
      expect(new Set(await Promise.all(asked))).toEqual(new Set([written]))
      expect(await reads(one)).toBe('primary')
      const now = await write()
      await vi.waitFor(async () => expect(await count(two)).toBe(now), unhurried)
      await replica.restart()
      await untilReplica(one)
      expect(await count(one)).toBe(now)
    })
  },
)
