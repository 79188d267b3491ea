import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dbscan } from '@minqing/data/stats/dbscan'
import { hdbscan } from '@minqing/data/stats/hdbscan'
import { kernelDensity } from '@minqing/data/stats/kernel-density'
import { Random } from '@minqing/data/stats/random'
import { frameOver, wholeFrame } from '@minqing/data/stats/study-area'
import { clustersDbscan, featureCollection, point } from '@turf/turf'
import { type Figure, median } from './figure.ts'
import { hasR, runR } from './r-peer.ts'

const [many, side, rounds] = [1_000_000, 10_000, 3]
/** Metres, and least points: 13 points on average lie within the radius. */
const [radius, minPoints] = [20, 10]

type Cases = { x: Float64Array; y: Float64Array }

/** Density and clusters against what people use, in turns: R spatstat and dbscan, scikit-learn, turf. */
export function measureDensity(scratch: string): Figure[] {
  const cases = scattered(many)
  return [
    ...(hasR('spatstat') ? [againstSpatstat(cases, scratch)] : skipped('R spatstat')),
    ...(hasR('dbscan') ? [againstR(cases, scratch)] : skipped('R dbscan')),
    ...againstScikit(cases, scratch),
    againstTurf(),
    growth(),
  ]
}

function skipped(what: string): Figure[] {
  process.stdout.write(`没有装 ${what}，略过与它的比较 · ${what} is not installed: the comparison with it is skipped\n`)
  return []
}

/** Half evenly over a square of 10 km, half in 400 heaps. */
function scattered(count: number): Cases {
  const random = new Random('bench', 'density', count)
  const heaps = Array.from({ length: 400 }, () => [random.between(500, 9500), random.between(500, 9500)] as const)
  const x = new Float64Array(count)
  const y = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const [east, north] = heaps[i % heaps.length]!
    const isHeap = i % 2 === 0
    x[i] = isHeap ? random.bell(east, 150) : random.between(0, side)
    y[i] = isHeap ? random.bell(north, 150) : random.between(0, side)
  }
  return { x, y }
}

function againstSpatstat(cases: Cases, scratch: string): Figure {
  const area = wholeFrame(frameOver(0, 0, side, side, 512))
  const estimate = () =>
    kernelDensity({ ...cases, weights: null }, area, {
      kernel: 'gaussian',
      bandwidth: 200,
      edge: 'diggle',
      adaptive: false,
      method: 'binned',
    })
  const ours: number[] = []
  const theirs: number[] = []
  let difference = 0
  let { values, peak } = estimate()
  for (let round = 0; round < rounds; round++) {
    ours.push(milliseconds(() => ({ values, peak } = estimate())))
    const [time = 0, ...reference] = runR(
      scratch,
      `suppressMessages(library(spatstat))
cases <- ppp(x, y, c(0, ${side}), c(0, ${side}), check = FALSE)
time <- seconds(found <- density(cases, sigma = 200, kernel = "gaussian", edge = TRUE, dimyx = 512))
answer(time * 1000, t(found$v) * 10000)`,
      cases,
    )
    theirs.push(time)
    for (const [node, value] of reference.entries())
      difference = Math.max(difference, Math.abs(value - values[node]!) / peak)
  }
  if (!(difference <= 0.01)) throw new Error(`the density differs from spatstat's by ${difference} of its peak`)
  return {
    claim: {
      zh: '100 万件事件在 512 × 512 栅格上的核密度（带边缘校正，误差 1% 以内）：R spatstat 与本系统的用时之比',
      en: 'density of 1,000,000 cases on 512 × 512 nodes with edge correction, within 1 %: time of R spatstat against ours',
    },
    value: median(theirs) / median(ours),
    unit: ' ×',
    limit: { atLeast: 10 },
    measured: { 'ours, ms': inMs(ours), 'spatstat, ms': inMs(theirs), 'largest difference, of the peak': difference },
  }
}

function againstR(cases: Cases, scratch: string): Figure {
  const { x, y } = cases
  const ours: number[] = []
  const theirs: number[] = []
  let found = dbscan(x, y, radius, minPoints)
  for (let round = 0; round < rounds; round++) {
    ours.push(milliseconds(() => (found = dbscan(x, y, radius, minPoints))))
    const [time = 0, clusters, noise] = runR(
      scratch,
      `suppressMessages(library(dbscan))
points <- cbind(x, y)
time <- seconds(found <- dbscan(points, eps = ${radius}, minPts = ${minPoints}))
answer(time * 1000, max(found$cluster), sum(found$cluster == 0))`,
      cases,
    )
    theirs.push(time)
    if (clusters !== found.count || noise !== noiseOf(found.labels)) throw new Error('R dbscan finds other clusters')
  }
  return {
    claim: {
      zh: 'DBSCAN 聚类 100 万个点：本系统与 R dbscan 的用时之比',
      en: 'DBSCAN of 1,000,000 points: our time against that of R dbscan',
    },
    value: median(ours) / median(theirs),
    unit: ' ×',
    limit: { atMost: 1 },
    measured: { 'ours, ms': inMs(ours), 'R dbscan, ms': inMs(theirs), clusters: found.count },
  }
}

