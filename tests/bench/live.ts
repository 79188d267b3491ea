/**
 * The stream of steps with a thousand clients: a minute as a part of `pnpm bench`, and as a program (`pnpm bench:live`) for
 * ten minutes, in which memory has to stay as it is.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { demoStreetCode } from '@minqing/data/demo/city/site'
import { commandActor } from '../../server/access/actor.ts'
import { addAccessToken } from '../../server/accounts/access-tokens.ts'
import { addAccount } from '../../server/accounts/manage-accounts.ts'
import { PasswordHashes } from '../../server/accounts/password-hash.ts'
import { encodeEvent } from '../../server/live/live-stream.ts'
import type { Database } from '../../server/store/connect.ts'
import { openStoreForCommand } from '../../server/store/open-store.ts'
import { startProduct } from '../setup/start-product.ts'
import { type Figure, median, report } from './figure.ts'
import { advance, bytesOf, prepareSteps } from './live/log-rounds.ts'
import { RawStreams } from './live/raw-streams.ts'
import { type Memory, ServerMemory } from './live/server-memory.ts'
import { takeSteps } from './live/step-writer.ts'
import { StreamClients } from './live/stream-clients.ts'

const clientCount = 1000
/** Streams that one actor may have open. */
const streamsOfActor = 8
const rate = 50
const street = demoStreetCode
/** Seconds before memory is compared: code is compiled and buffers grow to their size. */
const warmUp = 20
/** Milliseconds between two measurements of memory. */
const memoryEvery = 5000
/** Steps that are committed at once, how many such rounds are sent, and how many may be under way. */
const burst = { steps: 50, rounds: 60, underWay: 16 }
const bursts = 9

export function measureLive(): Promise<Figure[]> {
  return measureFor(60)
}

type Live = { address: string; database: Database; tokens: string[]; memory: ServerMemory }

async function measureFor(seconds: number): Promise<Figure[]> {
  let output = ''
  const product = await startProduct({
    output: (text) => {
      // A line of each request would be tens of megabytes.
      output = (output + text.replaceAll(/^.*"event":"request".*"status":200.*\n/gm, '')).slice(-20_000)
    },
  })
  let memory: ServerMemory | undefined
  const ignore = () => {}
  const source = { databaseUrl: undefined, dataDirectory: product.dataDirectory }
  const store = await openStoreForCommand(source, 'bench', { report: ignore, lost: ignore })
  let figures: Figure[] = []
  let events = 0
  try {
    process.kill(product.pid, 'SIGUSR1')
    while (!/ws:\/\/\S+/.test(output)) await delay(50)
    memory = await ServerMemory.open(/ws:\/\/\S+/.exec(output)![0], product.pid)
    const tokens = await makeTokens(store.database)
    const first = await headOf(store.database)
    const live = { address: product.address, database: store.database, tokens, memory }
    figures = await measureStreams(live, seconds)
    events = (await headOf(store.database)) - first
  } catch (error) {
    throw new Error(`what the server said last: ${output.slice(-4000)}`, { cause: error })
  } finally {
    memory?.close()
    await store.close()
    await product.stop()
  }
  const made = Number(/"event":"live".*?"made":(\d+)/.exec(output)?.[1])
  return [
    ...figures,
    {
      claim: {
        zh: '每件事件序列化的次数（不论有多少客户端）',
        en: 'times that an event is serialised, however many clients there are',
      },
      value: made / events,
      unit: '',
      limit: { atMost: 1 },
      measured: { made, events, clients: clientCount },
    },
  ]
}

/** A person, so that nobody is let in without signing in, and a token for each few streams and for whoever takes steps. */
async function makeTokens(database: Database): Promise<string[]> {
  const grants = [{ role: 'analyst', areas: ['all'] }] as const
  const given = { login: 'bench', name: 'bench', password: 'Tide-71-lamp', isMade: false, grants }
  await addAccount(database, commandActor(), new PasswordHashes(), given, new Date())
  const expiresAt = new Date(Date.now() + 86_400_000)
  const tokens: string[] = []
  for (let index = 0; index <= clientCount / streamsOfActor; index++) {
    const token = { name: `bench ${index}`, role: 'community', areas: [street], expiresAt } as const
    tokens.push((await addAccessToken(database, commandActor(), token, new Date())).token)
  }
  return tokens
}

async function headOf(database: Database): Promise<number> {
  const [row] = await database<{ position: number }[]>`select position from log_head where street_code = ${street}`
  return row?.position ?? 0
}

/**
 * When each step after a position was committed, by its position: as the audit trail says, which is written just before, one
 * step after the other.
 */
async function committedAfter(database: Database, position: number): Promise<Map<number, number>> {
  const rows = await database<{ at: string }[]>`
    select at from audit where street_code = ${street} and action = 'change' and object = 'incident' order by position`
  return new Map(rows.map(({ at }, index) => [position + 1 + index, Date.parse(at)]))
}

async function measureStreams({ address, database, tokens, memory }: Live, seconds: number): Promise<Figure[]> {
  const [writer, ...readers] = tokens as [string, ...string[]]
  const clients = await StreamClients.open({ address, path: '/api/live', count: clientCount, tokens: readers })
  try {
    const sampling = new AbortController()
    const samples = sampleMemory(memory, sampling.signal)
    const before = await headOf(database)
    const { taken, perSecond } = await takeSteps(
      { address, token: writer, street, database },
      { rate, seconds: warmUp + seconds },
    )
    const until = await headOf(database)
    await clients.until(until)
    sampling.abort()
    const { deliveries, faults, latencies } = await clients.received(await committedAfter(database, before))
    if (faults.length > 0) throw new Error(faults.join('; '))
    if (until - before !== taken || deliveries !== taken * clientCount)
      throw new Error(
        `${taken} steps, ${until - before} in the log, ${deliveries} deliveries to ${clientCount} clients`,
      )
    return [
      {
        claim: {
          zh: `${clientCount} 个实时客户端时每秒办理的步数`,
          en: `steps a second that are taken beside ${clientCount} live clients`,
        },
        value: perSecond,
        unit: '',
        limit: { atLeast: 0.98 * rate },
        measured: { taken, asked: rate },
      },
      latencyFigure(latencies, { taken, seconds: warmUp + seconds }),
      ...memoryFigures(await samples, seconds),
      await measureThroughput(clients, database),
    ]
  } finally {
    clients.close()
  }
}

