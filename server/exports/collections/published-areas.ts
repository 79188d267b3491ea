import type { ExportColumn, ExportSource } from '../export-table.ts'
import { isOwn, selectedGroups } from '../../published/select-groups.ts'
import { readWithheldAreas } from '../../published/withheld-buildings.ts'
import { areaColumns, type AreaRow, perThousand, readAreas } from './areas.ts'

type PublishedArea = AreaRow & { incidents: number | null; perThousandHouseholds: number | null }

const counted = { zh: '按事件统计', en: 'counted from the cases' }

const columns: readonly ExportColumn<PublishedArea>[] = [
  ...areaColumns,
  {
    label: { zh: '事件数', en: 'incidents' },
    kind: 'integer',
    meaning: {
      zh: '能公布到本区域的事件，不少于 5；空为零或未公布，未公布的计入上级区域',
      en: 'cases that can be published for this area, at least 5; empty: none, or counted with the area above',
    },
    unit: { zh: '件', en: 'cases' },
    source: counted,
    value: ({ incidents }) => incidents,
  },
  {
    label: { zh: '每千户事件数', en: 'per 1,000 households' },
    kind: 'decimal',
    meaning: { zh: '事件数 ÷ 户数 × 1000', en: 'cases ÷ households × 1,000' },
    unit: { zh: '件/千户', en: 'per 1,000' },
    source: counted,
    value: ({ perThousandHouseholds }) => perThousandHouseholds,
  },
]

/** Areas with sums of whole published groups: what is known of an area only above it is counted there. */
export const publishedAreaSource: ExportSource<PublishedArea> = {
  shape: 'area',
  style: { colour: '#fd8d3c', classesOf: 'incidents' },
  columns,
  async *rows(transaction, request) {
    const counts = new Map<string, number>()
    const length = request.level === 'grid' ? 15 : 12
    for await (const { groups } of selectedGroups(transaction, { ...request, scope: request.source.scope }))
      for (const { area, count } of groups) {
        const code = area.slice(0, length)
        counts.set(code, (counts.get(code) ?? 0) + count)
      }
    const withheld = await readWithheldAreas(transaction)
    const placed = await readAreas(transaction, request)
    yield placed
      .filter(({ row }) => isOwn(request.source.scope, row.code))
      .map(({ row: read, geometry, middle }) => {
        const row = withheld.has(read.code) ? { ...read, households: null, residents: null } : read
        const incidents = counts.get(row.code) ?? null
        const perThousandHouseholds = incidents === null ? null : perThousand(incidents, row.households)
        const full = { ...row, incidents, perThousandHouseholds }
        return { row: full, id: row.code, geometry, middle, properties: full }
      })
  },
}
