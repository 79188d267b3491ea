import type { IncidentColumns } from '@minqing/data/domain/incident-columns'
import { facetOf } from '@minqing/data/domain/incident-facets'
import type { ViewFilter } from '../../../web/view/crossfilter.ts'

/** Rows that a filter without an area leaves: nothing but the choice, and written apart from the page's own pass. */
export function rowsOf({ length, reported, ...columns }: IncidentColumns, filter: ViewFilter): Uint32Array {
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
    let holds = true
    for (const { values, wanted } of chosen) holds &&= wanted[values[row]!] === 1
    if (holds) rows[count++] = row
  }
  return rows.subarray(0, count)
}
