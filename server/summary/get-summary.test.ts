import { expect, test } from 'vitest'
import { monthsBetween } from './get-summary.ts'

test('no month is left out, over the turn of the year', () => {
  expect(monthsBetween(['2025-11', '2026-02'])).toEqual(['2025-11', '2025-12', '2026-01', '2026-02'])
  expect(monthsBetween(['2026-02'])).toEqual(['2026-02'])
  expect(monthsBetween([])).toEqual([])
})
