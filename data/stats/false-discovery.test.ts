import { expect, test } from 'vitest'
import { falseDiscoveryRates } from './false-discovery.ts'
import { Random } from './random.ts'

const p = Float64Array.of(0.01, 0.04, Number.NaN, 0.03, 0.005, 0.8, 0.04, 1)

test('q are those of p.adjust of R 4.2, with a test that is missing', () => {
  const expected = {
    none: [...p],
    'benjamini-hochberg': [0.035, 0.056, Number.NaN, 0.056, 0.035, 14 / 15, 0.056, 1],
    'benjamini-yekutieli': [0.09075, 0.1452, Number.NaN, 0.1452, 0.09075, 1, 0.1452, 1],
  } as const
  for (const [control, values] of Object.entries(expected)) {
    const q = falseDiscoveryRates(p, control as keyof typeof expected)
    // In parts of 10⁻¹⁴, so that equal means equal.
    const rounded = (numbers: Iterable<number>) => Array.from(numbers, (value) => Math.round(value * 1e14))
    expect(rounded(q)).toEqual(rounded(values))
  }
  expect(() => falseDiscoveryRates(Float64Array.of(0.5, 1.5), 'none')).toThrow('1.5')
})

test('what is significant by q is what the step-up procedure rejects', () => {
  const random = new Random('false discovery')
  for (let round = 0; round < 50; round++) {
    const values = Float64Array.from({ length: random.whole(1, 80) }, () => random.next() ** random.whole(1, 4))
    const sorted = values.toSorted()
    let rejected = 0
    for (const [i, value] of sorted.entries()) if (value <= ((i + 1) / values.length) * 0.1) rejected = i + 1
    const q = falseDiscoveryRates(values, 'benjamini-hochberg')
    expect(q.filter((value) => value <= 0.1).length).toBe(rejected)
  }
})
