import { setTimeout as delay } from 'node:timers/promises'
import { commandActor } from '../../server/access/actor.ts'
import { addAccount } from '../../server/accounts/manage-accounts.ts'
import { PasswordHashes } from '../../server/accounts/password-hash.ts'
import { openStoreForCommand } from '../../server/store/open-store.ts'
import { startProduct } from '../setup/start-product.ts'
import { type Figure, median } from './figure.ts'

/** Accounts, each tried a few times only: what is measured is the password, not the lock-out. */
const people = 120
const triesEach = 3
/** Wrong passwords a second: 5,000 a minute. */
const attackRate = 5000 / 60
const rounds = 4
/** Milliseconds of a round's part. */
const period = 10_000
/** Requests a second whose latency is measured meanwhile. */
const readRate = 20

const password = 'Tide-71-lamp'

/**
 * How far the time of a failed sign-in says whether there is such an account, and what 5,000 wrong passwords a minute do
 * to somebody else's requests: from one address, and from as many as there are attempts.
 */
export async function measureSignIn(): Promise<Figure[]> {
  const product = await startProduct({ environment: { SIGN_IN: 'on' } })
  try {
    await addPeople(product.dataDirectory)
    return [await measureSpread(product.address), ...(await measureAttack(product.address))]
  } finally {
    await product.stop()
  }
}

async function addPeople(dataDirectory: string): Promise<void> {
  const report = (line: unknown) => void process.stderr.write(`${String(line)}\n`)
  const store = await openStoreForCommand({ databaseUrl: undefined, dataDirectory }, 'bench', { report, lost: report })
  const hashes = new PasswordHashes()
  const grant = { role: 'analyst', areas: ['all'] } as const
  for (let person = 0; person < people; person++) {
    const given = { login: `person${person}`, name: 'bench', password, isMade: false, grants: [grant] }
    await addAccount(store.database, commandActor(), hashes, given, new Date())
  }
  await store.close()
}

/** An address of its own for each attempt, as a proxy on this machine would name it. */
let attempts = 0
function anyAddress(): string {
  attempts += 1
  return `10.${(attempts >> 16) & 255}.${(attempts >> 8) & 255}.${attempts & 255}`
}

async function signIn(address: string, login: string, given: string, from: string): Promise<Response> {
  const response = await fetch(`${address}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': from },
    body: JSON.stringify({ login, password: given }),
  })
  await response.arrayBuffer()
  return response
}

async function measureSpread(address: string): Promise<Figure> {
  const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] }
  const time = async (kind: 'known' | 'unknown', login: string) => {
    const began = performance.now()
    const { status } = await signIn(address, login, 'Wrong-71-lamp', anyAddress())
    const took = performance.now() - began
    times[kind].push(took)
    // The server rests as long as it has hashed: that is no part of the time.
    await delay(2 * took)
    if (status !== 401) throw new Error(`a wrong password of ${kind} name was answered with ${status}`)
  }
  for (let round = 0; round < triesEach; round++) {
    for (let person = 0; person < people; person++) {
      // In turns, so that whatever else the machine does meets both.
      const pair = [() => time('known', `person${person}`), () => time('unknown', `nobody${person}`)]
      for (const attempt of person % 2 === 0 ? pair : pair.toReversed()) await attempt()
    }
  }
  const [known, unknown] = [median(times.known), median(times.unknown)]
  return {
    claim: {
      zh: '登录失败所需时间：账号存在与不存在之差',
      en: 'time of a failed sign-in: difference between known and unknown names',
    },
    value: Math.abs(known / unknown - 1) * 100,
    unit: ' %',
    limit: { atMost: 5 },
    measured: { attempts: people * triesEach, 'known ms': rounded(known), 'unknown ms': rounded(unknown) },
  }
}

type Attack = 'none' | 'one address' | 'many addresses'

async function measureAttack(address: string): Promise<Figure[]> {
  const signedIn = await signIn(address, 'person0', password, anyAddress())
  const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0]
  if (cookie === undefined) throw new Error('no session to measure with')
  const latencies: Record<Attack, number[]> = { none: [], 'one address': [], 'many addresses': [] }
  for (let round = 0; round < rounds; round++) {
    for (const attack of ['none', 'one address', 'many addresses'] as const) {
      const reading = readAtRate(address, cookie, latencies[attack])
      if (attack !== 'none') await attackFor(address, attack)
      await reading
      // What still waits for its hash belongs to no part.
      await delay(attack === 'many addresses' ? 12_000 : 0)
    }
  }
  return (['one address', 'many addresses'] as const).map((attack) => {
    const [quiet, attacked] = [median(latencies.none), median(latencies[attack])]
    return {
      claim: {
        zh: `每分钟 5,000 次错误密码（${attack === 'one address' ? '来自一个地址' : '来自不同地址'}）时其他请求的时间，与平时之比`,
        en: `time of others' requests while 5,000 wrong passwords a minute come from ${attack}, against none`,
      },
      value: attacked / quiet,
      unit: ' ×',
      limit: { atMost: attack === 'one address' ? 1.2 : 2 },
      measured: {
        requests: latencies[attack].length,
        'quiet ms': rounded(quiet),
        'attacked ms': rounded(attacked),
        'quiet p95 ms': rounded(percentile(latencies.none, 0.95)),
        'attacked p95 ms': rounded(percentile(latencies[attack], 0.95)),
      },
    }
  })
}

let minutes = 0

async function readAtRate(address: string, cookie: string, latencies: number[]): Promise<void> {
  const began = performance.now()
  for (let sent = 0; performance.now() - began < period; sent++) {
    const due = began + (sent * 1000) / readRate
    await delay(Math.max(0, due - performance.now()))
    const asked = performance.now()
    // Another minute each time, so that it is counted again and not cached.
    minutes += 1
    const from = new Date(Date.UTC(2026, 0, 1, 0, minutes)).toISOString()
    const response = await fetch(`${address}/api/summary?datetime=${from}/..`, { headers: { cookie } })
    await response.arrayBuffer()
    if (!response.ok) throw new Error(`a reader was answered with ${response.status}`)
    latencies.push(performance.now() - asked)
  }
}

async function attackFor(address: string, attack: Attack): Promise<void> {
  const began = performance.now()
  const sent: Promise<Response>[] = []
  while (performance.now() - began < period) {
    const due = began + (sent.length * 1000) / attackRate
    await delay(Math.max(0, due - performance.now()))
    const from = attack === 'one address' ? '192.0.2.1' : anyAddress()
    sent.push(signIn(address, `attacked${sent.length}`, 'Wrong-71-lamp', from))
  }
  const statuses = new Set((await Promise.all(sent)).map(({ status }) => status))
  const foreign = [...statuses].find((status) => ![401, 429, 503].includes(status))
  if (foreign !== undefined) throw new Error(`a wrong password was answered with ${foreign}`)
}

function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}
