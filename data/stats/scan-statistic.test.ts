import { expect, test } from 'vitest'
import { Random } from './random.ts'
import { caseDrawer, expectedOfAreas, permutationModel, poissonModel, type ScanModel } from './scan-model.ts'
import { scanSignificance } from './scan-significance.ts'
import { findClusters, logLikelihoodRatio, replicateMaxima, type ScanOptions } from './scan-statistic.ts'
import { type ScanPlaces, scanWindows } from './scan-windows.ts'

/** Areas scattered over 3 km, with populations, and cases that fall on them by these. */
function invented(seed: number, areas: number, steps: number, total: number) {
  const random = new Random(seed, 'scan')
  const many = (from: number, to: number) => Float64Array.from({ length: areas }, () => random.between(from, to))
  const places: ScanPlaces = { x: many(0, 3000), y: many(0, 3000), coordinates: 'cartesian' }
  const population = many(50, 800)
  const cases = new Uint32Array(areas * steps)
  const sums = Float64Array.from(population)
  for (let i = 1; i < areas; i++) sums[i]! += sums[i - 1]!
  for (let i = 0; i < total; i++) cases[random.cumulative(sums) * steps + random.whole(0, steps - 1)]!++
  return { places, population, cases }
}

/** Every window and run, each added up from its cells: the definition, slowly. */
function plainMaximum(
  { places, model }: { places: ScanPlaces; model: ScanModel },
  share: number,
  options: ScanOptions,
) {
  const { areas, steps, cases, expected, total } = model
  const sizes = expectedOfAreas(model)
  const { runs, longest } = options.periods ?? { runs: 'any', longest: Math.max(1, Math.floor(steps / 2)) }
  let best = { ratio: 0, areas: [] as number[], from: 0, to: 0 }
  for (let centre = 0; centre < areas; centre++) {
    const distance = (area: number) =>
      Math.hypot(places.x[area]! - places.x[centre]!, places.y[area]! - places.y[centre]!)
    const order = [...sizes.keys()].sort((a, b) => distance(a) - distance(b))
    for (let count = 1; count <= areas; count++) {
      const inside = order.slice(0, count)
      if (inside.reduce((sum, area) => sum + sizes[area]!, 0) > share * total + 1e-9) break
      for (let from = 0; from < steps; from++)
        for (let to = from + 1; to <= Math.min(steps, from + longest); to++) {
          if (runs === 'last' && to < steps) continue
          let [c, e] = [0, 0]
          for (const area of inside)
            for (let step = from; step < to; step++) {
              c += cases[area * steps + step]!
              e += expected[area * steps + step]!
            }
          const ratio = c >= (options.fewestCases ?? 2) ? logLikelihoodRatio(c, e, total) : 0
          if (ratio > best.ratio) best = { ratio, areas: inside, from, to }
        }
    }
  }
  return best
}

const variants: { name: string; steps: number; kind: ScanModel['kind']; options: ScanOptions }[] = [
  { name: 'circles', steps: 1, kind: 'poisson', options: {} },
  { name: 'circles, five cases or more', steps: 1, kind: 'poisson', options: { fewestCases: 5 } },
  { name: 'cylinders over any run', steps: 9, kind: 'poisson', options: {} },
  { name: 'runs up to now', steps: 9, kind: 'poisson', options: { periods: { runs: 'last', longest: 3 } } },
  { name: 'permuted times', steps: 9, kind: 'permutation', options: { periods: { runs: 'any', longest: 4 } } },
]

for (const { name, steps, kind, options } of variants) {
  test(`${name}: as the plain definition has it, and in each replication`, () => {
    for (const seed of [1, 2, 3]) {
      const { places, population, cases } = invented(seed, 40, steps, 150)
      const model = kind === 'poisson' ? poissonModel(cases, population, steps) : permutationModel(cases, steps)
      const windows = scanWindows(places, expectedOfAreas(model), { share: 0.4 })
      const plain = plainMaximum({ places, model }, 0.4, options)
      const [first] = findClusters(model, windows, options)
      expect(first!.logLikelihoodRatio).toBeCloseTo(plain.ratio, 10)
      expect([...first!.areas]).toEqual(plain.areas)
      expect([first!.from, first!.to]).toEqual([plain.from, plain.to])

      const maxima = replicateMaxima(model, windows, { seed, from: 0, to: 4 }, options)
      const draw = caseDrawer(model)
      for (const [replication, maximum] of maxima.entries()) {
        const drawn = new Uint32Array(cases.length)
        draw(new Random(seed, 'scan statistic', replication), drawn)
        const repeated = plainMaximum({ places, model: { ...model, cases: drawn } }, 0.4, options)
        expect(maximum).toBeCloseTo(repeated.ratio, 10)
      }
    }
  })
}

