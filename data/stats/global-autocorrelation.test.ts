import { expect, test } from 'vitest'
import { gearyC, generalG, moranI, permuteMoranI } from './global-autocorrelation.ts'
import { nearestNeighbours, neighboursFromLists } from './neighbours.ts'
import { Random } from './random.ts'
import { binaryWeights, rowStandardisedWeights } from './weights.ts'

const random = new Random('global autocorrelation')
const n = 50
const draw = () => Float64Array.from({ length: n }, () => random.next() * 100)
const [x, y, values] = [draw(), draw(), draw()]
const weights = rowStandardisedWeights(nearestNeighbours(x, y, 4))

test('an island changes no global figure, whatever its value is', () => {
  const lists = (island: number) =>
    neighboursFromLists([[1, 2], [0, 2], [0, 1, 3], [2, 4], [3], ...(island > 0 ? [[]] : [])])
  const all = [3, 1, 4, 1, 5]
  for (const statistic of [moranI, gearyC, generalG]) {
    const without = statistic(Float64Array.from(all), binaryWeights(lists(0)))
    expect(statistic(Float64Array.from([...all, 900]), binaryWeights(lists(1)))).toEqual(without)
    expect(without.areas).toBe(5)
  }
})

test('origin and unit of the values change neither I nor C; G has no unit, but an origin', () => {
  const changed = values.map((value) => value * 7 + 1e5)
  for (const statistic of [moranI, gearyC])
    for (const assumption of ['normality', 'randomisation'] as const)
      expect(statistic(changed, weights, assumption).z).toBeCloseTo(statistic(values, weights, assumption).z, 7)
  const unit = generalG(
    values.map((value) => value * 1e6),
    weights,
  )
  expect(unit.z).toBeCloseTo(generalG(values, weights).z, 9)
})

test('mean and variance of I under randomisation are those of all orders of six values', () => {
  const lists = neighboursFromLists([[1, 3], [2], [1, 4, 5], [0], [5], [0, 4]])
  const six = [1, 1, 2, 5, 8, 13]
  const orders = (rest: number[]): number[][] =>
    rest.length === 0
      ? [[]]
      : rest.flatMap((value, at) => orders(rest.toSpliced(at, 1)).map((tail) => [value, ...tail]))
  const every = orders(six)
  for (const statistic of [moranI, gearyC, generalG]) {
    const all = every.map((order) => statistic(Float64Array.from(order), binaryWeights(lists)).value)
    const mean = all.reduce((sum, value) => sum + value, 0) / all.length
    const variance = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length
    const figure = statistic(Float64Array.from(six), binaryWeights(lists))
    expect(figure.expected).toBeCloseTo(mean, 10)
    expect(figure.variance).toBeCloseTo(variance, 10)
  }
})

test('permutations of I agree with its normal approximation', () => {
  const { p } = moranI(values, weights)
  const { atLeast, atMost } = permuteMoranI(values, weights, { permutations: 4999, seed: 1 })
  expect((2 * (Math.min(atLeast, atMost) + 1)) / 5000).toBeCloseTo(p, 1)
  expect(permuteMoranI(values, weights, { permutations: 4999, seed: 1 })).toEqual({ atLeast, atMost })
})

test('equal values have no figure, and what makes no sense is refused', () => {
  const equal = new Float64Array(n).fill(0.3)
  expect([moranI(equal, weights).value, gearyC(equal, weights).z, generalG(equal, weights).p]).toEqual(
    Array(3).fill(Number.NaN),
  )
  expect(() =>
    generalG(
      values.map((value) => -value),
      weights,
    ),
  ).toThrow('negative')
  expect(() => moranI(values, rowStandardisedWeights(weights.neighbours, { self: true }))).toThrow(RangeError)
})
