import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { openStatuses } from '@minqing/data/domain/incident-status'
import { useQuery } from '@tanstack/react-query'
import { casePageQuery } from '../../../api/case-page.ts'
import { incidentId } from '../../../api/incident.ts'
import { useIncidents } from '../map-page.ts'
import { CaseRow } from './case-row.tsx'
import type { ListKind } from './listed-rows.ts'

export const rowsPerPage = 50

/** One page of the list: asks for the words of its cases by the stretch of time that they were reported in. */
export function CasePage({
  rows,
  page,
  first,
  end,
  list,
}: {
  rows: Uint32Array
  page: number
  first: number
  end: number
  list: ListKind
}) {
  const { columns, filter } = useIncidents()
  const from = page * rowsPerPage
  const to = Math.min(from + rowsPerPage, rows.length)
  const instant = (index: number, more: number) =>
    new Date(((columns?.reported[rows[index]!] ?? 0) + more) * 1000).toISOString().replace('.000', '')
  // Columns know whole seconds, rounded either way: a second more on both sides.
  const window: IncidentFilter = { ...filter, from: instant(to - 1, -1), to: instant(from, 2) }
  if (list !== 'all' && (filter.statuses ?? []).length === 0) window.statuses = openStatuses
  const query = useQuery(casePageQuery(window))
  const shown = Array.from(rows.subarray(Math.max(from, first), Math.min(to, end)), (row, index) => ({
    row,
    index: Math.max(from, first) + index,
  }))
  return shown.map(({ row, index }) => (
    <CaseRow
      key={row}
      row={row}
      index={index}
      count={rows.length}
      words={columns && query.data?.get(incidentId(columns.street(row), columns.number(row)))}
      failed={query.isError}
      loaded={query.isSuccess}
    />
  ))
}
