import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { moveEnd, shift, spanOf } from './brush-range.ts'

const whole = { from: 100, to: 200 }
const day = fc.integer({ min: 50, max: 250 })
const range = fc.tuple(fc.integer({ min: 100, max: 199 }), fc.integer({ min: 1, max: 100 })).map(([from, length]) => ({
  from,
  to: Math.min(200, from + length),
}))

test('whatever is dragged, at least one day of the whole is left', () => {
  fc.assert(
    fc.property(range, day, day, (before, a, b) => {
      const after = [
        moveEnd(before, 'from', a, whole),
        moveEnd(before, 'to', a, whole),
        shift(before, a - b, whole),
        spanOf(a, b, whole),
      ]
      for (const { from, to } of after) {
        expect(from).toBeGreaterThanOrEqual(100)
        expect(to).toBeLessThanOrEqual(200)
        expect(to).toBeGreaterThan(from)
      }
      expect(after[2]!.to - after[2]!.from).toBe(before.to - before.from)
    }),
  )
})

test('the day pressed and the day released are both inside', () => {
  expect(spanOf(120, 110, whole)).toEqual({ from: 110, to: 121 })
  expect(spanOf(120, 120, whole)).toEqual({ from: 120, to: 121 })
})
