import { Incident } from '@minqing/data/domain/incident'
import { facetNames, facetOf } from '@minqing/data/domain/incident-facets'
import { incidentStatuses } from '@minqing/data/domain/incident-status'
import { positionSources } from '@minqing/data/domain/position-source'
import { Urgency } from '@minqing/data/domain/risk'
import { extentOfPoints } from '../areas/extent-of-points.ts'
import { featureSource } from '../features/feature-source.ts'
import { plainFieldNames, plainFieldOf } from '@minqing/data/domain/incident-fields'
import { areaCodes, decimals, instants, integers, oneOfSet, texts } from '../features/queryables.ts'
import { storedTotal } from '../counts/query-counts.ts'
import { filterParameters, filterRemedies, toIncidentFilter } from './parameters.ts'
import type { Transaction } from '../store/connect.ts'
import { pointGeometry } from '../store/geometry.ts'
import { listedIncidents } from '../counts/incident-conditions.ts'
import { incidentColumns } from './incident-row.ts'

const { datetime: _ofEveryCollection, ...parameters } = filterParameters

/** Street by street (index incident_reported): a street with incidents has a log. */
async function earliestReport(transaction: Transaction): Promise<string | null> {
  const [row] = await transaction<[{ earliest: string | null }]>`
    select min(first) as earliest from log_head h
    cross join lateral (select min(i.reported_at) as first from incident i where i.street_code = h.street_code) f`
  return row.earliest
}

export const incidentFeatures = featureSource({
  id: 'incidents',
  object: 'incident',
  follows: 'incidents',
  title: { zh: '事件', en: 'Incidents' },
  description: {
    zh: '矛盾纠纷、诉求与告警；时间为上报时间；草稿与作废的仅在 status 指明时列出',
    en: 'Disputes, requests and alarms; time is when they were reported; drafts and void ones only where “status” names them',
  },
  geometryType: 'point',
  table: 'incident',
  key: ['street_code', 'number'],
  columns: (transaction) => transaction`street_code || '-' || number as feature_id,
    ${pointGeometry(transaction, 'position')} as geometry, ${incidentColumns(transaction)}`,
  place: { point: 'position' },
  extent: (transaction) => extentOfPoints(transaction, 'incident', 'position'),
  time: 'reported_at',
  earliest: earliestReport,
  parameters,
  remedies: filterRemedies,
  // Drafts and void incidents too: an export can be imported again.
  everyRow: { status: [...incidentStatuses] },
  conditions: (transaction, given) => listedIncidents(transaction, toIncidentFilter(given)),
  total: (transaction, given, scope) => storedTotal(transaction, toIncidentFilter(given), scope),
  withId: (transaction, featureId) => {
    const [street, number] = [featureId.slice(0, 9), featureId.slice(10)]
    return transaction`street_code = ${street} and number = ${number} and ${featureId} = street_code || '-' || number`
  },
  queryables: [
    ...texts({ number: ['事件编号', 'Number'] }),
    ...areaCodes,
    ...texts({ buildingCode: ['楼栋编码', 'Building code'] }),
    ...texts({ sourceType: ['来源类型', 'Type in the source'] }),
    oneOfSet('urgency', Urgency.options, '紧急程度', 'Urgency'),
    ...facetNames.map((name) => {
      const { codes, title } = facetOf(name)
      return oneOfSet(name, codes, title.zh, title.en)
    }),
    ...texts({ title: ['标题', 'Title'], text: ['内容', 'Text'], address: ['地址', 'Address'] }),
    ...plainFieldNames.flatMap((name) => {
      const { kind, label } = plainFieldOf(name)
      return (kind === 'integer' ? integers : texts)({ [name]: [label.zh, label.en] })
    }),
    ...instants({
      happenedAt: ['发生时间', 'Happened'],
      happenedUntil: ['发生时间止', 'Happened until'],
      reportedAt: ['上报时间', 'Reported'],
      dueAt: ['办理时限', 'Due'],
      closedAt: ['办结时间', 'Closed'],
    }),
    oneOfSet('positionSource', positionSources, '定位方式', 'How the position is known'),
    ...decimals({ positionCertainty: ['定位可信度', 'Certainty of the position'] }),
    ...texts({ source: ['来源', 'Source'] }),
  ],
  properties: Incident.omit({ position: true }),
})
