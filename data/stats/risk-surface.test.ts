import { expect, test } from 'vitest'
import { kernelDensity } from './kernel-density.ts'
import { Random } from './random.ts'
import { riskSurface } from './risk-surface.ts'
import { frameOver, wholeFrame } from './study-area.ts'

const area = wholeFrame(frameOver(0, 0, 1000, 1000, 100))
const options = { kernel: 'quartic', bandwidth: 150, per: 1000, leastPopulation: 20 } as const

function houses(count: number) {
  const random = new Random(9, 'houses')
  const x = Float64Array.from({ length: count }, () => random.between(0, 1000))
  const y = Float64Array.from({ length: count }, () => random.between(0, 500) + (random.chance(0.2) ? 500 : 0))
  return { x, y, weights: Float64Array.from({ length: count }, () => random.whole(5, 60)) }
}

test('where every household has the same risk the surface is flat, however unevenly they live', () => {
  const population = houses(800)
  const cases = { ...population, weights: population.weights.map((households) => households * 0.03) }
  const { values, isThin, overall } = riskSurface(cases, population, area, options)
  expect(overall).toBeCloseTo(30, 9)
  expect(isThin.includes(1)).toBe(false)
  for (const value of values) expect(value).toBeCloseTo(30, 6)
})

test('is the ratio of the two densities, the lower one not below its floor', () => {
  const population = houses(120)
  const cases = { x: Float64Array.of(500, 520, 80), y: Float64Array.of(250, 260, 970), weights: null }
  const least = { ...options, leastPopulation: 200 }
  const { values, isThin, peak } = riskSurface(cases, population, area, least)
  const density = { ...options, edge: 'diggle', adaptive: false, method: 'exact' } as const
  const above = kernelDensity(cases, area, density).values
  const below = kernelDensity(population, area, density).values
  // 200 households over the effective area of a quartic kernel, 5/9 · π · 150², per hectare.
  const floor = (200 / ((5 / 9) * Math.PI * 150 ** 2)) * 10_000
  const expected = above.map((value, node) => (value / Math.max(below[node]!, floor)) * 1000)
  for (const [node, value] of expected.entries()) expect(Math.abs(values[node]! - value) / peak).toBeLessThan(0.02)
  const isBelow = (node: number) => (below[node]! < floor * 0.9 ? 1 : below[node]! > floor * 1.1 ? 0 : isThin[node])
  expect([...isThin]).toEqual([...isThin.keys()].map(isBelow))
  expect(isThin.includes(1)).toBe(true)
})

test('a case where nobody lives has no rate without end', () => {
  const population = { x: Float64Array.of(100), y: Float64Array.of(100), weights: Float64Array.of(500) }
  const lone = { x: Float64Array.of(900), y: Float64Array.of(900), weights: null }
  const { values, isThin, peak, cases } = riskSurface(lone, population, area, options)
  expect(cases).toBe(1)
  expect(isThin[89 * 100 + 89]).toBe(1)
  // As if the least population lived there: the kernel's peak 3/(π h²) over 20 in 5/9 π h², per 1,000.
  expect(values[89 * 100 + 89]! / ((3 * 5 * 1000) / (9 * 20))).toBeCloseTo(1, 1)
  expect(Number.isFinite(peak)).toBe(true)
})

test('a rate per nobody, or without a floor, is refused', () => {
  const population = houses(3)
  expect(() => riskSurface(population, population, area, { ...options, leastPopulation: 0 })).toThrow(RangeError)
  expect(() => riskSurface(population, population, area, { ...options, per: 0 })).toThrow(RangeError)
})
