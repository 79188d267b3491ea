import { makeStreet } from '@minqing/data/demo/street'
import { truthOf } from '@minqing/data/demo/truth'
import { dayLength, homeDayNumber, startOfHomeDay } from '@minqing/data/domain/local-time'
import { hitRateAt, plainMethods, plainScores } from '@minqing/data/stats/backtest'
import { warnEarly } from '@minqing/data/stats/early-warning'
import { expect, test } from 'vitest'
import { plantedWeeks } from './planted-weeks.ts'

test('on a demo street that is neither tuned on nor measured, the warning finds what was planted better than plain methods', () => {
  const [weeks, from] = [134, 82]
  const street = plantedWeeks(21, weeks)
  const end = startOfHomeDay(homeDayNumber(Date.parse('2026-11-23T00:00:00+08:00')))
  const { clusters } = truthOf(makeStreet(21, 2026), end - weeks * 7 * dayLength, end)
  expect(street.clusters.toSorted()).toEqual(clusters.map(({ id }) => id).toSorted())
  const first = from * street.series.areas
  const truth = street.truth.subarray(first)
  const warned = hitRateAt(warnEarly(street.series, street.neighbours, { from }).score, truth, 0.01)
  expect(warned).toBeGreaterThan(0.9)
  for (const method of plainMethods) {
    const plain = hitRateAt(plainScores(street.series, method, street).subarray(first), truth, 0.01)
    expect(plain, method).toBeLessThan(warned)
  }
})
