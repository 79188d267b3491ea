import { ColumnMap } from '@minqing/data/formats/columns/columns'
import { areaFields } from '@minqing/data/formats/field-names'
import { toLonLat } from '@minqing/data/geo/crs'
import { PackedAreas } from '@minqing/data/geo/packed-areas'
import { expect, it } from 'vitest'
import { AreaIndex } from './area-index.ts'
import { planImport } from '../plan.ts'
import { boundaryOf } from './read-boundary.ts'
import { reasons } from './reasons.ts'
import { SeenKeys } from './repeats.ts'
import { rowNames } from './check-context.ts'
import { RowView } from './row-view.ts'

function read(geometry: unknown, cells: Record<string, string> = {}) {
  const plan = planImport({ collection: 'grids' }, '网格.kml')
  const columns = new ColumnMap(areaFields, new Map())
  columns.learn(Object.keys(cells))
  const row = { ordinal: 1, line: 1, cells: Object.values(cells), geometry, id: null, raw: null, fault: null }
  const view = new RowView(columns, new Map()).show(row)
  const rowNotes: string[] = []
  const boundary = boundaryOf(
    view,
    {
      plan,
      areas: new AreaIndex([], null),
      crs: 'wgs84',
      convert: toLonLat('wgs84'),
      local: plan.local,
      repeats: new SeenKeys(),
      nameRow: rowNames({}),
      tiles: new PackedAreas(),
      note: ({ zh }) => rowNotes.push(zh),
    },
    reasons.noBoundary,
  )
  return {
    type: boundary?.geometry.type,
    area: Math.round(boundary?.areaM2 ?? 0),
    rowNotes,
    faults: view.faults.length,
  }
}

const square = [
  [114.3, 30.6],
  [114.31, 30.6],
  [114.31, 30.61],
  [114.3, 30.61],
  [114.3, 30.6],
]

it('takes the boundary of a collection that also holds its label', () => {
  const label = { type: 'Point', coordinates: [114.305, 30.605] }
  const found = read({ type: 'GeometryCollection', geometries: [label, { type: 'Polygon', coordinates: [square] }] })
  expect(found).toEqual({ type: 'Polygon', area: 1_063_125, rowNotes: ['边界之外的标注点和线没有使用'], faults: 0 })
  expect(read({ type: 'GeometryCollection', geometries: [label] })).toMatchObject({ type: undefined, faults: 1 })
})

it('takes a boundary from a list of corners', () => {
  const found = read(undefined, { 边界坐标: square.map((corner) => corner.join()).join(';') })
  expect(found).toEqual({ type: 'Polygon', area: 1_063_125, rowNotes: [], faults: 0 })
  expect(read(undefined, { 边界: '东至解放大道，西至江边' })).toMatchObject({ faults: 1 })
})
