import { expect, test } from 'vitest'
import { binomialDensity, binomialLowerTail, binomialUpperTail } from './binomial.ts'
import { chiSquareUpperTail } from './chi-square.ts'
import { compareRates, rateRatio, rateRatioHomogeneity } from './rate-ratio.ts'

const [days, year] = [90, 365]

/** With the digits that R printed. */
function near(value: number, published: number): boolean {
  return value === published || Math.abs(value / published - 1) < 2e-9
}

test('limits and p are those of poisson.test and pbinom of R', () => {
  // cases, cases, then of poisson.test(c(a, b), c(90, 365)): estimate, limits, 2 · smaller tail, the same by mid-p,
  // limits by mid-p (uniroot), limits of 99 %
  const published: number[][] = [
    [
      12, 4, 12.16666667, 3.687440811, 51.758397, 5.840219289e-6, 3.136443888e-6, 4.072945358, 43.7026987, 2.713523405,
      85.17329539,
    ],
    [0, 3, 0, 0, 9.814249345, 1, 0.5162313836, 0, 6.95291589, 0, 19.66147721],
    [
      5,
      0,
      Infinity,
      3.716332088,
      Infinity,
      0.000605599572,
      0.000302799786,
      4.942398828,
      Infinity,
      2.151032121,
      Infinity,
    ],
    [
      40, 22, 7.373737374, 4.278346932, 13.02663322, 4.374397764e-14, 2.473663008e-14, 4.40400033, 12.59623177,
      3.657707878, 15.557252,
    ],
    [
      3, 9, 1.351851852, 0.2354048537, 5.416909026, 0.867712741, 0.6334791215, 0.2952192598, 4.784602579, 0.12688453,
      7.70725924,
    ],
    [
      1, 1, 4.055555556, 0.05166521095, 318.3482766, 0.7129573723, 0.3956043956, 0.103988604, 158.1666667,
      0.01017706884, 1616.136348,
    ],
    [
      7, 7, 4.055555556, 1.213867043, 13.54969719, 0.02183525409, 0.01314294135, 1.361570047, 12.07982718, 0.8448164852,
      19.46876174,
    ],
    [
      150, 130, 4.679487179, 3.675211466, 5.964697631, 1.128445748e-35, 6.835449228e-36, 3.700013221, 5.924042897,
      3.414422214, 6.426653316,
    ],
    [
      2, 30, 0.2703703704, 0.03130838715, 1.065544335, 0.06754973838, 0.04146491286, 0.04350969287, 0.9605258148,
      0.0133483507, 1.416131671,
    ],
  ]
  for (const [a, b, ...figures] of published) {
    const [first, second] = [
      { cases: a!, exposure: days },
      { cases: b!, exposure: year },
    ]
    const exact = rateRatio(first, second)
    const mid = rateRatio(first, second, { method: 'mid-p' })
    const wide = rateRatio(first, second, { level: 0.99 })
    const ours = [exact.ratio, exact.lower, exact.upper, exact.p, mid.p, mid.lower, mid.upper, wide.lower, wide.upper]
    const far = ours.filter((value, i) => !near(value, figures[i]!))
    expect(far, `${a} and ${b}: ${ours.join(' ')}`).toEqual([])
  }
  const many = rateRatio({ cases: 3000, exposure: 30 }, { cases: 2800, exposure: 31 })
  expect(near(many.lower, 1.051214912)).toBe(true)
  expect(near(many.upper, 1.166073356)).toBe(true)
})

test('tails add up term by term, from either side', () => {
  for (const [n, p] of [
    [1, 0.3],
    [12, 0.02],
    [40, 0.5],
    [333, 0.7],
  ] as const) {
    let [below, all] = [0, 0]
    for (let k = 0; k <= n; k++) {
      below += binomialDensity(k, n, p)
      expect(binomialLowerTail(k, n, p)).toBeCloseTo(below, 13)
      expect(binomialUpperTail(k + 1, n, p)).toBeCloseTo(1 - below, 13)
      all += binomialDensity(k, n, p)
    }
    expect(all).toBeCloseTo(1, 13)
  }
  // pbinom(399, 1000, 0.1, lower.tail = FALSE), dbinom(500, 1e6, 4e-4)
  expect(near(binomialUpperTail(400, 1000, 0.1), 2.09094201781116e-137)).toBe(true)
  expect(near(binomialDensity(500, 1_000_000, 4e-4), 1.67390402830749e-7)).toBe(true)
})

test('p is below 5 % exactly where the interval leaves 1 out', () => {
  for (const method of ['exact', 'mid-p'] as const)
    for (let a = 0; a <= 25; a++)
      for (let b = 0; b <= 25; b++) {
        if (a + b === 0) continue
        const { lower, upper, p } = rateRatio({ cases: a, exposure: 7 }, { cases: b, exposure: 9 }, { method })
        expect(p < 0.05, `${a} and ${b}: ${p}, ${lower} to ${upper}`).toBe(lower > 1 || upper < 1)
      }
})

