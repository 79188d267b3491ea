import { localG } from '@minqing/data/stats/local-g'
import { binaryWeights } from '@minqing/data/stats/weights'
import { expect, test } from 'vitest'
import { spdepSets } from './spdep.ts'

/** Largest difference, relative where values are above 1. */
function difference(ours: ArrayLike<number>, theirs: readonly string[]): number {
  expect(ours.length).toBe(theirs.length)
  return theirs.reduce((worst, text, area) => {
    const reference = Number(text)
    return Math.max(worst, Math.abs((ours[area] ?? Number.NaN) - reference) / Math.max(1, Math.abs(reference)))
  }, 0)
}

test('Gi and Gi* of every area are those of spdep', (context) => {
  for (const { name, values, neighbours, column } of spdepSets(context)) {
    expect(difference(localG(values, binaryWeights(neighbours)), column('Gi_z')), name).toBeLessThan(1e-9)
    expect(
      difference(localG(values, binaryWeights(neighbours, { self: true })), column('GiStar_z')),
      name,
    ).toBeLessThan(1e-9)
  }
})
