import type { IncidentColumns } from '@minqing/data/domain/incident-columns'
import { isOpenRow, isOverdueRow } from '../../../view/crossfilter.ts'
import type { caseLists } from '../../../view/parameters.ts'

export type ListKind = (typeof caseLists)[number]

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
