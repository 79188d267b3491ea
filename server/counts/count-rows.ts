import { type FacetCode, type FacetName, mapFacets } from '@minqing/data/domain/incident-facets'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { homeTimeZone } from '@minqing/data/domain/instant'
import { allOf, type Fragment, listed } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'
import { countedIncidents, isOpen, isOverdue } from './incident-conditions.ts'

/** What rows are grouped by: codes of facets, codes of areas (null outside them), the hour of the local day (0–23). */
type Groups = { [Name in FacetName]: FacetCode<Name> } & {
  street: string
  community: string | null
  grid: string | null
  hour: number
}
export type Dimension = keyof Groups

/** [from, to) */
export type Period = { from: string; to: string }

/** Which incidents of a group are counted: all of these conditions hold. Without any, all incidents of the filter. */
export type Measure = {
  only?: 'open' | 'overdue'
  reported?: Period
  due?: Period
  closed?: Period
  /** Closed by their due time. */
  inTime?: true
}

/**
 * Counts the incidents of a filter from their rows, jointly by several dimensions and to the minute: what `queryCounts`
 * has no stored counts for. One pass over the rows of the filter's area; the columns are those that the wall may read.
 *
 * @param question.now the time at which incidents are overdue.
 * @returns a row for each combination that a measure counts.
 */
export async function countRows<By extends Dimension, Name extends string>(
  transaction: Transaction,
  question: { filter: IncidentFilter; now: Date | string; by: readonly By[]; measures: Record<Name, Measure> },
): Promise<(Pick<Groups, By> & Record<Name, number>)[]> {
  const { filter, now, by, measures } = question
  const named = (expression: Fragment, name: string) => transaction`${expression} as ${transaction(name)}`
  const groups = by.map((dimension) => named(groupOf(transaction, dimension), dimension))
  const counts = Object.entries<Measure>(measures).map(([name, measure]) =>
    named(transaction`count(*) filter (where ${measureOf(transaction, measure, now)})`, name),
  )
  const positions = by.map((_, index) => transaction.unsafe(String(index + 1)))
  // Rows that no measure counts are left out before they are grouped: for recent and open cases that is most of them.
  const isMeasured = Object.values<Measure>(measures)
    .map((measure) => measureOf(transaction, measure, now))
    .reduce((joined, one) => transaction`${joined} or ${one}`)
  return transaction<(Pick<Groups, By> & Record<Name, number>)[]>`
    select ${listed(transaction, [...groups, ...counts])} from incident
    where ${allOf(transaction, [countedIncidents(transaction, filter), transaction`(${isMeasured})`])}
    ${by.length === 0 ? transaction`` : transaction`group by ${listed(transaction, positions)}`}`
}

const columns: Record<Exclude<Dimension, 'hour'>, string> = {
  street: 'street_code',
  community: 'community_code',
  grid: 'grid_code',
  ...mapFacets((_, { column }) => column),
}

function groupOf(transaction: Transaction, dimension: Dimension): Fragment {
  return dimension === 'hour'
    ? transaction`extract(hour from reported_at at time zone ${homeTimeZone})::integer`
    : transaction`${transaction(columns[dimension])}`
}

function measureOf(transaction: Transaction, measure: Measure, now: Date | string): Fragment {
  const { only, reported, due, closed, inTime } = measure
  const within = (column: string, period: Period | undefined) =>
    period && transaction`${transaction(column)} >= ${period.from} and ${transaction(column)} < ${period.to}`
  return allOf(transaction, [
    only === 'open' ? isOpen(transaction) : only === 'overdue' ? isOverdue(transaction, now) : undefined,
    within('reported_at', reported),
    within('due_at', due),
    within('closed_at', closed),
    inTime && transaction`closed_at <= due_at`,
  ])
}
