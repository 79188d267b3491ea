import type { Incident } from '@minqing/data/domain/incident'
import { facetNames, facetOf } from '@minqing/data/domain/incident-facets'
import { plainFieldNames, plainFieldOf } from '@minqing/data/domain/incident-fields'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { homeTimeZone } from '@minqing/data/domain/instant'
import { positionSourceLabels } from '@minqing/data/domain/position-source'
import { urgencyLabels } from '@minqing/data/domain/risk'
import { listedIncidents } from '../../counts/incident-conditions.ts'
import { incidentColumns, incidentJson } from '../../incidents/incident-row.ts'
import type { Transaction } from '../../store/connect.ts'
import { pointGeometry } from '../../store/geometry.ts'
import { readAhead } from '../../store/read-ahead.ts'
import { type ExportColumn, type ExportSource, placeColumns } from '../export-table.ts'

type IncidentRow = Omit<Incident, 'position'> & {
  community: string | null
  grid: string | null
  lon: number | null
  lat: number | null
}

const rowsPerFetch = 500

/**
 * The filter's incidents as the text of GeoJSON features, UTF-8. The database writes it, while we send what it wrote
 * before: taking two dozen values apart and putting them together again took twice as long as the whole query.
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

type Column = ExportColumn<IncidentRow>

/** A facet in words; before it its code, where people know the code. */
const facetColumns = facetNames.flatMap((name): Column[] => {
  const { header, title, labels, exportsCode, codes } = facetOf(name)
  const listed = codes.map((code) => `${code} ${labels[code]?.zh}`).join('、')
  const code: Column = {
    label: { zh: `${header.zh}代码`, en: `${header.en} code` },
    kind: 'text',
    bytes: 20,
    meaning: { zh: `事件${title.zh}的代码：${listed}`, en: `code of the ${header.en}: ${codes.join(', ')}` },
    value: (row) => row[name],
  }
  const label: Column = {
    label: header,
    kind: 'text',
    bytes: 60,
    meaning: { zh: `事件的${title.zh}`, en: `${header.en} of the case` },
    value: (row, language) => labels[row[name]]?.[language] ?? row[name],
  }
  return exportsCode ? [code, label] : [label]
})

const entered = { zh: '上报人或受理人填写', en: 'entered by who reported or received it' }
const imported = { zh: '上报时填写或从来源导入', en: 'entered or imported' }

const time = (
  zh: string,
  en: string,
  name: 'happenedAt' | 'happenedUntil' | 'reportedAt' | 'dueAt' | 'closedAt',
  meaning: Column['meaning'],
): Column => ({ label: { zh, en }, kind: 'time', meaning, value: (row) => row[name] })

const code = (zh: string, en: string, meaning: Column['meaning'], value: Column['value']): Column => ({
  label: { zh, en },
  kind: 'text',
  bytes: 64,
  meaning,
  value,
})

/** Incidents as a table: headers that an import recognises, closed sets in words, local times. */
const columns: readonly Column[] = [
  code('事件编号', 'number', { zh: '街道内唯一的编号', en: 'unique in its sub-district' }, ({ number }) => number),
  {
    label: { zh: '标题', en: 'title' },
    kind: 'text',
    meaning: { zh: '一句话说明事件', en: 'the case in one sentence' },
    source: entered,
    value: ({ title }) => title,
  },
  {
    label: { zh: '内容', en: 'text' },
    kind: 'text',
    meaning: { zh: '事件经过', en: 'what happened' },
    source: entered,
    value: ({ text }) => text,
  },
  ...facetColumns,
  {
    label: { zh: '紧急程度', en: 'urgency' },
    kind: 'text',
    bytes: 30,
    meaning: { zh: '受理时判定的紧急程度', en: 'how urgent it was held to be' },
    value: ({ urgency }, language) => urgencyLabels[urgency][language],
  },
  code('街道编码', 'sub-district code', { zh: '9 位区划代码', en: 'area code of 9 digits' }, (row) => row.streetCode),
  code(
    '社区',
    'community',
    { zh: '所在社区的名称', en: 'name of its community' },
    ({ community, communityCode }) => community ?? communityCode,
  ),
  code('网格编码', 'grid code', { zh: '15 位网格编码', en: 'code of 15 digits' }, ({ gridCode }) => gridCode),
  code('网格', 'grid', { zh: '所在网格的名称', en: 'name of its grid' }, ({ grid }) => grid),
  {
    label: { zh: '地址', en: 'address' },
    kind: 'text',
    meaning: { zh: '上报的地址', en: 'the address that was reported' },
    source: entered,
    value: ({ address }) => address,
  },
  ...plainFieldNames.map((name): Column => {
    const { header, label, kind } = plainFieldOf(name)
    return { label: header, kind, meaning: label, source: entered, value: (row) => row[name] }
  }),
  ...placeColumns<IncidentRow>({ zh: '事发地点', en: 'where it happened' }),
  {
    label: { zh: '定位方式', en: 'position source' },
    kind: 'text',
    bytes: 60,
    meaning: { zh: '坐标是实测的，还是按地址查到的', en: 'whether the position is measured or found by the address' },
    value: ({ positionSource }, language) =>
      positionSource === null ? null : positionSourceLabels[positionSource][language],
  },
  {
    label: { zh: '定位可信度', en: 'position certainty' },
    kind: 'decimal',
    meaning: { zh: '按地址定位的把握，0 至 1', en: 'how surely the address means the place, from 0 to 1' },
    value: ({ positionCertainty }) => positionCertainty,
  },
  time('发生时间', 'happened at', 'happenedAt', { zh: '事件发生的时间（起）', en: 'when it happened, or from when' }),
  time('发生时间止', 'happened until', 'happenedUntil', {
    zh: '只知道发生在两个时间之间时的后一个',
    en: 'the end, where only an interval is known',
  }),
  {
    ...time('上报时间', 'reported at', 'reportedAt', { zh: '上报的时间', en: 'when it was reported' }),
    source: imported,
  },
  time('办理期限', 'due at', 'dueAt', { zh: '应办结的时间', en: 'when it is due' }),
  time('办结时间', 'closed at', 'closedAt', { zh: '实际办结的时间', en: 'when it was closed' }),
]

/** The filter's incidents with the names of their areas, in the order of their key. */
export const incidentSource: ExportSource<IncidentRow> = {
  shape: 'point',
  style: { colour: '#b3261e' },
  columns,
  async *rows(transaction, { filter }) {
    const cursor = transaction<IncidentRow[]>`
      select ${incidentColumns(transaction)}, round(position[0]::numeric, 7)::float8 as lon,
        round(position[1]::numeric, 7)::float8 as lat,
        (select name from area where code = community_code) as community,
        (select name from area where code = grid_code) as grid
      from incident where ${listedIncidents(transaction, filter)}
      order by street_code, number`.cursor(rowsPerFetch)
    for await (const rows of readAhead(cursor))
      yield rows.map((row) => {
        const { lon, lat, community: _community, grid: _grid, ...properties } = row
        const id = `${row.streetCode}-${row.number}`
        return {
          row,
          id,
          properties,
          geometry: lon === null || lat === null ? null : { type: 'Point', coordinates: [lon, lat] },
        }
      })
  },
}
