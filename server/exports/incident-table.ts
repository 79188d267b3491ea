import { channelLabels } from '@minqing/data/domain/channel'
import { incidentStatusLabels } from '@minqing/data/domain/incident-status'
import { incidentTypeLabels } from '@minqing/data/domain/incident-type'
import { riskLabels, urgencyLabels } from '@minqing/data/domain/risk'
import type { CsvColumn } from './csv-text.ts'
import type { IncidentRow } from './incident-rows.ts'
import { homeTime } from './provenance.ts'

const time = (instant: string | null) => (instant === null ? null : homeTime(instant))

/** Incidents as a table: headers that an import recognises, closed sets in words, times at home. */
export const incidentTable: readonly CsvColumn<IncidentRow>[] = [
  { label: { zh: '事件编号', en: 'number' }, value: ({ number }) => number },
  { label: { zh: '标题', en: 'title' }, value: ({ title }) => title },
  { label: { zh: '内容', en: 'text' }, value: ({ text }) => text },
  { label: { zh: '类型代码', en: 'type code' }, value: ({ type }) => type },
  { label: { zh: '类型', en: 'type' }, value: ({ type }, language) => incidentTypeLabels[type][language] },
  { label: { zh: '渠道', en: 'channel' }, value: ({ channel }, language) => channelLabels[channel][language] },
  { label: { zh: '紧急程度', en: 'urgency' }, value: ({ urgency }, language) => urgencyLabels[urgency][language] },
  { label: { zh: '风险等级', en: 'risk' }, value: ({ risk }, language) => riskLabels[risk][language] },
  { label: { zh: '状态', en: 'status' }, value: ({ status }, language) => incidentStatusLabels[status][language] },
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
