import type { FeatureCollection } from 'geojson'
import { expect, it } from 'vitest'
import { publicAreas } from './public-areas.ts'

it('lets no name and no phone of a person reach the wall’s map', () => {
  const grids: FeatureCollection = {
    type: 'FeatureCollection',
    features: [
      {
        type: 'Feature',
        id: '990101001001001',
        geometry: { type: 'Point', coordinates: [114.3, 30.6] },
        properties: {
          code: '990101001001001',
          name: '第1网格',
          households: 412,
          leader: '张三',
          leaderPhone: '13800000000',
          worker: '李四',
          workerPhone: '13900000000',
        },
      },
    ],
  }
  const empty: FeatureCollection = { type: 'FeatureCollection', features: [] }
  const seen = JSON.stringify(publicAreas({ streets: empty, communities: empty, grids }))
  expect(seen).toContain('第1网格')
  expect(seen).toContain('412')
  for (const person of ['张三', '李四', '13800000000', '13900000000']) expect(seen).not.toContain(person)
})
