import type { WallAreas } from '@minqing/data/domain/wall'
import { expect, test } from 'vitest'
import { labelGrids } from './label-grids.ts'

const grid = (code: string, households: number | null): WallAreas['grids']['features'][number] => ({
  type: 'Feature',
  id: code,
  geometry: { type: 'Polygon', coordinates: [] },
  properties: {
    code,
    level: 'grid',
    parentCode: code.slice(0, 12),
    streetCode: code.slice(0, 9),
    name: '网格',
    gridType: 'basic',
    households,
    areaM2: 1,
  },
})
const none: WallAreas['grids'] = { type: 'FeatureCollection', features: [] }
const areas: WallAreas = {
  streets: none,
  communities: none,
  grids: {
    type: 'FeatureCollection',
    features: [
      grid('990101001001001', 412),
      grid('990101001001002', 380),
      grid('990101001001003', null),
      grid('990101001002001', 300),
    ],
  },
}
const contacts = [
  { gridCode: '990101001001001', name: '李四', phone: '15400000001' },
  { gridCode: '990101001001003', name: '', phone: '15400000003' },
]
const labels = (labelled: ReturnType<typeof labelGrids>) =>
  labelled.grids.features.map(({ properties }) => properties?.['label'])

test('the grids of the community that the tour is at show code, households and the worker on duty', () => {
  expect(labels(labelGrids(areas, '990101001001', contacts, '户'))).toEqual([
    '001 · 412户\n李四\n15400000001',
    '002 · 380户',
    '003\n15400000003',
    undefined,
  ])
})

test('without contacts they show code and households; without a community nothing', () => {
  expect(labels(labelGrids(areas, '990101001001', [], ' homes'))[0]).toBe('001 · 412 homes')
  expect(labelGrids(areas, null, contacts, '户')).toBe(areas)
})
