import { expect, test } from 'vitest'
import { empiricalBayesDeviates, empiricalBayesRates, localEmpiricalBayesRates } from './empirical-bayes.ts'
import { neighboursFromLists } from './neighbours.ts'

const cases = Float64Array.of(1, 30, 5, 0, 12, 3)
const households = Float64Array.of(2, 1500, 100, 40, 400, 0)
const neighbours = neighboursFromLists([[1, 2], [0, 3], [0, 4], [1], [2], []])

test('the smaller the population, the nearer its rate is drawn to the mean', () => {
  const all = cases.reduce((sum, value) => sum + value, 0)
  const mean = all / households.reduce((sum, value) => sum + value, 0)
  const smooth = empiricalBayesRates(cases, households)
  const share = (area: number) => (smooth[area]! - mean) / (cases[area]! / households[area]! - mean)
  expect([0, 3, 2, 4, 1].map(share)).toEqual([0, 3, 2, 4, 1].map(share).toSorted((a, b) => a - b))
  expect(smooth[5]).toBe(mean)
})

test('rates that vary less than by chance are all drawn to the mean', () => {
  const even = empiricalBayesRates(Float64Array.of(10, 20, 30), Float64Array.of(100, 200, 300))
  expect([...even]).toEqual([0.1, 0.1, 0.1])
})

test('an area is drawn to its neighbourhood, and an island to itself', () => {
  const smooth = localEmpiricalBayesRates(cases, households, neighbours)
  // Areas 1 and 3 are the whole neighbourhood of 3.
  const pair = empiricalBayesRates(Float64Array.of(30, 0), Float64Array.of(1500, 40))
  expect(smooth[3]).toBeCloseTo(pair[1]!, 14)
  expect(smooth[5]).toBeNaN()
  expect(localEmpiricalBayesRates(cases, households.with(5, 6), neighbours)[5]).toBe(0.5)
})

test('deviates do not depend on the unit of the population, and are 0 where nobody lives', () => {
  const deviates = empiricalBayesDeviates(cases, households)
  const perThousand = empiricalBayesDeviates(
    cases,
    households.map((count) => count / 1000),
  )
  for (const [area, value] of deviates.entries()) expect(perThousand[area]).toBeCloseTo(value, 10)
  expect(deviates[5]).toBe(0)
})

test('counts that cannot be are refused', () => {
  expect(() => empiricalBayesRates(cases.with(0, -1), households)).toThrow('area 0')
  expect(() => empiricalBayesRates(cases, households.subarray(1))).toThrow(RangeError)
  expect(() => empiricalBayesDeviates(cases, new Float64Array(6))).toThrow('population')
})
