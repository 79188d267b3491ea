import { type FacetName, facetNames } from '@minqing/data/domain/incident-facets'
import type { Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'
import type { Cells } from './cells.ts'
import { cellFields, fieldOf, parseNumbers } from './layout.ts'
import { addCell, noSums, type Sums, withoutTail } from './sums.ts'

/** What the incidents of a sum have in common: a code of a facet, or nothing (`any`, position 0). */
export type TotalKey = { facet: FacetName | 'any'; position: number }

/** Sums of all streets in a local month (`YYYY-MM-DD`, its first day), of the incidents with one code of a facet. */
export type TotalRow = TotalKey & { month: string } & Sums

/** Sums of all streets' incidents, or by how much they have changed. */
export class TotalSums {
  /** By month, facet and position of its code. */
  readonly #months = new Map<string, Record<FacetName | 'any', Sums[]>>()

  /** Adds a street's month, or takes it away with `sign` −1. */
  add(month: string, { cells, counts }: Cells, sign: 1 | -1 = 1): void {
    let sums = this.#months.get(month)
    if (sums === undefined) {
      const none = ['any', ...facetNames].map((name) => [name, []])
      sums = Object.fromEntries(none) as Record<FacetName | 'any', Sums[]>
      this.#months.set(month, sums)
    }
    for (const [i, cell] of cells.entries()) {
      const count = counts[i]! * sign
      addCell((sums.any[0] ??= noSums()), cell, count)
      for (const name of facetNames) addCell((sums[name][fieldOf(cell, cellFields[name])] ??= noSums()), cell, count)
    }
  }

  /** Those that are not zero in every way: an incident that changed its type leaves sums that add up to nothing. */
  rows(): TotalRow[] {
    return [...this.#months].flatMap(([month, sums]) =>
      (['any', ...facetNames] as const).flatMap((facet) =>
        sums[facet].flatMap((own, position) =>
          own.total === 0 && own.open === 0 && own.sums.every((count) => count === 0)
            ? []
            : [{ month, facet, position, ...own }],
        ),
      ),
    )
  }
}

/** Brings the stored sums up to a change. Every writer comes with its rows in one order, so that two cannot deadlock. */
export async function changeTotals(transaction: Transaction, changes: TotalSums): Promise<void> {
  const rows = changes.rows()
  if (rows.length === 0) return
  const added = transaction`
    insert into incident_total (month, facet, position, total, open, sums)
    select month, facet, position, total, open, sums::integer[]
    from unnest(${rows.map(({ month }) => month)}::text[]::date[], ${rows.map(({ facet }) => facet)}::text[],
      ${rows.map(({ position }) => position)}::integer[], ${rows.map(({ total }) => total)}::integer[],
      ${rows.map(({ open }) => open)}::integer[], ${rows.map(({ sums }) => `{${withoutTail(sums).join(',')}}`)}::text[])
      as n (month, facet, position, total, open, sums)
    order by month, facet, position
    on conflict (facet, position, month) do update set
      total = incident_total.total + excluded.total, open = incident_total.open + excluded.open,
      sums = array(
        select coalesce(stored, 0) + coalesce(change, 0)
        from unnest(incident_total.sums, excluded.sums) with ordinality as p (stored, change, at) order by at)`
  const removed = transaction`
    delete from incident_total where total = 0 and month = any(${rows.map(({ month }) => month)}::text[]::date[])`
  // Sent together: every writer of the months waits for these rows.
  await Promise.all([added, removed])
}

/** The stored sums of the rows that meet the conditions. */
export async function readTotals(transaction: Transaction, conditions: Fragment): Promise<TotalRow[]> {
  const rows = await transaction<(Omit<TotalRow, 'sums'> & { sums: string })[]>`
    select month, facet, position, total, open, array_to_string(sums, ',') as sums
    from incident_total where ${conditions}`
  return rows.map((row) => ({ ...row, sums: parseNumbers(row.sums) }))
}

/** Adds up the stored months of the streets again. */
export async function sumTotals(transaction: Transaction): Promise<void> {
  await transaction`delete from incident_total`
  const totals = new TotalSums()
  const months = transaction<{ month: string; cells: string; counts: string }[]>`
    select month, array_to_string(cells, ',') as cells, array_to_string(counts, ',') as counts
    from incident_month`.cursor(100)
  for await (const fetched of months)
    for (const { month, cells, counts } of fetched)
      totals.add(month, { cells: parseNumbers(cells), counts: parseNumbers(counts) })
  await changeTotals(transaction, totals)
}
