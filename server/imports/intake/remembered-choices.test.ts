import type { Inspection } from '@minqing/data/domain/import'
import { describe, expect, it } from 'vitest'
import { withOwnSystem } from './remembered-choices.ts'

describe('a remembered coordinate system', () => {
  const remembered = { crs: 'gcj02', map: ['lon=X'] }
  const crsIn = (format: string, seen: { format: string; crs: string | null; questions?: Inspection['questions'] }) =>
    withOwnSystem(remembered, format, { questions: [], ...seen } as unknown as Inspection)

  it('is taken over where the next file of its kind says none', () => {
    expect(crsIn('csv', { format: 'csv', crs: 'wgs84' })).toEqual(remembered)
    expect(crsIn('kml', { format: 'kml', crs: 'wgs84' })).toEqual(remembered)
    expect(crsIn('csv', { format: 'csv', crs: null })).toEqual(remembered)
    const questions = [{ about: 'crs', label: { zh: '', en: '' } }] as Inspection['questions']
    expect(crsIn('shapefile', { format: 'shapefile', crs: 'wgs84', questions })).toEqual(remembered)
  })

  it('does not overrule what a file states or proves, nor goes from one format to another', () => {
    const others = { map: ['lon=X'] }
    expect(crsIn('shapefile', { format: 'shapefile', crs: 'wgs84' })).toEqual(others)
    expect(crsIn('csv', { format: 'csv', crs: 'EPSG:4526' })).toEqual(others)
    expect(crsIn('csv', { format: 'geopackage', crs: 'cgcs2000' })).toEqual(others)
    expect(crsIn('csv', { format: 'kml', crs: 'wgs84' })).toEqual(others)
  })
})
