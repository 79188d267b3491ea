import { expect, test } from 'vitest'
import { addTallies, describeTally, emptyTally, refuseEmpty } from './tally.ts'

const skip = { name: 'e2e', reason: 'no browser' }
const failure = { name: 'unit > adds', message: 'expected 3\n  at line 4' }

test('the last line counts everything, the lines before name what did not pass', () => {
  const total = addTallies([
    { passed: 2, failed: [failure], skipped: [] },
    { passed: 1, failed: [], skipped: [skip] },
  ])
  expect(describeTally(total)).toBe(
    ['SKIPPED e2e: no browser', 'FAILED  unit > adds: expected 3', '3 passed, 1 failed, 1 skipped'].join('\n'),
  )
})

test('a stage without a test has failed', () => {
  expect(refuseEmpty('api', emptyTally()).failed).toEqual([{ name: 'api', message: 'it ran no test' }])
  const skipped = { ...emptyTally(), skipped: [skip] }
  expect(refuseEmpty('e2e', skipped)).toEqual(skipped)
})
