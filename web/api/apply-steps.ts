import {
  type IncidentColumns,
  degreesPerUnit,
  noPosition,
  numericColumnNames,
} from '@minqing/data/domain/incident-columns'
import { facetOf } from '@minqing/data/domain/incident-facets'
import { isCounted } from '@minqing/data/domain/incident-status'
import type { LiveStep } from '@minqing/data/domain/live'
import { positionSources } from '@minqing/data/domain/position-source'

/**
 * The columns after steps that were taken since, in order, without fetching them again: cases that are there are changed,
 * new ones appended. What is shared with the columns before is what no step changes.
 *
 * @returns null where it cannot be said: a case that was reported before the last one, is counted no more, or lies in a
 *   grid that no case had.
 */
export function applySteps(columns: IncidentColumns, steps: readonly LiveStep[]): IncidentColumns | null {
  // Of several steps of a case the last one says how it is now.
  const latest = new Map(steps.map((step) => [keyOf(step.street, step.number), step]))
  const rows = rowsOf(columns, new Set(latest.keys()))
  if ([...rows.keys()].some((key) => !isCounted(latest.get(key)!.status))) return null
  const fresh = [...latest].filter(([key, { status }]) => !rows.has(key) && isCounted(status)).map(([, step]) => step)
  const added = fresh.toSorted((a, b) => secondsOf(a.reportedAt) - secondsOf(b.reportedAt))
  const last = columns.reported[columns.length - 1] ?? 0
  if (added.some(({ reportedAt, area }) => secondsOf(reportedAt) < last || !columns.grids.includes(gridOf(area))))
    return null
  const changed = extended(columns, added.length)
  for (const [key, row] of rows) write(changed, row, latest.get(key)!)
  for (const [index, step] of added.entries()) {
    const row = columns.length + index
    write(changed, row, step)
    changed.reported[row] = secondsOf(step.reportedAt)
    changed.x[row] = step.lon === null ? noPosition : Math.round(step.lon / degreesPerUnit)
    changed.y[row] = step.lat === null ? noPosition : Math.round(step.lat / degreesPerUnit)
    changed.positionSource[row] = Math.max(positionSources.indexOf(step.positionSource ?? 'measured'), 0)
    changed.grid[row] = columns.grids.indexOf(gridOf(step.area))
  }
  const stepAt = (row: number) => added[row - columns.length]
  return {
    ...changed,
    street: (row) => stepAt(row)?.street ?? columns.street(row),
    number: (row) => stepAt(row)?.number ?? columns.number(row),
  }
}

/** What a step may change of a case. */
function write(columns: IncidentColumns, row: number, step: LiveStep): void {
  columns.status[row] = facetOf('status').codes.indexOf(step.status)
  columns.type[row] = facetOf('type').codes.indexOf(step.type)
  columns.risk[row] = facetOf('risk').codes.indexOf(step.risk)
  columns.channel[row] = facetOf('channel').codes.indexOf(step.channel)
  columns.due[row] = step.dueAt === null ? 0 : secondsOf(step.dueAt)
}

/** Copies with room for more rows. */
function extended(columns: IncidentColumns, more: number): IncidentColumns {
  const length = columns.length + more
  const longer = <Numbers extends IncidentColumns['grid'] | IncidentColumns['x'] | IncidentColumns['status']>(
    old: Numbers,
  ) => {
    const copy = new (old.constructor as new (rows: number) => Numbers)(length)
    copy.set(old)
    return copy
  }
  const numbers = Object.fromEntries(numericColumnNames.map((name) => [name, longer(columns[name])]))
  return { ...columns, ...numbers, grid: longer(columns.grid), length }
}

/** Rows of the cases, from the end: what moves is seldom old. */
function rowsOf(columns: IncidentColumns, keys: ReadonlySet<string>): Map<string, number> {
  const rows = new Map<string, number>()
  for (let row = columns.length - 1; row >= 0 && rows.size < keys.size; row -= 1) {
    const key = keyOf(columns.street(row), columns.number(row))
    if (keys.has(key)) rows.set(key, row)
  }
  return rows
}

const keyOf = (street: string, number: string) => `${street}-${number}`
const secondsOf = (instant: string) => Math.floor(Date.parse(instant) / 1000)
/** '' outside every grid. */
const gridOf = (area: string) => (area.length === 15 ? area : '')
