import { describe, expect, it } from 'vitest'
import { readWkt, writeWkt } from './wkt.ts'

const ring = [
  [114, 30],
  [115, 30],
  [115, 31],
  [114, 30],
]

describe('well-known text', () => {
  it.each([
    ['POINT (114.3 30.6)', { type: 'Point', coordinates: [114.3, 30.6] }],
    ['SRID=4490;Point Z(114.3 30.6 12)', { type: 'Point', coordinates: [114.3, 30.6] }],
    ['POLYGON((114 30,115 30,115 31,114 30))', { type: 'Polygon', coordinates: [ring] }],
    ['MultiPolygon (((114 30, 115 30, 115 31, 114 30)))', { type: 'MultiPolygon', coordinates: [[ring]] }],
  ])('reads %s', (text, geometry) => {
    expect(readWkt(text)).toEqual(geometry)
  })

  it('reads what it writes', () => {
    for (const geometry of [
      { type: 'Point' as const, coordinates: [-89.942, 35.149] },
      { type: 'Polygon' as const, coordinates: [ring, ring] },
      { type: 'MultiPolygon' as const, coordinates: [[ring], [ring]] },
    ])
      expect(readWkt(writeWkt(geometry))).toEqual(geometry)
  })

  it.each(['', 'CIRCLE (1 2)', 'POINT (114.3', 'POINT (a b)', 'POLYGON ((1 2, 3 4)'])('says no to “%s”', (text) => {
    expect(readWkt(text)).toBeNull()
  })
})
