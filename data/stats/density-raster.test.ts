import { assert, double, property } from 'fast-check'
import { expect, test } from 'vitest'
import { densityAt, densityRaster, classBreaks } from './density-raster.ts'
import { toMetres, clusterPoints, type PointCluster } from '../geo/point-clusters.ts'

const absent = -2147483648

/** mulberry32: the same points every time. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

function street(count: number): PointCluster {
  const next = random(7)
  const x = Int32Array.from({ length: count }, () => Math.round((114.27 + next() * 0.02) * 1e7))
  const y = Int32Array.from({ length: count }, () => Math.round((30.58 + next() * 0.02) * 1e7))
  return clusterPoints(x, y, absent)[0]!
}

function onePoint(): PointCluster {
  return clusterPoints(Int32Array.of(1142712345), Int32Array.of(305812345), absent)[0]!
}

test('density times area is the number of cases', () => {
  for (const bandwidth of [40, 150, 800]) {
    const grid = densityRaster(street(500), null, bandwidth)
    const sum = grid.values.reduce((sum, value) => sum + value, 0)
    expect(grid.cases).toBe(500)
    expect((sum * grid.cell ** 2) / 10_000).toBeCloseTo(500, 1)
  }
})

test('one case stands as the kernel itself: 3 / (π R²) at its place, nothing beyond R', () => {
  const cluster = onePoint()
  const grid = densityRaster(cluster, null, 100)
  const [east, south] = [cluster.east[0]!, cluster.south[0]!]
  const peak = (3 / (Math.PI * 100 ** 2)) * 10_000
  expect(densityAt(grid, east, south) / peak).toBeCloseTo(1, 1)
  expect(densityAt(grid, east + 50, south) / (peak * (1 - 0.25) ** 2)).toBeCloseTo(1, 1)
  expect(densityAt(grid, east, south + 115)).toBe(0)
})

test('equals the estimate written out as its formula', () => {
  const cluster = street(400)
  const bandwidth = 150
  const grid = densityRaster(cluster, null, bandwidth)
  const next = random(11)
  let worst = 0
  for (let probe = 0; probe < 300; probe++) {
    const east = next() * cluster.width
    const south = next() * cluster.height
    let exact = 0
    for (let i = 0; i < cluster.rows.length; i++) {
      const u2 = ((cluster.east[i]! - east) ** 2 + (cluster.south[i]! - south) ** 2) / bandwidth ** 2
      if (u2 < 1) exact += (3 / (Math.PI * bandwidth ** 2)) * (1 - u2) ** 2 * 10_000
    }
    worst = Math.max(worst, Math.abs(densityAt(grid, east, south) - exact))
  }
  expect(worst / grid.peak).toBeLessThan(0.012)
})

test('metres are metres at 30° N: the kernel ends 1,000 m away in both directions within 1 %', () => {
  const grid = densityRaster(onePoint(), null, 1000)
  const [west, south, east, north] = grid.bounds
  // Metres per degree at 30.58° N on WGS 84, from NGA's series.
  const metresWide = (east - west) * 95_919.6
  const metresHigh = (north - south) * 110_862.5
  expect(metresWide / (grid.columns * grid.cell)).toBeCloseTo(1, 2)
  expect(metresHigh / (grid.rows * grid.cell)).toBeCloseTo(1, 2)
})

test('a mask counts only what it holds, on the same raster', () => {
  const cluster = street(100)
  const mask = Uint8Array.from({ length: 100 }, (_, row) => (row % 4 === 0 ? 1 : 0))
  const all = densityRaster(cluster, null, 150)
  const some = densityRaster(cluster, mask, 150)
  expect(some.cases).toBe(25)
  expect(some.bounds).toEqual(all.bounds)
})

test('a raster never grows beyond its side, and says the bandwidth it used instead', () => {
  const x = Int32Array.from({ length: 20 }, (_, i) => Math.round((110 + i * 0.09) * 1e7))
  const y = new Int32Array(20).fill(305812345)
  const cluster = clusterPoints(x, y, absent)[0]!
  const grid = densityRaster(cluster, null, 20)
  expect(cluster.rows.length).toBe(20)
  expect(Math.max(grid.columns, grid.rows)).toBeLessThanOrEqual(1024)
  expect(grid.bandwidth).toBeGreaterThan(20)
  const sum = grid.values.reduce((sum, value) => sum + value, 0)
  expect((sum * grid.cell ** 2) / 10_000).toBeCloseTo(20, 1)
})

test('places far apart are clusters of their own, and a case without a place is in none', () => {
  const x = Int32Array.of(1142700000, 1142710000, -900000000, absent)
  const y = Int32Array.of(305800000, 305810000, 351000000, 0)
  const clusters = clusterPoints(x, y, absent)
  expect(clusters.map((cluster) => [...cluster.rows])).toEqual([[0, 1], [2]])
  const [east, south] = toMetres(clusters[0]!, 114.27, 30.58)
  expect(clusters[0]!.east[0]).toBeCloseTo(east, 1)
  expect(clusters[0]!.south[0]).toBeCloseTo(south, 1)
})

test('a bandwidth that is no length is refused', () => {
  expect(() => densityRaster(onePoint(), null, 0)).toThrow(RangeError)
  expect(() => densityRaster(onePoint(), null, Number.NaN)).toThrow(RangeError)
})

test('limits are round numbers and the peak lies in the last class', () => {
  expect(classBreaks(8.2, 7)).toEqual([1.5, 3, 4.5, 6, 7.5])
  expect(classBreaks(0.42, 7)).toEqual([0.06, 0.12, 0.18, 0.24, 0.3, 0.36, 0.42])
  expect(classBreaks(203, 7)).toEqual([30, 60, 90, 120, 150, 180])
})

test('no data, no classes', () => {
  expect(classBreaks(0, 7)).toEqual([])
  expect(classBreaks(Number.NaN, 7)).toEqual([])
})

test('whatever the peak, there are at least half and at most all of the classes', () => {
  assert(
    property(double({ min: 1e-6, max: 1e9, noNaN: true }), (peak) => {
      const breaks = classBreaks(peak, 7)
      expect(breaks.length).toBeGreaterThanOrEqual(4)
      expect(breaks.length).toBeLessThanOrEqual(7)
      expect(breaks.at(-1)!).toBeLessThanOrEqual(peak * (1 + 1e-5))
      expect(breaks.at(-1)! + breaks[0]!).toBeGreaterThan(peak * (1 - 1e-5))
    }),
    { seed: 20261121 },
  )
})
