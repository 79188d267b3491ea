import { noPosition } from '@minqing/data/domain/incident-columns'
import { clusterPoints } from '@minqing/data/geo/point-clusters'
import { expect, test } from 'vitest'
import { densityResult } from './density-result.ts'

const clusters = clusterPoints(
  Int32Array.of(1142700000, 1142705000, -900000000, noPosition),
  Int32Array.of(305800000, 305800000, 351000000, noPosition),
  noPosition,
)

test('counts the incidents of all places, one peak for all of them', () => {
  const result = densityResult(clusters, { ticket: 3, mode: 'heat', bandwidth: 150, mask: null })
  expect(result).toMatchObject({ ticket: 3, mode: 'heat', bandwidth: 150, incidents: 3 })
  if (result.mode !== 'heat') throw new Error(`${result.mode} instead of heat`)
  expect(result.clusters).toHaveLength(2)
  expect(result.peak).toBe(Math.max(...result.clusters.map(({ raster }) => raster.peak)))
})

test('a place that the filter empties is not drawn', () => {
  const mask = Uint8Array.of(1, 0, 0, 0)
  const result = densityResult(clusters, { ticket: 4, mode: 'hexagon', bandwidth: 100, mask })
  expect(result.incidents).toBe(1)
  expect(result.clusters).toHaveLength(1)
})
