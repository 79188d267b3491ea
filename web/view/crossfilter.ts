import type { IncidentColumns } from '@minqing/data/domain/incident-columns'
import { type FacetCodes, type FacetName, facetNames, facetOf, mapFacets } from '@minqing/data/domain/incident-facets'
import { incidentStatuses, isCounted, isOpen } from '@minqing/data/domain/incident-status'
import { type FacetCount, type IncidentSummary, summaryKey } from '@minqing/data/domain/summary'
import { dayOf } from './day.ts'
import type { TimeWindow } from './time-window.ts'

/** The view's own parameters that select incidents. `area` is a code prefix. */
export type ViewFilter = FacetCodes & { area: string | null; time: TimeWindow }

/**
 * What the filter leaves. `mask`, `total`, `open`, `overdue`, `grid*` and `byHour` obey every part of the filter;
 * `byFacet` and `byDay` obey every part but their own, so that a choice can be widened again. Arrays are indexed by
 * the positions of a facet's codes, of `columns.grids`, and by days from `firstDay`.
 */
export type Tally = {
  mask: Uint8Array
  total: number
  open: number
  overdue: number
  byFacet: Record<FacetName, Uint32Array>
  byHour: Uint32Array
  firstDay: number
  byDay: Uint32Array
  gridTotal: Uint32Array
  gridOpen: Uint32Array
  gridOverdue: Uint32Array
}

const none = 0
const failsArea = 1
const failsTime = 2
/** What is never counted fails by two parts: no part's own counts include it. */
const failsAll = failsArea | failsTime
/** A bit for each part of the filter that an incident fails: 0 passes, a power of two fails by that part alone. */
const failsFacet = mapFacets((name) => 4 << facetNames.indexOf(name))

/** By the position of a status in its facet. */
const isOpenAt = Uint8Array.from(incidentStatuses, (status) => Number(isOpen(status)))
const failsAtStatus = Uint8Array.from(incidentStatuses, (status) => (isCounted(status) ? none : failsAll))

/** Whether a row's incident is open. */
export function isOpenRow({ status }: IncidentColumns, row: number): boolean {
  return isOpenAt[status[row]!] === 1
}

/** Whether a row's incident is open and was due before `now` (seconds). */
export function isOverdueRow(columns: IncidentColumns, row: number, now: number): boolean {
  const due = columns.due[row]!
  return due !== 0 && due < now && isOpenRow(columns, row)
}

/** For each code of a facet the bit that an incident with it gets. */
function failTable(name: FacetName, chosen: readonly string[]): Uint16Array {
  return Uint16Array.from(facetOf(name).codes, (code) =>
    chosen.length === 0 || chosen.includes(code) ? none : failsFacet[name],
  )
}

