import { codeLength } from '@minqing/data/domain/area-code'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { disputeTypes } from '@minqing/data/domain/incident-type'
import type { Geometry } from 'geojson'
import type { CountSource } from '../../counts/cell-cache.ts'
import { queryCounts } from '../../counts/query-counts.ts'
import type { Transaction } from '../../store/connect.ts'
import { type ExportColumn, type ExportRequest, type ExportSource, type Place, placeColumns } from '../export-table.ts'

export type AreaRow = {
  code: string
  name: string
  parentCode: string | null
  parentName: string | null
  households: number | null
  residents: number | null
  areaM2: number
}

type CountedArea = AreaRow & {
  incidents: number
  disputes: number
  open: number
  overdue: number
  /** Incidents per 1,000 households; null without households. */
  perThousandHouseholds: number | null
}

export type PlacedArea = { row: AreaRow; geometry: Geometry; middle: Place }

/** The areas of one level that the filter's area selects. */
export async function readAreas(
  transaction: Transaction,
  { level, filter }: Pick<ExportRequest, 'level' | 'filter'>,
): Promise<PlacedArea[]> {
  const within = filter.area === undefined ? transaction`true` : transaction`starts_with(a.code, ${filter.area})`
  const rows = await transaction<(AreaRow & { geometry: string; lon: number; lat: number })[]>`
    select a.code, a.name, a.parent_code, p.name as parent_name, a.households, a.residents, a.area_m2, a.geometry,
      a.center[0] as lon, a.center[1] as lat
    from area a left join area p on p.code = a.parent_code
    where a.level = ${level} and ${within} order by a.code`
  return rows.map(({ geometry, lon, lat, ...row }) => ({
    row,
    geometry: JSON.parse(geometry) as Geometry,
    middle: { lon, lat },
  }))
}

/** Two decimals. */
export function perThousand(cases: number, households: number | null): number | null {
  return households ? Math.round((cases * 100_000) / households) / 100 : null
}

/** The disputes among the filter's incidents, by area. */
async function countDisputes(transaction: Transaction, filter: IncidentFilter, areas: 12 | 15, source: CountSource) {
  const chosen = filter.type ?? []
  const type = disputeTypes.filter((dispute) => chosen.length === 0 || chosen.includes(dispute))
  if (type.length === 0) return new Map<string, { total: number }>()
  return (await queryCounts(transaction, { filter: { ...filter, type }, areas }, source)).areas
}

const registered = { zh: '区域台账', en: 'register of areas' }
const counted = { zh: '按事件统计', en: 'counted from the cases' }
const households = { zh: '户', en: 'households' }
const people = { zh: '人', en: 'people' }
const cases = { zh: '件', en: 'cases' }

/** What an area is, whatever is counted in it. */
export const areaColumns: readonly ExportColumn<AreaRow>[] = [
  {
    label: { zh: '编码', en: 'code' },
    kind: 'text',
    bytes: 20,
    meaning: { zh: '社区 12 位、网格 15 位编码', en: 'community of 12 digits, grid of 15' },
    source: registered,
    value: ({ code }) => code,
  },
  {
    label: { zh: '名称', en: 'name' },
    kind: 'text',
    bytes: 100,
    meaning: { zh: '社区或网格的名称', en: 'name of the community or grid' },
    source: registered,
    value: ({ name }) => name,
  },
  {
    label: { zh: '上级编码', en: 'parent code' },
    kind: 'text',
    bytes: 20,
    meaning: { zh: '所属街道或社区的编码', en: 'code of the area above' },
    source: registered,
    value: ({ parentCode }) => parentCode,
  },
  {
    label: { zh: '上级名称', en: 'parent name' },
    kind: 'text',
    bytes: 100,
    meaning: { zh: '所属街道或社区的名称', en: 'name of the area above' },
    source: registered,
    value: ({ parentName }) => parentName,
  },
  {
    label: { zh: '户数', en: 'households' },
    kind: 'integer',
    meaning: { zh: '登记的户数', en: 'registered households' },
    unit: households,
    source: registered,
    value: (row) => row.households,
  },
  {
    label: { zh: '人口', en: 'residents' },
    kind: 'integer',
    meaning: { zh: '登记的人口', en: 'registered residents' },
    unit: people,
    source: registered,
    value: (row) => row.residents,
  },
  {
    label: { zh: '面积（平方米）', en: 'area m2' },
    kind: 'integer',
    meaning: { zh: '椭球面上的面积，取整', en: 'on the ellipsoid, rounded' },
    unit: { zh: '平方米', en: 'm²' },
    source: { zh: '由边界计算', en: 'computed from the boundary' },
    value: ({ areaM2 }) => Math.round(areaM2),
  },
  ...placeColumns<AreaRow>({ zh: '区域中部一点', en: 'a point in the middle of the area' }),
]

const count = (
  zh: string,
  en: string,
  meaning: ExportColumn<CountedArea>['meaning'],
  value: (row: CountedArea) => number,
): ExportColumn<CountedArea> => ({ label: { zh, en }, kind: 'integer', meaning, unit: cases, source: counted, value })

const columns: readonly ExportColumn<CountedArea>[] = [
  ...areaColumns,
  count(
    '事件数',
    'incidents',
    { zh: '筛选条件内的事件，不含草稿和作废', en: 'cases of the filter, without drafts and void ones' },
    (row) => row.incidents,
  ),
  count(
    '其中矛盾纠纷',
    'of these disputes',
    { zh: '类型为矛盾纠纷的事件', en: 'cases that are disputes' },
    (row) => row.disputes,
  ),
  count('未办结', 'open', { zh: '导出时尚未办结的', en: 'open when exported' }, (row) => row.open),
  count(
    '超期',
    'overdue',
    { zh: '未办结且已超过办理期限的', en: 'open and past their due time' },
    (row) => row.overdue,
  ),
  {
    label: { zh: '每千户事件数', en: 'per 1,000 households' },
    kind: 'decimal',
    meaning: { zh: '事件数 ÷ 户数 × 1000；无户数为空', en: 'cases ÷ households × 1,000; empty without households' },
    unit: { zh: '件/千户', en: 'per 1,000' },
    source: counted,
    value: ({ perThousandHouseholds }) => perThousandHouseholds,
  },
]

/** Areas of one level with their incidents of the filter; an area without any is there with zero. */
export const areaSource: ExportSource<CountedArea> = {
  shape: 'area',
  style: { colour: '#fd8d3c', classesOf: 'incidents' },
  columns,
  async *rows(transaction, request) {
    const { filter, level, now, source } = request
    const areas = codeLength[level]
    const [placed, counts, disputes] = await Promise.all([
      readAreas(transaction, request),
      queryCounts(transaction, { filter, now, areas }, source),
      countDisputes(transaction, filter, areas, source),
    ])
    yield placed.map(({ row, geometry, middle }) => {
      const { total = 0, open = 0, overdue = 0 } = counts.areas.get(row.code) ?? {}
      const full = {
        ...row,
        incidents: total,
        disputes: disputes.get(row.code)?.total ?? 0,
        open,
        overdue,
        perThousandHouseholds: perThousand(total, row.households),
      }
      return { row: full, id: row.code, geometry, middle, properties: full }
    })
  },
}
