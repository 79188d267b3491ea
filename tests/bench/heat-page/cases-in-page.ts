import type { IncidentColumns } from '@minqing/data/domain/incident-columns'
import { noFacetCodes } from '@minqing/data/domain/incident-facets'
import { disputeTypes } from '@minqing/data/domain/incident-type'
import type { ViewFilter } from '../../../web/view/crossfilter.ts'
import { generateCases } from '../cases.ts'

/** The cases as the page holds them once it has read its columns. */
export function columnsOf(rows: number): IncidentColumns {
  const { numbers, streets, grids, codes: _, ...columns } = generateCases(rows, 7)
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

/** The moment at a share of the cases' whole time. */
function momentAt({ reported }: IncidentColumns, share: number): number {
  const [first = 0, last = 0] = [reported[0], reported.at(-1)]
  return Math.round(first + (last - first) * share)
}

/** The newest hundredth: enough to draw a first picture. */
export function recent(columns: IncidentColumns): ViewFilter {
  return { ...all, time: { from: momentAt(columns, 0.99), to: null } }
}

/** What an analyst does one after the other: brushes, moves the brush, looks at disputes of all years. */
export function changesOf(columns: IncidentColumns): ViewFilter[] {
  const at = (share: number) => momentAt(columns, share)
  return [
    { ...all, time: { from: at(0.2), to: at(0.6) } },
    { ...all, time: { from: at(0.25), to: at(0.65) } },
    { ...all, type: [...disputeTypes] },
  ]
}
