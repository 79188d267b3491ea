import type { IncidentColumns } from '@minqing/data/domain/incident-columns'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { incidentStatuses, incidentStatusLabels, openStatuses } from '@minqing/data/domain/incident-status'
import { incidentTypeLabels, incidentTypes } from '@minqing/data/domain/incident-type'
import { risks } from '@minqing/data/domain/risk'
import { useQuery } from '@tanstack/react-query'
import { incidentId } from '../../../api/incident.ts'
import { incidentPageQuery, type IncidentProperties } from '../../../api/incidents.ts'
import { useLanguage } from '../../../i18n/language.ts'
import { useMessages } from '../../../i18n/messages.ts'
import { RiskMark } from '../../../ui/risk-mark.tsx'
import { useFormats } from '../../../ui/use-formats.ts'
import { isOpenRow, isOverdueRow } from '../../../view/crossfilter.ts'
import type { incidentLists } from '../../../view/parameters.ts'
import { useFreshness, useIncidents, usePlace } from '../map-page.ts'
import styles from './incident-list.module.css'
import { messages } from './messages.ts'

export type ListKind = (typeof incidentLists)[number]

/** Rows of the columns that a list shows, newest first: those that the filter left, all, open or overdue at `now`. */
export function listedRows(columns: IncidentColumns, mask: Uint8Array, list: ListKind, now: number): Uint32Array {
  const rows: number[] = []
  for (let row = columns.length - 1; row >= 0; row--) {
    if (mask[row] === 0) continue
    if (list === 'open' && !isOpenRow(columns, row)) continue
    if (list === 'overdue' && !isOverdueRow(columns, row, now)) continue
    rows.push(row)
  }
  return Uint32Array.from(rows)
}

export const rowsPerPage = 50

/** Pixels of a row, the same for all: positions in the list are computed. The style sheet has the same value. */
export const rowHeight = 76

/** Texts that are asked for where the conditions of the list do not find them: all of a period's. */
const mostTexts = 10_000

/** One page of the list. Its titles are requested by the period in which its incidents were reported. */
export function IncidentRowsPage({
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
  const { asOf } = useFreshness()
  const from = page * rowsPerPage
  const to = Math.min(from + rowsPerPage, rows.length)
  const instant = (index: number, more: number) =>
    new Date(((columns?.reported[rows[index]!] ?? 0) + more) * 1000).toISOString().replace('.000', '')
  // Columns hold whole seconds, rounded either way: one more second on both sides.
  const period = { from: instant(to - 1, -1), to: instant(from, 2) }
  // The conditions of an earlier time are not those by which their texts are found.
  const window: IncidentFilter = asOf === null ? { ...filter, ...period } : { area: filter.area, ...period }
  if (asOf === null && list !== 'all' && (filter.status ?? []).length === 0) window.status = openStatuses
  const query = useQuery(incidentPageQuery(window, asOf === null ? undefined : mostTexts))
  const shown = Array.from(rows.subarray(Math.max(from, first), Math.min(to, end)), (row, index) => ({
    row,
    index: Math.max(from, first) + index,
  }))
  return shown.map(({ row, index }) => (
    <IncidentRow
      key={row}
      row={row}
      index={index}
      count={rows.length}
      properties={columns && query.data?.get(incidentId(columns.street(row), columns.number(row)))}
      failed={query.isError}
      loaded={query.isSuccess}
    />
  ))
}

/** One incident of the list: its columns at once, title and address when they are loaded. */
function IncidentRow({
  row,
  index,
  count,
  properties,
  failed,
  loaded,
}: {
  row: number
  index: number
  count: number
  properties: IncidentProperties | undefined
  failed: boolean
  loaded: boolean
}) {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  const overdueBy = useOverdue()
  const { columns } = useIncidents()
  const { select } = usePlace()
  if (columns === undefined) return null
  const number = columns.number(row)
  const status = incidentStatuses[columns.status[row]!]!
  const type = incidentTypes[columns.type[row]!]!
  const late = isOpenRow(columns, row) ? overdueBy(columns.due[row]!) : null
  return (
    <li className={styles.row} style={{ top: index * rowHeight }} aria-setsize={count} aria-posinset={index + 1}>
      <button
        type="button"
        className={styles.button}
        onClick={() => select({ kind: 'incident', id: incidentId(columns.street(row), number) })}
      >
        <RiskMark risk={risks[columns.risk[row]!]!} />
        <span className={styles.title}>
          {properties?.title || (failed ? t('titleFailed') : loaded ? number : t('titleLoading'))}
        </span>
        <span className={styles.facts}>
          {incidentTypeLabels[type][language]} · {formats.shortDateTime(new Date(columns.reported[row]! * 1000))}
          {properties?.address ? ` · ${properties.address}` : ''}
        </span>
        <span className={styles.status} data-late={late !== null || undefined}>
          {late === null ? incidentStatusLabels[status][language] : t('overdueBy', { duration: late })}
        </span>
      </button>
    </li>
  )
}

/** How long ago a due time (seconds) passed, in whole days or hours; null before it and where there is none. */
export function useOverdue(): (due: number) => string | null {
  const t = useMessages(messages)
  const { now } = useFreshness()
  return (due) => {
    if (due === 0 || due >= now) return null
    const hours = Math.floor((now - due) / 3600)
    return hours < 24 ? t('hours', { count: Math.max(1, hours) }) : t('days', { count: Math.floor(hours / 24) })
  }
}
