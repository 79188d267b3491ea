import { expect, test } from 'vitest'
import { clusterExcess, clusterMaxima } from './cluster-excess.ts'
import { densityExcess, excessMaxima } from './density-excess.ts'
import { Random } from './random.ts'
import { RandomLabelling, thresholdOf } from './random-labelling.ts'
import type { WeightedPoints } from './raster-frame.ts'
import { scanSignificance } from './scan-significance.ts'
import { frameOver, wholeFrame } from './study-area.ts'

const area = wholeFrame(frameOver(0, 0, 1000, 1000, 50))
const options = { bandwidth: 60, leastExpected: 1 }
const clusters = { radius: 40, minPoints: 5 }

/** 1,500 incidents, most of them in six crowded quarters. */
function incidents(): WeightedPoints {
  const random = new Random(1, 'incidents')
  const quarters = Array.from({ length: 6 }, () => [random.between(150, 850), random.between(150, 850)] as const)
  const places = Array.from({ length: 1500 }, () => {
    const [x, y] = random.pick(quarters)
    return random.chance(0.7)
      ? [random.bell(x, 50), random.bell(y, 50)]
      : [random.between(0, 1000), random.between(0, 1000)]
  })
  return { x: Float64Array.from(places, ([x = 0]) => x), y: Float64Array.from(places, ([, y = 0]) => y), weights: null }
}

const population = incidents()

/** The middle of the first quarter. */
const middle = ((random) => [random.between(150, 850), random.between(150, 850)] as const)(new Random(1, 'incidents'))

/** Cases at random but for so many more in a circle of 60 m there. */
function casesOf(seed: string, count: number, planted: number) {
  const { x, y } = new RandomLabelling(population, count).draw(new Random(seed))
  const random = new Random(seed, 'planted')
  const near = [...population.x.keys()].filter(
    (i) => Math.hypot(population.x[i]! - middle[0], population.y[i]! - middle[1]) < 60,
  )
  const more = random.shuffle(near).slice(0, planted)
  return {
    x: Float64Array.of(...x, ...more.map((i) => population.x[i]!)),
    y: Float64Array.of(...y, ...more.map((i) => population.y[i]!)),
    weights: null,
  }
}

test('z is the formula: density of the cases less its mean over all drawings, over its standard deviation', () => {
  // At nodes, so that nothing is lost by binning.
  const at = (values: ArrayLike<number>) =>
    Float64Array.from(values, (value) => Math.round((value - 10) / 20) * 20 + 10)
  const all = { x: at(population.x), y: at(population.y), weights: null }
  const chosen = [...all.x.keys()].filter((i) => i % 7 === 0)
  const cases = {
    x: Float64Array.from(chosen, (i) => all.x[i]!),
    y: Float64Array.from(chosen, (i) => all.y[i]!),
    weights: null,
  }
  const { z, maximum } = densityExcess(cases, all, area, options)
  const [n, m] = [all.x.length, chosen.length]
  const kernels = (node: number) =>
    [...all.x.keys()].map((i) => {
      const [dx, dy] = [all.x[i]! - ((node % 50) * 20 + 10), all.y[i]! - (Math.floor(node / 50) * 20 + 10)]
      return Math.exp(-(dx * dx + dy * dy) / (2 * 60 ** 2)) / (2 * Math.PI * 60 ** 2)
    })
  const tested = [...z.keys()].filter((node) => !Number.isNaN(z[node]!))
  expect(tested.length).toBeGreaterThan(500)
  for (const node of tested.filter((_, i) => i % 29 === 0)) {
    const k = kernels(node)
    const mean = k.reduce((sum, value) => sum + value, 0) / n
    const variance = k.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n
    const f = chosen.reduce((sum, i) => sum + k[i]!, 0)
    expect(z[node]).toBeCloseTo((f - m * mean) / Math.sqrt(m * (1 - m / n) * variance), 6)
  }
  expect(maximum).toBe(Math.max(...tested.map((node) => z[node]!)))
})

