import { homeTimeZone } from '@minqing/data/domain/instant'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import type { Language } from '@minqing/data/domain/label'
import { facetNames, facetOf } from '@minqing/data/domain/incident-facets'

/** What made an export: which filter, data of when, written when. */
export type Provenance = { filter: IncidentFilter; asOf: string | null; generatedAt: string; rows: number }

/** `YYYY-MM-DD HH:mm:ss` at home, which spreadsheets take for a time. */
export function homeTime(instant: string): string {
  return homeFormat.format(new Date(instant)).replace(',', '')
}

const homeFormat = new Intl.DateTimeFormat('sv-SE', {
  timeZone: homeTimeZone,
  dateStyle: 'short',
  timeStyle: 'medium',
})

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
  const from = filter.from === undefined ? '…' : homeTime(filter.from)
  const to = filter.to === undefined ? '…' : homeTime(filter.to)
  const parts: [string, string, string][] = [
    ['行数', 'Rows', String(rows)],
    ['区域', 'Area', filter.area ?? all],
    ['上报时间（北京时间，含起不含止）', 'Reported (UTC+8, end excluded)', `${from} – ${to}`],
    ...facets,
    ['数据截至', 'Data as of', asOf === null ? '—' : homeTime(asOf)],
    ['导出时间', 'Exported', homeTime(generatedAt)],
  ]
  return parts.map(([chinese, english, value]) => (zh ? `${chinese}：${value}` : `${english}: ${value}`))
}
