import { expect, test } from 'vitest'
import { mannKendall } from './mann-kendall.ts'

test('τ, z and p are those of cor.test in R, with ties', () => {
  // cor.test(seq_along(x), x, method = "kendall", exact = FALSE, continuity = TRUE): estimate, statistic, p.value
  const published: [number[], number, number, number][] = [
    [[4, 2, 3, 5, 5, 7, 6, 9, 8, 12], 0.809039834956, 3.14309278547, 0.00167172839648],
    [[0, 0, 1, 0, 2, 0, 0, 1, 3, 2, 2, 0, 4, 1], 0.400940808826, 1.79578178373, 0.0725292289541],
    [[9.5, 9.1, 8, 8.7, 8.2, 7.9, 7, 7.1, 6, 5.5, 5.6, 2], -0.878787878788, -3.90863524355, 9.28189813368e-5],
    [[1, 2, 1, 2, 1, 2, 1, 2, 1, 2], 0.1490711985, 0.417786374294, 0.676103314023],
  ]
  for (const [values, tau, z, p] of published) {
    const trend = mannKendall(values)
    expect(trend.tau).toBeCloseTo(tau, 10)
    expect(trend.z).toBeCloseTo(z, 10)
    expect(trend.p / p).toBeCloseTo(1, 10)
  }
})

test('missing values are left out, and equal ones have no trend', () => {
  expect(mannKendall([1, Number.NaN, 2, 4, Number.NaN, 3])).toEqual(mannKendall([1, 2, 4, 3]))
  expect(mannKendall([5, 5, 5])).toEqual({ s: 0, tau: Number.NaN, z: 0, p: Number.NaN })
  expect(mannKendall([])).toMatchObject({ tau: Number.NaN, p: Number.NaN })
})