test('few maps of random labels have a false finding, and what is planted is found, by both methods', () => {
  const labellings = { seed: 'level', from: 0, to: 199 }
  const threshold = thresholdOf(excessMaxima(120, population, area, options, labellings), 0.05)
  const maxima = clusterMaxima(120, population, clusters, labellings)
  let [densities, groups] = [0, 0]
  for (let map = 0; map < 100; map++) {
    const cases = casesOf(`map ${map}`, 120, 0)
    if (densityExcess(cases, population, area, options).maximum >= threshold) densities++
    const ratios = clusterExcess(cases, population, clusters).excess.map(({ logLikelihoodRatio }) => logLikelihoodRatio)
    if (scanSignificance(ratios, maxima).some(({ p }) => p <= 0.05)) groups++
  }
  // 5 of 100, and two standard errors.
  expect(densities).toBeLessThanOrEqual(9)
  expect(groups).toBeLessThanOrEqual(9)
  const planted = casesOf('planted', 100, 40)
  const excess = densityExcess(planted, population, area, options)
  expect(excess.maximum).toBeGreaterThan(threshold)
  const peak = excess.z.indexOf(excess.maximum)
  expect(Math.hypot((peak % 50) * 20 + 10 - middle[0], Math.floor(peak / 50) * 20 + 10 - middle[1])).toBeLessThan(80)
  const found = clusterExcess(planted, population, clusters)
  const [most] = found.excess.toSorted((a, b) => b.logLikelihoodRatio - a.logLikelihoodRatio)
  expect(scanSignificance([most!.logLikelihoodRatio], maxima)[0]!.p).toBe(1 / 200)
  expect(most!.cases).toBeGreaterThan(15)
})

test('drawings divided among threads are the same drawings', () => {
  const whole = { seed: 3, from: 0, to: 21 }
  const parts = [
    { ...whole, to: 7 },
    { ...whole, from: 7, to: 12 },
    { ...whole, from: 12 },
  ]
  const joined = (of: (range: typeof whole) => Float64Array) => parts.flatMap((part) => [...of(part)])
  const density = (range: typeof whole) => excessMaxima(80, population, area, options, range)
  const groups = (range: typeof whole) => clusterMaxima(80, population, clusters, range)
  expect(joined(density)).toEqual([...density(whole)])
  expect(joined(groups)).toEqual([...groups(whole)])
})

test('households draw cases in proportion to their number, incidents each once', () => {
  const places = { x: Float64Array.of(0, 1, 2), y: Float64Array.of(0, 0, 0), weights: Float64Array.of(1, 0, 3) }
  const { x } = new RandomLabelling(places, 4000).draw(new Random(1))
  expect(x.filter((value) => value === 1).length).toBe(0)
  expect(x.filter((value) => value === 2).length / 4000).toBeCloseTo(0.75, 1)
  const once = new RandomLabelling({ ...places, weights: null }, 3).draw(new Random(1))
  expect([...once.x].toSorted((a, b) => a - b)).toEqual([0, 1, 2])
  expect(() => new RandomLabelling({ ...places, weights: null }, 4)).toThrow(RangeError)
})

test('a threshold is passed by at most the level’s share of maps', () => {
  const maxima = Float64Array.from({ length: 99 }, (_, i) => i + 1)
  // p of 95.5 is (1 + 4)/100, of 95 (1 + 5)/100.
  const threshold = thresholdOf(maxima, 0.05)
  expect(threshold).toBeGreaterThan(95)
  expect(threshold).toBeLessThan(95.5)
  expect(thresholdOf(maxima, 0.001)).toBe(Infinity)
})

test('every cluster is given its own population, and nobody twice', () => {
  const cases = { x: Float64Array.of(0, 1, 2, 100, 101, 102), y: new Float64Array(6) }
  const homes = { x: Float64Array.of(1, 52, 99, 300), y: new Float64Array(4), weights: Float64Array.of(10, 20, 30, 40) }
  const { count, excess } = clusterExcess(cases, homes, { radius: 60, minPoints: 3 })
  expect(count).toBe(2)
  expect(excess.map(({ expected }) => expected)).toEqual([(6 * 10) / 100, (6 * (20 + 30)) / 100])
})
