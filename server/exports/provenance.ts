import { exportDatumNotes, type ExportDatum } from '@minqing/data/domain/datum'
import {
  type Circulation,
  circulationLabels,
  type ExportCollection,
  exportCollectionLabels,
  leastCases,
  leastHouseholds,
} from '@minqing/data/domain/export'
import { facetNames, facetOf } from '@minqing/data/domain/incident-facets'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import type { Language } from '@minqing/data/domain/label'
import { localTimeText } from '@minqing/data/formats/values/local-time-text'
import type { Transaction } from '../store/connect.ts'
import { newestStep } from '../summary/get-summary.ts'
import type { ExportRequest } from './export-table.ts'

/** What made an export: what was asked for by whom, data of when and in which version, written when. */
export type Provenance = {
  collection: ExportCollection
  rows: number
  filter: IncidentFilter
  datum: ExportDatum
  circulation: Circulation
  /** Whether it has counts of groups and withholds small ones. */
  countsOnly: boolean
  asOf: string | null
  /** Of the collections that it was made from, as `/api/status` has them. */
  versions: Record<string, number>
  generatedAt: string
  by: string
}

/** Reads as of when the data are, in the transaction that reads them. */
export async function readProvenance(
  transaction: Transaction,
  { collection, filter, datum, circulation, countsOnly, now, by }: ExportRequest,
  rows: number,
): Promise<Provenance> {
  const [found] = await transaction<[{ versions: Record<string, number> }]>`
    select json_object_agg(collection, version) as versions from collection_version
    where collection = any(${['areas', collection]}::text[])`
  const { versions } = found
  const asOf = await newestStep(transaction)
  return {
    collection,
    rows,
    filter,
    datum,
    circulation,
    countsOnly,
    asOf,
    versions,
    generatedAt: now.toISOString(),
    by,
  }
}

type Line = [zh: string, en: string, value: string]

/** The provenance in words: names and values. */
export function provenanceLines(provenance: Provenance, language: Language): [name: string, value: string][] {
  const { collection, filter, asOf, generatedAt, rows, circulation, countsOnly, datum, versions, by } = provenance
  const zh = language === 'zh'
  const all = zh ? '全部' : 'all'
  const facets = facetNames.map((name): Line => {
    const { plural, labels, exportsCode } = facetOf(name)
    const codes: readonly string[] = filter[name] ?? []
    const words = codes.map((code) => `${exportsCode ? `${code} ` : ''}${labels[code]?.[language] ?? code}`)
    return [plural.zh, plural.en, words.length === 0 ? all : words.join(zh ? '、' : ', ')]
  })
  const from = filter.from === undefined ? '…' : localTimeText(filter.from)
  const to = filter.to === undefined ? '…' : localTimeText(filter.to)
  const ofIncidents = collection === 'incidents' || collection === 'areas'
  const period: Line = ['上报时间（北京时间，含起不含止）', 'Reported (UTC+8, end excluded)', `${from} – ${to}`]
  const privacy: Line = ['隐私处理', 'Privacy', countsOnlyNote[language]]
  const parts: Line[] = [
    ['内容', 'Content', exportCollectionLabels[collection][language]],
    ['行数', 'Rows', String(rows)],
    ['区域', 'Area', filter.area ?? all],
    ...(ofIncidents ? [period, ...facets] : []),
    ['坐标', 'Coordinates', exportDatumNotes[datum][language]],
    ['使用范围', 'Circulation', circulationLabels[circulation][language]],
    ...(countsOnly ? [privacy] : []),
    ['数据截至', 'Data as of', asOf === null ? '—' : localTimeText(asOf)],
    [
      '数据版本',
      'Data version',
      Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    ],
    ['导出时间', 'Exported', localTimeText(generatedAt)],
    ['导出人', 'Exported by', by],
  ]
  return parts.map(([chinese, english, value]) => [zh ? chinese : english, value])
}

const countsOnlyNote = {
  zh: `不含单个事件：每组不少于 ${leastCases} 件，不足的并入较大的区域或时段；地图上的点至少代表 ${leastHouseholds} 户。空白表示零或未公布`,
  en: `No single case: each group has at least ${leastCases}, smaller ones are part of a larger area or period; a point stands for at least ${leastHouseholds} households. Blank means none or withheld`,
}