/** A Python that has scikit-learn; the first one on the path may be another one than the system's. */
function pythonWithScikit(): string | undefined {
  return ['python3', '/usr/bin/python3'].find(
    (python) => spawnSync(python, ['-c', 'import sklearn.cluster'], { stdio: 'ignore' }).status === 0,
  )
}

function againstScikit({ x, y }: Cases, scratch: string): Figure[] {
  const python = pythonWithScikit()
  if (python === undefined) return skipped('scikit-learn')
  const files = [join(scratch, 'x.f64'), join(scratch, 'y.f64')]
  for (const [i, values] of [x, y].entries()) writeFileSync(files[i]!, new Uint8Array(values.buffer))
  const script = `
import sys, time
import numpy as np
from sklearn.cluster import DBSCAN
points = np.column_stack([np.fromfile(file) for file in sys.argv[1:]])
start = time.perf_counter()
found = DBSCAN(eps=${radius}, min_samples=${minPoints}).fit(points)
print((time.perf_counter() - start) * 1000, found.labels_.max() + 1, (found.labels_ == -1).sum(), len(found.core_sample_indices_))`
  let found = dbscan(x, y, radius, minPoints)
  const ours = milliseconds(() => (found = dbscan(x, y, radius, minPoints)))
  const { stdout, stderr, status } = spawnSync(python, ['-c', script, ...files], { encoding: 'utf8', timeout: 170_000 })
  if (status !== 0) throw new Error(`scikit-learn: ${stderr}`)
  const [theirs = 0, clusters, noise, core] = stdout.trim().split(' ').map(Number)
  const same =
    clusters === found.count && noise === noiseOf(found.labels) && core === found.core.reduce((a, b) => a + b, 0)
  if (!same) throw new Error('scikit-learn finds other clusters')
  return [
    {
      claim: {
        zh: 'DBSCAN 聚类 100 万个点：scikit-learn 与本系统的用时之比',
        en: 'DBSCAN of 1,000,000 points: time of scikit-learn against ours',
      },
      value: theirs / ours,
      unit: ' ×',
      limit: { atLeast: 1 },
      measured: { 'ours, ms': inMs([ours]), 'scikit-learn, ms': inMs([theirs]) },
    },
  ]
}

function againstTurf(): Figure {
  const count = 10_000
  const random = new Random('bench', 'turf')
  // The same 13 points within the radius; degrees of the equator, so that turf's kilometres are ours.
  const metresPerDegree = 111_195.08
  const extent = side * Math.sqrt(count / many)
  const x = Float64Array.from({ length: count }, () => random.between(0, extent))
  const y = Float64Array.from({ length: count }, () => random.between(0, extent))
  const features = featureCollection([...x].map((east, i) => point([east / metresPerDegree, y[i]! / metresPerDegree])))
  const ours: number[] = []
  const theirs: number[] = []
  const clusters: number[] = []
  for (let round = 0; round < rounds; round++) {
    ours.push(milliseconds(() => clusters.push(dbscan(x, y, radius, minPoints).count)))
    theirs.push(milliseconds(() => clustersDbscan(features, radius / 1000, { minPoints })))
  }
  return {
    claim: {
      zh: 'DBSCAN 聚类 1 万个点：turf 与本系统的用时之比',
      en: 'DBSCAN of 10,000 points: time of turf against ours',
    },
    value: median(theirs) / median(ours),
    unit: ' ×',
    limit: { atLeast: 25 },
    measured: { 'ours, ms': inMs(ours), 'turf, ms': inMs(theirs), clusters: clusters[0]! },
  }
}

/** How much longer ten times the points take, against what n log n says; the worse of two steps. */
function growth(): Figure {
  const sizes = [10_000, 100_000, 1_000_000]
  const clusters = (count: number) => {
    const { x, y } = scattered(count)
    const cluster = () => hdbscan(x, y, { minPoints: 10, leastPoints: 50, resolution: 1 })
    const times = Array.from({ length: count < 1_000_000 ? 5 : 1 }, () => milliseconds(cluster))
    return Math.min(...times)
  }
  // Once more at first, so that the smallest does not pay for compiling.
  clusters(100_000)
  const times = sizes.map(clusters)
  const steps = [1, 2].map((i) => {
    const expected = (sizes[i]! * Math.log(sizes[i]!)) / (sizes[i - 1]! * Math.log(sizes[i - 1]!))
    return times[i]! / times[i - 1]! / expected
  })
  return {
    claim: {
      zh: 'HDBSCAN 从 1 万到 10 万、100 万个点：用时增长与 n log n 之比',
      en: 'HDBSCAN from 10,000 to 100,000 and 1,000,000 points: growth of the time against n log n',
    },
    value: Math.max(...steps),
    unit: ' ×',
    limit: { atMost: 1.5 },
    measured: { 'ms at 10⁴, 10⁵, 10⁶': inMs(times), 'each step': steps.map((step) => step.toFixed(2)).join(' ') },
  }
}

function noiseOf(labels: Int32Array): number {
  return labels.reduce((sum, label) => sum + (label === 0 ? 1 : 0), 0)
}

function milliseconds(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

function inMs(times: number[]): string {
  return times.map((time) => time.toPrecision(3)).join(' ')
}
