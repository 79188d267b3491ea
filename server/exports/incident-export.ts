import type { Incident } from '@minqing/data/domain/incident'
import { facetNames, facetOf } from '@minqing/data/domain/incident-facets'
import { plainFieldNames, plainFieldOf } from '@minqing/data/domain/incident-fields'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { homeTimeZone } from '@minqing/data/domain/instant'
import { positionSourceLabels } from '@minqing/data/domain/position-source'
import { urgencyLabels } from '@minqing/data/domain/risk'
import { listedIncidents } from '../counts/incident-conditions.ts'
import { type CsvColumn, localTimeText } from '../http/download.ts'
import { incidentColumns, incidentJson } from '../incidents/incident-row.ts'
import type { Transaction } from '../store/connect.ts'
import { pointGeometry } from '../store/geometry.ts'
import { readAhead } from '../store/read-ahead.ts'

export type IncidentRow = Omit<Incident, 'position'> & {
  community: string | null
  grid: string | null
  lon: number | null
  lat: number | null
}

const rowsPerFetch = 500

/** The filter's incidents with the names of their areas, in the order of their key, some hundred at a time. */
export function incidentRows(transaction: Transaction, filter: IncidentFilter): AsyncIterable<IncidentRow[]> {
  const cursor = transaction<IncidentRow[]>`
    select ${incidentColumns(transaction)}, round(position[0]::numeric, 7)::float8 as lon,
      round(position[1]::numeric, 7)::float8 as lat,
      (select name from area where code = community_code) as community,
      (select name from area where code = grid_code) as grid
    from incident where ${listedIncidents(transaction, filter)}
    order by street_code, number`.cursor(rowsPerFetch)
  return readAhead(cursor)
}

/**
 * The same as the text of GeoJSON features, UTF-8. The database writes it, while we send what it wrote before: taking
 * two dozen values apart and putting them together again took twice as long as the whole query.
 */
export async function* incidentFeatureTexts(
  transaction: Transaction,
  filter: IncidentFilter,
): AsyncGenerator<Buffer[], void, undefined> {
  // Times with the local offset.
  await transaction.unsafe(`set local time zone '${homeTimeZone}'`)
  const cursor = transaction`
    select '{"type":"Feature","id":' || to_json(street_code || '-' || number) || ',"geometry":'
      || coalesce(${pointGeometry(transaction, 'position')}, 'null') || ',"properties":' || ${incidentJson(transaction)}
      || '}'
    from incident where ${listedIncidents(transaction, filter)} order by street_code, number`
    .raw()
    .cursor(rowsPerFetch)
  for await (const rows of readAhead(cursor)) yield rows.map(([text]) => text as Buffer)
}

const time = (instant: string | null) => (instant === null ? null : localTimeText(instant))

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
  { label: { zh: '街道编码', en: 'sub-district code' }, value: ({ streetCode }) => streetCode },
  { label: { zh: '社区', en: 'community' }, value: ({ community, communityCode }) => community ?? communityCode },
  { label: { zh: '网格编码', en: 'grid code' }, value: ({ gridCode }) => gridCode },
  { label: { zh: '网格', en: 'grid' }, value: ({ grid }) => grid },
  { label: { zh: '地址', en: 'address' }, value: ({ address }) => address },
  ...plainFieldNames.map((name): CsvColumn<IncidentRow> => ({
    label: plainFieldOf(name).header,
    value: (row) => row[name],
  })),
  { label: { zh: '经度', en: 'lon' }, value: ({ lon }) => lon },
  { label: { zh: '纬度', en: 'lat' }, value: ({ lat }) => lat },
  {
    label: { zh: '定位方式', en: 'position source' },
    value: ({ positionSource }, language) =>
      positionSource === null ? null : positionSourceLabels[positionSource][language],
  },
  { label: { zh: '定位可信度', en: 'position certainty' }, value: ({ positionCertainty }) => positionCertainty },
  { label: { zh: '发生时间', en: 'happened at' }, value: ({ happenedAt }) => time(happenedAt) },
  { label: { zh: '发生时间止', en: 'happened until' }, value: ({ happenedUntil }) => time(happenedUntil) },
  { label: { zh: '上报时间', en: 'reported at' }, value: ({ reportedAt }) => time(reportedAt) },
  { label: { zh: '办理期限', en: 'due at' }, value: ({ dueAt }) => time(dueAt) },
  { label: { zh: '办结时间', en: 'closed at' }, value: ({ closedAt }) => time(closedAt) },
]