test('replications are the same however they are divided', () => {
  const { places, population, cases } = invented(5, 60, 1, 300)
  const model = poissonModel(cases, population)
  const windows = scanWindows(places, population, { share: 0.5 })
  const whole = replicateMaxima(model, windows, { seed: 9, from: 0, to: 20 })
  const seen: number[] = []
  const parts = [[0, 7] as const, [7, 8] as const, [8, 20] as const].flatMap(([from, to]) => [
    ...replicateMaxima(model, windows, { seed: 9, from, to, progress: (done) => seen.push(done) }),
  ])
  expect(parts).toEqual([...whole])
  expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 1, ...Array.from({ length: 12 }, (_, i) => i + 1)])
  expect(replicateMaxima(model, windows, { seed: 10, from: 0, to: 20 })).not.toEqual(whole)
})

test('a planted cluster is found, with its figures, and secondary ones share no area with it', () => {
  const { places, population, cases } = invented(7, 80, 6, 600)
  const centre = 11
  const windows = scanWindows(places, population, { share: 0.5 })
  const begin = windows.offsets[centre]!
  const near = windows.members.subarray(begin, begin + 5)
  for (const member of near) for (let step = 2; step < 4; step++) cases[(member >> 1) * 6 + step]! += 9
  const model = poissonModel(cases, population, 6)
  const clusters = findClusters(model, windows)
  const [first] = clusters
  expect(first).toMatchObject({ from: 2, to: 4 })
  expect(new Set(first!.areas)).toEqual(new Set([...near].map((member) => member >> 1)))
  const outside = (model.total - first!.cases) / (model.total - first!.expected)
  expect(first!.relativeRisk).toBeCloseTo(first!.cases / first!.expected / outside, 12)
  const areas = clusters.flatMap((cluster) => [...cluster.areas])
  expect(new Set(areas).size).toBe(areas.length)
  const [significance] = scanSignificance(
    [first!.logLikelihoodRatio],
    replicateMaxima(model, windows, { seed: 1, from: 0, to: 99 }),
  )
  expect(significance).toMatchObject({ rank: 1, p: 0.01 })
  expect(significance!.gumbelP).toBeLessThan(1e-6)
})

test('where nothing clusters, p is below 5 % in one of twenty', () => {
  for (const kind of ['poisson', 'permutation'] as const) {
    const steps = kind === 'poisson' ? 1 : 5
    const seeds = Array.from({ length: 300 }, (_, i) => i)
    let [rejected, rejectedByGumbel] = [0, 0]
    for (const seed of seeds) {
      const { places, population, cases } = invented(seed, 25, steps, 120)
      const model = kind === 'poisson' ? poissonModel(cases, population, steps) : permutationModel(cases, steps)
      const windows = scanWindows(places, expectedOfAreas(model), { share: 0.5 })
      const ratio = findClusters(model, windows)[0]?.logLikelihoodRatio ?? 0
      const maxima = replicateMaxima(model, windows, { seed, from: 0, to: 99 })
      const [significance] = scanSignificance([ratio], maxima)
      if (significance!.p <= 0.05) rejected++
      if (significance!.gumbelP <= 0.05) rejectedByGumbel++
    }
    // 15 of 300 expected; beyond 3 standard deviations of 3.8 something is wrong.
    for (const count of [rejected, rejectedByGumbel]) {
      expect(count).toBeGreaterThan(3)
      expect(count).toBeLessThan(27)
    }
  }
})

test('cases without population, and other counts than areas and steps, are refused', () => {
  expect(() => poissonModel(Uint32Array.of(1, 2), Float64Array.of(5, 0))).toThrow(
    'area 1 has 2 cases and no population',
  )
  expect(() => poissonModel(Uint32Array.of(1, 2), Float64Array.of(5, -1))).toThrow('a population of -1 in area 1')
  expect(() => poissonModel(Uint32Array.of(1, 2, 3), Float64Array.of(5), 2)).toThrow('3 counts are no whole number')
  expect(() => permutationModel(Uint32Array.of(1, 2), 1)).toThrow('two steps or more')
  const { places, population, cases } = invented(1, 10, 1, 20)
  const windows = scanWindows(places, population, { share: 0.5 })
  const model = poissonModel(cases, population)
  expect(() => findClusters(model, windows, { periods: { runs: 'any', longest: 2 } })).toThrow('up to 2 of 1 steps')
  expect(() => findClusters(poissonModel(cases.slice(1), population.slice(1)), windows)).toThrow('cases in 9 areas')
  expect(findClusters(poissonModel(new Uint32Array(10), population), windows)).toEqual([])
})
