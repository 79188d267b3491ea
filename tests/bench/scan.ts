import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { Random } from '../../data/stats/random.ts'
import { poissonModel } from '../../data/stats/scan-model.ts'
import { scanWindows } from '../../data/stats/scan-windows.ts'
import { type Figure, median } from './figure.ts'
import type { ScanRange, ScanWork } from './scan-worker.ts'

const [areas, cases, replications, rounds] = [12_000, 20_000, 999, 3]
/** Windows of up to 120 areas: with 50 % of the population one thread would take minutes. */
const share = 0.01

/**
 * The replications of a scan statistic by one worker thread and by two, in turn. Windows are found once and shared
 * between threads; all threads are started before.
 */
export async function measureScan(): Promise<Figure[]> {
  const work = invented()
  const workers = [startWorker(work), startWorker(work)] as const
  const [one, two]: [number[], number[]] = [[], []]
  try {
    const whole = { seed: 1, from: 0, to: replications }
    const half = Math.ceil(replications / 2)
    const halves = [
      { ...whole, to: half },
      { ...whole, from: half },
    ] as const
    // Compiled before it is measured.
    await Promise.all(workers.map((worker) => replicate(worker, { ...whole, to: 20 })))
    for (let round = 0; round < rounds; round++) {
      let began = performance.now()
      const alone = await replicate(workers[0], whole)
      one.push(performance.now() - began)
      began = performance.now()
      const parts = await Promise.all(workers.map((worker, i) => replicate(worker, halves[i]!)))
      two.push(performance.now() - began)
      const joined = parts.flatMap((part) => [...part])
      if (alone.some((value, i) => value !== joined[i]))
        throw new Error('two threads have other results than one thread')
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
  return [
    {
      claim: {
        zh: '扫描统计量（12,000 个单元、999 次模拟）：两个工作线程与一个之比，结果逐字节相同',
        en: 'scan statistic (12,000 areas, 999 replications): two worker threads against one, with the same results',
      },
      value: median(one) / median(two),
      unit: ' ×',
      limit: { atLeast: 1.7 },
      measured: {
        'one, ms': Math.round(median(one)),
        'two, ms': Math.round(median(two)),
        windows: work.windows.members.length,
      },
    },
  ]
}

function invented(): ScanWork {
  const random = new Random(1, 'bench scan')
  const many = (to: number) => Float64Array.from({ length: areas }, () => random.between(0, to))
  const population = many(800)
  const counts = new Uint32Array(areas)
  for (let i = 0; i < cases; i++) counts[random.whole(0, areas - 1)]!++
  const model = poissonModel(counts, population)
  const windows = scanWindows({ x: many(20_000), y: many(20_000), coordinates: 'cartesian' }, population, { share })
  const members = new Uint16Array(new SharedArrayBuffer(windows.members.length * 2))
  members.set(windows.members)
  return { model, windows: { ...windows, members } }
}

function startWorker(work: ScanWork): Worker {
  return new Worker(new URL('scan-worker.ts', import.meta.url), { workerData: work })
}

async function replicate(worker: Worker, range: ScanRange): Promise<Float64Array> {
  worker.postMessage(range, [])
  const [maxima] = (await once(worker, 'message')) as [Float64Array]
  return maxima
}
