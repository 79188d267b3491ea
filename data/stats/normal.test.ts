import { expect, test } from 'vitest'
import { normalDensity, twoSidedP, upperQuantile, upperTail } from './normal.ts'

/** From mpmath 1.3.0 with 40 digits: erfc(z/√2)/2 of the double z. */
const tails: [z: number, p: number][] = [
  [-3, 0.9986501019683699],
  [-0.5, 0.6914624612740131],
  [0, 0.5],
  [0.3, 0.3820885778110474],
  [0.9999, 0.1586794522137626],
  [1, 0.15865525393145705],
  [1.0001, 0.15863105806885877],
  [1.5, 0.06680720126885807],
  [2.5758293035489004, 0.005000000000000005],
  [3.3, 0.0004834241423837775],
  [5, 2.866515718791939e-7],
  [8.25, 7.919726314642477e-17],
  [12.5, 3.732564298877713e-36],
  [20.1, 3.6896808637213897e-90],
  [30, 4.906713927148187e-198],
  [37.5, 4.605353009581955e-308],
]

test('the tail is exact to the last digits, however far out', () => {
  for (const [z, p] of tails) expect(Math.abs(upperTail(z) / p - 1), `z = ${z}`).toBeLessThan(2e-15)
  expect([upperTail(-Infinity), upperTail(Infinity), upperTail(Number.NaN)]).toEqual([1, 0, Number.NaN])
  expect(twoSidedP(-2.5758293035489004)).toBeCloseTo(0.01, 15)
  expect(normalDensity(Infinity)).toBe(0)
})

test('a quantile is exceeded as often as it says', () => {
  for (const p of [1e-300, 1e-20, 1e-5, 0.025, 0.3, 0.5, 0.9, 0.999]) {
    const z = upperQuantile(p)
    expect(Math.abs(upperTail(z) / p - 1)).toBeLessThan(1e-12)
  }
  // `qnorm` of R 4.2
  expect(upperQuantile(1e-300)).toBeCloseTo(37.0470962993612, 12)
  expect(upperQuantile(0.025)).toBeCloseTo(1.95996398454005, 13)
  expect(upperQuantile(0.9)).toBeCloseTo(-1.2815515655446, 13)
  expect([upperQuantile(0), upperQuantile(1), upperQuantile(2), upperQuantile(-1)]).toEqual([
    Infinity,
    -Infinity,
    Number.NaN,
    Number.NaN,
  ])
})
