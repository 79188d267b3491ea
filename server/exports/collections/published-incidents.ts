import { incidentTypeLabels } from '@minqing/data/domain/incident-type'
import type { Label } from '@minqing/data/domain/label'
import { type ExportColumn, type ExportedRow, type ExportSource, placeColumns } from '../export-table.ts'
import type { PublishedGroup } from '../../published/read-published.ts'
import { selectedGroups } from '../../published/select-groups.ts'

type GroupRow = PublishedGroup & { name: string }

const placeLabels: Record<PublishedGroup['place'], Label> = {
  building: { zh: '楼栋', en: 'building' },
  cell: { zh: '小片', en: 'cell' },
  grid: { zh: '网格', en: 'grid' },
  community: { zh: '社区', en: 'community' },
  street: { zh: '街道', en: 'sub-district' },
}

const counted = { zh: '按事件统计', en: 'counted from the cases' }

const columns: readonly ExportColumn<GroupRow>[] = [
  {
    label: { zh: '地点级别', en: 'place' },
    kind: 'text',
    bytes: 30,
    meaning: {
      zh: '能公布到哪一级：楼栋或小片（均不少于 8 户）、网格、社区、街道',
      en: 'how closely the place can be given: building or cell (of at least 8 households each), grid, community, sub-district',
    },
    value: ({ place }, language) => placeLabels[place][language],
  },
  {
    label: { zh: '地点编码', en: 'place code' },
    kind: 'text',
    bytes: 30,
    meaning: { zh: '楼栋、小片或区域的编码', en: 'code of the building, cell or area' },
    value: ({ code }) => code,
  },
  {
    label: { zh: '地点名称', en: 'place name' },
    kind: 'text',
    bytes: 120,
    meaning: {
      zh: '楼栋或区域的名称；小片为所在网格加序号',
      en: 'name of the building or area; a cell has its grid and a number',
    },
    value: ({ name }) => name,
  },
  {
    label: { zh: '区域编码', en: 'area code' },
    kind: 'text',
    bytes: 20,
    meaning: { zh: '所在网格、社区或街道的编码', en: 'code of the grid, community or sub-district that it lies in' },
    value: ({ area }) => area,
  },
  {
    label: { zh: '时段', en: 'period' },
    kind: 'text',
    bytes: 10,
    meaning: { zh: '上报的月份（年-月），不足的并为年份', en: 'month in which they were reported, or the year' },
    source: counted,
    value: ({ period }) => period,
  },
  {
    label: { zh: '类型代码', en: 'type code' },
    kind: 'text',
    bytes: 10,
    meaning: {
      zh: '事件类型的代码；多种类型合计时为空',
      en: 'code of the type; empty where several are counted together',
    },
    source: counted,
    value: ({ type }) => type,
  },
  {
    label: { zh: '类型', en: 'type' },
    kind: 'text',
    bytes: 60,
    meaning: { zh: '事件类型；多种类型合计时为空', en: 'type; empty where several are counted together' },
    source: counted,
    value: ({ type }, language) => (type === null ? null : incidentTypeLabels[type][language]),
  },
  {
    label: { zh: '事件数', en: 'incidents' },
    kind: 'integer',
    meaning: { zh: '事件件数，不少于 5', en: 'number of cases, at least 5' },
    unit: { zh: '件', en: 'cases' },
    source: counted,
    value: ({ count }) => count,
  },
  ...placeColumns<GroupRow>({ zh: '地点中部', en: 'the middle of the place' }),
]

/** Cases as counts of groups, at buildings, cells and areas. */
export const publishedIncidentSource: ExportSource<GroupRow> = {
  shape: 'point',
  style: { colour: '#b3261e', classesOf: 'incidents' },
  columns,
  async *rows(transaction, request) {
    for await (const { groups, places } of selectedGroups(transaction, { ...request, scope: request.source.scope })) {
      const sorted = groups.toSorted((a, b) =>
        a.code < b.code ? -1 : a.code > b.code ? 1 : a.period < b.period ? -1 : 1,
      )
      yield sorted.map((group): ExportedRow<GroupRow> => {
        const { name = group.code, lon = null, lat = null } = places.get(group.code) ?? {}
        const row = { ...group, name }
        const { cell: _cell, ...properties } = row
        const id = [group.code, group.period, group.type ?? 'all'].join('-')
        return {
          row,
          id,
          properties,
          geometry: lon === null || lat === null ? null : { type: 'Point', coordinates: [lon, lat] },
        }
      })
    }
  },
}
