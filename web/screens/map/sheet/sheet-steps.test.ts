import { expect, test } from 'vitest'
import { heightOf, nearestStep, sheetSteps } from './sheet-steps.ts'

test('the sheet comes to rest at the nearest of its three heights', () => {
  for (const room of [560, 792, 972]) {
    for (const step of sheetSteps) {
      expect(nearestStep(heightOf(step, room) + 20, room)).toBe(step)
      expect(nearestStep(heightOf(step, room) - 20, room)).toBe(step)
    }
    expect(nearestStep(-50, room)).toBe('peek')
    expect(nearestStep(5000, room)).toBe('full')
  }
})
