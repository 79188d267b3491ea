import type { Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'
import { fieldOf, cellFields, isOpenAt, parseNumbers, placeCode, hasUpperWord } from './layout.ts'

/** Cells with how many incidents are so, in the same order. */
export type Cells = { cells: readonly number[]; counts: readonly number[] }

/** The same of a street's month, place by place: how many cells belong to each. */
export type PlacedCells = Cells & { places: readonly number[]; sizes: readonly number[] }

/** `PlacedCells` as the database sends them: numbers between commas. */
export type CellTexts = { places: string; sizes: string; cells: string; counts: string }

export function parseCells({ places, sizes, cells, counts }: CellTexts): PlacedCells {
  return {
    places: parseNumbers(places),
    sizes: parseNumbers(sizes),
    cells: parseNumbers(cells),
    counts: parseNumbers(counts),
  }
}

/**
 * Counts rows by street, local month, place and cell: a row a street and month with `CellTexts`, `first_reported` and
 * `last_reported`.
 *
 * @param rows a query of street_code, month, place, cell, reported_at.
 */
export function groupCells(transaction: Transaction, rows: Fragment): Fragment {
  return transaction`
    select street_code, month, string_agg(place::text, ',' order by place) as places,
      string_agg(size::text, ',' order by place) as sizes, string_agg(cells, ',' order by place) as cells,
      string_agg(counts, ',' order by place) as counts, min(first) as first_reported, max(last) as last_reported
    from (
      select street_code, month, place, count(*) as size, string_agg(cell::text, ',' order by cell) as cells,
        string_agg(count::text, ',' order by cell) as counts, min(first) as first, max(last) as last
      from (
        select street_code, month, place, cell, count(*) as count, min(reported_at) as first, max(reported_at) as last
        from (${rows}) r group by 1, 2, 3, 4
      ) c
      group by 1, 2, 3
    ) p
    group by 1, 2`
}

/** A street's month in memory: eight bytes a cell, more only where the facets need a second word. */
export type MonthCells = {
  streetCode: string
  /** First local day, `YYYY-MM-DD`. */
  month: string
  /** Codes of places that have incidents; how many each has, how many are open, and where its cells end. */
  places: readonly string[]
  totals: Uint32Array
  opens: Uint32Array
  ends: Uint32Array
  /** The lower 32 bits of each cell, and those above them. */
  lower: Uint32Array
  upper: Uint32Array | null
  counts: Uint32Array
}

export function monthCells(streetCode: string, month: string, placed: PlacedCells): MonthCells {
  const { places, sizes, cells, counts } = placed
  const [totals, opens, ends] = [0, 1, 2].map(() => new Uint32Array(places.length)) as [
    Uint32Array<ArrayBuffer>,
    Uint32Array<ArrayBuffer>,
    Uint32Array<ArrayBuffer>,
  ]
  let end = 0
  for (const [at, size] of sizes.entries()) {
    for (const start = end; end < start + size; end++) {
      totals[at]! += counts[end]!
      if (isOpenAt[fieldOf(cells[end]!, cellFields.status)]!) opens[at]! += counts[end]!
    }
    ends[at] = end
  }
  return {
    streetCode,
    month,
    places: places.map((place) => placeCode(streetCode, place)),
    totals,
    opens,
    ends,
    // Each element is taken modulo 2³².
    lower: Uint32Array.from(cells),
    upper: hasUpperWord ? Uint32Array.from(cells, (cell) => Math.floor(cell / 2 ** 32)) : null,
    counts: Uint32Array.from(counts),
  }
}
