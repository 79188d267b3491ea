import { expect, test } from 'vitest'
import { ringContains, signedArea } from '../geo/plane.ts'
import { clusterOutlines } from './cluster-outlines.ts'
import { dbscan } from './dbscan.ts'
import { Random } from './random.ts'
import type { Polygons } from './raster-polygons.ts'

const areaOf = (polygons: Polygons) => polygons.flat().reduce((sum, ring) => sum + signedArea(ring), 0)

function outlines(points: [x: number, y: number][], labels: number[], radius: number): Polygons[] {
  const [x, y] = [Float64Array.from(points, ([x]) => x), Float64Array.from(points, ([, y]) => y)]
  return clusterOutlines(x, y, Int32Array.from(labels), Math.max(0, ...labels), radius)
}

test('the outline of one point is its disc, of two near ones the union of theirs', () => {
  const [one, two] = outlines(
    [
      [500_000, 3_300_000],
      [0, 0],
      [60, 0],
      [9, 9],
    ],
    [1, 2, 2, 0],
    50,
  )
  expect(Math.abs(areaOf(one!) / (Math.PI * 50 ** 2) - 1)).toBeLessThan(0.01)
  const lens = 2 * 50 ** 2 * Math.acos(30 / 50) - 60 * Math.sqrt(50 ** 2 - 30 ** 2)
  expect(Math.abs(areaOf(two!) / (2 * Math.PI * 50 ** 2 - lens) - 1)).toBeLessThan(0.01)
  expect(two!.length).toBe(1)
})

test('a ring of points leaves the middle out', () => {
  const points = Array.from({ length: 60 }, (_, i): [number, number] => {
    return [300 * Math.cos((i / 60) * 2 * Math.PI), 300 * Math.sin((i / 60) * 2 * Math.PI)]
  })
  const [ring] = outlines(
    points,
    points.map(() => 1),
    40,
  )
  expect(ring!.length).toBe(1)
  expect(ring![0]!.length).toBe(2)
  expect(signedArea(ring![0]![1]!)).toBeLessThan(0)
  expect(areaOf(ring!)).toBeLessThan(Math.PI * (340 ** 2 - 260 ** 2))
})

test('every point of a cluster lies in its outline, and of other clusters’ core points none', () => {
  const random = new Random(4, 'outlines')
  const places = Array.from({ length: 500 }, (): [number, number] => {
    return random.chance(0.7)
      ? [random.bell(random.whole(1, 4) * 400, 60), random.bell(300, 60)]
      : [random.between(0, 2000), random.between(0, 600)]
  })
  const [x, y] = [Float64Array.from(places, ([x]) => x), Float64Array.from(places, ([, y]) => y)]
  const { labels, core, count } = dbscan(x, y, 30, 8)
  expect(count).toBeGreaterThan(2)
  const found = clusterOutlines(x, y, labels, count, 15)
  const isIn = (point: number, polygons: Polygons) =>
    polygons.some(([outer = [], ...holes]) => {
      const place = [x[point]!, y[point]!]
      return ringContains(outer, place) && !holes.some((hole) => ringContains(hole, place))
    })
  const outside = [...labels.keys()].filter((point) => labels[point] !== 0 && !isIn(point, found[labels[point]! - 1]!))
  expect(outside).toEqual([])
  const inOthers = [...labels.keys()].filter((point) =>
    found.some((polygons, at) => core[point] === 1 && labels[point] !== at + 1 && isIn(point, polygons)),
  )
  expect(inOthers).toEqual([])
})

test('no cluster, no outline; a radius is needed', () => {
  expect(outlines([[1, 1]], [0], 5)).toEqual([])
  expect(() => outlines([[1, 1]], [1], 0)).toThrow(RangeError)
})
