import type { Counts } from '../../../view/area-counts.ts'

export type SortKey = 'name' | keyof Counts
export type AreaRow = Counts & { code: string; name: string }

const byName = new Intl.Collator('zh-CN', { numeric: true })

/** Rows by one column; equal ones by code, so that an order never jumps. */
export function sortedRows(rows: readonly AreaRow[], by: SortKey, descending: boolean): AreaRow[] {
  const sign = descending ? -1 : 1
  return rows.toSorted((a, b) => {
    const difference = by === 'name' ? byName.compare(a.name, b.name) : a[by] - b[by]
    return difference * sign || (a.code < b.code ? -1 : 1)
  })
}
