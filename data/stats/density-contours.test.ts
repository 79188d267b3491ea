import { expect, test } from 'vitest'
import { ringContains, signedArea } from '../geo/plane.ts'
import { contourBands } from './density-contours.ts'
import { classBreaks } from './density-raster.ts'
import { kernelDensity } from './kernel-density.ts'
import { Random } from './random.ts'
import type { Polygons } from './raster-polygons.ts'
import { frameOver, studyArea } from './study-area.ts'

const areaOf = (polygons: Polygons) => polygons.flat().reduce((sum, ring) => sum + signedArea(ring), 0)

function contains(polygons: Polygons, x: number, y: number): boolean {
  return polygons.some(([outer = [], ...holes]) => {
    return ringContains(outer, [x, y]) && !holes.some((hole) => ringContains(hole, [x, y]))
  })
}

test('the classes of a cone are rings of its circles, holes turning against their outlines', () => {
  const frame = frameOver(0, 0, 1000, 1000, 200)
  const values = Float64Array.from({ length: 200 * 200 }, (_, node) => {
    const [x, y] = [frame.x + (node % 200) * frame.cell, frame.y + Math.floor(node / 200) * frame.cell]
    return 400 - Math.hypot(x - 500, y - 500)
  })
  const bands = contourBands(frame, values, [100, 200, 300, 350, 500])
  expect(bands.map(({ from, to }) => [from, to])).toEqual([
    [100, 200],
    [200, 300],
    [300, 350],
    [350, 500],
    [500, null],
  ])
  const circle = (radius: number) => Math.PI * radius ** 2
  const expected = [circle(300) - circle(200), circle(200) - circle(100), circle(100) - circle(50), circle(50), 0]
  for (const [i, { polygons }] of bands.entries()) expect(Math.abs(areaOf(polygons) - expected[i]!)).toBeLessThan(40)
  const [[outer = [], hole = []] = []] = bands[0]!.polygons
  expect(signedArea(outer)).toBeGreaterThan(0)
  expect(signedArea(hole)).toBeLessThan(0)
  expect(outer[0]).toEqual(outer.at(-1))
  expect(bands[4]!.polygons).toEqual([])
})

test('every node lies in the polygons of its class and in no others, at the border of the study area too', () => {
  const random = new Random(12, 'contours')
  const corners = Float64Array.of(0, 0, 1000, 100, 900, 800, 500, 500, 100, 900)
  const area = studyArea({ corners, ends: Uint32Array.of(5) }, 60)
  const x = Float64Array.from({ length: 300 }, () => random.bell(random.chance(0.5) ? 250 : 700, 150))
  const y = Float64Array.from({ length: 300 }, () => random.bell(350, 120))
  const { values, peak } = kernelDensity({ x, y, weights: null }, area, {
    kernel: 'quartic',
    bandwidth: 120,
    edge: 'jones',
    adaptive: false,
    method: 'binned',
  })
  const limits = classBreaks(peak, 7)
  const bands = contourBands(area.frame, values, limits)
  const seen = new Set<number>()
  for (const [node, value] of values.entries()) {
    const at = area.frame.x + (node % area.frame.columns) * area.frame.cell
    const north = area.frame.y + Math.floor(node / area.frame.columns) * area.frame.cell
    const own = limits.findLastIndex((limit) => value >= limit)
    const found = [...bands.keys()].filter((band) => contains(bands[band]!.polygons, at, north))
    expect(found).toEqual(own === -1 ? [] : [own])
    seen.add(own)
  }
  expect(seen.size).toBe(limits.length + 1)
})

test('values that are a limit belong to the class above, and no line touches itself at them', () => {
  const frame = frameOver(0, 0, 60, 60, 6)
  const values = Float64Array.from(
    ['000000', '022000', '022000', '000220', '000220', '000000'].flatMap((row) => row.split('').map(Number)),
  )
  const [{ polygons } = { polygons: [] }] = contourBands(frame, values, [2])
  expect(polygons.length).toBe(2)
  expect(areaOf(polygons)).toBeCloseTo(200, 3)
  expect(contains(polygons, 20, 20) && contains(polygons, 40, 40)).toBe(true)
  expect(polygons.every(([outer = []]) => new Set(outer.map(String)).size === outer.length - 1)).toBe(true)
})

test('limits that do not ascend from above zero are refused', () => {
  const frame = frameOver(0, 0, 50, 50, 5)
  const values = new Float64Array(25)
  expect(() => contourBands(frame, values, [0, 1])).toThrow(RangeError)
  expect(() => contourBands(frame, values, [2, 1])).toThrow(RangeError)
  expect(contourBands(frame, values, [])).toEqual([])
})
