import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Registered } from '@minqing/data/domain/intake'
import { Random } from '@minqing/data/stats/random'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyAudit } from '../../server/audit/verify-audit.ts'
import { checkCounts } from '../../server/counts/check-counts.ts'
import { migrate } from '../../server/migrations/migrate.ts'
import { connect, type Database } from '../../server/store/connect.ts'
import { LiveReader } from '../api/live-reader.ts'
import { insertAreas, street } from '../api/world.ts'
import { type RunningCluster, startEmbeddedCluster } from '../setup/embedded-cluster.ts'
import { killDatabase, whenRecovered } from './kill-database.ts'
import { addressOf, type Running, startServer } from './process.ts'

/** Thirty by `pnpm test:full`. */
const kills = process.env['MINQING_TEST_FULL'] === '1' ? 30 : 4
/** Milliseconds between two intakes, as far as the machine keeps up: more than a hundred a second. */
const pause = 2
const atOnce = 60
/** One in so many is classified as well. */
const withStep = 8
const streams = 3

const folder = mkdtempSync(join(tmpdir(), 'minqing-intake-'))
let running: RunningCluster
let database: Database
let server: Running
let port: string
beforeAll(async () => {
  running = await startEmbeddedCluster({ durable: true })
  database = connect({ url: running.cluster.url, poolSize: 2 })
  await migrate(database)
  await insertAreas(database)
  port = String(await freePort())
  server = start()
  await addressOf(server)
}, 240_000)
afterAll(async () => {
  server.child.kill('SIGINT')
  await server.ended
  await database.end({ timeout: 1 })
  await running.stop()
  rmSync(folder, { recursive: true, force: true })
}, 60_000)

