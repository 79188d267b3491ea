import { facetNames, facetOf } from '@minqing/data/domain/incident-facets'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import type { Language } from '@minqing/data/domain/label'
import { localTimeText } from '../http/download.ts'

/** What made an export: which filter, data of when, written when. */
export type Provenance = { filter: IncidentFilter; asOf: string | null; generatedAt: string; rows: number }

/** The provenance in words, a line each. */
export function provenanceLines({ filter, asOf, generatedAt, rows }: Provenance, language: Language): string[] {
  const zh = language === 'zh'
  const all = zh ? '全部' : 'all'
  const facets = facetNames.map((name): [string, string, string] => {
    const { plural, labels, exportsCode } = facetOf(name)
    const codes: readonly string[] = filter[name] ?? []
    const words = codes.map((code) => `${exportsCode ? `${code} ` : ''}${labels[code]?.[language] ?? code}`)
    return [plural.zh, plural.en, words.length === 0 ? all : words.join(zh ? '、' : ', ')]
  })
  const from = filter.from === undefined ? '…' : localTimeText(filter.from)
  const to = filter.to === undefined ? '…' : localTimeText(filter.to)
  const parts: [string, string, string][] = [
    ['行数', 'Rows', String(rows)],
    ['区域', 'Area', filter.area ?? all],
    ['上报时间（北京时间，含起不含止）', 'Reported (UTC+8, end excluded)', `${from} – ${to}`],
    ...facets,
    ['数据截至', 'Data as of', asOf === null ? '—' : localTimeText(asOf)],
    ['导出时间', 'Exported', localTimeText(generatedAt)],
  ]
  return parts.map(([chinese, english, value]) => (zh ? `${chinese}：${value}` : `${english}: ${value}`))
}
