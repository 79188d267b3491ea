import proj4 from 'proj4'
import { describe, expect, it } from 'vitest'
import type { SourceCrs } from '../domain/datum.ts'
import { hasNorthingFirst, northingFirst } from './axis-order.ts'
import { definitionOf } from './cgcs2000.ts'
import { toLonLat } from './crs.ts'
import type { Pair } from './prove-crs.ts'

const around = (crs: SourceCrs, lon: number, lat: number): Pair[] =>
  Array.from({ length: 100 }, (_, step) =>
    proj4(definitionOf(Number(crs.slice(5))) ?? '').forward<[number, number]>([lon + step / 5000, lat]),
  )
const turned = (points: readonly Pair[]): Pair[] => points.map(([x, y]) => [y, x])

describe('hasNorthingFirst', () => {
  it.each<[SourceCrs, number, number]>([
    ['EPSG:4547', 114.27, 30.58],
    ['EPSG:4526', 114.27, 30.58],
    ['EPSG:4548', 117.2, 31.8],
    ['EPSG:4545', 109.5, 18.3],
    ['EPSG:32649', 112.9, 28.2],
    ['EPSG:3857', 121.47, 31.23],
  ])('knows the order of metres of %s', (crs, lon, lat) => {
    const points = around(crs, lon, lat)
    expect([hasNorthingFirst(points, crs), hasNorthingFirst(turned(points), crs)]).toEqual([false, true])
    const [x, y] = turned(points)[0] ?? [0, 0]
    const [foundLon, foundLat] = northingFirst(toLonLat(crs))(x, y)
    expect([foundLon.toFixed(6), foundLat.toFixed(6)]).toEqual([lon.toFixed(6), lat.toFixed(6)])
  })

  it('looks past a mistyped point, and concludes nothing from both orders in one file, from degrees or nothing', () => {
    const points = around('EPSG:4547', 114.27, 30.58)
    expect(hasNorthingFirst([...turned(points), [1, 2]], 'EPSG:4547')).toBe(true)
    expect(hasNorthingFirst([...turned(points), ...points.slice(0, 5)], 'EPSG:4547')).toBe(false)
    expect(hasNorthingFirst([[30.58, 114.27]], 'EPSG:4547')).toBe(false)
    expect(hasNorthingFirst([[30.58, 114.27]], 'wgs84')).toBe(false)
    expect(hasNorthingFirst([], 'EPSG:4547')).toBe(false)
  })
})
