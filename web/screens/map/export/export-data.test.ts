import { expect, it } from 'vitest'
import { exportPath } from './export-data.ts'

const choice = {
  collection: 'areas',
  format: 'gpkg',
  datum: 'cgcs2000',
  circulation: 'wide',
  level: 'community',
} as const
const filter = { area: '990101001', type: ['D02' as const], from: '2026-01-01T00:00:00+08:00' }

it('asks for the chosen collection, format, datum and circulation with the filter of the page', () => {
  const path = exportPath(choice, { filter }, 'zh')
  expect(path).toMatch(/^\/api\/exports\/areas\.gpkg\?/)
  expect(Object.fromEntries(new URLSearchParams(path.split('?')[1]))).toEqual({
    area: '990101001',
    datetime: '2026-01-01T00:00:00+08:00/..',
    type: 'D02',
    level: 'community',
    crs: 'cgcs2000',
    circulation: 'wide',
    lang: 'zh',
  })
})

it('selects buildings and facilities by the area alone, which is all that they can be selected by', () => {
  const path = exportPath({ ...choice, collection: 'buildings' }, { filter }, 'en')
  expect(path).toBe('/api/exports/buildings.gpkg?area=990101001&crs=cgcs2000&circulation=wide&lang=en')
})
