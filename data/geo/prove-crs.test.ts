import proj4 from 'proj4'
import { describe, expect, it } from 'vitest'
import type { SourceCrs } from '../domain/datum.ts'
import { definitionOf, toLonLat } from './crs.ts'
import { proveCrs, type Pair, hasNorthingFirst, northingFirst, lookPacked } from './prove-crs.ts'

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

  it('never decides the datum of degrees, only their order', () => {
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

const hundred = (crs: SourceCrs, lon: number, lat: number): Pair[] =>
  Array.from({ length: 100 }, (_, step) =>
    proj4(definitionOf(Number(crs.slice(5))) ?? '').forward<[number, number]>([lon + step / 5000, lat]),
  )

describe('hasNorthingFirst', () => {
  it.each<[SourceCrs, number, number]>([
    ['EPSG:4547', 114.27, 30.58],
    ['EPSG:4526', 114.27, 30.58],
    ['EPSG:4548', 117.2, 31.8],
    ['EPSG:4545', 109.5, 18.3],
    ['EPSG:32649', 112.9, 28.2],
    ['EPSG:3857', 121.47, 31.23],
  ])('knows the order of metres of %s', (crs, lon, lat) => {
    const points = hundred(crs, lon, lat)
    expect([hasNorthingFirst(points, crs), hasNorthingFirst(turned(points), crs)]).toEqual([false, true])
    const [x, y] = turned(points)[0] ?? [0, 0]
    const [foundLon, foundLat] = northingFirst(toLonLat(crs))(x, y)
    expect([foundLon.toFixed(6), foundLat.toFixed(6)]).toEqual([lon.toFixed(6), lat.toFixed(6)])
  })

  it('looks past a mistyped point, and concludes nothing from both orders in one file, from degrees or nothing', () => {
    const points = hundred('EPSG:4547', 114.27, 30.58)
    expect(hasNorthingFirst([...turned(points), [1, 2]], 'EPSG:4547')).toBe(true)
    expect(hasNorthingFirst([...turned(points), ...points.slice(0, 5)], 'EPSG:4547')).toBe(false)
    expect(hasNorthingFirst([[30.58, 114.27]], 'EPSG:4547')).toBe(false)
    expect(hasNorthingFirst([[30.58, 114.27]], 'wgs84')).toBe(false)
    expect(hasNorthingFirst([], 'EPSG:4547')).toBe(false)
  })
})

/** Points of a street, some metres apart. */
const street = Array.from({ length: 60 }, (_, i): Pair => [114.29 + i * 0.00037, 30.601 + ((i * 29) % 60) * 0.00023])
const packed = (degrees: number) => {
  const seconds = Math.round(degrees * 36_000) / 10
  const minutes = Math.floor(seconds / 60) % 60
  return Math.floor(seconds / 3600) + minutes / 100 + (seconds % 60) / 10_000
}

describe('lookPacked', () => {
  it('knows minutes and seconds behind the point from decimals', () => {
    expect(lookPacked(street)).toBe(false)
    expect(lookPacked(street.map(([lon, lat]): Pair => [packed(lon), packed(lat)]))).toBe(true)
  })

  it('concludes nothing from few numbers, or from two decimals', () => {
    expect(lookPacked(street.slice(0, 15).map(([lon, lat]): Pair => [packed(lon), packed(lat)]))).toBe(false)
    expect(lookPacked(Array.from({ length: 60 }, (_, i): Pair => [100 + i / 100, 30 + i / 100]))).toBe(false)
  })
})
