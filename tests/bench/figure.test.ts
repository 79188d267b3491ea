import { expect, test } from 'vitest'
import { asTable, holds, median, type Figure } from './figure.ts'

const figure: Figure = {
  claim: { zh: '缓存', en: 'cache' },
  value: 0.59,
  unit: ' ×',
  limit: { atLeast: 0.6 },
  measured: {},
}

test('a figure below its least or above its most does not hold', () => {
  expect(holds(figure)).toBe(false)
  expect(holds({ ...figure, value: 0.6 })).toBe(true)
  expect(holds({ ...figure, limit: { atMost: 0.5 } })).toBe(false)
})

test('the table says value and limit', () => {
  expect(asTable([figure]).split('\n').at(-1)).toBe('| 缓存<br>cache | 0.59 × | ≥ 0.6 × |')
})

test('the median of an even count is between its middle two', () => {
  expect(median([3, 1, 2])).toBe(2)
  expect(median([4, 1, 2, 3])).toBe(2.5)
  expect(() => median([])).toThrow(RangeError)
})