function latencyFigure(latencies: number[], measured: Figure['measured']): Figure {
  const all = latencies.reduce((sum, count) => sum + count, 0)
  const percentile = (share: number) => {
    let seen = 0
    return latencies.findIndex((count) => (seen += count) >= all * share)
  }
  return {
    claim: {
      zh: `${clientCount} 个实时客户端，每秒 ${rate} 步：从一步提交到客户端收到的时间（第 99 百分位）`,
      en: `${clientCount} live clients and ${rate} steps a second: time from the commit of a step to its arrival at a client, 99th percentile`,
    },
    value: percentile(0.99),
    unit: ' ms',
    limit: { atMost: 1000 },
    measured: { ...measured, deliveries: all, 'median, ms': percentile(0.5), 'longest, ms': percentile(1) },
  }
}

async function sampleMemory(memory: ServerMemory, ended: AbortSignal): Promise<(Memory & { at: number })[]> {
  const began = performance.now()
  const samples: (Memory & { at: number })[] = []
  while (!ended.aborted) {
    samples.push({ at: (performance.now() - began) / 1000, ...(await memory.measure()) })
    await delay(memoryEvery, undefined, { signal: ended }).catch(() => {})
  }
  return samples
}

function memoryFigures(samples: (Memory & { at: number })[], seconds: number): Figure[] {
  const third = (from: number, what: keyof Memory) =>
    median(
      samples
        .filter(({ at }) => at >= warmUp + (from * seconds) / 3 && at < warmUp + ((from + 1) * seconds) / 3)
        .map((sample) => sample[what]),
    )
  const growth = (what: keyof Memory, zh: string, en: string): Figure => ({
    claim: {
      zh: `服务器${zh}：${seconds} 秒的最后三分之一与最初三分之一之比`,
      en: `${en} of the server: the last third of ${seconds} s against the first`,
    },
    value: third(2, what) / third(0, what),
    unit: ' ×',
    limit: { atMost: 1.1 },
    measured: Object.fromEntries(
      ['first', 'second', 'last'].map((name, at) => [`${name} third, MB`, (third(at, what) / 1e6).toFixed(1)]),
    ),
  })
  return [
    growth('heap', '堆内存（回收之后）', 'heap after a collection'),
    growth('resident', '常驻内存', 'resident memory'),
  ]
}

/** Bursts of steps against a server that writes the same bytes to as many sockets, in turns. */
async function measureThroughput(clients: StreamClients, database: Database): Promise<Figure> {
  const begin = encodeEvent('begin', { positions: { [street]: await headOf(database) }, collections: [] })
  const raw = await RawStreams.start(begin)
  const rawClients = await StreamClients.open({ address: raw.address, path: '/', count: clientCount, tokens: [''] })
  try {
    const pairs: { ours: number; bare: number }[] = []
    for (let round = 0; round < bursts; round++) {
      const from = await headOf(database)
      await prepareSteps(database, street, burst.steps * burst.rounds)
      const ours = await timeBurst(clients, () => advance(database, street, burst.steps))
      const pieces = await Promise.all(
        Array.from({ length: burst.rounds }, (_, index) =>
          bytesOf(database, street, from + index * burst.steps, from + (index + 1) * burst.steps),
        ),
      )
      let sent = 0
      const bare = await timeBurst(rawClients, async () => {
        raw.write(pieces[sent]!)
        sent += 1
        return from + sent * burst.steps
      })
      pairs.push({ ours, bare })
    }
    for (const each of [clients, rawClients]) {
      const { faults } = await each.received(new Map())
      if (faults.length > 0) throw new Error(faults.join('; '))
    }
    const perSecond = (milliseconds: number) =>
      Math.round((burst.steps * burst.rounds * clientCount * 1000) / milliseconds)
    return {
      claim: {
        zh: `发给 ${clientCount} 个客户端的事件数每秒，与把同样字节直接写入同样多套接字的服务器之比`,
        en: `events a second to ${clientCount} clients, against a server that writes the same bytes to as many sockets`,
      },
      value: median(pairs.map(({ ours, bare }) => bare / ours)),
      unit: ' ×',
      limit: { atLeast: 0.8 },
      measured: {
        'our deliveries/s': perSecond(median(pairs.map(({ ours }) => ours))),
        'bare deliveries/s': perSecond(median(pairs.map(({ bare }) => bare))),
        'events at once': burst.steps,
        bursts,
      },
    }
  } finally {
    rawClients.close()
    raw.close()
  }
}

/** Milliseconds until all clients have all rounds; only so many are under way at once. */
async function timeBurst(clients: StreamClients, send: () => Promise<number>): Promise<number> {
  const began = performance.now()
  const arriving: Promise<void>[] = []
  for (let round = 0; round < burst.rounds; round++) {
    // One after the other: positions are in order.
    arriving.push(clients.until(await send()))
    await arriving[round - burst.underWay]
  }
  await Promise.all(arriving)
  return performance.now() - began
}

if (import.meta.main) report('live', await measureFor(600))
