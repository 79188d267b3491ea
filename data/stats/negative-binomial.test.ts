import { expect, test } from 'vitest'
import { fitSize, gammaBelow, logGamma, logProbability, quantile, upperTail } from './negative-binomial.ts'
import { Random } from './random.ts'

/** Relative to 1 or to the expected value, whichever is larger. */
const error = (value: number, expected: number) => Math.abs(value - expected) / Math.max(1, Math.abs(expected))

test('the gamma functions are those of R', () => {
  for (const [x, expected] of [
    [0.02, 3.90080451609838],
    [0.5, 0.5723649429247],
    [1, 0],
    [3.7, 1.42807232666539],
    [120.25, 454.220987383358],
  ] as const)
    expect(error(logGamma(x), expected)).toBeLessThan(1e-11)
  for (const [x, shape, expected] of [
    [0.1, 0.3, 0.545912849591797],
    [2, 2.5, 0.45058404864722],
    [9, 4, 0.978773513697091],
    [30, 35, 0.202691674516883],
    [6, 0.05, 0.999979640232449],
    [0, 1, 0],
  ] as const)
    expect(error(gammaBelow(shape, x), expected)).toBeLessThan(1e-11)
})

test('probabilities, tails and quantiles are those of R', () => {
  const counts = { mean: 2.5, size: 1.7 }
  const poisson = { mean: 2.5, size: Infinity }
  const at = [0, 3, 12]
  for (const [i, value] of [-1.53757566618616, -2.05350367193708, -5.87986281238835].entries())
    expect(error(logProbability(at[i]!, counts), value)).toBeLessThan(1e-11)
  for (const [i, value] of [-2.5, -1.54288727360559, -11.491725713172].entries())
    expect(error(logProbability(at[i]!, poisson), value)).toBeLessThan(1e-11)
  expect(error(upperTail(5, counts), 0.174886687625285)).toBeLessThan(1e-11)
  expect(error(upperTail(10, counts), 0.0188824693086905)).toBeLessThan(1e-11)
  expect([0.5, 0.95, 0.99, 0.999].map((p) => quantile(p, counts))).toEqual([2, 7, 11, 16])
  expect([0.5, 0.95, 0.99].map((p) => quantile(p, poisson))).toEqual([2, 5, 7])
})

test('without a mean there is nothing, and a probability is one', () => {
  const none = { mean: 0, size: 2 }
  expect([logProbability(0, none), logProbability(1, none), quantile(0.99, none), upperTail(1, none)]).toEqual([
    0,
    -Infinity,
    0,
    0,
  ])
  expect(upperTail(0, none)).toBe(1)
  expect(() => quantile(1, none)).toThrow(RangeError)
})

test('the size that counts were drawn with is found again, and Poisson is found to be Poisson', () => {
  const random = new Random(5, 'sizes')
  const means = Array.from({ length: 4000 }, (_, i) => [0.5, 3][i % 2]!)
  // A geometric number of failures has size 1, the sum of two has size 2.
  const geometric = (mean: number) => Math.floor(Math.log(1 - random.next()) / Math.log(mean / (1 + mean)))
  const two = means.map((mean) => geometric(mean / 2) + geometric(mean / 2))
  expect(fitSize(two, means)).toBeGreaterThan(1.7)
  expect(fitSize(two, means)).toBeLessThan(2.3)
  const poisson = means.map((mean) => random.poisson(mean))
  expect(fitSize(poisson, means)).toBeGreaterThan(30)
  expect(
    fitSize(
      means.map(() => 1),
      means.map(() => 1),
    ),
  ).toBe(Infinity)
})
