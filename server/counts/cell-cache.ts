import { setTimeout as delay } from 'node:timers/promises'
import type { Fragment } from '../store/conditions.ts'
import type { Database, Transaction } from '../store/connect.ts'
import { openScope, readAs, type Scope } from '../store/scope.ts'
import { type CellTexts, type MonthCells, monthCells, parseCells } from './cells.ts'

/** Cells that are cached at most: a city's ten million incidents have about as many, in 100 MB. */
const defaultCapacity = 25_000_000

/** Where counts come from, and for whom: counts are stored by street, and who sees less is counted for by rows. */
export type CountSource = { scope: Scope; cells: CellCache }

type Held = { countedAt: string; cells: MonthCells }
type Listed = { streetCode: string; month: string; countedAt: string }

/**
 * The stored cells of streets' months, cached: a filter by several facets over a city needs all of them, and reading ten
 * million from the database takes seconds. A month is used only while the database has the same version of it
 * (`counted_at`), so that every answer is that of its transaction; a transaction finds only the months that it may see.
 */
export class CellCache {
  /** By street and month, the longest unused first. */
  readonly #months = new Map<string, Held>()
  readonly #capacity: number
  #size = 0

  /** @param capacity cells to cache. */
  constructor(capacity = defaultCapacity) {
    this.#capacity = capacity
  }

  /** The months that the transaction may see and that meet the conditions on `incident_month`. */
  async read(transaction: Transaction, conditions: Fragment): Promise<MonthCells[]> {
    const listed = await transaction<Listed[]>`
      select street_code, month, counted_at::text as counted_at from incident_month where ${conditions}`
    const found: MonthCells[] = []
    const missing: Listed[] = []
    for (const row of listed) {
      const held = this.#use(row)
      if (held === undefined) missing.push(row)
      else found.push(held)
    }
    for (const [streetCode, rows] of Map.groupBy(missing, (row) => row.streetCode)) {
      // One street's text in memory at a time.
      for (const held of await fetchMonths(transaction, streetCode, rows)) {
        found.push(held.cells)
        this.#add(held)
      }
    }
    return found
  }

  /** Reads everything once, street by street, so that the first question need not. */
  async fill(database: Database, signal: AbortSignal): Promise<void> {
    const streets = await readAs(
      database,
      openScope,
      (transaction) => transaction<{ streetCode: string }[]>`select distinct street_code from incident_month`,
    )
    for (const { streetCode } of streets) {
      if (signal.aborted) return
      const began = performance.now()
      // One after the other.
      await readAs(database, openScope, (transaction) =>
        this.read(transaction, transaction`street_code = ${streetCode}`),
      )
      // Requests come first: a quarter of the time is enough.
      await delay(3 * (performance.now() - began), undefined, { signal }).catch(() => {})
    }
  }

  #use({ streetCode, month, countedAt }: Listed): MonthCells | undefined {
    const key = `${streetCode} ${month}`
    const held = this.#months.get(key)
    if (held?.countedAt !== countedAt) return undefined
    this.#months.delete(key)
    this.#months.set(key, held)
    return held.cells
  }

  #add(held: Held): void {
    const key = `${held.cells.streetCode} ${held.cells.month}`
    this.#drop(key)
    this.#months.set(key, held)
    this.#size += held.cells.lower.length
    for (const oldest of this.#months.keys()) {
      if (this.#size <= this.#capacity) break
      this.#drop(oldest)
    }
  }

  #drop(key: string): void {
    this.#size -= this.#months.get(key)?.cells.lower.length ?? 0
    this.#months.delete(key)
  }
}

/** By street, which one machine of a distributed database has. */
async function fetchMonths(transaction: Transaction, street: string, months: readonly Listed[]): Promise<Held[]> {
  const rows = await transaction<({ month: string; countedAt: string } & CellTexts)[]>`
    select month, counted_at::text as counted_at, array_to_string(places, ',') as places,
      array_to_string(sizes, ',') as sizes, array_to_string(cells, ',') as cells, array_to_string(counts, ',') as counts
    from incident_month
    where street_code = ${street} and month = any(${months.map(({ month }) => month)}::text[]::date[])`
  return rows.map(({ month, countedAt, ...texts }) => ({
    countedAt,
    cells: monthCells(street, month, parseCells(texts)),
  }))
}
