import { hash32 } from '@minqing/data/formats/hash32'
import { facilityKindWords, facilityStatusWords } from '@minqing/data/formats/words/words'
import type { CheckContext } from '../check/check-context.ts'
import { checkRepeat } from '../check/check-repeat.ts'
import { readPosition } from '../check/read-position.ts'
import { readPositionSource } from '../check/read-position-source.ts'
import { reasons } from '../check/reasons.ts'
import type { RowView } from '../check/row-view.ts'
import { namedAreas, readLocation } from '../check/read-location.ts'
import type { Fragment } from '../../store/conditions.ts'
import { pointText } from '../../store/copy-rows.ts'
import { columnOf, hasMeasured, namedCommunity, namedGrid } from '../apply/merge-rows.ts'
import {
  always,
  type Collection,
  type Columns,
  from,
  identityColumns,
  inserted,
  key,
  namedColumns,
  type StagedRow,
} from './collection.ts'

const columns = {
  street_code: key('text'),
  id: key('text'),
  community_code: always('text'),
  grid_code: always('text'),
  ...namedColumns,
  building_code: from('text', 'buildingCode'),
  kind: from('text', 'kind'),
  name: from('text', 'name'),
  address: from('text', 'address'),
  phone: from('text', 'phone'),
  status: from('text', 'status'),
  position: always('point'),
  position_source: always('text'),
  position_certainty: always('double precision'),
  source_crs: always('text'),
  source_x: always('double precision'),
  source_y: always('double precision'),
  source_id: inserted('text'),
  ...identityColumns,
} satisfies Columns

/** What follows from the position. */
const placedColumns = ['position', 'position_source', 'position_certainty', 'source_crs', 'source_x', 'source_y']

export const facilities: Collection = {
  table: 'facility',
  touches: 'facilities',
  key: 'id',
  location: ['grid_code', 'community_code', 'street_code'],
  columns,
  repeats: { columns: ['street_code', 'id'], identity: true },
  check,
  instead: (transaction) => {
    const whereMeasured = (column: string, otherwise: Fragment) =>
      transaction`
        case when ${hasMeasured(transaction)} then ${otherwise} else ${columnOf(transaction, 'r', column)} end`
    return {
      ...Object.fromEntries(
        placedColumns.map((column) => [column, whereMeasured(column, columnOf(transaction, 't', column))]),
      ),
      community_code: whereMeasured('community_code', namedCommunity(transaction)),
      grid_code: whereMeasured('grid_code', namedGrid(transaction)),
    }
  },
  merge: async () => (await import('./merge-facilities.ts')).mergeFacilities,
}

/** One row as a facility, or null with its faults noted; 'skipped' when it repeats an earlier row. */
function check(view: RowView, context: CheckContext): StagedRow<typeof columns> | 'skipped' | null {
  const { crs, convert, note } = context
  const position = readPosition(view, convert)
  // An address may say where it is; whether it does is known when all rows are in.
  if (position === null && view.faults.length === 0 && !view.has('address')) view.fault('lon', '', reasons.noPosition)
  if (position === null && view.faults.length > 0) return null
  const where = readLocation(view, position, context)
  const kindWord = view.text('kind')
  const kind = view.word('kind', facilityKindWords, 'other')
  if (kind === null) note({ zh: '没有设施类型，记为“其他”', en: 'without a kind, taken as “other”' })
  const name = view.text('name', 100)
  const address = view.text('address')
  const phone = view.identifier('phone', 50) || null
  const status = view.word('status', facilityStatusWords, 'not_applicable') ?? 'not_applicable'
  const buildingCode = view.code('buildingCode', 17)
  const own = view.identifier('id', 64) || view.row.id
  if (view.faults.length > 0 || where === null) return null

  const key = [kindWord, name, address, phone, position?.x, position?.y].join('\u001f')
  const id = own ?? `F${hash32(key, 1).toString(16).padStart(8, '0')}${hash32(key, 2).toString(16).padStart(8, '0')}`
  const values = {
    street_code: where.streetCode,
    id,
    community_code: where.communityCode,
    grid_code: where.gridCode,
    ...namedAreas(where),
    building_code: buildingCode,
    kind: kind ?? 'other',
    name,
    address,
    phone,
    status,
    position: position === null ? null : pointText(position.lon, position.lat),
    ...readPositionSource(view, position),
    source_crs: crs,
    source_x: position?.x ?? null,
    source_y: position?.y ?? null,
    source_id: id,
  }
  const numbered = { street: where.streetCode, number: id, field: 'id', isOwn: own !== null } as const
  const identity = checkRepeat(view, context, numbered, values)
  return identity === null || identity === 'skipped' ? identity : { ...values, ...identity }
}
