import {
  type FacilityKind,
  facilityKindLabels,
  type FacilityStatus,
  facilityStatusLabels,
} from '@minqing/data/domain/facility'
import { type PositionSource, positionSourceLabels } from '@minqing/data/domain/position-source'
import { readAhead } from '../../store/read-ahead.ts'
import { type ExportColumn, type ExportSource, placeColumns } from '../export-table.ts'
import { belowArea } from './buildings.ts'

type FacilityRow = {
  id: string
  streetCode: string
  gridCode: string | null
  community: string | null
  grid: string | null
  kind: FacilityKind
  name: string
  address: string
  phone: string | null
  status: FacilityStatus
  positionSource: PositionSource
}

const rowsPerFetch = 500
const registered = { zh: '设施台账', en: 'register of facilities' }

type Column = ExportColumn<FacilityRow>

const text = (zh: string, en: string, bytes: number, meaning: Column['meaning'], value: Column['value']): Column => ({
  label: { zh, en },
  kind: 'text',
  bytes,
  meaning,
  source: registered,
  value,
})

/** Headers that an import recognises. */
const columns: readonly Column[] = [
  text('编号', 'id', 64, { zh: '街道内唯一的编号', en: 'unique in its sub-district' }, ({ id }) => id),
  text('名称', 'name', 120, { zh: '设施名称', en: 'name of the facility' }, ({ name }) => name),
  text(
    '类别',
    'kind',
    40,
    { zh: '设施类别', en: 'kind of facility' },
    ({ kind }, language) => facilityKindLabels[kind][language],
  ),
  text(
    '状态',
    'status',
    30,
    { zh: '设备状态；不是设备的为“—”', en: 'of a device; “—” for others' },
    ({ status }, language) => facilityStatusLabels[status][language],
  ),
  text('地址', 'address', 200, { zh: '设施地址', en: 'address of the facility' }, ({ address }) => address),
  text(
    '电话',
    'phone',
    40,
    { zh: '联系电话；无权查看时为空', en: 'telephone; empty for roles that may not see it' },
    ({ phone }) => phone,
  ),
  text('社区', 'community', 100, { zh: '所在社区的名称', en: 'name of its community' }, ({ community }) => community),
  text('网格编码', 'grid code', 20, { zh: '15 位网格编码', en: 'code of 15 digits' }, ({ gridCode }) => gridCode),
  text('网格', 'grid', 100, { zh: '所在网格的名称', en: 'name of its grid' }, ({ grid }) => grid),
  ...placeColumns<FacilityRow>({ zh: '设施', en: 'the facility' }),
  text(
    '定位方式',
    'position source',
    60,
    { zh: '位置是实测的，还是按地址查到的', en: 'whether the place is measured or found by the address' },
    ({ positionSource }, language) => positionSourceLabels[positionSource][language],
  ),
]

/** Without devices inside dwellings, which would show where somebody lives, in files for wider circulation. */
export const facilitySource: ExportSource<FacilityRow> = {
  shape: 'point',
  style: { colour: '#1b7f5c' },
  columns,
  async *rows(transaction, { filter, countsOnly, circulation }) {
    const within = belowArea(transaction, filter, transaction`coalesce(grid_code, community_code, street_code)`)
    const isPublic = countsOnly || circulation === 'wide' ? transaction`kind <> 'smoke_detector'` : transaction`true`
    const phone = circulation === 'wide' ? transaction`null::text` : transaction`phone`
    const cursor = transaction<(FacilityRow & { lon: number; lat: number })[]>`
      select id, street_code, grid_code, (select name from area where code = community_code) as community,
        (select name from area where code = grid_code) as grid, kind, name, address, ${phone} as phone, status,
        position_source, round(position[0]::numeric, 7)::float8 as lon, round(position[1]::numeric, 7)::float8 as lat
      from facility where ${within} and ${isPublic} order by street_code, id`.cursor(rowsPerFetch)
    for await (const rows of readAhead(cursor))
      yield rows.map(({ lon, lat, ...row }) => ({
        row,
        id: `${row.streetCode}-${row.id}`,
        properties: row,
        geometry: { type: 'Point', coordinates: [lon, lat] },
      }))
  },
}
