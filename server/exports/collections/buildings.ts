import { type BuildingUse, buildingUseLabels, type Structure, structureLabels } from '@minqing/data/domain/building'
import { streetOf } from '@minqing/data/domain/area-code'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { type PositionSource, positionSourceLabels } from '@minqing/data/domain/position-source'
import type { Geometry } from 'geojson'
import { allOf, type Fragment } from '../../store/conditions.ts'
import type { Transaction } from '../../store/connect.ts'
import { readAhead } from '../../store/read-ahead.ts'
import { type ExportColumn, type ExportSource, placeColumns } from '../export-table.ts'
import { readWithheldBuildings } from '../../published/withheld-buildings.ts'

type BuildingRow = {
  code: string
  gridCode: string | null
  community: string | null
  grid: string | null
  name: string
  address: string
  estate: string | null
  floors: number | null
  height: number | null
  units: number | null
  builtYear: number | null
  structure: Structure
  use: BuildingUse
  households: number | null
  residents: number | null
  positionSource: PositionSource | null
}

const rowsPerFetch = 500
const registered = { zh: '楼栋台账', en: 'register of buildings' }

type Column = ExportColumn<BuildingRow>

const text = (zh: string, en: string, bytes: number, meaning: Column['meaning'], value: Column['value']): Column => ({
  label: { zh, en },
  kind: 'text',
  bytes,
  meaning,
  source: registered,
  value,
})

const number = (
  zh: string,
  en: string,
  kind: 'integer' | 'decimal',
  unit: { zh: string; en: string },
  meaning: Column['meaning'],
  value: Column['value'],
): Column => ({ label: { zh, en }, kind, unit, meaning, source: registered, value })

const withheld = {
  zh: '；作隐私处理的文件中，少于 8 户及可由合计推得的为空',
  en: '; withheld below 8 households, and where a sum would show it, in files for wider circulation',
}

/** Headers that an import recognises. */
const columns: readonly Column[] = [
  text('楼栋编码', 'building code', 20, { zh: '17 位编码', en: 'code of 17 digits' }, ({ code }) => code),
  text('名称', 'name', 120, { zh: '楼栋名称', en: 'name of the building' }, ({ name }) => name),
  text('地址', 'address', 200, { zh: '楼栋地址', en: 'address of the building' }, ({ address }) => address),
  text('小区', 'estate', 120, { zh: '所属小区', en: 'estate that it belongs to' }, ({ estate }) => estate),
  text('社区', 'community', 100, { zh: '所在社区的名称', en: 'name of its community' }, ({ community }) => community),
  text('网格编码', 'grid code', 20, { zh: '15 位网格编码', en: 'code of 15 digits' }, ({ gridCode }) => gridCode),
  text('网格', 'grid', 100, { zh: '所在网格的名称', en: 'name of its grid' }, ({ grid }) => grid),
  text(
    '用途',
    'use',
    30,
    { zh: '楼栋用途', en: 'what it is used for' },
    ({ use }, language) => buildingUseLabels[use][language],
  ),
  text(
    '结构',
    'structure',
    30,
    { zh: '建筑结构', en: 'how it is built' },
    ({ structure }, language) => structureLabels[structure][language],
  ),
  number(
    '层数',
    'floors',
    'integer',
    { zh: '层', en: 'floors' },
    { zh: '地上层数', en: 'floors above ground' },
    (row) => row.floors,
  ),
  number(
    '高度',
    'height',
    'decimal',
    { zh: '米', en: 'm' },
    { zh: '地面以上高度', en: 'above ground' },
    (row) => row.height,
  ),
  number(
    '单元数',
    'units',
    'integer',
    { zh: '个', en: 'units' },
    { zh: '单元数', en: 'units (staircases)' },
    (row) => row.units,
  ),
  number(
    '建成年份',
    'year built',
    'integer',
    { zh: '年', en: 'year' },
    { zh: '建成年份', en: 'year in which it was built' },
    (row) => row.builtYear,
  ),
  number(
    '户数',
    'households',
    'integer',
    { zh: '户', en: 'households' },
    { zh: `登记的户数${withheld.zh}`, en: `registered households${withheld.en}` },
    (row) => row.households,
  ),
  number(
    '人口',
    'residents',
    'integer',
    { zh: '人', en: 'people' },
    { zh: `登记的人口${withheld.zh}`, en: `registered residents${withheld.en}` },
    (row) => row.residents,
  ),
  ...placeColumns<BuildingRow>({ zh: '楼栋中部', en: 'the middle of the building' }),
  text(
    '定位方式',
    'position source',
    60,
    { zh: '位置是实测的，还是按地址查到的', en: 'whether the place is measured or found by the address' },
    ({ positionSource }, language) => (positionSource === null ? null : positionSourceLabels[positionSource][language]),
  ),
]

/** Rows below an area code prefix, by the street where it is known, which indexes serve. */
export function belowArea(transaction: Transaction, { area }: IncidentFilter, code: Fragment): Fragment {
  return allOf(transaction, [
    area === undefined ? undefined : transaction`starts_with(${code}, ${area})`,
    area === undefined || area.length < 9 ? undefined : transaction`street_code = ${streetOf(area)}`,
  ])
}

/** Outlines; a point for those that have none yet. */
export const buildingSource: ExportSource<BuildingRow> = {
  shape: 'mixed',
  style: { colour: '#5b7fa6' },
  columns,
  async *rows(transaction, { filter, countsOnly, circulation }) {
    const within = belowArea(transaction, filter, transaction`coalesce(grid_code, community_code)`)
    const withheldCodes =
      countsOnly || circulation === 'wide' ? await readWithheldBuildings(transaction) : new Set<string>()
    const cursor = transaction<(BuildingRow & { geometry: string | null; lon: number | null; lat: number | null })[]>`
      select code, grid_code, (select name from area where code = community_code) as community,
        (select name from area where code = grid_code) as grid, name, address, estate, floors, height, units, built_year,
        structure, use, households, residents, case when center is not null then position_source end as position_source,
        geometry, center[0] as lon, center[1] as lat
      from building where ${within} order by street_code, code`.cursor(rowsPerFetch)
    for await (const rows of readAhead(cursor))
      yield rows.map(({ geometry, lon, lat, ...read }) => {
        const row = withheldCodes.has(read.code) ? { ...read, households: null, residents: null } : read
        return {
          row,
          id: row.code,
          properties: row,
          geometry: geometry === null ? null : (JSON.parse(geometry) as Geometry),
          ...(lon === null || lat === null ? {} : { middle: { lon, lat } }),
        }
      })
  },
}