async function freePort(): Promise<number> {
  const listening = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => listening.once('listening', resolve))
  const address = listening.address()
  await new Promise((resolve) => listening.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Without accounts: whoever asks may do everything. */
function start(): Running {
  return startServer(folder, { DATABASE_URL: running.cluster.url, SIGN_IN: 'off', PORT: port })
}

const api = () => `http://127.0.0.1:${port}/api`

/** The answer, or undefined where there was none: nothing is known then. */
async function post(path: string, body: unknown, key?: string): Promise<{ status: number; body: unknown } | undefined> {
  try {
    const response = await fetch(`${api()}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { 'idempotency-key': key }) },
      body: JSON.stringify(body),
    })
    return { status: response.status, body: await response.json() }
  } catch {
    return undefined
  }
}

/** What was acknowledged: numbers by key, and the last step of each. */
type Acknowledged = { numbers: Map<string, string>; steps: Map<string, number> }

/** Registers a case, and classifies some, as often as it takes until both are acknowledged. */
async function registerUntilDone(index: number, done: Acknowledged): Promise<void> {
  const key = `visit-of-${index}`
  const report = { street, text: `来访 ${key}`, accept: true, type: 'D02' }
  let made: Registered | undefined
  while (made === undefined) {
    const answer = await post('/incidents', report, key)
    if (answer === undefined || answer.status >= 500) await delay(50)
    else if (answer.status < 300) made = answer.body as Registered
    else throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
  }
  const known = done.numbers.get(key)
  if (known !== undefined && known !== made.number) throw new Error(`${key} is ${known} and ${made.number}`)
  done.numbers.set(key, made.number)
  if (index % withStep !== 0) return
  const content = { type: 'D02', risk: 'yellow', urgency: '1' }
  for (;;) {
    const asked = { sequence: 2, action: 'classify', content }
    const answer = await post(`/incidents/${street}/${made.number}/steps`, asked)
    if (answer?.status === 200) return void done.steps.set(made.number, 3)
    // The answer to an earlier attempt was lost, and the step was taken.
    if (answer?.status === 409) return
    await delay(50)
  }
}

/** Follows the log through every death of the server, and goes on from its last event. */
class Follower {
  readonly positions: number[] = []
  readonly resets: number[] = []
  #ended = false
  #reader: LiveReader | undefined

  async run(): Promise<void> {
    let last = `${street}:0`
    while (!this.#ended) {
      try {
        this.#reader = await LiveReader.open(`${api()}/live`, { 'last-event-id': last })
        for (let event = await this.#reader.next(); event !== undefined; event = await this.#reader.next()) {
          if (event.event === 'reset') this.resets.push(event.data.position ?? 0)
          if (event.event === 'step') this.positions.push(event.data.position ?? 0)
          if (event.id !== undefined && event.event !== 'begin') last = event.id
        }
      } catch {
        // The server is away.
      }
      await delay(30)
    }
  }

  end(): void {
    this.#ended = true
    this.#reader?.close()
  }
}

async function killServer(): Promise<void> {
  server.child.kill('SIGKILL')
  await server.ended
  server = start()
  await addressOf(server)
}

describe.skipIf(process.platform !== 'linux')('intakes while server and database are killed', () => {
  test(
    `all that was acknowledged is there once, and streams have the whole log, after ${kills} kills`,
    {
      timeout: 1_800_000,
    },
    async ({ annotate }) => {
      const random = new Random(20_261_127, 'killed intakes')
      const done: Acknowledged = { numbers: new Map(), steps: new Map() }
      const followers = Array.from({ length: streams }, () => new Follower())
      const following = followers.map((follower) => follower.run())
      const ending = new AbortController()
      const open = new Set<Promise<void>>()
      const failures: unknown[] = []
      const feeding = (async () => {
        for (let index = 0; !ending.signal.aborted; index += 1) {
          const work = registerUntilDone(index, done).catch((error: unknown) => void failures.push(error))
          open.add(work)
          void work.finally(() => open.delete(work))
          if (open.size >= atOnce) await Promise.race(open)
          await delay(pause)
        }
        await Promise.all(open)
      })()
      const whileUp = { registered: 0, milliseconds: 0 }
      for (let kill = 0; kill < kills; kill += 1) {
        const before = done.numbers.size
        // Four seconds of work, most of it after the start is over; the next kill comes at any moment of it.
        while (done.numbers.size === before && failures.length === 0) await delay(1)
        const first = { at: performance.now(), registered: done.numbers.size }
        while (done.numbers.size < before + 400 && failures.length === 0) await delay(10)
        await delay(random.next() * 60)
        whileUp.registered += done.numbers.size - first.registered
        whileUp.milliseconds += performance.now() - first.at
        await (kill % 2 === 0 ? killServer() : killDatabase(database))
      }
      ending.abort()
      await feeding
      expect(failures).toEqual([])
      const perSecond = Math.round((whileUp.registered * 1000) / whileUp.milliseconds)
      await annotate(`${perSecond} registrations a second were acknowledged while server and database ran`)

      const rows = await whenRecovered(
        () => database<{ number: string; text: string; last: number; steps: number }[]>`
        select i.number, i.text, max(s.sequence)::integer as last, count(*)::integer as steps
        from incident i join incident_step s on s.street_code = i.street_code and s.number = i.number
        group by i.street_code, i.number`,
      )
      // One for each visit, acknowledged or not: every one was repeated until it was.
      expect(new Set(rows.map(({ text }) => text)).size).toBe(rows.length)
      expect(rows.length).toBe(done.numbers.size)
      const byText = new Map(rows.map((row) => [row.text, row]))
      for (const [key, number] of done.numbers) expect(byText.get(`来访 ${key}`)?.number).toBe(number)
      const stepsOf = (text: string) => (Number(text.split('-').at(-1)) % withStep === 0 ? 3 : 2)
      expect(rows.filter(({ text, last, steps }) => last !== stepsOf(text) || steps !== stepsOf(text))).toEqual([])
      expect(await checkCounts(database)).toEqual([])
      expect((await verifyAudit(database)).faults).toEqual([])

      const [head] = await database<[{ position: number }]>`
      select position::integer from log_head where street_code = ${street}`
      expect(head.position).toBe(rows.reduce((sum, { text }) => sum + stepsOf(text), 0))
      for (const follower of followers)
        await expect.poll(() => follower.positions.at(-1) ?? 0, { timeout: 120_000 }).toBe(head.position)
      for (const follower of followers) follower.end()
      await Promise.all(following)
      const whole = Array.from({ length: head.position }, (_, index) => index + 1)
      for (const { positions, resets } of followers) {
        expect(resets).toEqual([])
        expect(positions).toEqual(whole)
      }
    },
  )
})
