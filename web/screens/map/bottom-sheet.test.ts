import { expect, test } from 'vitest'
import { heightOf, nearestStep, sheetSteps } from './bottom-sheet.tsx'

test('the sheet comes to rest at the nearest of its three heights', () => {
  for (const available of [560, 792, 972]) {
    for (const step of sheetSteps) {
      expect(nearestStep(heightOf(step, available) + 20, available)).toBe(step)
      expect(nearestStep(heightOf(step, available) - 20, available)).toBe(step)
    }
    expect(nearestStep(-50, available)).toBe('peek')
    expect(nearestStep(5000, available)).toBe('full')
  }
})
