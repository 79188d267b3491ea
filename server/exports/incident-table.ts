import { facetNames, facetOf } from '@minqing/data/domain/incident-facets'
import { urgencyLabels } from '@minqing/data/domain/risk'
import type { CsvColumn } from './csv-text.ts'
import type { IncidentRow } from './incident-rows.ts'
import { homeTime } from './provenance.ts'

const time = (instant: string | null) => (instant === null ? null : homeTime(instant))

/** A facet in words; before it its code, where people know the code. */
const facetColumns = facetNames.flatMap((name): CsvColumn<IncidentRow>[] => {
  const { header, labels, exportsCode } = facetOf(name)
  const code: CsvColumn<IncidentRow> = {
    label: { zh: `${header.zh}代码`, en: `${header.en} code` },
    value: (row) => row[name],
  }
  const label: CsvColumn<IncidentRow> = {
    label: header,
    value: (row, language) => labels[row[name]]?.[language] ?? row[name],
  }
  return exportsCode ? [code, label] : [label]
})

/** Incidents as a table: headers that an import recognises, closed sets in words, local times. */
export const incidentTable: readonly CsvColumn<IncidentRow>[] = [
  { label: { zh: '事件编号', en: 'number' }, value: ({ number }) => number },
  { label: { zh: '标题', en: 'title' }, value: ({ title }) => title },
  { label: { zh: '内容', en: 'text' }, value: ({ text }) => text },
  ...facetColumns,
  { label: { zh: '紧急程度', en: 'urgency' }, value: ({ urgency }, language) => urgencyLabels[urgency][language] },
  { label: { zh: '街道编码', en: 'street code' }, value: ({ streetCode }) => streetCode },
  { label: { zh: '社区', en: 'community' }, value: ({ community, communityCode }) => community ?? communityCode },
  { label: { zh: '网格编码', en: 'grid code' }, value: ({ gridCode }) => gridCode },
  { label: { zh: '网格', en: 'grid' }, value: ({ grid }) => grid },
  { label: { zh: '地址', en: 'address' }, value: ({ address }) => address },
  { label: { zh: '涉及人数', en: 'involved count' }, value: ({ involvedCount }) => involvedCount },
  { label: { zh: '经度', en: 'lon' }, value: ({ lon }) => lon },
  { label: { zh: '纬度', en: 'lat' }, value: ({ lat }) => lat },
  { label: { zh: '发生时间', en: 'happened at' }, value: ({ happenedAt }) => time(happenedAt) },
  { label: { zh: '上报时间', en: 'reported at' }, value: ({ reportedAt }) => time(reportedAt) },
  { label: { zh: '办理期限', en: 'due at' }, value: ({ dueAt }) => time(dueAt) },
  { label: { zh: '办结时间', en: 'closed at' }, value: ({ closedAt }) => time(closedAt) },
]
