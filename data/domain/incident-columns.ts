import { mapFacets } from './incident-facets.ts'

/** Columns of plain numbers, by the typed array that holds each. Facets are indices into their codes. */
export const numericColumns = {
  /** Degrees × 1e7 (1 cm); `noPosition` where an incident has no place. */
  x: Int32Array,
  y: Int32Array,
  /** Seconds since 1970-01-01T00:00Z. */
  reported: Uint32Array,
  /** Same; 0 where there is none. */
  due: Uint32Array,
  /** Index into `positionSources`. */
  positionSource: Uint8Array,
  ...mapFacets(() => Uint8Array),
}
export type NumericColumn = keyof typeof numericColumns
export type NumericColumns = { [Name in NumericColumn]: InstanceType<(typeof numericColumns)[Name]> }

/** The keys of an object literal are exactly those of its type. */
export const numericColumnNames = Object.keys(numericColumns) as NumericColumn[]

/** A typed array for each numeric column; each is made by the constructor of its own column. */
export function makeNumericColumns(make: (name: NumericColumn) => ArrayLike<number> | number): NumericColumns {
  const entries = numericColumnNames.map((name) => {
    const values = make(name)
    const array = numericColumns[name]
    return [name, typeof values === 'number' ? new array(values) : array.from(values)]
  })
  return Object.fromEntries(entries) as NumericColumns
}

/**
 * Incidents as columns, for layers and filters that work on all of them at once. One row each, ordered by
 * `reported`. Travels as an Arrow IPC stream whose columns carry these names; `number` is utf8, `grid` and `street`
 * are dictionary-encoded utf8, everything else is a plain number array.
 */
export type IncidentColumns = NumericColumns & {
  /** Rows. */
  length: number
  /** Index into `grids`; the last entry of `grids` is '' for incidents outside every grid. */
  grid: Uint16Array | Uint32Array
  grids: string[]
  /** The street of a row. */
  street: (row: number) => string
  number: (row: number) => string
}

/** Incidents that travel as columns at most; of more, counts and densities are shown. */
export const maxColumnRows = 1_000_000

export const noPosition = -2147483648
export const degreesPerUnit = 1e-7
