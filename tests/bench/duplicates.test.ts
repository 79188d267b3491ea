import { expect, test } from 'vitest'
import { accuracyOf, atTriage, byRule, plantedStreet } from './duplicates.ts'

test('on a demo street that is neither fitted to nor measured, most planted duplicates are proposed and few others', () => {
  const street = plantedStreet(21, 240)
  expect(street.planted.pairs.length).toBeGreaterThan(80)
  const likely = accuracyOf(street, atTriage)
  expect(likely.precision).toBeGreaterThan(0.9)
  expect(likely.recall).toBeGreaterThan(0.8)
  const rule = accuracyOf(street, byRule)
  expect(rule.precision).toBeLessThan(likely.precision)
  expect(rule.recall).toBeLessThan(likely.recall)
})
