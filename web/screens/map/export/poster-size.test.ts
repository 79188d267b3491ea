import { expect, it } from 'vitest'
import { pageOf, pixelsOf } from './poster-size.ts'

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
