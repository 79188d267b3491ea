import proj4 from 'proj4'
import { describe, expect, it } from 'vitest'
import { definitionOf } from './cgcs2000.ts'
import { proveCrs, type Pair } from './prove-crs.ts'

const project = (epsg: number, lon: number, lat: number): Pair =>
  proj4(definitionOf(epsg) ?? '').forward<[number, number]>([lon, lat])
const around = (epsg: number, lon: number, lat: number): Pair[] =>
  [0, 0.01, 0.02].map((step) => project(epsg, lon + step, lat + step))
const turned = (points: readonly Pair[]): Pair[] => points.map(([x, y]) => [y, x])

describe('proveCrs', () => {
  it.each([
    ['a 3° zone with its number', around(4526, 114.27, 30.58), 'EPSG:4526'],
    ['a 6° zone with its number', around(4498, 117.2, 31.8), 'EPSG:4498'],
    ['Web Mercator of Wuhan', around(3857, 114.27, 30.58), 'EPSG:3857'],
    ['Web Mercator of Shanghai', around(3857, 121.47, 31.23), 'EPSG:3857'],
  ])('proves %s', (_, points, crs) => {
    expect(proveCrs(points)).toEqual({ kind: 'proven', crs, swapped: false })
  })

  it('sees that a survey office wrote the northing first', () => {
    expect(proveCrs(turned(around(4526, 114.27, 30.58)))).toEqual({ kind: 'proven', crs: 'EPSG:4526', swapped: true })
  })

  it('asks for the zone of an easting without a number, naming the zones of the areas known here', () => {
    const points = around(4547, 114.27, 30.58)
    expect(proveCrs(points)).toEqual({ kind: 'ask', candidates: [], swapped: false })
    expect(proveCrs(points, [114.3, 30.6])).toEqual({
      kind: 'ask',
      candidates: ['EPSG:4547', 'EPSG:4548'],
      swapped: false,
    })
    expect(proveCrs(turned(points))).toMatchObject({ kind: 'ask', swapped: true })
  })

  it('asks where a zone number and Web Mercator both make sense, the likelier first', () => {
    // Zone 13 (Kashgar) and Web Mercator (the coast of Shandong) share these magnitudes.
    const points = around(4491, 75.99, 39.47)
    expect(proveCrs(points)).toMatchObject({ kind: 'ask' })
    expect(proveCrs(points, [76, 39.5])).toMatchObject({ candidates: ['EPSG:4491', 'EPSG:3857'] })
    expect(proveCrs(points, [121, 36.5])).toMatchObject({ candidates: ['EPSG:3857', 'EPSG:4491'] })
  })

  it('never tells the datum of degrees, only their order', () => {
    const degrees: Pair[] = [
      [114.27, 30.58],
      [114.28, 30.59],
    ]
    expect(proveCrs(degrees)).toEqual({ kind: 'degrees', swapped: false })
    expect(proveCrs(turned(degrees))).toEqual({ kind: 'degrees', swapped: true })
    expect(proveCrs([[-89.9, 35.1]])).toEqual({ kind: 'degrees', swapped: false })
  })

  it('looks past a mistyped point, zeros and numbers that are none', () => {
    const points = Array.from({ length: 100 }, (_, i) => project(4526, 114.2 + i / 1000, 30.58))
    expect(proveCrs([...points, [0, 0], [1, 2], [Number.NaN, 1]])).toMatchObject({ kind: 'proven', crs: 'EPSG:4526' })
    expect(
      proveCrs([
        [0, 0],
        [Number.NaN, 3],
      ]),
    ).toEqual({ kind: 'nothing' })
    expect(proveCrs([[5, 9e12]])).toEqual({ kind: 'neither', example: [5, 9e12] })
  })
})