test('the periods exchanged give the inverse ratio', () => {
  const [first, second] = [
    { cases: 9, exposure: 30 },
    { cases: 4, exposure: 61 },
  ]
  const [ratio, inverse] = [rateRatio(first, second), rateRatio(second, first)]
  expect(near(ratio.lower, 1 / inverse.upper)).toBe(true)
  expect(near(ratio.upper, 1 / inverse.lower)).toBe(true)
  expect(near(ratio.p, inverse.p)).toBe(true)
  expect(rateRatio({ cases: 0, exposure: 1 }, { cases: 0, exposure: 1 })).toEqual({
    ratio: Number.NaN,
    lower: 0,
    upper: Infinity,
    p: Number.NaN,
  })
})

const a = Uint32Array.of(12, 0, 5, 40, 3, 1, 7, 150, 0, 2)
const b = Uint32Array.of(4, 3, 0, 22, 9, 1, 7, 130, 0, 30)

test('whether all units changed alike is judged as glm of R does', () => {
  // exp(coef), sum of squared Pearson residuals, degrees of freedom and pchisq of glm(cbind(a, b) ~ 1, binomial) with the
  // exposures as offset: the same for all units, and its own for each.
  const same = rateRatioHomogeneity(a, b, new Float64Array(10).fill(days), new Float64Array(10).fill(year))
  expect(near(same.ratio, 4.331175836)).toBe(true)
  expect(near(same.chiSquare, 45.74368866)).toBe(true)
  expect(near(same.p, 2.659100201e-7)).toBe(true)
  expect(same.freedom).toBe(8)
  const own = rateRatioHomogeneity(
    a,
    b,
    Float64Array.of(90, 80, 90, 70, 90, 60, 90, 90, 90, 45),
    Float64Array.of(365, 365, 200, 365, 300, 365, 365, 365, 365, 365),
  )
  expect(near(own.ratio, 4.684394017)).toBe(true)
  expect(near(own.chiSquare, 34.08692247)).toBe(true)
  expect(near(own.p, 3.917934693e-5)).toBe(true)
  const none = rateRatioHomogeneity(
    Uint32Array.of(0, 0),
    Uint32Array.of(3, 4),
    Float64Array.of(1, 1),
    Float64Array.of(1, 1),
  )
  expect(none).toMatchObject({ ratio: 0, chiSquare: Number.NaN, p: Number.NaN })
})

test('units are compared one by one, and together', () => {
  const [weeks, before] = [new Float64Array(10).fill(days), new Float64Array(10).fill(year)]
  const { units, overall, homogeneity } = compareRates(a, b, weeks, before)
  expect(units.map(({ p }) => p)).toEqual([...a].map((cases, i) => rateRatio(cased(cases, days), cased(b[i]!, year)).p))
  // p.adjust(p, 'BH') over the nine units that have cases
  const p = units
    .map(({ p }) => p)
    .filter((p) => !Number.isNaN(p))
    .toSorted((x, y) => x - y)
  const adjusted = p.map((_, i) => Math.min(...p.slice(i).map((value, j) => (value * p.length) / (i + j + 1))))
  expect(
    units
      .map(({ q }) => q)
      .filter((q) => !Number.isNaN(q))
      .toSorted((x, y) => x - y),
  ).toEqual(adjusted)
  expect(units[8]).toMatchObject({ ratio: Number.NaN, p: Number.NaN, q: Number.NaN })
  // poisson.test(c(220, 206), c(90, 365)), but its p.
  expect([
    near(overall.ratio, 4.331175836),
    near(overall.lower, 3.565250698),
    near(overall.upper, 5.263339472),
  ]).toEqual([true, true, true])
  expect(homogeneity).toEqual(rateRatioHomogeneity(a, b, weeks, before))

  function cased(cases: number, exposure: number) {
    return { cases, exposure }
  }
})

test('χ² tails are those of pchisq', () => {
  expect(near(chiSquareUpperTail(30, 25), 0.224289004834)).toBe(true)
  expect(near(chiSquareUpperTail(3, 1), 0.0832645166636)).toBe(true)
  expect(near(chiSquareUpperTail(400, 200), 1.84389364971e-15)).toBe(true)
  expect(near(chiSquareUpperTail(4100, 4000), 0.132149259596494)).toBe(true)
  expect(chiSquareUpperTail(0, 3)).toBe(1)
  expect(() => chiSquareUpperTail(1, 0)).toThrow('0 degrees of freedom')
})

test('what is no count and no exposure is refused', () => {
  expect(() => rateRatio({ cases: 1.5, exposure: 1 }, { cases: 0, exposure: 1 })).toThrow('1.5 cases')
  expect(() => rateRatio({ cases: 1, exposure: 0 }, { cases: 0, exposure: 1 })).toThrow('an exposure of 0')
  expect(() => rateRatioHomogeneity(a, b.slice(1), new Float64Array(10), new Float64Array(10))).toThrow(
    '9 values for 10',
  )
})
