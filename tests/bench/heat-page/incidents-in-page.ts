import type { IncidentColumns } from '@minqing/data/domain/incident-columns'
import { facetOf, noFacetCodes } from '@minqing/data/domain/incident-facets'
import { areaPositions, positionSources } from '@minqing/data/domain/position-source'
import { incidentStatuses, isCounted } from '@minqing/data/domain/incident-status'
import { disputeTypes } from '@minqing/data/domain/incident-type'
import type { ViewFilter } from '../../../web/view/crossfilter.ts'
import { generateIncidents } from '../generate-incidents.ts'

/** The incidents as the page holds them once it has read its columns. */
export function incidentColumns(rows: number): IncidentColumns {
  const { numbers, streets, grids, codes: _, ...columns } = generateIncidents(rows, 7)
  const names = [...new Set(grids), '']
  const index = new Map(names.map((name, at) => [name, at]))
  return {
    ...columns,
    length: rows,
    grids: names,
    grid: Uint32Array.from(grids, (grid) => index.get(grid)!),
    street: (row) => streets[row]!,
    number: (row) => numbers[row]!,
  }
}

const all: ViewFilter = { area: null, time: { from: null, to: null }, ...noFacetCodes() }

/** The time, in seconds, at a share of the incidents' whole span. */
function timeAt({ reported }: IncidentColumns, share: number): number {
  const [first = 0, last = 0] = [reported[0], reported.at(-1)]
  return Math.round(first + (last - first) * share)
}

/** The newest hundredth: enough to draw a first picture. */
export function newest(columns: IncidentColumns): ViewFilter {
  return { ...all, time: { from: timeAt(columns, 0.99), to: null } }
}

/** What an analyst does one after the other: brushes, moves the brush, looks at disputes of all years. */
export function filterChanges(columns: IncidentColumns): ViewFilter[] {
  const at = (share: number) => timeAt(columns, share)
  return [
    { ...all, time: { from: at(0.2), to: at(0.6) } },
    { ...all, time: { from: at(0.25), to: at(0.65) } },
    { ...all, type: [...disputeTypes] },
  ]
}

/** Positions that stand for an area, which densities leave out, by their number in the columns. */
const isArea = positionSources.map((source) => areaPositions.includes(source))
/** Of statuses, by their number: drafts and void incidents are on no map. */
const counts = incidentStatuses.map(isCounted)

/** Rows that a filter without an area leaves to a density: nothing but the choice, and written apart from the page's own pass. */
export function filteredRows({ length, reported, ...columns }: IncidentColumns, filter: ViewFilter): Uint32Array {
  const chosen = (['type', 'channel', 'status', 'risk'] as const)
    .filter((name) => filter[name].length > 0)
    .map((name) => {
      const codes = filter[name] as readonly string[]
      return {
        values: columns[name],
        wanted: Uint8Array.from(facetOf(name).codes, (code) => Number(codes.includes(code))),
      }
    })
  const { from, to } = filter.time
  const rows = new Uint32Array(length)
  let count = 0
  for (let row = 0; row < length; row++) {
    if (from !== null && reported[row]! < from) continue
    if (to !== null && reported[row]! >= to) continue
    let holds = !isArea[columns.positionSource[row]!]! && counts[columns.status[row]!]!
    for (const { values, wanted } of chosen) holds &&= wanted[values[row]!] === 1
    if (holds) rows[count++] = row
  }
  return rows.subarray(0, count)
}
