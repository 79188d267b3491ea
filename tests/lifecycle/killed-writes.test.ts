import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Random } from '@minqing/data/stats/random'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyAudit } from '../../server/audit/verify-audit.ts'
import { migrate } from '../../server/migrations/migrate.ts'
import { connect, type Database } from '../../server/store/connect.ts'
import { type RunningCluster, startEmbeddedCluster } from '../setup/embedded-cluster.ts'
import { killDatabase, whenRecovered } from './kill-database.ts'
import { launch, type Running } from './process.ts'

/** Two hundred by `pnpm test:full`. */
const kills = process.env['MINQING_TEST_FULL'] === '1' ? 200 : 12

let running: RunningCluster
let database: Database
beforeAll(async () => {
  running = await startEmbeddedCluster({ durable: true })
  database = connect({ url: running.cluster.url, poolSize: 2 })
  await migrate(database)
})
afterAll(async () => {
  await database.end({ timeout: 1 })
  await running.stop()
})

/** Until the database has recovered. */
function written(): Promise<{ rows: string[]; recorded: string[] }> {
  return whenRecovered(async () => {
    const rows = await database<{ id: string }[]>`select id from facility order by id`
    const recorded = await database<{ target: string }[]>`
      select target from audit where object = 'facility' order by target`
    return { rows: rows.map(({ id }) => id), recorded: recorded.map(({ target }) => target) }
  })
}

/** A program that has begun to write. The database may still recover from the kill before. */
async function startWriting(name: string): Promise<Running> {
  for (;;) {
    const writer = launch(process.execPath, [join(import.meta.dirname, 'write-loop.ts'), running.cluster.url, name])
    const begun = once(writer.child.stdout!, 'data').then(() => true)
    if (await Promise.race([begun, writer.ended.then(() => false)])) return writer
    if (!/57P03|ECONN|EPIPE/.test(writer.output())) throw new Error(writer.output())
  }
}

describe.skipIf(process.platform !== 'linux')('a write that is killed', () => {
  test(
    `has left both itself and its row in the audit trail, or neither, ${kills} times`,
    { timeout: 900_000 },
    async () => {
      const random = new Random(20_261_127, 'killed writes')
      let before = 0
      for (let kill = 0; kill < kills; kill += 1) {
        const writer = await startWriting(String(kill))
        await delay(random.next() * 60)
        if (kill % 2 === 0) writer.child.kill('SIGKILL')
        else await killDatabase(database)
        await writer.ended
        const { rows, recorded } = await written()
        expect(recorded).toEqual(rows)
        expect(rows.length, writer.output()).toBeGreaterThan(before)
        before = rows.length
      }
      expect((await whenRecovered(() => verifyAudit(database))).faults).toEqual([])
    },
  )
})
