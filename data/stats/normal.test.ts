import { expect, test } from 'vitest'
import { normalDensity, twoSidedP, upperQuantile, upperTail } from './normal.ts'

/** From mpmath 1.3.0 with 40 digits: erfc(z/√2)/2 of the double z. */
const tails: [z: number, p: number][] = [
  [-3, 0.99865010196836990547],
  [-0.5, 0.69146246127401310364],
  [0, 0.5],
  [0.3, 0.38208857781104736693],
  [0.9999, 0.15867945221376258366],
  [1, 0.15865525393145705141],
  [1.0001, 0.15863105806885876032],
  [1.5, 0.066807201268858066004],
  [2.5758293035489004, 0.0050000000000000054487],
  [3.3, 0.0004834241423837775071],
  [5, 2.8665157187919391167e-7],
  [8.25, 7.919726314642477341e-17],
  [12.5, 3.7325642988777133772e-36],
  [20.1, 3.6896808637213895544e-90],
  [30, 4.9067139271481870595e-198],
  [37.5, 4.6053530095819548438e-308],
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
