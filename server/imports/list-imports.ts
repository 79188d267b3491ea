import type { Transaction } from '../store/connect.ts'
import type { ImportCounts, Importer } from './batch.ts'
import type { ImportCollection } from './plan.ts'

/** An import as it is remembered. */
export type ImportRecord = Importer & {
  id: number
  at: string
  collection: ImportCollection
  source: string
  file: string
  format: string
  counts: ImportCounts
  undoneAt: string | null
  /** Until when it can be undone. */
  undoUntil: string
  undoable: boolean
}

/** The newest imports first. */
export async function listImports(transaction: Transaction, limit = 100): Promise<ImportRecord[]> {
  return transaction<ImportRecord[]>`
    select id, at, via, who, collection, source, file, format, counts, undone_at, undo_until,
      undone_at is null and not forgotten and undo_until > now() as undoable
    from import_batch order by id desc limit ${limit}`
}
