import { assert, double, property } from 'fast-check'
import { expect, test } from 'vitest'
import { hexagonCenter, binHexagons, hexagonKey } from './hexagon-bins.ts'
import { toMetres, clusterPoints } from './point-clusters.ts'

test('a point belongs to the hexagon whose centre is nearest', () => {
  const metre = double({ min: -50_000, max: 50_000, noNaN: true })
  assert(
    property(metre, metre, (east, south) => {
      const own = distance(hexagonCenter(hexagonKey(east, south, 100), 100), east, south)
      expect(own).toBeLessThanOrEqual(100 + 1e-6)
      for (let turn = 0; turn < 6; turn++) {
        const angle = (Math.PI / 3) * turn + Math.PI / 6
        const [x, y] = hexagonCenter(hexagonKey(east, south, 100), 100)
        const beside = hexagonKey(x + 173.2 * Math.cos(angle), y + 173.2 * Math.sin(angle), 100)
        expect(distance(hexagonCenter(beside, 100), east, south)).toBeGreaterThanOrEqual(own - 1e-6)
      }
    }),
    { seed: 20261121, numRuns: 300 },
  )
})

function distance([x, y]: readonly [number, number], east: number, south: number): number {
  return Math.hypot(x - east, y - south)
}

test('counts, and says cases per hectare of the true area', () => {
  const x = Int32Array.of(1142712345, 1142712345, 1142712345, 1142912345)
  const y = Int32Array.of(305812345, 305812345, 305812345, 305812345)
  const cluster = clusterPoints(x, y, -2147483648)[0]!
  const grid = binHexagons(cluster, Uint8Array.of(1, 1, 0, 1), 100)
  expect(grid.cases).toBe(3)
  expect([...grid.counts].toSorted((a, b) => a - b)).toEqual([1, 2])
  expect(grid.area).toBeCloseTo(25_980.76, 1)
  expect(grid.peak).toBeCloseTo(2 / 2.598076, 5)
  const at = grid.index.get(hexagonKey(cluster.east[0]!, cluster.south[0]!, 100))!
  expect(grid.counts[at]).toBe(2)
  const [east, south] = toMetres(cluster, grid.centers[at * 2]!, grid.centers[at * 2 + 1]!)
  expect(Math.hypot(east - cluster.east[0]!, south - cluster.south[0]!)).toBeLessThan(100)
})
