import type { SourceCrs } from '@minqing/data/domain/datum'
import type { Label } from '@minqing/data/domain/label'
import type { FieldNames } from '@minqing/data/formats/field-names'
import type { LocalTime } from '@minqing/data/formats/local-time'
import type { SeenKeys } from '@minqing/data/formats/seen-keys'
import type { ToLonLat } from '@minqing/data/geo/crs'
import type { Transaction } from '../store/connect.ts'
import type { CollectionName } from '../store/touch.ts'
import type { AreaBook } from './area-book.ts'
import type { CopyValue } from './copy-rows.ts'
import type { ImportPlan } from './plan.ts'
import type { RowView } from './row-view.ts'

/** What a check may look at besides its row. */
export type CheckContext = {
  plan: ImportPlan
  book: AreaBook
  crs: SourceCrs
  convert: ToLonLat
  local: LocalTime
  seen: SeenKeys
  /** Counts something worth telling that is no reason to reject the row. */
  remark: (remark: Label) => void
}

/** Rows to insert and update, those already as they should be, and those that turned out impossible. */
export type Applied = {
  inserted: number
  updated: number
  unchanged: number
  /** By ordinal: why a staged row could not be applied after all. */
  refused: Map<number, Label>
  /** Staged rows that became part of another one. */
  merged?: number
  touched: CollectionName[]
}

/** How one collection is imported: its fields, a staging table, a check of each row, and the merge into its tables. */
export type Importer = {
  fields: FieldNames
  /** Columns of the staging table `import_row`, with their SQL types, in the order of the check's values. */
  staging: readonly (readonly [name: string, type: string])[]
  /** The staged values; null when the view has faults; 'skipped' for what is not meant for this collection. */
  check: (view: RowView, context: CheckContext) => CopyValue[] | 'skipped' | null
  apply: (transaction: Transaction, plan: ImportPlan, remark: CheckContext['remark']) => Promise<Applied>
}
