import type { Geometry } from 'geojson'
import { describe, expect, it } from 'vitest'
import { toBd09, toGcj02 } from './crs.ts'
import { FeatureIndex, allTheSame, suspectDatum } from './suspect-datum.ts'
import type { Pair } from './prove-crs.ts'

/** A town of blocks 180 m wide with a house in each corner, and cases at the houses. */
const houses: Pair[] = []
const geometries: Geometry[] = []
for (let column = 0; column < 14; column++)
  for (let row = 0; row < 14; row++) {
    const [lon, lat] = [114.27 + column * 0.0019, 30.58 + row * 0.0017]
    geometries.push({
      type: 'LineString',
      coordinates: [
        [lon, lat],
        [lon + 0.0019, lat],
      ],
    })
    geometries.push({
      type: 'Polygon',
      coordinates: [
        [
          [lon + 0.0004, lat + 0.0004],
          [lon + 0.0007, lat + 0.0004],
          [lon + 0.0007, lat + 0.0006],
          [lon + 0.0004, lat + 0.0006],
          [lon + 0.0004, lat + 0.0004],
        ],
      ],
    })
    houses.push([lon + 0.00055 + (column % 3) * 0.0001, lat + 0.0005])
  }
const town = new FeatureIndex(geometries)

describe('suspectDatum', () => {
  it('lets the right datum pass', () => {
    expect(suspectDatum(houses, 'wgs84', town)).toBeNull()
    expect(suspectDatum(houses, 'cgcs2000', town)).toBeNull()
    expect(
      suspectDatum(
        houses.map(([lon, lat]) => toGcj02(lon, lat)),
        'gcj02',
        town,
      ),
    ).toBeNull()
  })

  it.each([
    ['GCJ-02 taken for WGS84', 'wgs84', toGcj02, 'gcj02'],
    ['BD-09 taken for WGS84', 'wgs84', toBd09, 'bd09'],
    ['BD-09 taken for GCJ-02', 'gcj02', toBd09, 'bd09'],
    ['WGS84 taken for GCJ-02', 'gcj02', (lon: number, lat: number): [number, number] => [lon, lat], 'wgs84'],
  ] as const)('recognises %s', (_, declared, shift, likely) => {
    const suspicion = suspectDatum(
      houses.map(([lon, lat]) => shift(lon, lat)),
      declared,
      town,
    )
    expect(suspicion?.likely.datum).toBe(likely)
    expect(suspicion?.likely.share).toBeGreaterThan(0.9)
    expect(suspicion?.declared.share).toBeLessThan(0.6)
  })

  it('concludes nothing from a few points, from no town, or from points that lie anywhere', () => {
    const shifted = houses.map(([lon, lat]) => toGcj02(lon, lat))
    expect(suspectDatum(shifted.slice(0, 29), 'wgs84', town)).toBeNull()
    expect(suspectDatum(shifted, 'wgs84', new FeatureIndex([]))).toBeNull()
    const anywhere = houses.map(([lon, lat], i): Pair => [lon + (i % 13) * 0.0007, lat + (i % 11) * 0.0009])
    expect(suspectDatum(anywhere, 'wgs84', town)).toBeNull()
  })

  it('notices a position that was filled in for everybody', () => {
    expect(allTheSame(Array.from({ length: 10 }, () => [114, 30]))).toBe(true)
    expect(allTheSame(houses)).toBe(false)
    expect(allTheSame([[114, 30]])).toBe(false)
  })
})
