import { expect, it } from 'vitest'
import { scaleBarOf } from './scale-bar.ts'

it.each([
  [1, 180, 100, '100 m'],
  [1.2, 180, 200, '200 m'],
  [4, 180, 500, '500 m'],
  [9, 180, 1000, '1 km'],
  [30, 180, 5000, '5 km'],
  [0.004, 180, 0.5, '0.5 m'],
])('at %d m a unit and %d units of room it is %d m', (metresPerUnit, longest, metres, text) => {
  const bar = scaleBarOf(metresPerUnit, longest)
  expect(bar).toMatchObject({ metres, text })
  expect(bar.length).toBeCloseTo(metres / metresPerUnit)
  expect(bar.length).toBeLessThanOrEqual(longest)
  // No longer bar of the series would have fitted.
  expect(bar.length * 2.5).toBeGreaterThan(longest)
})
