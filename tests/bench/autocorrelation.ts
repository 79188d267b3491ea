import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { localMoran as geodaLocalMoran, setDeliveryWASM } from '@geoda/lisa'
import { permutationP, permuteConditionally } from '@minqing/data/stats/conditional-permutations'
import { localG } from '@minqing/data/stats/local-g'
import { localMoran } from '@minqing/data/stats/local-moran'
import { type Neighbours, neighboursFromLists } from '@minqing/data/stats/neighbours'
import { Random } from '@minqing/data/stats/random'
import { binaryWeights, rowStandardisedWeights } from '@minqing/data/stats/weights'
import { type Figure, median } from './figure.ts'
import { hasR, runR } from './r-peer.ts'

/** 12,000 areas as 120 × 100 squares with the eight around each as neighbours, and counts of cases. */
const [columns, rows, permutations, rounds] = [120, 100, 999, 3]

/** Gi* and local Moran against spdep (one thread, as ours) and GeoDa's WebAssembly in this process, in turns. */
export async function measureAutocorrelation(scratch: string): Promise<Figure[]> {
  const random = new Random('bench', 'autocorrelation')
  const counts = Float64Array.from({ length: columns * rows }, () => random.poisson(4))
  const neighbours = board()
  const figures = [await againstGeoda(counts, neighbours)]
  if (!hasR('spdep')) {
    process.stdout.write('没有装 R 的 spdep，略过与它的比较 · R has no spdep here: the comparison with it is skipped\n')
    return figures
  }
  return [againstLocalG(counts, neighbours, scratch), againstLocalMoran(counts, neighbours, scratch), ...figures]
}

const listw = `suppressMessages(library(spdep))
nb <- lapply(seq_along(counts), function(i) indices[(offsets[i] + 1):offsets[i + 1]] + 1L)
class(nb) <- "nb"; attr(nb, "region.id") <- as.character(seq_along(counts))`

function againstLocalG(counts: Float64Array, neighbours: Neighbours, scratch: string): Figure {
  const weights = binaryWeights(neighbours, { self: true })
  const ours: number[] = []
  const theirs: number[] = []
  let difference = 0
  for (let round = 0; round < rounds; round++) {
    let z = localG(counts, weights)
    ours.push(milliseconds(20, () => (z = localG(counts, weights))))
    const [time = 0, ...reference] = runR(
      scratch,
      `${listw}
star <- nb2listw(include.self(nb), style = "B")
time <- seconds(z <- localG(counts, star))
answer(time * 1000, z)`,
      { counts, offsets: neighbours.offsets, indices: neighbours.indices },
    )
    theirs.push(time)
    for (const [area, value] of reference.entries())
      difference = Math.max(difference, Math.abs(value - (z[area] ?? Number.NaN)))
  }
  return {
    claim: {
      zh: '12,000 个单元的 Gi*：R spdep 与本系统的用时之比',
      en: 'Gi* of 12,000 areas: time of R spdep against ours',
    },
    value: median(theirs) / median(ours),
    unit: ' ×',
    limit: { atLeast: 20 },
    measured: { 'ours, ms': inMs(ours), 'spdep, ms': inMs(theirs), 'largest difference of z': difference },
  }
}

function ourLocalMoran(counts: Float64Array, neighbours: Neighbours) {
  const weights = rowStandardisedWeights(neighbours)
  const local = localMoran(counts, weights)
  const p = permutationP(permuteConditionally(counts, weights, { figure: 'lag', permutations, seed: 1 }), 'folded')
  return { local, p }
}

function againstLocalMoran(counts: Float64Array, neighbours: Neighbours, scratch: string): Figure {
  const ours: number[] = []
  const theirs: number[] = []
  let difference = 0
  for (let round = 0; round < rounds; round++) {
    let { p } = ourLocalMoran(counts, neighbours)
    ours.push(milliseconds(1, () => ({ p } = ourLocalMoran(counts, neighbours))))
    const [time = 0, ...reference] = runR(
      scratch,
      `${listw}
weights <- nb2listw(nb, style = "W")
time <- seconds(found <- localmoran_perm(counts, weights, nsim = ${permutations}, iseed = 1))
answer(time * 1000, found[, "Pr(folded) Sim"])`,
      { counts, offsets: neighbours.offsets, indices: neighbours.indices },
    )
    theirs.push(time)
    difference = mean(reference.map((value, area) => Math.abs(value - (p[area] ?? Number.NaN))))
  }
  return {
    claim: {
      zh: `12,000 个单元的局部莫兰指数与 999 次置换：R spdep 与本系统的用时之比（均为单线程）`,
      en: `local Moran of 12,000 areas with 999 permutations: time of R spdep against ours (one thread each)`,
    },
    value: median(theirs) / median(ours),
    unit: ' ×',
    limit: { atLeast: 25 },
    measured: { 'ours, ms': inMs(ours), 'spdep, ms': inMs(theirs), 'mean difference of folded p': difference },
  }
}

async function againstGeoda(counts: Float64Array, neighbours: Neighbours): Promise<Figure> {
  // Its own address for the WebAssembly is a server outside; the package brings the same file.
  const folder = dirname(dirname(createRequire(import.meta.url).resolve('@geoda/lisa')))
  const wasm = readFileSync(join(folder, 'wasm/geoda-lisa.wasm'))
  setDeliveryWASM(`data:application/wasm;base64,${wasm.toString('base64')}`)
  const data = [...counts]
  const lists = data.map((_, area) => [
    ...neighbours.indices.subarray(neighbours.offsets[area], neighbours.offsets[area + 1]),
  ])
  // The first call loads it.
  await geodaLocalMoran({ data: data.slice(0, 3), neighbors: [[1], [0, 2], [1]], permutation: 9 })
  const ours: number[] = []
  const theirs: number[] = []
  let difference = 0
  for (let round = 0; round < rounds; round++) {
    let { p } = ourLocalMoran(counts, neighbours)
    ours.push(milliseconds(1, () => ({ p } = ourLocalMoran(counts, neighbours))))
    const start = performance.now()
    const { pValues } = await geodaLocalMoran({ data, neighbors: lists, permutation: permutations })
    theirs.push(performance.now() - start)
    difference = mean(pValues.map((value, area) => Math.abs(value - (p[area] ?? Number.NaN))))
  }
  return {
    claim: {
      zh: '12,000 个单元的局部莫兰指数与 999 次置换：@geoda/lisa（WebAssembly）与本系统的用时之比',
      en: 'local Moran of 12,000 areas with 999 permutations: time of @geoda/lisa (WebAssembly) against ours',
    },
    value: median(theirs) / median(ours),
    unit: ' ×',
    limit: { atLeast: 1 },
    measured: { 'ours, ms': inMs(ours), '@geoda/lisa, ms': inMs(theirs), 'mean difference of folded p': difference },
  }
}

function board(): Neighbours {
  const steps = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => [dx, dy] as const))
  return neighboursFromLists(
    Array.from({ length: columns * rows }, (_, area) =>
      steps
        .map(([dx, dy]) => [(area % columns) + dx, Math.floor(area / columns) + dy] as const)
        .filter(([x, y]) => x >= 0 && y >= 0 && x < columns && y < rows)
        .map(([x, y]) => y * columns + x),
    ),
  )
}

function milliseconds(times: number, work: () => void): number {
  const start = performance.now()
  for (let time = 0; time < times; time++) work()
  return (performance.now() - start) / times
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function inMs(times: number[]): string {
  return times.map((time) => time.toPrecision(3)).join(' ')
}
