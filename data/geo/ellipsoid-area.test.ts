import { describe, expect, it } from 'vitest'
import { polygonsArea, ringArea } from './ellipsoid-area.ts'

const box = (west: number, south: number, east: number, north: number) => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
]

/** Area between two parallels and two meridians by Simpson's rule over the radii of curvature: another way to it. */
function integrated(width: number, south: number, north: number): number {
  const a = 6_378_137
  const f = 1 / 298.257222101
  const e2 = f * (2 - f)
  const radian = Math.PI / 180
  const element = (lat: number) => {
    const w = 1 - e2 * Math.sin(lat * radian) ** 2
    return ((a * (1 - e2)) / w ** 1.5) * (a / Math.sqrt(w)) * Math.cos(lat * radian)
  }
  const steps = 200
  let sum = element(south) + element(north)
  for (let i = 1; i < steps; i++) sum += element(south + ((north - south) * i) / steps) * (i % 2 === 0 ? 2 : 4)
  return ((sum * (((north - south) * radian) / steps)) / 3) * width * radian
}

describe('area on the ellipsoid', () => {
  it.each([
    [114.3, 30.6, 114.31, 30.61],
    [121.4, 31.2, 121.5, 31.3],
    [73, 3, 136, 54],
    [-89.95, 35.1, -89.94, 35.2],
  ])('of the box %d, %d to %d, %d is exact', (west, south, east, north) => {
    const expected = integrated(east - west, south, north)
    expect(ringArea(box(west, south, east, north)) / expected).toBeCloseTo(1, 9)
  })

  it('keeps its precision for a building, and its sign for the direction', () => {
    const size = 1e-4
    const expected = integrated(size, 30.6, 30.6 + size)
    expect(ringArea(box(114.3, 30.6, 114.3 + size, 30.6 + size)) / expected).toBeCloseTo(1, 6)
    expect(ringArea(box(114.3, 30.6, 114.3 + size, 30.6 + size).toReversed())).toBeLessThan(0)
  })

  it('leaves holes out', () => {
    const outer = box(114, 30, 114.2, 30.2)
    const hole = box(114.05, 30.05, 114.1, 30.1)
    expect(polygonsArea([[outer, hole]])).toBeCloseTo(ringArea(outer) - ringArea(hole), 3)
  })
})
