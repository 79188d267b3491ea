import { expect, it } from 'vitest'
import { guessCollection } from './guess-collection.ts'

it.each([
  ['社区.geojson', 'communities'],
  ['丹水池街道社区.geojson', 'communities'],
  ['2026年社区边界.zip', 'communities'],
  ['communities.geojson', 'communities'],
  ['街道.geojson', 'streets'],
  ['丹水池街道边界.geojson', 'streets'],
  ['武昌区街道.geojson', 'streets'],
  ['streets.geojson', 'streets'],
  ['丹水池街道社区网格.geojson', 'grids'],
  // Whatever lies in one area, and what is no area of ours.
  ['丹水池街道.geojson', 'grids'],
  ['小区.geojson', 'grids'],
  ['导出.geojson', 'grids'],
])('polygons in “%s” are %s', (file, collection) => {
  expect(guessCollection(['名称', '编码'], 'Polygon', file)).toBe(collection)
})

it('columns say more than the name of the file', () => {
  expect(guessCollection(['网格编码', '名称'], 'Polygon', '社区.geojson')).toBe('grids')
  expect(guessCollection(['发生时间', '类型', '地址'], null, '社区纠纷.xlsx')).toBe('incidents')
  expect(guessCollection(['楼栋名称', '层数', '结构'], 'Polygon', '社区.geojson')).toBe('buildings')
  expect(guessCollection(['名称', '书记', '户数'], null, '社区花名册.xlsx')).toBe('communities')
})