/** First row whose `reported` is at least `seconds`; rows are ordered by it. */
export function lowerBound(reported: Uint32Array, seconds: number): number {
  let low = 0
  let high = reported.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (reported[middle]! < seconds) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Counts what a filter leaves of all incidents in passes over the columns: linear, and below the time of a few frames
 * for a million rows.
 *
 * @param now seconds: what is overdue is overdue then.
 */
export function tally(columns: IncidentColumns, filter: ViewFilter, now: number): Tally {
  const { length, reported, due, status, grid, grids } = columns
  // The columns hold one street: a street's filter means all of them, also the incidents outside every grid.
  const prefix = filter.area !== null && filter.area.length > 9 ? filter.area : ''
  const ofGrid = Uint8Array.from(grids, (code) => (code.startsWith(prefix) ? none : failsArea))
  const from = filter.time.from === null ? 0 : lowerBound(reported, filter.time.from)
  const to = filter.time.to === null ? length : lowerBound(reported, filter.time.to)

  const firstDay = length === 0 ? 0 : dayOf(reported[0]!)
  const days = length === 0 ? 0 : dayOf(reported[length - 1]!) - firstDay + 1
  const result: Tally = {
    mask: new Uint8Array(length),
    total: 0,
    open: 0,
    overdue: 0,
    byFacet: mapFacets((_, { codes }) => new Uint32Array(codes.length)),
    byHour: new Uint32Array(24),
    firstDay,
    byDay: new Uint32Array(days),
    gridTotal: new Uint32Array(grids.length),
    gridOpen: new Uint32Array(grids.length),
    gridOverdue: new Uint32Array(grids.length),
  }
  const { mask, byHour, byDay, gridTotal, gridOpen, gridOverdue } = result

  const fails = new Uint16Array(length)
  for (let row = 0; row < length; row++)
    fails[row] = ofGrid[grid[row]!]! | (row >= from && row < to ? none : failsTime) | failsAtStatus[status[row]!]!
  // A facet a pass: its column is one flat array, and the loop knows no names.
  for (const name of facetNames)
    if (filter[name].length > 0) addFails(fails, columns[name], failTable(name, filter[name]))
  for (const name of facetNames) countPassing(fails, columns[name], failsFacet[name], result.byFacet[name])

  for (let row = 0; row < length; row++) {
    const failed = fails[row]!
    if ((failed & ~failsTime) !== 0) continue
    byDay[dayOf(reported[row]!) - firstDay]!++
    if (failed !== 0) continue
    mask[row] = 1
    result.total++
    gridTotal[grid[row]!]!++
    byHour[Math.floor(((reported[row]! + 28_800) % 86_400) / 3600)]!++
    if (isOpenAt[status[row]!] === 0) continue
    result.open++
    gridOpen[grid[row]!]!++
    if (due[row] === 0 || due[row]! >= now) continue
    result.overdue++
    gridOverdue[grid[row]!]!++
  }
  return result
}

function addFails(fails: Uint16Array, column: Uint8Array, table: Uint16Array): void {
  for (let row = 0; row < fails.length; row++) fails[row]! |= table[column[row]!]!
}

/** Counts the rows that fail by no part but `own`, by their codes. */
function countPassing(fails: Uint16Array, column: Uint8Array, own: number, counts: Uint32Array): void {
  for (let row = 0; row < fails.length; row++) if ((fails[row]! & ~own) === 0) counts[column[row]!]!++
}

export type Counts = { total: number; open: number; overdue: number }

/** Counts of the areas whose codes have `digits` digits, from those of the grids below them. */
export function countsByArea(counted: Tally, grids: readonly string[], digits: number): Map<string, Counts> {
  const areas = new Map<string, Counts>()
  for (const [index, grid] of grids.entries()) {
    if (grid === '') continue
    const code = grid.slice(0, digits)
    const counts = areas.get(code) ?? { total: 0, open: 0, overdue: 0 }
    counts.total += counted.gridTotal[index]!
    counts.open += counted.gridOpen[index]!
    counts.overdue += counted.gridOverdue[index]!
    areas.set(code, counts)
  }
  return areas
}

/**
 * The server's counts in the shape of our own. A month's incidents are counted on its first day; there is no mask,
 * because no incident is known by itself. `grid*` follow `places`.
 *
 * @param byMonth where the filter without its time is counted apart, its months.
 */
export function tallyOfSummary(
  summary: IncidentSummary,
  byMonth: IncidentSummary['byMonth'] = summary.byMonth,
): { tally: Tally; places: string[] } {
  const first = byMonth[0]
  const last = byMonth.at(-1)
  const start = ({ month }: { month: string }) => dayOf(Date.parse(`${month}-01T00:00:00+08:00`) / 1000)
  const firstDay = first === undefined ? 0 : start(first)
  const byDay = new Uint32Array(last === undefined ? 0 : start(last) - firstDay + 28)
  for (const bin of byMonth) byDay[start(bin) - firstDay] = bin.count
  const { byArea } = summary
  return {
    places: byArea.map(({ code }) => code),
    tally: {
      mask: new Uint8Array(0),
      total: summary.total,
      open: summary.open,
      overdue: summary.overdue,
      byFacet: mapFacets((name, { codes }) => {
        const rows: Partial<FacetCount<typeof name>>[] = summary[summaryKey(name)]
        return Uint32Array.from(codes, (code) => rows.find((row) => row[name] === code)?.count ?? 0)
      }),
      byHour: Uint32Array.from(summary.byHour),
      firstDay,
      byDay,
      gridTotal: Uint32Array.from(byArea, ({ total }) => total),
      gridOpen: Uint32Array.from(byArea, ({ open }) => open),
      gridOverdue: Uint32Array.from(byArea, ({ overdue }) => overdue),
    },
  }
}
