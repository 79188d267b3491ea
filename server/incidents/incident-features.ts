import { Incident } from '@minqing/data/domain/incident'
import { featureSource } from '../features/feature-source.ts'
import { filterParameters, toIncidentFilter } from '../http/parameters.ts'
import { pointGeometry } from '../store/point-geometry.ts'
import { incidentConditions } from './incident-conditions.ts'
import { incidentColumns } from './incident-row.ts'

const { datetime: _ofEveryCollection, ...parameters } = filterParameters

export const incidentFeatures = featureSource({
  id: 'incidents',
  follows: 'incidents',
  title: { zh: '事件', en: 'Incidents' },
  description: {
    zh: '矛盾纠纷、诉求与告警；时间为上报时间',
    en: 'Disputes, requests and alarms; time is when they were reported',
  },
  geometryType: 'point',
  table: 'incident',
  key: ['street_code', 'number'],
  columns: (transaction) => transaction`street_code || '-' || number as feature_id,
    ${pointGeometry(transaction, 'position')} as geometry, ${incidentColumns(transaction)}`,
  place: { point: 'position' },
  time: 'reported_at',
  parameters,
  conditions: (transaction, given) => incidentConditions(transaction, toIncidentFilter(given)),
  withId: (transaction, featureId) => {
    const [street, number] = [featureId.slice(0, 9), featureId.slice(10)]
    return transaction`street_code = ${street} and number = ${number} and ${featureId} = street_code || '-' || number`
  },
  properties: Incident.omit({ position: true }),
})
