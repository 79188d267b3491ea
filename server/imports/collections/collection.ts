import type { KnownBuilding } from '@minqing/data/addresses/known-street'
import type { Label } from '@minqing/data/domain/label'
import type { FieldName } from '@minqing/data/domain/field-name'
import type { CopyValue } from '../../store/copy-rows.ts'
import type { Fragment } from '../../store/conditions.ts'
import type { Transaction } from '../../store/connect.ts'
import type { CollectionName } from '@minqing/data/domain/data-status'
import type { CheckContext } from '../check/check-context.ts'
import type { RowView } from '../check/row-view.ts'
import type { ApplyPlan } from '../plan.ts'

type ColumnType = 'text' | 'integer' | 'double precision' | 'point' | 'box' | 'timestamptz'

/**
 * A column of the staging table `import_row`, and what becomes of it in the collection's table:
 *
 * - `key`: names a row, is inserted and never changed
 * - `inserted`: is inserted and not changed by a later import
 * - `merged`: is inserted, compared and updated, where the file gives one of `fields` (null: every file does)
 * - `follows`: is inserted, and updated with a row of which something else has changed
 * - `staged`: is no column of the table
 */
export type Column<Type extends ColumnType = ColumnType> = {
  type: Type
  role: 'key' | 'inserted' | 'merged' | 'follows' | 'staged'
  fields: readonly FieldName[] | null
}
export type Columns = Readonly<Record<string, Column>>

const column =
  (role: Column['role']) =>
  <Type extends ColumnType>(type: Type): Column<Type> => ({ type, role, fields: null })

export const key = column('key')
export const inserted = column('inserted')
/** A column that every file gives, or that a row itself decides. */
export const always = column('merged')
export const follows = column('follows')
export const staged = column('staged')
/** A column that a file gives which has one of the fields: one that has none of them leaves what is there. */
export const from = <Type extends ColumnType>(type: Type, ...fields: FieldName[]): Column<Type> => ({
  type,
  role: 'merged',
  fields,
})

/** What decides whether two rows of a file are the same (`Identity` of `../check/repeats.ts`). */
export const identityColumns = {
  numbered: staged('integer'),
  whole: staged('double precision'),
  recognised: staged('double precision'),
} satisfies Columns

/** The community and grid that a row's own columns name, beside those that follow from its position or address. */
export const namedColumns = { named_community: staged('text'), named_grid: staged('text') } satisfies Columns

/** The values of a row for the staging table; points and boxes as PostgreSQL's text. */
export type StagedRow<Of extends Columns> = {
  [Name in keyof Of]: (Of[Name]['type'] extends 'integer' | 'double precision' ? number : string) | null
}

/** The staged values; null when the view has faults; 'skipped' for what is not meant for this collection. */
export type Check = (view: RowView, context: CheckContext) => Readonly<Record<string, CopyValue>> | 'skipped' | null

/**
 * What no two rows of a file may have in common, the number last, and whether rows carry the columns of their identity,
 * by which two that have it in common may be the same.
 */
export type RepeatKey = { columns: readonly string[]; identity: boolean }

/** All that an import has to know of a collection: staging, merging and undoing are generated from it. */
export type Collection = {
  table: 'area' | 'building' | 'incident' | 'facility' | 'base_feature'
  /** The name under which caches know what is written. */
  touches: CollectionName
  /** Column that names a row within its street. */
  key: string
  /** Columns with the area that a row lies in; the first that is not null decides who may see its before-image. */
  location: readonly string[]
  columns: Columns
  /** What a column that follows becomes, where that is not the staged value; `t` is the row that is there. */
  follow?: (transaction: Transaction) => Readonly<Record<string, Fragment>>
  /** What a merged column becomes, where that is not the staged value; `t` is the row that is there. */
  instead?: (transaction: Transaction) => Readonly<Record<string, Fragment>>
  /** Null where keys may be missing while rows are staged: they are few, and the reader remembers them. */
  repeats: RepeatKey | null
  check: Check
  /** Loaded when it is needed: the reader checks rows and never merges them. */
  merge: () => Promise<Merge>
}

/** Merges the staged rows into the collection's table. */
export type Merge = (
  transaction: Transaction,
  collection: Collection,
  plan: ApplyPlan,
  reporter: Reporter,
) => Promise<Applied>

/** Rows of the file that the database inserted and updated, as it counted them, and those already as they should be. */
export type Applied = {
  inserted: number
  updated: number
  unchanged: number
  /** Staged rows that became part of another one. */
  merged?: number
  /** The collections that changed, also by what is no row of the file (parent areas, labels); none: nothing changed. */
  touched: CollectionName[]
}

/** What addresses are read from, where it is not the column `address`, and which buildings they are looked up among. */
export type AddressSource = {
  column: string
  buildings: (street: string) => Promise<KnownBuilding[]>
}

/** Takes what is found while rows are merged. */
export type Reporter = {
  note: (label: Label, rows?: number) => void
  /** Gives the staged rows that have an address and no position the place that it means. */
  place: (how?: AddressSource) => Promise<void>
  /**
   * By ordinal, why staged rows cannot be merged after all. Called once, before anything is written: the reader, which
   * names them in the file of rejected rows, ends then.
   */
  refuse: (refused: ReadonlyMap<number, Label>) => Promise<void>
}

/** The columns of `import_row` as they stand in `create table`. */
export function stagingColumns(columns: Columns): string {
  const own = Object.entries(columns).map(([name, { type }]) => `${name} ${type}`)
  return ['ordinal integer', 'line integer', ...own].join(', ')
}

/** A row's values in the order of `stagingColumns`. */
export function stagedValues(
  columns: Columns,
  { ordinal, line }: { ordinal: number; line: number },
  values: Readonly<Record<string, CopyValue>>,
): CopyValue[] {
  const row: CopyValue[] = [ordinal, line]
  for (const name in columns) row.push(values[name] ?? null)
  return row
}

/** The columns of the collection's table that are inserted. */
export function insertedColumns(columns: Columns): string[] {
  return Object.keys(columns).filter((name) => columns[name]?.role !== 'staged')
}

/**
 * The columns that a file gives. One that lacks a field leaves it as it is: a list of outlines must not empty the names
 * of those responsible, nor a list of outcomes the places where things happened.
 *
 * @param given the fields that have a column in the file, or a value for all of its rows
 */
export function givenColumns(columns: Columns, given: ReadonlySet<string>): string[] {
  return Object.entries(columns)
    .filter(([, { role, fields }]) => role === 'merged' && (fields?.some((field) => given.has(field)) ?? true))
    .map(([name]) => name)
}
