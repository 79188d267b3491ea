import { noPosition } from '@minqing/data/domain/incident-columns'
import { patchesOf } from '@minqing/data/geo/point-clusters'
import { expect, test } from 'vitest'
import { densityPicture } from './density-picture.ts'

const patches = patchesOf(
  Int32Array.of(1142700000, 1142705000, -900000000, noPosition),
  Int32Array.of(305800000, 305800000, 351000000, noPosition),
  noPosition,
)

test('counts the cases of all places, one peak for all of them', () => {
  const picture = densityPicture(patches, { kind: 'density', ticket: 3, mode: 'heat', radius: 150, mask: null })
  expect(picture).toMatchObject({ ticket: 3, mode: 'heat', radius: 150, cases: 3 })
  expect(picture.patches).toHaveLength(2)
  expect(picture.peak).toBe(Math.max(...picture.patches.map(({ grid }) => grid.peak)))
})

test('a place that the filter empties is not drawn', () => {
  const mask = Uint8Array.of(1, 0, 0, 0)
  const picture = densityPicture(patches, { kind: 'density', ticket: 4, mode: 'hexagon', radius: 100, mask })
  expect(picture.cases).toBe(1)
  expect(picture.patches).toHaveLength(1)
})
