import { expect, it } from 'vitest'
import { pageOf, pixelsOf, scaleBarOf } from './poster.ts'

const screen = { width: 1440, height: 900, pixelRatio: 2 }

it.each([
  ['a4-150', 1754, 1240],
  ['a4-300', 3508, 2480],
  ['a3-150', 2480, 1754],
  ['a3-300', 4961, 3508],
  ['screen', 2880, 1800],
] as const)('%s is %d × %d pixels', (size, width, height) => {
  expect(pixelsOf(pageOf(size, screen))).toEqual({ width, height })
})

it('lays the same sheet out alike at every resolution', () => {
  const coarse = pageOf('a4-150', screen)
  const fine = pageOf('a4-300', screen)
  expect([coarse.width, coarse.height]).toEqual([fine.width, fine.height])
  expect(fine.pixelRatio / coarse.pixelRatio).toBe(2)
})

it.each([
  [1, 180, 100, '100 m'],
  [1.2, 180, 200, '200 m'],
  [4, 180, 500, '500 m'],
  [9, 180, 1000, '1 km'],
  [30, 180, 5000, '5 km'],
  [0.004, 180, 0.5, '0.5 m'],
])('at %d m per unit and at most %d units the scale bar is %d m', (metresPerUnit, longest, metres, text) => {
  const bar = scaleBarOf(metresPerUnit, longest)
  expect(bar).toMatchObject({ metres, text })
  expect(bar.length).toBeCloseTo(metres / metresPerUnit)
  expect(bar.length).toBeLessThanOrEqual(longest)
  // The next longer bar of the series does not fit.
  expect(bar.length * 2.5).toBeGreaterThan(longest)
})
