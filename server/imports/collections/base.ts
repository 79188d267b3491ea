import { baseKindOf } from '@minqing/data/formats/words/base-kinds'
import { hash32 } from '@minqing/data/formats/hash32'
import { readBoundary } from '@minqing/data/geo/boundary'
import { readLines } from '@minqing/data/geo/read-lines'
import type { CheckContext } from '../check/check-context.ts'
import { reasons } from '../check/reasons.ts'
import type { RowView } from '../check/row-view.ts'
import { boxText, pointText } from '../../store/copy-rows.ts'
import { type Collection, type Columns, inserted, key, staged, type StagedRow } from './collection.ts'

const columns = {
  street_code: key('text'),
  id: key('text'),
  layer: inserted('text'),
  kind: inserted('text'),
  name: inserted('text'),
  rank: inserted('integer'),
  geometry: inserted('text'),
  extent: inserted('box'),
  center: staged('point'),
} satisfies Columns

export const base: Collection = {
  table: 'base_feature',
  touches: 'base',
  key: 'id',
  location: ['street_code'],
  columns,
  repeats: { columns: ['street_code', 'id'], identity: false },
  check,
  merge: async () => (await import('./merge-base.ts')).mergeBase,
}

/** A shape as it is stored, with its box and a point on it. */
type Placed = { geometry: object; extent: readonly [number, number, number, number]; center: readonly [number, number] }

/** One row as something to draw the base map from; 'skipped' for what no base map shows. */
function check(view: RowView, context: CheckContext): StagedRow<typeof columns> | 'skipped' | null {
  const { note, plan, repeats } = context
  const geometry = view.geometry('geometry') as { type?: unknown } | undefined
  if (view.faults.length > 0) return null
  const shape = shapes.get(geometry?.type)
  const kind = shape === undefined ? null : baseKindOf((field) => view.text(field, 2000), shape)
  if (shape === undefined || kind === null) {
    note({ zh: '不是底图要画的内容，跳过', en: 'nothing that a base map shows: skipped' })
    return 'skipped'
  }
  const placed = place(geometry, shape, context)
  if (placed === null) {
    note({
      zh: '底图图形有误（自相交、不闭合或坐标不对），略去',
      en: 'shapes of the base map that are broken: left out',
    })
    return 'skipped'
  }
  const [lon, lat] = placed.center
  const street = streetOf(lon, lat, context)
  if (street === null) {
    view.fault('geometry', `${lon}, ${lat}`, reasons.noBaseStreet)
    return null
  }
  const name = kind.kind === 'house_number' ? view.text('houseNumber', 50) : view.text('name', 100)
  const text = JSON.stringify(placed.geometry)
  // What a thing is is its id: a file that is imported again leaves alone what has not changed.
  const content = [plan.source, kind.layer, kind.kind, name, kind.rank, text].join('\u001f')
  const id = `b${[1, 2, 3].map((seed) => hash32(content, seed).toString(16).padStart(8, '0')).join('')}`
  if (repeats.earlier(`${street} ${id}`, view.row) !== null) return 'skipped'
  return {
    street_code: street,
    id,
    layer: kind.layer,
    kind: kind.kind,
    name,
    rank: kind.rank,
    geometry: text,
    extent: boxText(placed.extent),
    center: pointText(lon, lat),
  }
}

const shapes: ReadonlyMap<unknown, 'point' | 'line' | 'polygon'> = new Map<unknown, 'point' | 'line' | 'polygon'>([
  ['Point', 'point'],
  ['LineString', 'line'],
  ['MultiLineString', 'line'],
  ['Polygon', 'polygon'],
  ['MultiPolygon', 'polygon'],
])

function place(geometry: unknown, shape: 'point' | 'line' | 'polygon', { convert }: CheckContext): Placed | null {
  if (shape !== 'polygon') return readLines(geometry, convert)
  const boundary = readBoundary(geometry, convert)
  return 'fault' in boundary ? null : boundary
}

/**
 * The street that a part of the base map is kept with: the one it lies in, else the one named for the file, else the
 * nearest. Never the demo's, with which it would go one day.
 */
function streetOf(lon: number, lat: number, { areas, plan }: CheckContext): string | null {
  const located = areas.locate(lon, lat)?.streetCode
  if (located !== undefined && areas.byCode.get(located)?.source !== 'demo') return located
  return plan.street?.code ?? areas.nearestStreet(lon, lat)
}
