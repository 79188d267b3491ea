import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { codeLength } from '@minqing/data/domain/area-code'
import { disputeTypes } from '@minqing/data/domain/incident-type'
import type { CountSource } from '../counts/cell-cache.ts'
import { queryCounts } from '../counts/query-counts.ts'
import type { CsvColumn } from '../http/download.ts'
import type { Transaction } from '../store/connect.ts'

type CountedArea = {
  code: string
  name: string
  parentCode: string | null
  parentName: string | null
  households: number | null
  residents: number | null
  areaM2: number
  incidents: number
  disputes: number
  open: number
  overdue: number
  /** Incidents per 1,000 households; null without households. */
  perThousandHouseholds: number | null
  geometry: string
}

type AreaRow = Omit<CountedArea, 'incidents' | 'disputes' | 'open' | 'overdue' | 'perThousandHouseholds'>

/** Areas of one level with their incidents of the filter; an area without any is there with zero. */
export async function countedAreas(
  transaction: Transaction,
  level: 'community' | 'grid',
  filter: IncidentFilter,
  now: Date,
  source: CountSource,
): Promise<CountedArea[]> {
  const within = filter.area === undefined ? transaction`true` : transaction`starts_with(a.code, ${filter.area})`
  const areas = codeLength[level]
  const [rows, counts, disputes] = await Promise.all([
    transaction<AreaRow[]>`
      select a.code, a.name, a.parent_code, p.name as parent_name, a.households, a.residents, a.area_m2, a.geometry
      from area a left join area p on p.code = a.parent_code
      where a.level = ${level} and ${within} order by a.code`,
    queryCounts(transaction, { filter, now, areas }, source),
    countDisputes(transaction, filter, areas, source),
  ])
  return rows.map(({ geometry, ...row }) => {
    const { total = 0, open = 0, overdue = 0 } = counts.areas.get(row.code) ?? {}
    const perThousand = row.households ? Math.round((total * 100_000) / row.households) / 100 : null
    return {
      ...row,
      incidents: total,
      disputes: disputes.get(row.code)?.total ?? 0,
      open,
      overdue,
      perThousandHouseholds: perThousand,
      geometry,
    }
  })
}

/** The disputes among the filter's incidents, by area. */
async function countDisputes(transaction: Transaction, filter: IncidentFilter, areas: number, source: CountSource) {
  const chosen = filter.type ?? []
  const type = disputeTypes.filter((dispute) => chosen.length === 0 || chosen.includes(dispute))
  if (type.length === 0) return new Map<string, { total: number }>()
  return (await queryCounts(transaction, { filter: { ...filter, type }, areas }, source)).areas
}

/** Areas with their counts as a table; square metres are rounded to whole ones. */
export const areaTable: readonly CsvColumn<CountedArea>[] = [
  { label: { zh: '编码', en: 'code' }, value: ({ code }) => code },
  { label: { zh: '名称', en: 'name' }, value: ({ name }) => name },
  { label: { zh: '上级编码', en: 'parent code' }, value: ({ parentCode }) => parentCode },
  { label: { zh: '上级名称', en: 'parent name' }, value: ({ parentName }) => parentName },
  { label: { zh: '户数', en: 'households' }, value: ({ households }) => households },
  { label: { zh: '人口', en: 'residents' }, value: ({ residents }) => residents },
  { label: { zh: '面积（平方米）', en: 'area m2' }, value: ({ areaM2 }) => Math.round(areaM2) },
  { label: { zh: '事件数', en: 'incidents' }, value: ({ incidents }) => incidents },
  { label: { zh: '其中矛盾纠纷', en: 'of these disputes' }, value: ({ disputes }) => disputes },
  { label: { zh: '未办结', en: 'open' }, value: ({ open }) => open },
  { label: { zh: '超期', en: 'overdue' }, value: ({ overdue }) => overdue },
  {
    label: { zh: '每千户事件数', en: 'per 1,000 households' },
    value: ({ perThousandHouseholds }) => perThousandHouseholds,
  },
]
