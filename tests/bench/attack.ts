/**
 * What others notice of a flood: `pnpm bench:attack`, on the demo street, two and a half minutes. Under each attack, and
 * after it, status, wall, tiles and files are asked for at fixed intervals, whether or not the answers before have come.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { startProduct } from '../setup/start-product.ts'
import { type AttackName, attackNames } from './attack/attacks.ts'
import { type Figure, report } from './figure.ts'
import { memoryOf, type Probed, probe, recoveryTime, warm } from './attack/probe.ts'
import { spawnAttack } from './attack/attack-client.ts'

/** Milliseconds of each attack. */
const duration = 10_000

type Outcome = { attack: AttackName; probed: Probed; memory: number; recovery: number; answers: Record<string, number> }

async function measure(address: string, pid: number, attack: AttackName): Promise<Outcome> {
  const sampling = new AbortController()
  const memory = memoryOf(pid, sampling.signal)
  const running = spawnAttack(attack, address)
  // It has begun when its first requests are under way.
  await delay(500)
  const probed = await probe(address, duration)
  const answers = await running.stop()
  const recovery = await recoveryTime(address)
  sampling.abort()
  return { attack, probed, memory: await memory, recovery, answers }
}

function figuresOf(outcomes: Outcome[]): Figure[] {
  const worst = (value: (outcome: Outcome) => number) => Math.max(...outcomes.map(value))
  const details = (value: (outcome: Outcome) => number | string) =>
    Object.fromEntries(outcomes.map((outcome) => [outcome.attack, value(outcome)]))
  return [
    {
      claim: {
        zh: '攻击之下状态、大屏、缓存瓦片、静态文件的响应时间（第 99 百分位，最慢的一种）',
        en: 'status, wall, cached tiles, static files under attack: time, 99th percentile, the slowest',
      },
      value: worst(({ probed }) => probed.p99),
      unit: ' ms',
      limit: { atMost: 1_000 },
      measured: details(
        ({ probed, answers }) => `${Math.round(probed.p99)} ms (${probed.slowest}) ${JSON.stringify(answers)}`,
      ),
    },
    {
      claim: {
        zh: '攻击期间它们未得到回答（或被拒绝）的请求数',
        en: 'requests for them that were refused or failed during the attacks',
      },
      value: outcomes.reduce((sum, { probed }) => sum + probed.failed, 0),
      unit: '',
      limit: { atMost: 0 },
      measured: details(({ probed }) => `${probed.failed} of ${probed.asked}`),
    },
    {
      claim: { zh: '攻击期间服务器进程的最大内存', en: 'memory of the server process during the attacks' },
      value: worst(({ memory }) => memory) / 1e6,
      unit: ' MB',
      limit: { atMost: 1_000 },
      measured: details(({ memory }) => Math.round(memory / 1e6)),
    },
    {
      claim: {
        zh: '攻击结束到大页、过滤、导出、上传都恢复的时间',
        en: 'time after an attack until large pages, filters, exports, uploads work again',
      },
      value: worst(({ recovery }) => recovery),
      unit: ' ms',
      limit: { atMost: 5_000 },
      measured: details(({ recovery }) => Math.round(recovery)),
    },
  ]
}

const asked = process.argv.slice(2)
const product = await startProduct()
try {
  await warm(product.address)
  const outcomes: Outcome[] = []
  for (const attack of attackNames) {
    if (asked.length > 0 && !asked.includes(attack)) continue
    process.stdout.write(`${attack} …\n`)
    // One at a time: each has the machine for itself.
    outcomes.push(await measure(product.address, product.pid, attack))
  }
  report('attack', figuresOf(outcomes))
} finally {
  await product.stop()
}
