import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { testData } from '../test-data.ts'
import { loadRegistry } from './epsg-registry.ts'
import { parseCrs, toBd09, toGcj02, toLonLat } from './crs.ts'

const metresPerDegree = 111_320
const cities = testData('coordinates/china-cities.json')

describe('GCJ-02 and BD-09', () => {
  it('agrees with the published vectors', () => {
    const near = ([x, y]: [number, number], expectedX: number, expectedY: number) => {
      expect(x).toBeCloseTo(expectedX, 6)
      expect(y).toBeCloseTo(expectedY, 6)
    }
    near(toGcj02(114.27, 30.58), 114.275413, 30.5775399)
    near(toBd09(114.27, 30.58), 114.2819208, 30.5834393)
    // Beijing Station, published to five decimals.
    const [x, y] = toGcj02(116.42079, 39.90105)
    expect(Math.abs(x - 116.42702)).toBeLessThan(1e-5)
    expect(Math.abs(y - 39.90245)).toBeLessThan(1e-5)
  })

  it('is undone to less than a tenth of a millimetre everywhere in China', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 74, max: 135, noNaN: true }),
        fc.double({ min: 4, max: 53, noNaN: true }),
        (lon, lat) => {
          for (const [there, crs] of [
            [toGcj02, 'gcj02'],
            [toBd09, 'bd09'],
          ] as const) {
            const [backLon, backLat] = toLonLat(crs)(...there(lon, lat))
            expect(Math.hypot(backLon - lon, backLat - lat) * metresPerDegree).toBeLessThan(1e-4)
          }
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('leaves what lies abroad where it is', () => {
    expect(toLonLat('gcj02')(-89.942, 35.149)).toEqual([-89.942, 35.149])
    expect(toLonLat('bd09')(-89.942, 35.149)).toEqual([-89.942, 35.149])
  })

  it('comes to an end at the edge of the shifted box', () => {
    for (const lon of [72.004, 72.0041, 137.8347, 137.8346]) expect(toLonLat('gcj02')(lon, 30)).toHaveLength(2)
  })

  it.skipIf(cities === null)('keeps the tolerances published for 664 cities (needs shared/data)', () => {
    type City = { coords: Record<'WGS84' | 'GCJ02' | 'BD09', [number, number]> }
    for (const { coords } of JSON.parse(readFileSync(cities ?? '', 'utf8')) as City[]) {
      const [lon, lat] = toLonLat('gcj02')(...coords.GCJ02)
      expect(Math.max(Math.abs(lon - coords.WGS84[0]), Math.abs(lat - coords.WGS84[1]))).toBeLessThan(1e-4)
      const [bdLon, bdLat] = toLonLat('bd09')(...coords.BD09)
      const [x, y] = toGcj02(bdLon, bdLat)
      expect(Math.max(Math.abs(x - coords.GCJ02[0]), Math.abs(y - coords.GCJ02[1]))).toBeLessThan(2e-6)
    }
  })
})

describe('projected systems', () => {
  // From GDAL 3.6 / PROJ 9.1: echo 114.27 30.58 | gdaltransform -s_srs '+proj=longlat +ellps=GRS80' -t_srs EPSG:n
  it.each([
    ['EPSG:4547', 525_898.5199, 3_384_441.7048],
    ['EPSG:3857', 12_720_478.2129, 3_578_323.4338],
    ['EPSG:4526', 38_525_898.5199, 3_384_441.7048],
    ['EPSG:32650', 238_194.2695, 3_386_231.518],
  ] as const)('reads %s', (crs, x, y) => {
    const [lon, lat] = toLonLat(crs)(x, y)
    expect(lon).toBeCloseTo(114.27, 8)
    expect(lat).toBeCloseTo(30.58, 8)
  })

  beforeAll(loadRegistry)

  // From GDAL 3.6 / PROJ 9.1: echo x y | gdaltransform -s_srs EPSG:n -t_srs EPSG:4326
  it.each([
    ['EPSG:3826', 302_000, 2_770_000, 121.515_308_43, 25.037_228_19],
    ['EPSG:2326', 836_694.05, 819_069.8, 114.181_009_33, 22.310_602_43],
    ['EPSG:6677', -6_000, -35_000, 139.767_044_07, 35.684_510_08],
    ['EPSG:25832', 691_608, 5_334_760, 11.575_557_7, 48.137_218_47],
    ['EPSG:2056', 2_600_000, 1_200_000, 7.438_632_42, 46.951_082_77],
    // In feet.
    ['EPSG:2263', 980_000, 200_000, -74.015_331_02, 40.715_629_48],
    ['EPSG:4258', 10, 50, 10, 50],
  ] as const)('reads %s from the registry', (crs, x, y, lon, lat) => {
    const [ownLon, ownLat] = toLonLat(crs)(x, y)
    expect(ownLon).toBeCloseTo(lon, 6)
    expect(ownLat).toBeCloseTo(lat, 6)
  })

  it('says what to ask for where there is no way to CGCS2000', () => {
    for (const crs of ['EPSG:2362', 'EPSG:2414', 'EPSG:21453', 'EPSG:4214', 'EPSG:4568'] as const)
      expect(() => toLonLat(crs)).toThrow(/七参数/)
    expect(() => toLonLat('EPSG:26711')).toThrow(/EPSG:26711 .*格网文件/)
    expect(() => toLonLat('EPSG:999999')).toThrow(/不在 EPSG 登记/)
    expect(() => toLonLat('EPSG:4978')).toThrow(/无法在这里计算/)
  })
})

describe('names of systems', () => {
  it.each([
    ['urn:ogc:def:crs:OGC:1.3:CRS84', 'wgs84'],
    ['urn:ogc:def:crs:EPSG::4490', 'cgcs2000'],
    ['EPSG:4326', 'wgs84'],
    ['http://www.opengis.net/def/crs/EPSG/0/4547', 'EPSG:4547'],
    ['GCJ-02', 'gcj02'],
    ['百度', 'bd09'],
    ['epsg:4547', 'EPSG:4547'],
    ['Xian 80', null],
  ])('%s is %s', (name, crs) => {
    expect(parseCrs(name)).toBe(crs)
  })
})
